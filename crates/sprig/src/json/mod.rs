//! Between JSON and template values: how values.yaml comes in, and Go's `encoding/json` out.

pub(crate) mod read;

use gotemplate::{Budget, CallError, List, Map, Object, Value, fmt};
use serde_json::Value as Json;

/// Nesting at which a value counts as holding itself.
const MAX_DEPTH: usize = 250;

/// The word `encoding/json` has for a kind of JSON.
pub fn kind(json: &Json) -> &'static str {
    match json {
        Json::Null => "null",
        Json::Bool(_) => "bool",
        Json::Number(_) => "number",
        Json::String(_) => "string",
        Json::Array(_) => "array",
        Json::Object(_) => "object",
    }
}

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

/// One value, as Go's `json.Decoder` reads it that keeps numbers as they are written: integers stay
/// integers, and none is too large.
///
/// # Errors
/// In its words, which differ from `json.Unmarshal`'s where the text ends too early or goes on.
pub fn decode(text: &str) -> Result<Json, String> {
    if let Ok(value) = serde_json::from_str(text) {
        return Ok(value);
    }
    if text.trim_matches([' ', '\t', '\r', '\n']).is_empty() {
        return Err("EOF".to_owned());
    }
    read::read(text).map(|read| read.value).map_err(|complaint| match complaint.as_str() {
        read::END => "unexpected EOF".to_owned(),
        trailing if trailing.ends_with(" after top-level value") => {
            "invalid character after top-level value".to_owned()
        }
        _ => complaint,
    })
}

/// What `json.Marshal` would write, as JSON values.
///
/// # Errors
/// For what Go cannot marshal: NaN, infinities, functions, a value that holds itself. A value that
/// shares its parts may be written much longer than it is kept, so each part is charged as often
/// as it is written.
pub fn from_value(value: &Value, budget: &mut Budget) -> Result<Json, CallError> {
    Writer { budget, size: 0, pretty: false }.value(value, 0)
}

/// The same for go-yaml v3, which sees the values themselves: whole floats stay floats, a nil list
/// is empty, and what JSON has no value for is written as it stands.
pub(crate) fn for_pretty_yaml(value: &Value, budget: &mut Budget) -> Result<Json, CallError> {
    Writer { budget, size: 0, pretty: true }.value(value, 0)
}

struct Writer<'b> {
    budget: &'b mut Budget,
    /// Bytes that the text will take at least, indentation included.
    size: usize,
    pretty: bool,
}

impl Writer<'_> {
    fn grow(&mut self, bytes: usize) -> Result<(), CallError> {
        self.size += bytes;
        let most = self.budget.limits().string;
        if self.size > most {
            return Err(CallError::Exceeded(gotemplate::Exceeded::String(most)));
        }
        Ok(())
    }

    fn text(&mut self, text: &[u8]) -> Result<String, CallError> {
        self.grow(text.len())?;
        Ok(String::from_utf8_lossy(text).into_owned())
    }

    /// Only what nests goes on in here: its stack frame is paid a thousand times.
    fn value(&mut self, value: &Value, depth: usize) -> Result<Json, CallError> {
        self.budget.walk(value)?;
        self.grow(2 * depth)?;
        if depth > MAX_DEPTH {
            return Err(cycle());
        }
        match value {
            Value::List(list) if self.pretty || !list.is_nil() => self.list(list, depth),
            Value::Map(map) if self.pretty || !map.is_nil() => self.map(map, depth),
            Value::Object(object) => self.object(object.as_ref(), value, depth),
            _ => self.scalar(value),
        }
    }

    fn list(&mut self, list: &List, depth: usize) -> Result<Json, CallError> {
        let mut items = Vec::with_capacity(list.len());
        for item in list.iter() {
            items.push(self.value(item, depth + 1)?);
        }
        Ok(Json::Array(items))
    }

    fn map(&mut self, map: &Map, depth: usize) -> Result<Json, CallError> {
        let mut object = serde_json::Map::new();
        for (key, value) in map.snapshot() {
            let key = self.text(key.as_bytes())?;
            object.insert(key, self.value(&value, depth + 1)?);
        }
        Ok(Json::Object(object))
    }

    fn object(
        &mut self,
        object: &dyn Object,
        value: &Value,
        depth: usize,
    ) -> Result<Json, CallError> {
        let plain = object.plain();
        if self.pretty && crate::dates::as_time(value).is_some() {
            let text = plain.and_then(|plain| plain.as_str().cloned());
            return Ok(yaml::verbatim(&text.unwrap_or_default().to_str_lossy()));
        }
        let Some(plain) = plain else { return Err(unsupported(value)) };
        // What a struct gives is JSON's already.
        let pretty = std::mem::take(&mut self.pretty);
        let json = self.value(&plain, depth + 1);
        self.pretty = pretty;
        json
    }

    fn scalar(&mut self, value: &Value) -> Result<Json, CallError> {
        Ok(match value {
            Value::Bool(value) => Json::Bool(*value),
            Value::Int(number, _) => Json::from(*number),
            Value::Uint(number, _) => Json::from(*number),
            Value::Float(number, _) => self.float(*number)?,
            Value::String(text) => Json::String(self.text(text.as_bytes())?),
            Value::Bytes(bytes) => {
                self.grow(bytes.len())?;
                Json::String(crate::encoding::base64(bytes.as_bytes()))
            }
            Value::Nil | Value::List(_) | Value::Map(_) => Json::Null,
            Value::Complex(..) | Value::Func(_) | Value::Object(_) => {
                return Err(unsupported(value));
            }
        })
    }

    fn float(&self, number: f64) -> Result<Json, CallError> {
        if !self.pretty {
            if number == 0.0 && number.is_sign_negative() {
                return Ok(Json::from(number));
            }
            return yaml::number(number).map(Json::Number).ok_or_else(|| {
                let text = fmt::float_g(number);
                CallError::new(format!("json: unsupported value: {text}"))
            });
        }
        Ok(match serde_json::Number::from_f64(number) {
            Some(number) => Json::Number(number),
            None if number.is_nan() => yaml::verbatim(".nan"),
            None => yaml::verbatim(if number < 0.0 { "-.inf" } else { ".inf" }),
        })
    }
}

fn cycle() -> CallError {
    CallError::new("json: unsupported value: encountered a cycle via map[string]interface {}")
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
