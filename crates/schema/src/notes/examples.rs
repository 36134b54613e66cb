//! Examples that are commented out: `# - name: …` below an empty list, `# key: value` below an empty
//! map, or at the end of the comment above it.

use super::Note;
use super::source::{Empty, Key};
use serde_json::Value as Json;

/// Most lines of an example.
const MAX_LINES: usize = 60;

pub(super) fn read(key: &Key<'_>) -> Note {
    let below = example(&key.below, key).map(|(_, example)| example);
    let example = below.or_else(|| in_text(key).map(|(_, example)| example));
    Note { examples: example.into_iter().collect(), ..Note::default() }
}

/// An example at the end of the comment above a key, and the line where it begins. It says so: a
/// list's item, or the line before ends in a colon.
pub(super) fn in_text(key: &Key<'_>) -> Option<(usize, Json)> {
    let (start, example) = example(&key.above, key)?;
    let before = start.checked_sub(1).and_then(|before| key.above.get(before));
    let told = before.is_some_and(|line| line.trim_end().ends_with(':'));
    let first = key.above.get(start).map(|line| uncommented(line));
    let item = first.is_some_and(|line| line.trim_start().starts_with("- "));
    let own = first.is_some_and(|line| line.trim_end() == format!("{}:", key.name));
    (told || item || own).then_some((start, example))
}

/// The longest end of the lines that reads as what the key may hold.
fn example(lines: &[&str], key: &Key<'_>) -> Option<(usize, Json)> {
    if key.empty == Empty::No || lines.is_empty() || lines.len() > MAX_LINES {
        return None;
    }
    let lines: Vec<&str> = lines.iter().map(|line| uncommented(line)).collect();
    (0..lines.len()).filter(|start| begins(lines[*start])).find_map(|start| {
        let text = lines.get(start..)?.join("\n");
        let read = yaml::from_str(&text).ok()?;
        let value = match read {
            // The key may stand in its own example.
            Json::Object(mut map) if map.len() == 1 && map.contains_key(&key.name) => {
                map.remove(&key.name)?
            }
            other => other,
        };
        fits(&value, key.empty).then_some((start, value))
    })
}

fn begins(line: &str) -> bool {
    let line = line.trim_start();
    let name = line.split(':').next().unwrap_or_default();
    line.starts_with("- ") || (line.contains(':') && !name.contains(' ') && !name.starts_with('@'))
}

fn fits(value: &Json, empty: Empty) -> bool {
    match (value, empty) {
        (Json::Object(map), Empty::Map | Empty::Null) => {
            let prose = |(key, value): (&String, &Json)| {
                key.contains(' ')
                    || value.is_null()
                    || value.as_str().is_some_and(|text| text.contains("://"))
            };
            !map.is_empty() && !map.iter().any(prose)
        }
        (Json::Array(items), Empty::List | Empty::Null) => items.iter().any(|item| !item.is_null()),
        _ => false,
    }
}

/// Without the mark and one space; what is indented stays so.
fn uncommented(line: &str) -> &str {
    let text = line.trim_start().trim_start_matches('#');
    text.strip_prefix(' ').unwrap_or(text)
}
