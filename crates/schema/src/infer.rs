//! What a value is where no schema says it: most public charts have none. Its default tells most;
//! where that says nothing, the chart's comments do, the field of Kubernetes that it becomes, an
//! example, and what templates do with it.

use crate::empty::Empty;
use crate::field::{Choice, Control, Encoding, Field, QuantityKind};
use crate::kinds::{Kind, Widget};
use crate::notes::Note;
use crate::uses::Use;
use serde_json::Value as Json;

/// What is known of a value beside its default.
pub(crate) struct Hints<'h> {
    pub(crate) note: &'h Note,
    pub(crate) used: Option<&'h Use>,
    pub(crate) kind: Option<&'static Kind>,
}

/// Names that hold secrets by their usual endings.
pub(crate) fn is_secret_name(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    ["password", "passwd", "secretkey", "apikey", "token", "privatekey", "passphrase"]
        .iter()
        .any(|ending| name.ends_with(ending))
}

pub(crate) fn control(value: Option<&Json>, field: &Field, hints: &Hints<'_>) -> Control {
    if let Some(control) = hints.kind.and_then(|kind| of_kind(kind, value)) {
        return control;
    }
    if value.is_none_or(|value| Empty::of(value).is_some())
        && let Some(control) = of_empty(value, field, hints)
    {
        return control;
    }
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
        Some(value) if is_list_of_text(value) => texts(),
        _ => Control::Yaml,
    }
}

/// The widget of a kind, where the default leaves it to the kind.
fn of_kind(kind: &Kind, value: Option<&Json>) -> Option<Control> {
    let says = value.is_some_and(|value| Empty::of(value).is_none());
    Some(match &kind.widget {
        Widget::Number => Control::Number { integer: true },
        Widget::Port => Control::Port,
        Widget::Quantity(quantity) => Control::Quantity { quantity: *quantity },
        Widget::Choice(values) => Control::Select { options: options(values, value) },
        Widget::Map if !says => entries(),
        Widget::Yaml if !says => Control::Yaml,
        _ => return None,
    })
}

/// A value that may be left out can be left out again.
fn options(values: &[&str], value: Option<&Json>) -> Vec<Choice> {
    let unset = match value {
        None | Some(Json::Null) => Some(Json::Null),
        Some(Json::String(text)) if text.is_empty() => Some(Json::from("")),
        _ => None,
    };
    let unset = unset.map(|value| Choice { value, label: "Not set".to_owned() });
    let known =
        values.iter().map(|text| Choice { value: Json::from(*text), label: (*text).to_owned() });
    unset.into_iter().chain(known).collect()
}

/// What a value that says nothing may become.
fn of_empty(value: Option<&Json>, field: &Field, hints: &Hints<'_>) -> Option<Control> {
    let is_text = value.is_some_and(Json::is_string);
    let says = |name: &str| hints.note.types.first().is_some_and(|ty| ty == name);
    match field.examples.first() {
        Some(example) if is_list_of_text(example) => return Some(texts()),
        Some(example) if is_map_of_text(example) => return Some(entries()),
        Some(_) => return Some(Control::Yaml),
        None => {}
    }
    if value.is_none() || is_text {
        for (name, control) in [
            ("boolean", Control::Switch),
            ("integer", Control::Number { integer: true }),
            ("number", Control::Number { integer: false }),
            ("array", Control::Yaml),
            ("object", Control::Yaml),
        ] {
            if says(name) {
                return Some(control);
            }
        }
        if says("string") {
            return Some(text_control("", field));
        }
    }
    let used = hints.used?;
    if value.is_some_and(Json::is_object) {
        return (used.entries && !used.dumped).then(entries);
    }
    if value.is_some() {
        return None;
    }
    Some(match used {
        _ if used.dumped || used.items || used.entries => Control::Yaml,
        _ if used.number => Control::Number { integer: true },
        _ if used.printed => text_control("", field),
        _ if used.condition => Control::Switch,
        _ => return None,
    })
}

fn is_list_of_text(value: &Json) -> bool {
    value.as_array().is_some_and(|items| !items.is_empty() && items.iter().all(Json::is_string))
}

fn is_map_of_text(value: &Json) -> bool {
    value.as_object().is_some_and(|map| !map.is_empty() && map.values().all(Json::is_string))
}

fn text() -> Box<Field> {
    Box::new(Field { control: Control::Text, ..Field::default() })
}

fn texts() -> Control {
    Control::List { item: text() }
}

fn entries() -> Control {
    Control::Map { value: text() }
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
