//! Nodes to JSON values: what a plain scalar means under YAML 1.1 as go-yaml v2 resolves it, and
//! what `sigs.k8s.io/yaml` then makes of keys and numbers.

use crate::error::Error;
use crate::node::{Node, NodeKind, Style};
use serde_json::{Map, Number, Value};

/// What a plain scalar is.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Scalar {
    Null,
    Bool(bool),
    Int(i64),
    Uint(u64),
    Float(f64),
    /// A date: stays text, but is quoted when written.
    Timestamp,
    Merge,
    Text,
}

/// go-yaml v2's `resolve("", text)`.
pub(crate) fn plain(text: &str) -> Scalar {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => return Scalar::Null,
        "y" | "Y" | "yes" | "Yes" | "YES" | "true" | "True" | "TRUE" | "on" | "On" | "ON" => {
            return Scalar::Bool(true);
        }
        "n" | "N" | "no" | "No" | "NO" | "false" | "False" | "FALSE" | "off" | "Off" | "OFF" => {
            return Scalar::Bool(false);
        }
        ".nan" | ".NaN" | ".NAN" => return Scalar::Float(f64::NAN),
        ".inf" | ".Inf" | ".INF" | "+.inf" | "+.Inf" | "+.INF" => {
            return Scalar::Float(f64::INFINITY);
        }
        "-.inf" | "-.Inf" | "-.INF" => return Scalar::Float(f64::NEG_INFINITY),
        "<<" => return Scalar::Merge,
        _ => {}
    }
    match text.as_bytes().first() {
        Some(b'.') => go_float(text).map_or(Scalar::Text, Scalar::Float),
        Some(b'+' | b'-' | b'0'..=b'9') => numeric(text),
        _ => Scalar::Text,
    }
}

fn numeric(text: &str) -> Scalar {
    if is_timestamp(text) {
        return Scalar::Timestamp;
    }
    let digits = text.replace('_', "");
    if let Some(value) = integer(&digits) {
        return value;
    }
    if is_float(&digits)
        && let Ok(value) = digits.parse::<f64>()
        && value.is_finite()
    {
        return Scalar::Float(value);
    }
    Scalar::Text
}

/// `strconv.ParseInt` and then `ParseUint`, both with base 0.
fn integer(text: &str) -> Option<Scalar> {
    let negative = text.starts_with('-');
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    let lower = digits.to_ascii_lowercase();
    let (radix, body) = match lower.as_bytes() {
        [b'0', b'x', ..] => (16, &lower[2..]),
        [b'0', b'b', ..] => (2, &lower[2..]),
        [b'0', b'o', ..] => (8, &lower[2..]),
        [b'0', _, ..] => (8, &lower[1..]),
        _ => (10, lower.as_str()),
    };
    if body.is_empty() || !body.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        return None;
    }
    let magnitude = u64::from_str_radix(body, radix).ok()?;
    if negative {
        return 0_i64.checked_sub_unsigned(magnitude).map(Scalar::Int);
    }
    match i64::try_from(magnitude) {
        Ok(value) => Some(Scalar::Int(value)),
        // ParseUint takes no sign.
        Err(_) => (!text.starts_with('+')).then_some(Scalar::Uint(magnitude)),
    }
}

/// `^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$`
fn is_float(text: &str) -> bool {
    let body = text.strip_prefix(['+', '-']).unwrap_or(text);
    let (mantissa, exponent) = match body.find(['e', 'E']) {
        Some(at) => (&body[..at], Some(&body[at + 1..])),
        None => (body, None),
    };
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let exponent_fits = exponent
        .is_none_or(|exponent| digits(exponent.strip_prefix(['+', '-']).unwrap_or(exponent)));
    let mantissa_fits = match mantissa.split_once('.') {
        Some(("", fraction)) => digits(fraction),
        Some((whole, fraction)) => digits(whole) && (fraction.is_empty() || digits(fraction)),
        None => digits(mantissa),
    };
    exponent_fits && mantissa_fits
}

