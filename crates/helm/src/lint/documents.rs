//! The objects of a rendered file as apimachinery's `YAMLOrJSONDecoder` finds them: JSON values
//! behind each other where the text begins with `{`, else YAML documents.

use crate::decode::{Shape, Struct, decode};
use serde_json::Value as Json;

const METADATA: Struct = Struct {
    name: "rules.k8sYamlMetadata",
    fields: &[("namespace", Shape::Text), ("name", Shape::Text)],
};

const OBJECT: Struct = Struct {
    name: "rules.k8sYamlStruct",
    fields: &[
        ("apiVersion", Shape::Text),
        ("kind", Shape::Text),
        ("metadata", Shape::Struct(&METADATA)),
    ],
};

/// What lint looks at.
pub(super) struct Object {
    pub(super) api_version: String,
    pub(super) kind: String,
    pub(super) name: String,
}

/// The objects in order, nulls left out; an error is the last item.
pub(super) fn documents(text: &str) -> Vec<Result<Object, String>> {
    let mut found = Vec::new();
    let rest = if text.trim_start().starts_with('{') {
        match json(text, &mut found) {
            Rest::Yaml(rest) => rest,
            Rest::Nothing => return found,
        }
    } else {
        text
    };
    let (texts, broken) = split(rest);
    for text in texts {
        let read = yaml::from_str(&text).map_err(|error| error.to_string());
        if push(read.and_then(|json| decode(&json, &Shape::Struct(&OBJECT))), &mut found) {
            return found;
        }
    }
    found.extend(broken.map(Err));
    found
}

/// What is left behind JSON.
enum Rest<'t> {
    Yaml(&'t str),
    Nothing,
}

fn json<'t>(text: &'t str, found: &mut Vec<Result<Object, String>>) -> Rest<'t> {
    let mut values = serde_json::Deserializer::from_str(text).into_iter::<Json>();
    let mut end = 0;
    while let Some(value) = values.next() {
        let rest = text.get(end..).unwrap_or_default();
        match value {
            Ok(value) => {
                end = values.byte_offset();
                let object = decode(&value, &Shape::Struct(&OBJECT)).map_err(|text| {
                    let prefix = "error unmarshaling JSON: while decoding JSON: ";
                    text.strip_prefix(prefix).unwrap_or(&text).to_owned()
                });
                if push(object, found) {
                    return Rest::Nothing;
                }
            }
            Err(error) if error.is_eof() => {
                found.push(Err("unexpected EOF".to_owned()));
                return Rest::Nothing;
            }
            // What is no JSON may be YAML, from the start or behind a separator.
            Err(_) if end == 0 || rest.trim_start().starts_with("---") => {
                return Rest::Yaml(rest.trim_start_matches('\n'));
            }
            Err(error) => {
                found.push(Err(format!("json: {error}")));
                return Rest::Nothing;
            }
        }
    }
    Rest::Nothing
}

/// Whether that was an error.
fn push(read: Result<Json, String>, found: &mut Vec<Result<Object, String>>) -> bool {
    match read {
        Ok(Json::Null) => false,
        Ok(json) => {
            let text = |pointer: &str| {
                json.pointer(pointer).and_then(Json::as_str).unwrap_or_default().to_owned()
            };
            let (api_version, kind) = (text("/apiVersion"), text("/kind"));
            found.push(Ok(Object { api_version, kind, name: text("/metadata/name") }));
            false
        }
        Err(text) => {
            found.push(Err(text));
            true
        }
    }
}

/// The texts between separators (`---` and at most a comment), and what is wrong with the first
/// separator that is none. A separator at the very start stays with what follows it.
fn split(text: &str) -> (Vec<String>, Option<String>) {
    let mut texts = Vec::new();
    let mut open = String::new();
    for line in text.split_inclusive('\n') {
        if let Some(behind) = line.strip_prefix("---") {
            let behind = behind.trim();
            if !behind.is_empty() && !behind.starts_with('#') {
                return (texts, Some(format!("invalid Yaml document separator: {behind}")));
            }
            if !open.is_empty() {
                texts.push(std::mem::take(&mut open));
                continue;
            }
        }
        open.push_str(line);
    }
    if !open.is_empty() {
        texts.push(open);
    }
    (texts, None)
}
