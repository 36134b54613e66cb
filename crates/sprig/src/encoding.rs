//! Base64, base32, YAML and JSON in templates.

use crate::args::string;
use crate::json::read::{Read, read};
use crate::json::{error_map, for_pretty_yaml, from_value, kind, text as json_text, to_value};
use gotemplate::{Call, CallError, CallResult, Value};
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

fn line_break(byte: u8) -> bool {
    matches!(byte, b'\r' | b'\n')
}

/// Go's decoder of base64, which skips line breaks; gives the offset of what is wrong.
fn decoded64(bytes: &[u8]) -> Result<Vec<u8>, usize> {
    let letter = |byte: &u8| BASE64.iter().position(|known| known == byte);
    let mut rest = bytes.iter().enumerate().filter(|(_, byte)| !line_break(**byte)).peekable();
    let mut out = Vec::with_capacity(bytes.len() / 4 * 3);
    let (mut bits, mut count) = (0_u32, 0_usize);
    while let Some((at, byte)) = rest.next() {
        if let Some(value) = letter(byte) {
            bits = bits << 6 | value as u32;
            count += 1;
            if count == 4 {
                out.extend_from_slice(&bits.to_be_bytes()[1..]);
                (bits, count) = (0, 0);
            }
            continue;
        }
        if *byte != b'=' || count < 2 {
            return Err(at);
        }
        if count == 2 {
            match rest.next() {
                None => return Err(bytes.len()),
                Some((_, b'=')) => {}
                Some((next, _)) => return Err(next - 1),
            }
        }
        if let Some((garbage, _)) = rest.next() {
            return Err(garbage);
        }
        let last = (bits << (6 * (4 - count))).to_be_bytes();
        out.extend_from_slice(&last[1..count]);
        return Ok(out);
    }
    if count > 0 { Err(bytes.len() - count) } else { Ok(out) }
}

/// Go's decoder of base32.
fn decoded32(bytes: &[u8]) -> Result<Vec<u8>, usize> {
    let bytes: Vec<u8> = bytes.iter().copied().filter(|byte| !line_break(*byte)).collect();
    let letter = |byte: &u8| BASE32.iter().position(|known| known == byte);
    let mut out = Vec::with_capacity(bytes.len() / 8 * 5);
    let (mut bits, mut count) = (0_u64, 0_usize);
    for (at, byte) in bytes.iter().enumerate() {
        let after = &bytes[at + 1..];
        if *byte == b'=' && count >= 2 && after.len() < 8 {
            if after.len() + count < 7 {
                return Err(bytes.len());
            }
            if let Some(wrong) = after.iter().take(7 - count).position(|byte| *byte != b'=') {
                return Err(at + wrong);
            }
            if matches!(count, 3 | 6) {
                return Err(at);
            }
            let last = (bits << (5 * (8 - count))).to_be_bytes();
            out.extend_from_slice(&last[3..3 + count * 5 / 8]);
            return Ok(out);
        }
        let Some(value) = letter(byte) else { return Err(at) };
        bits = bits << 5 | value as u64;
        count += 1;
        if count == 8 {
            out.extend_from_slice(&bits.to_be_bytes()[3..]);
            (bits, count) = (0, 0);
        }
    }
    if count > 0 { Err(bytes.len() - count) } else { Ok(out) }
}

/// What base64 holds, with Go's complaint where it holds nothing.
pub(crate) fn from_base64(bytes: &[u8]) -> Result<Vec<u8>, String> {
    decoded64(bytes).map_err(|at| format!("illegal base64 data at input byte {at}"))
}

pub(crate) fn b64enc(args: &[Value]) -> CallResult {
    Ok(Value::from(base64(string(args, 0).as_bytes())))
}

pub(crate) fn b64dec(args: &[Value]) -> CallResult {
    let bytes = from_base64(string(args, 0).as_bytes());
    Ok(bytes.map_or_else(Value::from, Value::string))
}

pub(crate) fn b32enc(args: &[Value]) -> CallResult {
    Ok(Value::from(encoded(string(args, 0).as_bytes(), 5, BASE32, 8)))
}

pub(crate) fn b32dec(args: &[Value]) -> CallResult {
    Ok(match decoded32(string(args, 0).as_bytes()) {
        Ok(bytes) => Value::string(bytes),
        Err(at) => Value::from(format!("illegal base32 data at input byte {at}")),
    })
}

