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
    use super::base64::{decode, encode};
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

/// Standard base64 with padding.
pub(crate) mod base64 {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

    pub(crate) fn encode(data: &[u8]) -> String {
        let mut text = String::with_capacity(data.len().div_ceil(3) * 4);
        for chunk in data.chunks(3) {
            let byte = |at: usize| u32::from(chunk.get(at).copied().unwrap_or(0));
            let bits = byte(0) << 16 | byte(1) << 8 | byte(2);
            for digit in 0..4 {
                let sextet = (bits >> (18 - 6 * digit)) & 63;
                let padding = digit > chunk.len();
                text.push(if padding { '=' } else { char::from(ALPHABET[sextet as usize]) });
            }
        }
        text
    }

    pub(crate) fn decode(text: &str) -> Option<Vec<u8>> {
        let mut data = Vec::with_capacity(text.len() / 4 * 3);
        let (mut bits, mut count) = (0_u32, 0);
        for byte in text.bytes().filter(|byte| *byte != b'=') {
            let sextet = ALPHABET.iter().position(|letter| *letter == byte)?;
            bits = bits << 6 | sextet as u32;
            count += 6;
            if count >= 8 {
                count -= 8;
                data.push((bits >> count) as u8);
            }
        }
        Some(data)
    }

    #[cfg(test)]
    mod tests {
        #[test]
        fn bytes_survive() {
            for length in 0..20_u8 {
                let data: Vec<u8> = (0..length).map(|byte| byte.wrapping_mul(37)).collect();
                assert_eq!(super::decode(&super::encode(&data)), Some(data));
            }
            assert_eq!(super::encode(b"any carnal pleas"), "YW55IGNhcm5hbCBwbGVhcw==");
        }
    }
}
