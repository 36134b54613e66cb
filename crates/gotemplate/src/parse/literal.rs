//! Literals: Go's `strconv.Unquote`, `UnquoteChar` and number syntax.

use crate::ast::Number;

/// The value of a quoted or raw string; `None` is Go's "invalid syntax".
pub(crate) fn unquote(text: &[u8]) -> Option<Vec<u8>> {
    let inner = text.get(1..text.len().checked_sub(1)?)?;
    if text.first() == Some(&b'`') {
        return Some(inner.iter().copied().filter(|byte| *byte != b'\r').collect());
    }
    let mut out = Vec::with_capacity(inner.len());
    let mut rest = inner;
    while !rest.is_empty() {
        rest = unquote_char(rest, b'"', &mut out)?;
    }
    Some(out)
}

/// Decodes the first character of `text` onto `out`; gives what follows it.
fn unquote_char<'t>(text: &'t [u8], quote: u8, out: &mut Vec<u8>) -> Option<&'t [u8]> {
    let (first, rest) = text.split_first()?;
    if *first == quote {
        return None;
    }
    if *first != b'\\' {
        out.push(*first);
        return Some(rest);
    }
    let (escape, rest) = rest.split_first()?;
    let simple = match escape {
        b'a' => 7,
        b'b' => 8,
        b'f' => 12,
        b'n' => b'\n',
        b'r' => b'\r',
        b't' => b'\t',
        b'v' => 11,
        b'\\' => b'\\',
        b'\'' | b'"' if *escape == quote => *escape,
        b'x' => return hex(rest, 2, out, true),
        b'u' => return hex(rest, 4, out, false),
        b'U' => return hex(rest, 8, out, false),
        b'0'..=b'7' => {
            let digits = text.get(1..4)?;
            let value = u32::from_str_radix(std::str::from_utf8(digits).ok()?, 8).ok()?;
            out.push(u8::try_from(value).ok()?);
            return text.get(4..);
        }
        _ => return None,
    };
    out.push(simple);
    Some(rest)
}

fn hex<'t>(rest: &'t [u8], count: usize, out: &mut Vec<u8>, byte: bool) -> Option<&'t [u8]> {
    let digits = rest.get(..count)?;
    if !digits.iter().all(u8::is_ascii_hexdigit) {
        return None;
    }
    let value = u32::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()?;
    if byte {
        out.push(u8::try_from(value).ok()?);
    } else {
        let mut buffer = [0; 4];
        out.extend_from_slice(char::from_u32(value)?.encode_utf8(&mut buffer).as_bytes());
    }
    rest.get(count..)
}

/// Reads a number or character constant in all the forms that fit; errors in Go's words.
pub(crate) fn number(text: &str) -> Result<Number, String> {
    let quoted = || crate::fmt::quote(text.as_bytes());
    let mut number = Number { text: text.to_owned(), ..Number::default() };
    if text.starts_with('\'') {
        let rune = rune(text)?;
        number.int = Some(i64::from(rune));
        number.uint = Some(u64::from(rune));
        number.float = Some(f64::from(rune));
        return Ok(number);
    }
    if let Some(imaginary) = text.strip_suffix('i') {
        let value =
            float(imaginary).ok_or_else(|| format!("illegal number syntax: {}", quoted()))?;
        number.imaginary = Some(value);
        return Ok(number);
    }
    let (negative, magnitude) = integer(text);
    number.uint = magnitude.filter(|_| !text.starts_with(['+', '-']));
    number.int = magnitude.and_then(|value| signed(negative, value));
    if number.int == Some(0) {
        number.uint = magnitude;
    }
    if let Some(value) = number.int {
        number.float = Some(value as f64);
    } else if let Some(value) = number.uint {
        number.float = Some(value as f64);
    } else {
        let value = float(text).ok_or_else(|| format!("illegal number syntax: {}", quoted()))?;
        if !text.contains(['.', 'e', 'E', 'p', 'P']) {
            return Err(format!("integer overflow: {}", quoted()));
        }
        number.float = Some(value);
        number.int = Some(value as i64).filter(|int| *int as f64 == value);
        number.uint = Some(value as u64).filter(|uint| *uint as f64 == value);
    }
    Ok(number)
}