/// `strconv.ParseFloat` of a text that begins with a point.
fn go_float(text: &str) -> Option<f64> {
    let fits = text.bytes().all(|byte| byte.is_ascii_digit() || b".eE+-".contains(&byte));
    text.parse().ok().filter(|value: &f64| fits && value.is_finite())
}

/// go-yaml's four timestamp layouts: a date, or a date and a time, the fields of any valid size.
fn is_timestamp(text: &str) -> bool {
    let bytes = text.as_bytes();
    if bytes.len() < 8 || !bytes[..4].iter().all(u8::is_ascii_digit) || bytes[4] != b'-' {
        return false;
    }
    let (date, time) = match text.find(['T', 't', ' ']) {
        Some(at) => (&text[..at], Some(text[at + 1..].trim_start())),
        None => (text, None),
    };
    let separator_t = text.find(['T', 't']);
    let mut parts = date[5..].split('-');
    let number = |part: Option<&str>| {
        part.filter(|part| (1..=2).contains(&part.len()))
            .filter(|part| part.bytes().all(|byte| byte.is_ascii_digit()))
            .and_then(|part| part.parse::<u32>().ok())
    };
    let (month, day) = (number(parts.next()), number(parts.next()));
    let date_fits = parts.next().is_none()
        && month.is_some_and(|month| (1..=12).contains(&month))
        && day.is_some_and(|day| (1..=days(&text[..4], month)).contains(&day));
    date_fits && time.is_none_or(|time| is_time(time, separator_t.is_some()))
}

/// Days of a month, the year being a leap year or not.
fn days(year: &str, month: Option<u32>) -> u32 {
    let year: u32 = year.parse().unwrap_or(0);
    match month {
        Some(2)
            if year.is_multiple_of(4)
                && (!year.is_multiple_of(100) || year.is_multiple_of(400)) =>
        {
            29
        }
        Some(2) => 28,
        Some(4 | 6 | 9 | 11) => 30,
        _ => 31,
    }
}

/// `15:4:5.999999999`, with a zone (required after `T`, none after a blank).
fn is_time(text: &str, zoned: bool) -> bool {
    let (clock, zone) = match text.find(['Z', '+', '-']) {
        Some(at) => (&text[..at], &text[at..]),
        None => (text, ""),
    };
    let mut parts = clock.trim_end().split(':');
    let part = |text: Option<&str>, most: u32| {
        text.is_some_and(|text| {
            (1..=2).contains(&text.len()) && text.parse::<u32>().is_ok_and(|value| value < most)
        })
    };
    let hour = part(parts.next(), 24);
    let minute = part(parts.next(), 60);
    let seconds = parts.next().unwrap_or_default();
    let (whole, fraction) = seconds.split_once('.').unwrap_or((seconds, "0"));
    let second = part(Some(whole), 60) && fraction.bytes().all(|byte| byte.is_ascii_digit());
    let zone_fits = match zone.as_bytes() {
        [] => !zoned,
        [b'Z'] => zoned,
        [_, rest @ ..] => zoned && rest.iter().all(|byte| byte.is_ascii_digit() || *byte == b':'),
    };
    hour && minute && second && parts.next().is_none() && zone_fits
}

/// A float as JSON carries it: Go's `json` writes whole numbers below 1e21 without a fraction,
/// so they come back as integers; the zero with a sign keeps it. `None` for what JSON has no number
/// for.
pub fn number(value: f64) -> Option<Number> {
    if value == 0.0 && value.is_sign_negative() {
        return Number::from_f64(value);
    }
    if value.fract() == 0.0 && value.abs() < 1e21 {
        let text = format!("{value}");
        if let Ok(int) = text.parse::<i64>() {
            return Some(int.into());
        }
        if let Ok(uint) = text.parse::<u64>() {
            return Some(uint.into());
        }
    }
    Number::from_f64(value)
}

/// Counts what go-yaml counts to refuse a document that is mostly aliases.
#[derive(Default)]
struct Decoder {
    decoded: u64,
    aliased: u64,
    alias_depth: usize,
}

pub(crate) fn to_json(node: &Node) -> Result<Value, Error> {
    Decoder::default().value(node)
}

