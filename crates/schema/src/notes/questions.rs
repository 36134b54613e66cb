//! Rancher's `questions.yaml`: what an installer asks of a chart's values.

use super::Note;
use crate::condition::Condition;
use finding::Path;
use serde_json::{Map, Value as Json, json};

pub(super) fn read(questions: &Json) -> Vec<(Path, Note)> {
    let mut found = Vec::new();
    for question in items(questions, "questions") {
        let Some((path, note)) = note(question, &Condition::default()) else { continue };
        let asks = text(question, "show_subquestion_if").unwrap_or_else(|| "true".to_owned());
        // Its own value decides, or it names others.
        let condition = match asks.contains('=') {
            true => asks,
            false => format!("{}={asks}", text(question, "variable").unwrap_or_default()),
        };
        let above = Condition::read(&condition);
        found.push((path, note));
        found.extend(items(question, "subquestions").filter_map(|below| self::note(below, &above)));
    }
    found
}

fn items<'j>(json: &'j Json, key: &str) -> impl Iterator<Item = &'j Json> {
    json.get(key).and_then(Json::as_array).into_iter().flatten()
}

/// A scalar as text; YAML reads `show_if: true` as a boolean.
fn text(question: &Json, key: &str) -> Option<String> {
    match question.get(key)? {
        Json::String(text) => Some(text.clone()),
        Json::Null | Json::Array(_) | Json::Object(_) => None,
        scalar => Some(scalar.to_string()),
    }
}

fn note(question: &Json, above: &Condition) -> Option<(Path, Note)> {
    let path: Path = text(question, "variable")?.parse().ok()?;
    let ty = text(question, "type").unwrap_or_default();
    let own = text(question, "show_if").map(|text| Condition::read(&text)).unwrap_or_default();
    let number = |key: &str| question.get(key).filter(|value| value.is_number()).cloned();
    let mut schema = Map::new();
    let mut say = |word: &str, value: Option<Json>| {
        if let Some(value) = value {
            schema.insert(word.to_owned(), value);
        }
    };
    say("title", text(question, "label").map(Json::from));
    say("minimum", number("min"));
    say("maximum", number("max"));
    say("minLength", number("min_length"));
    say("maxLength", number("max_length"));
    say("pattern", text(question, "valid_chars").map(Json::from));
    say("default", question.get("default").cloned());
    match ty.as_str() {
        "enum" => say("enum", question.get("options").filter(|it| it.is_array()).map(scalars)),
        "password" => say("x-secret", Some(json!(true))),
        "multiline" => say("x-widget", Some(json!("textarea"))),
        _ => {}
    }
    let kind = match ty.as_str() {
        "int" => "integer",
        "boolean" => "boolean",
        "float" => "number",
        "enum" | "" => "",
        _ => "string",
    };
    let note = Note {
        text: text(question, "description").unwrap_or_default(),
        section: text(question, "group").unwrap_or_default(),
        types: Some(kind.to_owned()).filter(|kind| !kind.is_empty()).into_iter().collect(),
        required: question.get("required") == Some(&Json::Bool(true)),
        extra: true,
        schema,
        shown_if: above.clone().and(own),
        ..Note::default()
    };
    Some((path, note))
}

/// An option may be a map with `label` and `value`.
fn scalars(options: &Json) -> Json {
    let option = |option: &Json| option.get("value").unwrap_or(option).clone();
    Json::Array(options.as_array().into_iter().flatten().map(option).collect())
}
