//! helm-schema: JSON Schema's words in comments, as a block of YAML between two `# @schema` lines,
//! or on one line as `# @schema type:integer;minimum:1`.

use super::source::Key;
use super::{Note, bare};
use serde_json::{Map, Value as Json};

pub(super) fn read(key: &Key<'_>) -> Note {
    let mut words = Map::new();
    let mut block: Option<String> = None;
    for line in key.above.iter().copied().chain([key.beside]) {
        let text = bare(line);
        match (text, &mut block) {
            ("@schema", None) => block = Some(String::new()),
            ("@schema", Some(text)) => {
                if let Ok(Json::Object(map)) = yaml::from_str(text) {
                    words.extend(map);
                }
                block = None;
            }
            (_, Some(text)) => {
                // Indentation counts in the block, but for the one space behind the mark.
                let inside = line.trim_start().trim_start_matches('#');
                text.push_str(inside.strip_prefix(' ').unwrap_or(inside));
                text.push('\n');
            }
            (text, None) => {
                let pairs = text.strip_prefix("@schema ").into_iter().flat_map(|it| it.split(';'));
                words.extend(pairs.filter_map(pair));
            }
        }
    }
    note(words)
}

fn pair(text: &str) -> Option<(String, Json)> {
    let (word, value) = text.split_once(':')?;
    let value = match value.trim() {
        "" => Json::Bool(true),
        value => yaml::from_str(value).unwrap_or_else(|_| Json::from(value)),
    };
    Some((word.trim().to_owned(), value))
}

fn note(mut words: Map<String, Json>) -> Note {
    let flag = |words: &mut Map<String, Json>, word: &str| {
        words.get(word) == Some(&Json::Bool(true)) && words.remove(word).is_some()
    };
    let mut note = Note {
        required: flag(&mut words, "required"),
        ignored: flag(&mut words, "hidden"),
        ..Note::default()
    };
    if words.get("required").is_some_and(Json::is_boolean) {
        words.remove("required");
    }
    // `[string, null]`: YAML's own null is the type's name.
    if let Some(Json::Array(types)) = words.get_mut("type") {
        types.iter_mut().filter(|ty| ty.is_null()).for_each(|ty| *ty = Json::from("null"));
    }
    // Words of one line that stand for a schema of the items.
    for (short, word) in [("item", "type"), ("itemEnum", "enum"), ("itemRef", "$ref")] {
        if let Some(value) = words.remove(short) {
            let items = words.entry("items").or_insert_with(|| Json::Object(Map::new()));
            if let Json::Object(items) = items {
                items.insert(word.to_owned(), value);
            }
        }
    }
    note.schema = words;
    note
}
