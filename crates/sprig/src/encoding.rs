//! Base64, base32, YAML and JSON in templates.

use crate::args::string;
use crate::json::{error_map, from_value, readable, text as json_text, to_value};
use gotemplate::{CallError, CallResult, Value};
use serde_json::Value as Json;

const BASE64: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
const BASE32: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/// Standard base64 with padding.
pub fn base64(bytes: &[u8]) -> String {
    encoded(bytes, 6, BASE64, 4)
}

/// Groups of `width` bits as letters, padded to a multiple of `block`.
fn encoded(bytes: &[u8], width: u32, alphabet: &[u8], block: usize) -> String {
    let mut out = String::with_capacity(bytes.len() * 2);
    let (mut bits, mut count) = (0_u32, 0);
    let letter = |index: u32| char::from(alphabet[(index & ((1 << width) - 1)) as usize]);
    for byte in bytes {
        bits = bits << 8 | u32::from(*byte);
        count += 8;
        while count >= width {
            count -= width;
            out.push(letter(bits >> count));
        }
        bits &= (1 << count) - 1;
    }
    if count > 0 {
        out.push(letter(bits << (width - count)));
    }
    while !out.len().is_multiple_of(block) {
        out.push('=');
    }
    out
}

/// Go's decoders: line breaks are skipped, padding is required; gives the offset of what is wrong.
fn decoded(bytes: &[u8], width: u32, alphabet: &[u8], block: usize) -> Result<Vec<u8>, usize> {
    let mut out = Vec::with_capacity(bytes.len());
    let (mut bits, mut count, mut letters) = (0_u32, 0, 0_usize);
    let mut padding = 0;
    for (at, byte) in bytes.iter().enumerate() {
        if matches!(byte, b'\r' | b'\n') {
            continue;
        }
        if *byte == b'=' {
            padding += 1;
            continue;
        }
        let value = alphabet.iter().position(|letter| letter == byte);
        let (Some(value), 0) = (value, padding) else { return Err(at) };
        letters += 1;
        bits = bits << width | value as u32;
        count += width;
        if count >= 8 {
            count -= 8;
            out.push((bits >> count) as u8);
            bits &= (1 << count) - 1;
        }
    }
    if (letters + padding) % block != 0 || (padding > 0 && letters % block == 0) {
        return Err(letters / block * block);
    }
    Ok(out)
}

pub(crate) fn b64enc(args: &[Value]) -> CallResult {
    Ok(Value::from(base64(string(args, 0).as_bytes())))
}

pub(crate) fn b64dec(args: &[Value]) -> CallResult {
    Ok(match decoded(string(args, 0).as_bytes(), 6, BASE64, 4) {
        Ok(bytes) => Value::string(bytes),
        Err(at) => Value::from(format!("illegal base64 data at input byte {at}")),
    })
}

pub(crate) fn b32enc(args: &[Value]) -> CallResult {
    Ok(Value::from(encoded(string(args, 0).as_bytes(), 5, BASE32, 8)))
}

pub(crate) fn b32dec(args: &[Value]) -> CallResult {
    Ok(match decoded(string(args, 0).as_bytes(), 5, BASE32, 8) {
        Ok(bytes) => Value::string(bytes),
        Err(at) => Value::from(format!("illegal base32 data at input byte {at}")),
    })
}

/// Nothing where it cannot be written, as Helm's.
pub(crate) fn to_yaml(args: &[Value]) -> CallResult {
    Ok(must_to_yaml(args).unwrap_or_else(|_| Value::from("")))
}

pub(crate) fn must_to_yaml(args: &[Value]) -> CallResult {
    let yaml = yaml::to_string(&from_value(&args[0])?);
    let yaml = yaml.map_err(|error| CallError::new(error.message))?;
    Ok(Value::from(yaml.strip_suffix('\n').unwrap_or(&yaml)))
}

