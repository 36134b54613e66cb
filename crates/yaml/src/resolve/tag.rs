//! Scalars under their tags: a type that the text must fit, or bytes as base64.

use super::plain::{Scalar, plain};
use crate::error::Error;
use crate::node::{Node, Style};
use serde_json::Value;

/// What a scalar is, its tag and its quotes considered.
pub(super) fn scalar_of(node: &Node, text: &str, style: Style) -> Result<Scalar, Error> {
    let tag = short_tag(node);
    match tag {
        None if node.tag.is_empty() && style == Style::Plain => Ok(plain(text)),
        Some(tag @ ("int" | "float" | "bool" | "null" | "timestamp")) => {
            tagged(text, tag).map_err(|message| Error::new(message, node.start))
        }
        _ => Ok(Scalar::Text),
    }
}

pub(super) fn short_tag(node: &Node) -> Option<&str> {
    node.tag
        .strip_prefix("!!")
        .or_else(|| node.tag.strip_prefix("!<tag:yaml.org,2002:")?.strip_suffix('>'))
}

/// A scalar under a tag that it must fit; whole numbers are floats, too.
fn tagged(text: &str, tag: &str) -> Result<Scalar, String> {
    let resolved = match plain(text) {
        // Dates are looked for only where nothing or a date is asked for.
        Scalar::Timestamp if tag != "timestamp" => Scalar::Text,
        other => other,
    };
    let found = match resolved {
        Scalar::Null => "null",
        Scalar::Bool(_) => "bool",
        Scalar::Int(value) if tag == "float" => return Ok(Scalar::Float(value as f64)),
        Scalar::Int(_) | Scalar::Uint(_) => "int",
        Scalar::Float(_) => "float",
        Scalar::Timestamp => "timestamp",
        Scalar::Merge | Scalar::Text => "str",
    };
    if found == tag {
        return Ok(resolved);
    }
    Err(format!("yaml: cannot decode !!{found} `{text}` as a !!{tag}"))
}

/// `!!binary`: base64, whose bytes become text as JSON takes it.
pub(super) fn binary(node: &Node, text: &str) -> Result<Value, Error> {
    let invalid = || {
        let message = "yaml: !!binary value contains invalid base64 data";
        Error::new(message, node.start)
    };
    let digits: Vec<u8> = text.bytes().filter(|byte| !b"\r\n".contains(byte)).collect();
    let mut bytes = Vec::new();
    let mut groups = digits.chunks(4).peekable();
    while let Some(group) = groups.next() {
        let padding = group.iter().rev().take_while(|byte| **byte == b'=').count();
        if group.len() < 4 || padding > 2 || (padding > 0 && groups.peek().is_some()) {
            return Err(invalid());
        }
        let mut sextets = group.iter().take(4 - padding).map(|byte| sextet(*byte));
        let bits = sextets.try_fold(0_u32, |bits, sextet| sextet.map(|six| bits << 6 | six));
        let bits = bits.ok_or_else(invalid)? << (6 * padding);
        let triple = [(bits >> 16) as u8, (bits >> 8) as u8, bits as u8];
        bytes.extend(triple.iter().take(3 - padding));
    }
    Ok(Value::String(json_text(&bytes)))
}

/// Bytes as Go's JSON takes them for text: each that is not UTF-8 becomes U+FFFD.
fn json_text(bytes: &[u8]) -> String {
    let mut out = String::new();
    for chunk in bytes.utf8_chunks() {
        out.push_str(chunk.valid());
        out.extend(chunk.invalid().iter().map(|_| '\u{fffd}'));
    }
    out
}

fn sextet(digit: u8) -> Option<u32> {
    let value = match digit {
        b'A'..=b'Z' => digit - b'A',
        b'a'..=b'z' => digit - b'a' + 26,
        b'0'..=b'9' => digit - b'0' + 52,
        b'+' => 62,
        b'/' => 63,
        _ => return None,
    };
    Some(value.into())
}
