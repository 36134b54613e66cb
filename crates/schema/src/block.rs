//! A value as YAML that a person edits in a form. Small on purpose: the page links it, and the
//! YAML library, which writes as Helm writes, stays in the worker.

use serde_json::{Map, Value as Json};

/// Block style; strings that YAML would read as something else stand in double quotes.
pub(crate) fn block(value: &Json) -> String {
    let mut text = String::new();
    match value {
        Json::Object(map) if !map.is_empty() => mapping(map, 0, &mut text),
        Json::Array(items) if !items.is_empty() => sequence(items, 0, &mut text),
        scalar => {
            text.push_str(&inline(scalar));
            text.push('\n');
        }
    }
    text
}

fn pad(indent: usize, text: &mut String) {
    text.extend(std::iter::repeat_n(' ', indent));
}

fn mapping(map: &Map<String, Json>, indent: usize, text: &mut String) {
    for (key, value) in map {
        pad(indent, text);
        text.push_str(&string(key));
        text.push(':');
        below(value, indent, text);
    }
}

fn sequence(items: &[Json], indent: usize, text: &mut String) {
    for item in items {
        pad(indent, text);
        text.push('-');
        below(item, indent, text);
    }
}

fn below(value: &Json, indent: usize, text: &mut String) {
    match value {
        Json::Object(map) if !map.is_empty() => {
            text.push('\n');
            mapping(map, indent + 2, text);
        }
        Json::Array(items) if !items.is_empty() => {
            text.push('\n');
            sequence(items, indent + 2, text);
        }
        scalar => {
            text.push(' ');
            text.push_str(&inline(scalar));
            text.push('\n');
        }
    }
}

fn inline(value: &Json) -> String {
    match value {
        Json::String(text) => string(text),
        other => other.to_string(),
    }
}

/// Plain where it can only be a string: a letter first, and nothing that means something in YAML.
fn string(text: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_./@".contains(c);
    let first = text.starts_with(|c: char| c.is_ascii_alphabetic());
    let words = ["true", "false", "yes", "no", "on", "off", "null", "y", "n"];
    let word = words.contains(&text.to_ascii_lowercase().as_str());
    match first && !word && text.chars().all(plain) {
        true => text.to_owned(),
        false => Json::from(text).to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn what_is_written_is_read_back() {
        let values = [
            json!(null),
            json!("text"),
            json!({"a": 1, "b": [1, "2", {"c": []}, {}], "yes": "no", "k: y": "a: b # c"}),
            json!([
                [1],
                [],
                "line\nbreak",
                "",
                " x",
                "1e3",
                "0x1f",
                "~",
                "nan",
                ".inf",
                "2001-01-01"
            ]),
            json!({"deep": {"er": {"list": [{"name": "a", "value": "b"}]}}}),
            json!(["inf", "NaN", "é", "a.b/c@d", "true", 1.5, -3, true]),
        ];
        for value in values {
            assert_eq!(yaml::from_str(&block(&value)).unwrap(), value, "{}", block(&value));
        }
        assert_eq!(block(&json!({"a": {"b": "c"}})), "a:\n  b: c\n");
    }
}
