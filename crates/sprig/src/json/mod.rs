//! Between JSON and template values: how values.yaml comes in, and Go's `encoding/json` out.

pub(crate) mod read;

use gotemplate::{CallError, Map, Value, fmt};
use serde_json::Value as Json;

/// Nesting at which a value counts as holding itself.
const MAX_DEPTH: usize = 1_000;

/// JSON as `json.Unmarshal` into `interface{}`: every number is a float64.
pub fn to_value(json: &Json) -> Value {
    match json {
        Json::Null => Value::Nil,
        Json::Bool(value) => Value::Bool(*value),
        Json::Number(number) => Value::float(number.as_f64().unwrap_or(0.0)),
        Json::String(text) => Value::from(text.as_str()),
        Json::Array(items) => Value::list(items.iter().map(to_value).collect()),
        Json::Object(map) => Value::Map(
            map.iter().map(|(key, value)| (key.as_str(), to_value(value))).collect::<Map>(),
        ),
    }
}

/// What `json.Marshal` would write, as JSON values.
///
/// # Errors
/// For what Go cannot marshal: NaN, infinities, functions, a value that holds itself.
pub fn from_value(value: &Value) -> Result<Json, CallError> {
    from_value_at(value, 0)
}

/// The same for go-yaml v3, which sees the values themselves: whole floats stay floats, a nil list
/// is empty, and what JSON has no value for is written as it stands.
pub(crate) fn for_pretty_yaml(value: &Value) -> Result<Json, CallError> {
    Ok(match value {
        Value::Float(number, _) => match serde_json::Number::from_f64(*number) {
            Some(number) => Json::Number(number),
            None if number.is_nan() => yaml::verbatim(".nan"),
            None => yaml::verbatim(if *number < 0.0 { "-.inf" } else { ".inf" }),
        },
        Value::List(list) => {
            Json::Array(list.iter().map(for_pretty_yaml).collect::<Result<_, _>>()?)
        }
        Value::Map(map) => {
            let mut object = serde_json::Map::new();
            for (key, value) in map.snapshot() {
                object.insert(key.to_str_lossy().into_owned(), for_pretty_yaml(&value)?);
            }
            Json::Object(object)
        }
        Value::Object(object) if crate::dates::as_time(value).is_some() => {
            let text = object.plain().and_then(|plain| plain.as_str().cloned());
            yaml::verbatim(&text.unwrap_or_default().to_str_lossy())
        }
        _ => from_value(value)?,
    })
}

fn from_value_at(value: &Value, depth: usize) -> Result<Json, CallError> {
    if depth > MAX_DEPTH {
        let message = "json: unsupported value: encountered a cycle via map[string]interface {}";
        return Err(CallError::new(message));
    }
    Ok(match value {
        Value::Nil => Json::Null,
        Value::Bool(value) => Json::Bool(*value),
        Value::Int(number, _) => Json::from(*number),
        Value::Uint(number, _) => Json::from(*number),
        Value::Float(number, _) => match yaml::number(*number) {
            Some(number) => Json::Number(number),
            None => {
                let text = fmt::float_g(*number);
                return Err(CallError::new(format!("json: unsupported value: {text}")));
            }
        },
        Value::Complex(..) => return Err(unsupported(value)),
        Value::String(text) => Json::String(text.to_str_lossy().into_owned()),
        Value::Bytes(bytes) => Json::String(crate::encoding::base64(bytes.as_bytes())),
        Value::List(list) if list.is_nil() => Json::Null,
        Value::List(list) => {
            let items = list.iter().map(|item| from_value_at(item, depth + 1));
            Json::Array(items.collect::<Result<_, _>>()?)
        }
        Value::Map(map) if map.is_nil() => Json::Null,
        Value::Map(map) => {
            let mut object = serde_json::Map::new();
            for (key, value) in map.snapshot() {
                object.insert(key.to_str_lossy().into_owned(), from_value_at(&value, depth + 1)?);
            }
            Json::Object(object)
        }
        Value::Object(object) => match object.plain() {
            Some(plain) => from_value_at(&plain, depth + 1)?,
            None => return Err(unsupported(value)),
        },
        Value::Func(_) => return Err(unsupported(value)),
    })
}

fn unsupported(value: &Value) -> CallError {
    CallError::new(format!("json: unsupported type: {}", value.type_name()))
}

/// Text as Go's `encoding/json` writes it; `html` escapes `<`, `>` and `&`, an `indent` of more
/// than nothing spreads it over lines.
pub(crate) fn text(json: &Json, html: bool, indent: &str) -> String {
    let mut out = String::new();
    write(json, html, indent, 0, &mut out);
    out
}

fn write(json: &Json, html: bool, indent: &str, depth: usize, out: &mut String) {
    let line = |out: &mut String, depth: usize| {
        if !indent.is_empty() {
            out.push('\n');
            (0..depth).for_each(|_| out.push_str(indent));
        }
    };
    match json {
        Json::Number(number) => match number.as_f64() {
            Some(value) if number.is_f64() => out.push_str(&float(value)),
            _ => out.push_str(&number.to_string()),
        },
        Json::String(text) => string(text, html, out),
        Json::Array(items) if items.is_empty() => out.push_str("[]"),
        Json::Object(map) if map.is_empty() => out.push_str("{}"),
        Json::Array(items) => {
            out.push('[');
            for (at, item) in items.iter().enumerate() {
                if at > 0 {
                    out.push(',');
                }
                line(out, depth + 1);
                write(item, html, indent, depth + 1, out);
            }
            line(out, depth);
            out.push(']');
        }
        Json::Object(map) => {
            out.push('{');
            for (at, (key, value)) in map.iter().enumerate() {
                if at > 0 {
                    out.push(',');
                }
                line(out, depth + 1);
                string(key, html, out);
                out.push_str(if indent.is_empty() { ":" } else { ": " });
                write(value, html, indent, depth + 1, out);
            }
            line(out, depth);
            out.push('}');
        }
        Json::Null | Json::Bool(_) => out.push_str(&json.to_string()),
    }
}

/// Exponents below 1e-6 and from 1e21, with no zero before a single digit.
fn float(value: f64) -> String {
    if value != 0.0 && (value.abs() < 1e-6 || value.abs() >= 1e21) {
        let text = fmt::float_e(value, None);
        return text.replace("e-0", "e-");
    }
    fmt::float_f(value, None)
}

fn string(text: &str, html: bool, out: &mut String) {
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '\u{8}' => out.push_str("\\b"),
            '\u{c}' => out.push_str("\\f"),
            '<' | '>' | '&' if html => out.push_str(&format!("\\u{:04x}", c as u32)),
            '\u{2028}' | '\u{2029}' => out.push_str(&format!("\\u{:04x}", c as u32)),
            _ if (c as u32) < 0x20 => out.push_str(&format!("\\u{:04x}", c as u32)),
            _ => out.push(c),
        }
    }
    out.push('"');
}

/// A map that holds an error under `Error`: what Helm's `from…` functions give.
pub(crate) fn error_map(message: String) -> Value {
    Value::Map([("Error", Value::from(message))].into_iter().collect())
}
