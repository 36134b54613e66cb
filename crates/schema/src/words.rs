//! Words of JSON Schema to the parts of a field that they mean.

use crate::field::{Choice, Constraints, Control, Encoding, Field, Generate, QuantityKind};
use serde_json::{Map, Value as Json, json};

/// The amounts that a container has, as a schema.
pub(crate) fn resources() -> Json {
    let amount = |title: &str, kind: &str| json!({ "title": title, "x-widget": "quantity", "x-quantity": kind });
    let amounts = |description: &str| {
        json!({
            "type": "object",
            "description": description,
            "properties": { "cpu": amount("CPU", "cpu"), "memory": amount("Memory", "memory") },
        })
    };
    json!({
        "limits": amounts("The most that a container may use."),
        "requests": amounts("What is set aside for a container; it decides where there is room."),
    })
}

/// Fields of one heading stand together, those of none first; the first of them names it.
pub(crate) fn grouped(fields: &mut [Field]) {
    let mut headings = vec![String::new()];
    for field in fields.iter() {
        if !headings.contains(&field.group) {
            headings.push(field.group.clone());
        }
    }
    fields.sort_by_key(|field| headings.iter().position(|heading| *heading == field.group));
    let mut before = String::new();
    for field in fields {
        if field.group == before {
            field.group.clear();
        } else {
            before.clone_from(&field.group);
        }
    }
}

pub(crate) fn constraints(schema: &Map<String, Json>) -> Constraints {
    let number = |key: &str| schema.get(key).and_then(Json::as_f64);
    let count = |key: &str| schema.get(key).and_then(Json::as_u64);
    let text = |key: &str| schema.get(key).and_then(Json::as_str).map(str::to_owned);
    let types = match schema.get("type") {
        Some(Json::String(ty)) => vec![ty.clone()],
        Some(Json::Array(types)) => {
            let names = types.iter().filter_map(Json::as_str).map(str::to_owned);
            // A nullable value is shown as what it is when it is not null.
            let mut names: Vec<String> = names.collect();
            names.sort_by_key(|name| name == "null");
            names
        }
        _ => Vec::new(),
    };
    Constraints {
        types,
        minimum: number("minimum"),
        maximum: number("maximum"),
        exclusive_minimum: number("exclusiveMinimum"),
        exclusive_maximum: number("exclusiveMaximum"),
        multiple_of: number("multipleOf"),
        min_length: count("minLength"),
        max_length: count("maxLength"),
        min_items: count("minItems"),
        max_items: count("maxItems"),
        unique_items: schema.get("uniqueItems").and_then(Json::as_bool).unwrap_or(false),
        pattern: text("pattern"),
        format: text("format"),
        choices: schema.get("enum").and_then(Json::as_array).cloned().unwrap_or_default(),
    }
}

pub(crate) fn choices(schema: &Map<String, Json>) -> Vec<Choice> {
    let labels = schema.get("x-enum-labels");
    let values = schema.get("enum").and_then(Json::as_array).into_iter().flatten();
    let choice = |value: &Json| {
        let text = match value {
            Json::String(text) => text.clone(),
            other => other.to_string(),
        };
        let label = labels.and_then(|labels| labels.get(&text)).and_then(Json::as_str);
        Choice { value: value.clone(), label: label.unwrap_or(&text).to_owned() }
    };
    values.map(choice).collect()
}

pub(crate) fn quantity_kind(schema: &Map<String, Json>) -> QuantityKind {
    match schema.get("x-quantity").and_then(Json::as_str) {
        Some("memory") => QuantityKind::Memory,
        Some("cpu") => QuantityKind::Cpu,
        Some("storage") => QuantityKind::Storage,
        _ => QuantityKind::Any,
    }
}

pub(crate) fn secret(schema: &Map<String, Json>) -> Control {
    let base64 = schema.get("x-encoding").and_then(Json::as_str) == Some("base64");
    let generate = schema.get("x-generate").cloned();
    Control::Secret {
        encoding: if base64 { Encoding::Base64 } else { Encoding::Plain },
        generate: generate.and_then(|it| serde_json::from_value::<Generate>(it).ok()),
    }
}