/// Nothing where it cannot be written, as Helm's; a limit is no such failure.
fn or_nothing(result: CallResult) -> CallResult {
    match result {
        Err(CallError::Message(_)) => Ok(Value::from("")),
        result => result,
    }
}

/// A text that has been written, charged.
fn written(text: &str, call: &mut Call<'_>) -> CallResult {
    call.budget.string(Some(text.len()))?;
    Ok(Value::from(text))
}

pub(crate) fn to_yaml(args: &[Value], call: &mut Call<'_>) -> CallResult {
    or_nothing(must_to_yaml(args, call))
}

pub(crate) fn must_to_yaml(args: &[Value], call: &mut Call<'_>) -> CallResult {
    let json = from_value(&args[0], call.budget).map_err(|error| match error {
        CallError::Message(error) => CallError::new(format!("error marshaling into JSON: {error}")),
        limit => limit,
    })?;
    let yaml = yaml::to_string(&json);
    let yaml = yaml.map_err(|error| CallError::new(error.message))?;
    written(yaml.strip_suffix('\n').unwrap_or(&yaml), call)
}

pub(crate) fn to_yaml_pretty(args: &[Value], call: &mut Call<'_>) -> CallResult {
    let json = match for_pretty_yaml(&args[0], call.budget) {
        Ok(json) => json,
        Err(error) => return or_nothing(Err(error)),
    };
    let yaml = yaml::to_string_pretty(&json).unwrap_or_default();
    written(yaml.strip_suffix('\n').unwrap_or(&yaml), call)
}

const INTO_MAP: &str = "map[string]interface {}";
const INTO_LIST: &str = "[]interface {}";

fn cannot(json: &Json, into: &str) -> String {
    format!("json: cannot unmarshal {} into Go value of type {into}", kind(json))
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

fn json(args: &[Value], call: &mut Call<'_>, html: bool, indent: &str) -> CallResult {
    let json = from_value(&args[0], call.budget)?;
    written(&json_text(&json, html, indent), call)
}

pub(crate) fn to_json(args: &[Value], call: &mut Call<'_>) -> CallResult {
    or_nothing(must_to_json(args, call))
}

pub(crate) fn must_to_json(args: &[Value], call: &mut Call<'_>) -> CallResult {
    json(args, call, true, "")
}

pub(crate) fn to_pretty_json(args: &[Value], call: &mut Call<'_>) -> CallResult {
    or_nothing(must_to_pretty_json(args, call))
}

pub(crate) fn must_to_pretty_json(args: &[Value], call: &mut Call<'_>) -> CallResult {
    json(args, call, true, "  ")
}

pub(crate) fn to_raw_json(args: &[Value], call: &mut Call<'_>) -> CallResult {
    json(args, call, false, "")
}

fn parsed(args: &[Value]) -> Result<Read, String> {
    read(&string(args, 0).to_str_lossy())
}

/// What was read stays beside the complaint.
pub(crate) fn from_json(args: &[Value]) -> CallResult {
    let Read { value, complaint } = match parsed(args) {
        Ok(read) => read,
        Err(message) => return Ok(error_map(message)),
    };
    let map = match value {
        Json::Object(_) => to_value(&value),
        Json::Null => Value::Map(gotemplate::Map::nil(gotemplate::MapType::Any)),
        other => return Ok(error_map(cannot(&other, INTO_MAP))),
    };
    if let (Value::Map(map), Some(complaint)) = (&map, complaint) {
        map.insert("Error", Value::from(complaint));
    }
    Ok(map)
}

pub(crate) fn must_from_json(args: &[Value]) -> CallResult {
    let Read { value, complaint } = parsed(args).map_err(CallError::new)?;
    match complaint {
        Some(complaint) => Err(CallError::new(complaint)),
        None => Ok(to_value(&value)),
    }
}

pub(crate) fn from_json_array(args: &[Value]) -> CallResult {
    let failed = |message: String| Ok(Value::list(vec![Value::from(message)]));
    match parsed(args) {
        Ok(Read { complaint: Some(complaint), .. }) => failed(complaint),
        Ok(Read { value: value @ Json::Array(_), .. }) => Ok(to_value(&value)),
        Ok(Read { value: Json::Null, .. }) => {
            Ok(Value::List(gotemplate::List::nil(gotemplate::ListType::Any)))
        }
        Ok(Read { value, .. }) => failed(cannot(&value, INTO_LIST)),
        Err(message) => failed(message),
    }
}