fn rune(text: &str) -> Result<u32, String> {
    let malformed = || format!("malformed character constant: {text}");
    let inner = text.strip_prefix('\'').and_then(|text| text.strip_suffix('\''));
    let inner = inner.ok_or_else(malformed)?;
    if inner.starts_with('\\') {
        let mut out = Vec::new();
        let rest = unquote_char(inner.as_bytes(), b'\'', &mut out);
        let rest = rest.ok_or_else(|| "invalid syntax".to_owned())?;
        if !rest.is_empty() {
            return Err(malformed());
        }
        return match std::str::from_utf8(&out) {
            Ok(text) => text.chars().next().map(u32::from),
            Err(_) => out.first().copied().map(u32::from),
        }
        .ok_or_else(malformed);
    }
    let mut chars = inner.chars();
    let c = chars.next().ok_or_else(|| "invalid syntax".to_owned())?;
    if chars.next().is_none() { Ok(u32::from(c)) } else { Err(malformed()) }
}

fn signed(negative: bool, magnitude: u64) -> Option<i64> {
    if negative { 0_i64.checked_sub_unsigned(magnitude) } else { i64::try_from(magnitude).ok() }
}

/// `strconv.ParseUint(text, 0, 64)` with a sign allowed before it.
fn integer(text: &str) -> (bool, Option<u64>) {
    let negative = text.starts_with('-');
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    if digits.contains('_') && !underscores_fit(digits) {
        return (negative, None);
    }
    let plain = digits.replace('_', "");
    let lower = plain.to_ascii_lowercase();
    let (radix, body) = if let Some(body) = lower.strip_prefix("0x") {
        (16, body)
    } else if let Some(body) = lower.strip_prefix("0b") {
        (2, body)
    } else if let Some(body) = lower.strip_prefix("0o") {
        (8, body)
    } else if lower.len() > 1 && lower.starts_with('0') {
        (8, &lower[1..])
    } else {
        (10, lower.as_str())
    };
    (negative, u64::from_str_radix(body, radix).ok())
}

/// Go allows `_` only between digits, or between a base prefix and a digit.
fn underscores_fit(digits: &str) -> bool {
    let bytes = digits.as_bytes();
    bytes.iter().enumerate().filter(|(_, byte)| **byte == b'_').all(|(at, _)| {
        let alphanumeric = |at: Option<usize>| {
            at.and_then(|at| bytes.get(at)).is_some_and(u8::is_ascii_alphanumeric)
        };
        alphanumeric(at.checked_sub(1)) && alphanumeric(Some(at + 1))
    })
}

/// `strconv.ParseFloat(text, 64)`, hexadecimal floats included.
fn float(text: &str) -> Option<f64> {
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    let lower = digits.to_ascii_lowercase();
    if let Some(body) = lower.strip_prefix("0x") {
        let value = hex_float(&body.replace('_', ""))?;
        return Some(if text.starts_with('-') { -value } else { value });
    }
    if !digits.bytes().all(|byte| byte.is_ascii_digit() || b".eE+-_".contains(&byte)) {
        return None;
    }
    text.replace('_', "").parse().ok().filter(|value: &f64| value.is_finite())
}

fn hex_float(body: &str) -> Option<f64> {
    let (mantissa, exponent) = body.split_once('p').unwrap_or((body, "0"));
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let mut value = 0.0_f64;
    for digit in whole.chars().chain(fraction.chars()) {
        value = value.mul_add(16.0, f64::from(digit.to_digit(16)?));
    }
    let exponent: i32 = exponent.parse().ok()?;
    Some(value * 2.0_f64.powi(exponent.checked_sub(4 * fraction.len() as i32)?))
}