pub(crate) fn to_yaml_pretty(args: &[Value]) -> CallResult {
    let yaml = from_value(&args[0]).ok().and_then(|json| yaml::to_string_pretty(&json).ok());
    let yaml = yaml.unwrap_or_default();
    Ok(Value::from(yaml.strip_suffix('\n').unwrap_or(&yaml)))
}

fn go_kind(json: &Json) -> &'static str {
    match json {
        Json::Null => "null",
        Json::Bool(_) => "bool",
        Json::Number(_) => "number",
        Json::String(_) => "string",
        Json::Array(_) => "array",
        Json::Object(_) => "object",
    }
}

const INTO_MAP: &str = "map[string]interface {}";
const INTO_LIST: &str = "[]interface {}";

fn cannot(json: &Json, into: &str) -> String {
    format!("json: cannot unmarshal {} into Go value of type {into}", go_kind(json))
}

pub(crate) fn from_yaml(args: &[Value]) -> CallResult {
    Ok(match yaml::from_slice(string(args, 0).as_bytes()) {
        Ok(json @ Json::Object(_)) => to_value(&json),
        Ok(Json::Null) => Value::Map(gotemplate::Map::new()),
        Ok(other) => error_map(format!(
            "error unmarshaling JSON: while decoding JSON: {}",
            cannot(&other, INTO_MAP)
        )),
        Err(error) => error_map(error.to_string()),
    })
}

pub(crate) fn from_yaml_array(args: &[Value]) -> CallResult {
    Ok(match yaml::from_slice(string(args, 0).as_bytes()) {
        Ok(json @ Json::Array(_)) => to_value(&json),
        Ok(Json::Null) => crate::dicts::no_items(),
        Ok(other) => Value::list(vec![Value::from(format!(
            "error unmarshaling JSON: while decoding JSON: {}",
            cannot(&other, INTO_LIST)
        ))]),
        Err(error) => Value::list(vec![Value::from(error.to_string())]),
    })
}

pub(crate) fn to_json(args: &[Value]) -> CallResult {
    Ok(must_to_json(args).unwrap_or_else(|_| Value::from("")))
}

pub(crate) fn must_to_json(args: &[Value]) -> CallResult {
    Ok(Value::from(json_text(&from_value(&args[0])?, true, "")))
}

pub(crate) fn to_pretty_json(args: &[Value]) -> CallResult {
    Ok(Value::from(json_text(&from_value(&args[0])?, true, "  ")))
}

pub(crate) fn to_raw_json(args: &[Value]) -> CallResult {
    Ok(Value::from(json_text(&from_value(&args[0])?, false, "")))
}

fn parsed(args: &[Value]) -> Result<Json, String> {
    let text = readable(&string(args, 0));
    serde_json::from_str(&text).map_err(|error| {
        if text.trim().is_empty() || error.is_eof() {
            return "unexpected end of JSON input".to_owned();
        }
        let c = text.lines().nth(error.line().saturating_sub(1));
        let c = c.and_then(|line| line.chars().nth(error.column().saturating_sub(1)));
        let c = c.unwrap_or(' ');
        format!("invalid character '{c}' looking for beginning of value")
    })
}

pub(crate) fn from_json(args: &[Value]) -> CallResult {
    Ok(match parsed(args) {
        Ok(json @ Json::Object(_)) => to_value(&json),
        Ok(Json::Null) => Value::Map(gotemplate::Map::nil(gotemplate::MapType::Any)),
        Ok(other) => error_map(cannot(&other, INTO_MAP)),
        Err(message) => error_map(message),
    })
}

pub(crate) fn must_from_json(args: &[Value]) -> CallResult {
    parsed(args).map(|json| to_value(&json)).map_err(CallError::new)
}

pub(crate) fn from_json_array(args: &[Value]) -> CallResult {
    Ok(match parsed(args) {
        Ok(json @ Json::Array(_)) => to_value(&json),
        Ok(Json::Null) => crate::dicts::no_items(),
        Ok(other) => Value::list(vec![Value::from(cannot(&other, INTO_LIST))]),
        Err(message) => Value::list(vec![Value::from(message)]),
    })
}
