//! How requests and replies cross to and from the worker: postcard, whose code is a third of
//! JSON's in the page's wasm.

use crate::{Reply, Request};
use postcard::Error;

pub fn encode_request(request: &Request) -> Result<Vec<u8>, Error> {
    postcard::to_allocvec(request)
}

pub fn decode_request(message: &[u8]) -> Result<Request, Error> {
    postcard::from_bytes(message)
}

pub fn encode_reply(reply: &Reply) -> Result<Vec<u8>, Error> {
    postcard::to_allocvec(reply)
}

pub fn decode_reply(message: &[u8]) -> Result<Reply, Error> {
    postcard::from_bytes(message)
}

/// Serde for `Vec<u8>`: as it is in a binary format, as base64 where people read it.
pub(crate) mod bytes {
    use schema::base64::{decode, encode};
    use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error};

    pub(crate) fn serialize<S: Serializer>(data: &[u8], to: S) -> Result<S::Ok, S::Error> {
        match to.is_human_readable() {
            true => encode(data).serialize(to),
            false => data.serialize(to),
        }
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<u8>, D::Error> {
        if !from.is_human_readable() {
            return Vec::deserialize(from);
        }
        let text = String::deserialize(from)?;
        decode(&text).ok_or_else(|| D::Error::custom("not base64"))
    }
}
