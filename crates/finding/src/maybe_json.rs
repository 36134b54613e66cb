//! [`as_json`](crate::as_json) for a value that may be missing: in a binary format, too, `null` is
//! a value and not a missing one.

use serde::de::{Deserializer, Error as _};
use serde::ser::{Error as _, Serializer};
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

pub fn serialize<S: Serializer>(value: &Option<Json>, to: S) -> Result<S::Ok, S::Error> {
    if to.is_human_readable() {
        return value.serialize(to);
    }
    let text = value.as_ref().map(serde_json::to_string).transpose();
    text.map_err(S::Error::custom)?.serialize(to)
}

pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Json>, D::Error> {
    if from.is_human_readable() {
        return Option::deserialize(from);
    }
    let text: Option<String> = Option::deserialize(from)?;
    text.map(|text| serde_json::from_str(&text)).transpose().map_err(D::Error::custom)
}
