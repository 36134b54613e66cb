//! Keys of mappings as text: `sigs.k8s.io/yaml` makes JSON of what go-yaml read, and JSON has no
//! other keys.

use super::plain::Scalar;
use crate::error::Error;
use crate::node::Node;
use serde_json::Value;

/// A key as it was read.
pub(super) enum Key {
    Scalar(Scalar, String),
    Other(Value),
}

/// A key as `sigs.k8s.io/yaml` makes text of it: floats with the digits of a float32.
pub(super) fn key_text(key: Key, value: &Value, node: &Node) -> Result<String, Error> {
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
