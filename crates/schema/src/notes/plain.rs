//! Comments of no dialect: the text above a key, or beside it.

use super::source::Key;
use super::{Note, bare, examples, helm_docs};

pub(super) fn read(key: &Key<'_>) -> Note {
    let above = &key.above;
    let end = examples::in_text(key).map_or(above.len(), |(start, _)| start);
    let text = paragraph(above.get(..end).unwrap_or_default());
    let beside = bare(key.beside);
    let text = match text.is_empty() && !beside.starts_with('@') {
        true => beside.trim_start_matches("-- ").to_owned(),
        false => text,
    };
    Note { text, ..Note::default() }
}

/// The words of comment lines: without rules, directives and the lines of a `@schema` block.
pub(super) fn paragraph(lines: &[&str]) -> String {
    let mut words: Vec<&str> = Vec::new();
    let mut in_schema = false;
    for line in lines {
        let text = bare(line);
        if helm_docs::is_far(text) {
            break;
        }
        if text == "@schema" {
            in_schema = !in_schema;
        } else if text.starts_with("@section") {
            // What stands above a heading is about the file.
            words.clear();
        } else if !in_schema && !text.starts_with('@') && !is_rule(text) {
            words.push(text);
        }
    }
    words.retain(|text| !text.is_empty());
    words.join(" ")
}

/// `-----`, `=====`.
fn is_rule(text: &str) -> bool {
    text.len() > 2 && text.chars().all(|c| "-=*~+_".contains(c))
}