impl Decoder {
    fn count(&mut self, node: &Node) -> Result<(), Error> {
        self.decoded += 1;
        self.aliased += u64::from(self.alias_depth > 0);
        let ratio = self.aliased as f64 / self.decoded as f64;
        if self.aliased > 100 && self.decoded > 1_000 && ratio > allowed_ratio(self.decoded) {
            let message = "yaml: document contains excessive aliasing";
            return Err(Error::new(message, node.start));
        }
        Ok(())
    }

    fn value(&mut self, node: &Node) -> Result<Value, Error> {
        self.count(node)?;
        match &node.kind {
            NodeKind::Alias { target, .. } => {
                self.alias_depth += 1;
                let value = self.value(target);
                self.alias_depth -= 1;
                value
            }
            NodeKind::Scalar { value, style } => scalar_json(node, value, *style),
            NodeKind::Sequence { items, .. } => items
                .iter()
                .map(|item| self.value(item))
                .collect::<Result<_, _>>()
                .map(Value::Array),
            NodeKind::Mapping { pairs, .. } => {
                let mut map = Map::new();
                self.mapping(pairs, &mut map)?;
                Ok(Value::Object(map))
            }
        }
    }

    fn mapping(
        &mut self,
        pairs: &[(Node, Node)],
        map: &mut Map<String, Value>,
    ) -> Result<(), Error> {
        for (key, value) in pairs {
            if is_merge(key) {
                self.merge(value, map)?;
                continue;
            }
            let name = self.key(key)?;
            let value = self.value(value)?;
            map.insert(key_text(name, &value, key)?, value);
        }
        Ok(())
    }

    fn key(&mut self, node: &Node) -> Result<Key, Error> {
        let scalar = match &node.kind {
            NodeKind::Alias { target, .. } => target,
            _ => node,
        };
        if let NodeKind::Scalar { value, style } = &scalar.kind {
            self.count(node)?;
            return scalar_of(scalar, value, *style).map(|found| Key::Scalar(found, value.clone()));
        }
        self.value(node).map(Key::Other)
    }

    fn merge(&mut self, node: &Node, map: &mut Map<String, Value>) -> Result<(), Error> {
        match &node.kind {
            NodeKind::Mapping { pairs, .. } => self.mapping(pairs, map),
            NodeKind::Alias { target, .. } => match &target.kind {
                NodeKind::Mapping { pairs, .. } => {
                    self.alias_depth += 1;
                    let merged = self.mapping(pairs, map);
                    self.alias_depth -= 1;
                    merged
                }
                _ => Err(merge_error(node)),
            },
            NodeKind::Sequence { items, .. } => {
                // The first map wins over those behind it.
                for item in items.iter().rev() {
                    if let NodeKind::Sequence { .. } | NodeKind::Scalar { .. } = item.kind {
                        return Err(merge_error(item));
                    }
                    self.merge(item, map)?;
                }
                Ok(())
            }
            NodeKind::Scalar { .. } => Err(merge_error(node)),
        }
    }
}

/// A key as it was read.
enum Key {
    Scalar(Scalar, String),
    Other(Value),
}

/// A key as `sigs.k8s.io/yaml` makes text of it: floats with the digits of a float32.
fn key_text(key: Key, value: &Value, node: &Node) -> Result<String, Error> {
    let unsupported = |kind: &str, key: &str| {
        let value = go_syntax(value, true);
        format!("unsupported map key of type: {kind}, key: {key}, value: {value}")
    };
    let message = match key {
        Key::Scalar(Scalar::Text | Scalar::Timestamp | Scalar::Merge, text) => return Ok(text),
        Key::Scalar(Scalar::Bool(truth), _) => return Ok(truth.to_string()),
        Key::Scalar(Scalar::Int(number), _) => return Ok(number.to_string()),
        Key::Scalar(Scalar::Float(number), _) => return Ok(short_float(number)),
        Key::Scalar(Scalar::Uint(number), _) => unsupported("uint64", &format!("{number:#x}")),
        Key::Scalar(Scalar::Null, _) => unsupported("%!s(<nil>)", "<nil>"),
        Key::Other(other) => format!("yaml: invalid map key: {}", go_syntax(&other, true)),
    };
    Err(Error::new(message, node.start))
}

