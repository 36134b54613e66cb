//! Bytes to text before anything is scanned: UTF-8, or UTF-16 where a byte order mark says so,
//! with the complaints of go-yaml's reader.

use crate::error::Error;
use crate::node::Mark;
use crate::scan::check_characters;
use std::borrow::Cow;

/// The text of a file.
///
/// # Errors
/// What go-yaml says of the first bytes that are no character, or of a character before them that
/// may not stand in YAML.
pub(crate) fn decode(bytes: &[u8]) -> Result<Cow<'_, str>, Error> {
    let (text, fault) = match bytes {
        [0xff, 0xfe, rest @ ..] => of_utf16(rest, u16::from_le_bytes),
        [0xfe, 0xff, rest @ ..] => of_utf16(rest, u16::from_be_bytes),
        _ => match std::str::from_utf8(bytes) {
            Ok(text) => return Ok(Cow::Borrowed(text)),
            Err(error) => {
                let (valid, rest) = bytes.split_at(error.valid_up_to());
                (String::from_utf8_lossy(valid).into_owned(), Some(utf8_fault(rest)))
            }
        },
    };
    match fault {
        None => Ok(Cow::Owned(text)),
        Some(fault) => {
            check_characters(&text)?;
            Err(Error::new(format!("yaml: {fault}"), Mark::default()))
        }
    }
}

/// What is wrong with the first bytes of `rest`, which are no character.
fn utf8_fault(rest: &[u8]) -> &'static str {
    let first = rest.first().copied().unwrap_or_default();
    let (width, bits) = match first {
        0xc0..=0xdf => (2, first & 0x1f),
        0xe0..=0xef => (3, first & 0x0f),
        0xf0..=0xf7 => (4, first & 0x07),
        _ => return "invalid leading UTF-8 octet",
    };
    let Some(trailing) = rest.get(1..width) else { return "incomplete UTF-8 octet sequence" };
    if trailing.iter().any(|byte| byte & 0xc0 != 0x80) {
        return "invalid trailing UTF-8 octet";
    }
    let value = trailing.iter().fold(u32::from(bits), |all, b| all << 6 | u32::from(b & 0x3f));
    let least = [0, 0, 0x80, 0x800, 0x1_0000].get(width).copied().unwrap_or_default();
    match value < least {
        true => "invalid length of a UTF-8 sequence",
        false => "invalid Unicode character",
    }
}

/// The characters up to the first fault, and that.
fn of_utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> (String, Option<&'static str>) {
    let (pairs, odd) = bytes.as_chunks::<2>();
    let mut units = pairs.iter().map(|pair| unit(*pair));
    let mut text = String::with_capacity(bytes.len());
    while let Some(first) = units.next() {
        let value = match first {
            0xdc00..=0xdfff => return (text, Some("unexpected low surrogate area")),
            0xd800..=0xdbff => match units.next() {
                None => return (text, Some("incomplete UTF-16 surrogate pair")),
                Some(second @ 0xdc00..=0xdfff) => {
                    0x1_0000 + (u32::from(first & 0x3ff) << 10 | u32::from(second & 0x3ff))
                }
                Some(_) => return (text, Some("expected low surrogate area")),
            },
            _ => u32::from(first),
        };
        text.extend(char::from_u32(value));
    }
    (text, (!odd.is_empty()).then_some("incomplete UTF-16 character"))
}

#[cfg(test)]
mod tests {
    use crate::from_slice;
    use serde_json::json;

    #[test]
    fn utf16_is_read_by_its_mark() {
        let units: Vec<u16> = "\u{feff}a: é😀\n".encode_utf16().collect();
        let little: Vec<u8> = units.iter().flat_map(|unit| unit.to_le_bytes()).collect();
        let big: Vec<u8> = units.iter().flat_map(|unit| unit.to_be_bytes()).collect();
        assert_eq!(from_slice(&little), Ok(json!({"a": "é😀"})));
        assert_eq!(from_slice(&big), Ok(json!({"a": "é😀"})));
    }

    #[test]
    fn bytes_that_are_no_characters_are_told_as_go_yaml_tells_them() {
        for (bytes, expected) in [
            (&b"a: \xff\n"[..], "invalid leading UTF-8 octet"),
            (b"a: \xe9\n", "incomplete UTF-8 octet sequence"),
            (b"a: \xe9b\n", "invalid trailing UTF-8 octet"),
            (b"a: \xc0\x80\n", "invalid length of a UTF-8 sequence"),
            (b"a: \xed\xa0\x80\n", "invalid Unicode character"),
            (b"a: \x00\xff\n", "control characters are not allowed"),
            (b"\xff\xfea\0\n", "incomplete UTF-16 character"),
            (b"\xff\xfe\0\xdc", "unexpected low surrogate area"),
            (b"\xff\xfe\0\xd8", "incomplete UTF-16 surrogate pair"),
            (b"\xff\xfe\0\xd8a\0", "expected low surrogate area"),
        ] {
            let message = from_slice(bytes).map_err(|error| error.message);
            assert_eq!(message, Err(format!("yaml: {expected}")), "{bytes:?}");
        }
    }
}
