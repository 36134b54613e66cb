//! What a value is where no schema says it: most public charts have none.

use crate::field::{Control, Encoding, Field, QuantityKind};
use serde_json::Value as Json;

/// `pullPolicy` as a person would write it: `Pull policy`.
pub(crate) fn title(name: &str) -> String {
    let mut out = String::new();
    let mut before = ' ';
    for c in name.chars() {
        if matches!(c, '_' | '-' | '.') {
            out.push(' ');
        } else if out.is_empty() {
            out.extend(c.to_uppercase());
        } else if c.is_uppercase() && before.is_lowercase() {
            out.push(' ');
            out.extend(c.to_lowercase());
        } else {
            out.push(c);
        }
        before = c;
    }
    out
}

/// Names that hold secrets by their usual endings.
pub(crate) fn is_secret_name(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    ["password", "passwd", "secretkey", "apikey", "token", "privatekey", "passphrase"]
        .iter()
        .any(|ending| name.ends_with(ending))
}

pub(crate) fn control(value: Option<&Json>, field: &Field) -> Control {
    match value {
        Some(Json::Bool(_)) => Control::Switch,
        Some(Json::Number(number)) => {
            let port = field.path.to_string().to_ascii_lowercase().ends_with("port");
            match (number.is_f64(), port) {
                (false, true) => Control::Port,
                (fraction, _) => Control::Number { integer: !fraction },
            }
        }
        Some(Json::String(text)) => text_control(text, field),
        Some(Json::Object(map)) if !map.is_empty() => Control::Section,
        Some(Json::Array(items)) if !items.is_empty() && items.iter().all(Json::is_string) => {
            let item = Field { control: Control::Text, ..Field::default() };
            Control::List { item: Box::new(item) }
        }
        _ => Control::Yaml,
    }
}

fn text_control(text: &str, field: &Field) -> Control {
    let path = field.path.to_string();
    if field.secret {
        return Control::Secret { encoding: Encoding::Plain, generate: None };
    }
    if path.ends_with(".memory") {
        return Control::Quantity { quantity: QuantityKind::Memory };
    }
    if path.ends_with(".cpu") {
        return Control::Quantity { quantity: QuantityKind::Cpu };
    }
    if text.contains('\n') {
        return Control::TextArea;
    }
    Control::Text
}