/// `strconv.FormatFloat(value, 'g', -1, 32)`, as `sigs.k8s.io/yaml` writes floats where it wants
/// text.
pub fn short_float(value: f64) -> String {
    let short = value as f32;
    if short.is_nan() {
        return ".nan".to_owned();
    }
    if short.is_infinite() {
        return if short > 0.0 { ".inf" } else { "-.inf" }.to_owned();
    }
    gotemplate::fmt::float_g(format!("{short:e}").parse().unwrap_or(value))
}

/// Go's `%#v` of a decoded value.
fn go_syntax(value: &Value, top: bool) -> String {
    let joined = |items: Vec<String>| items.join(", ");
    match value {
        Value::Null if top => "<nil>".to_owned(),
        Value::Null => "interface {}(nil)".to_owned(),
        Value::String(text) => gotemplate::fmt::quote(text.as_bytes()),
        Value::Number(number) if number.as_i64().is_none() && number.is_u64() => {
            format!("{:#x}", number.as_u64().unwrap_or_default())
        }
        Value::Array(items) => {
            let items = items.iter().map(|item| go_syntax(item, false)).collect();
            format!("[]interface {{}}{{{}}}", joined(items))
        }
        Value::Object(map) => {
            let items = map
                .iter()
                .map(|(key, value)| {
                    let key = gotemplate::fmt::quote(key.as_bytes());
                    format!("{key}:{}", go_syntax(value, false))
                })
                .collect();
            format!("map[interface {{}}]interface {{}}{{{}}}", joined(items))
        }
        other => other.to_string(),
    }
}

fn merge_error(node: &Node) -> Error {
    Error::new("yaml: map merge requires map or sequence of maps as the value", node.start)
}

fn is_merge(key: &Node) -> bool {
    match &key.kind {
        NodeKind::Scalar { value, style: Style::Plain } => {
            value == "<<" && matches!(key.tag.as_str(), "" | "!!merge")
        }
        _ => false,
    }
}

/// Share of aliased nodes that go-yaml allows: 99 % of a small document, 10 % of a huge one.
fn allowed_ratio(decoded: u64) -> f64 {
    const LOW: u64 = 400_000;
    const HIGH: u64 = 4_000_000;
    match decoded {
        0..=LOW => 0.99,
        HIGH.. => 0.10,
        _ => 0.99 - 0.89 * ((decoded - LOW) as f64 / (HIGH - LOW) as f64),
    }
}

/// What a scalar is, its tag and its quotes considered.
fn scalar_of(node: &Node, text: &str, style: Style) -> Result<Scalar, Error> {
    let tag = short_tag(node);
    match tag {
        None if node.tag.is_empty() && style == Style::Plain => Ok(plain(text)),
        Some(tag @ ("int" | "float" | "bool" | "null" | "timestamp")) => {
            tagged(text, tag).map_err(|message| Error::new(message, node.start))
        }
        _ => Ok(Scalar::Text),
    }
}

fn short_tag(node: &Node) -> Option<&str> {
    node.tag
        .strip_prefix("!!")
        .or_else(|| node.tag.strip_prefix("!<tag:yaml.org,2002:")?.strip_suffix('>'))
}

fn scalar_json(node: &Node, text: &str, style: Style) -> Result<Value, Error> {
    if short_tag(node) == Some("binary") {
        return binary(node, text);
    }
    match scalar_of(node, text, style)? {
        Scalar::Null => Ok(Value::Null),
        Scalar::Bool(value) => Ok(Value::Bool(value)),
        Scalar::Int(value) => Ok(value.into()),
        Scalar::Uint(value) => Ok(value.into()),
        Scalar::Float(value) => number(value).map(Value::Number).ok_or_else(|| {
            let name = if value.is_nan() {
                "NaN"
            } else if value > 0.0 {
                "+Inf"
            } else {
                "-Inf"
            };
            Error::new(format!("json: unsupported value: {name}"), node.start)
        }),
        Scalar::Timestamp | Scalar::Merge | Scalar::Text => Ok(Value::String(text.to_owned())),
    }
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
fn binary(node: &Node, text: &str) -> Result<Value, Error> {
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
