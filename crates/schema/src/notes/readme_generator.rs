//! readme-generator: `## @section title`, `## @param path [modifiers] text`, `## @skip path`,
//! `## @extra path text`, and a section's text between `@descriptionStart` and `@descriptionEnd`.

use super::source::Source;
use super::{Note, bare, type_name};
use finding::{Path, Segment};
use std::collections::BTreeMap;

pub(super) fn read(source: &Source<'_>) -> Vec<(Path, Note)> {
    let mut found = Vec::new();
    let mut section = String::new();
    let mut sections: BTreeMap<Path, String> = BTreeMap::new();
    for line in &source.comments {
        let text = bare(line);
        if let Some(title) = after(text, "@section") {
            // helm-docs has a word of this name, too, with dashes behind it.
            if !title.starts_with("--") {
                section = title.to_owned();
            }
        } else if let Some(rest) = after(text, "@param").or_else(|| after(text, "@extra")) {
            let Some((path, mut note)) = param(rest) else { continue };
            note.extra = text.starts_with("@extra");
            place(&path, &section, &mut sections, &mut note);
            found.push((path, note));
        } else if let Some(Ok(path)) = after(text, "@skip").map(str::parse) {
            found.push((path, Note { ignored: true, ..Note::default() }));
        }
    }
    let top = sections.into_iter();
    found.extend(top.map(|(path, section)| (path, Note { section, ..Note::default() })));
    found
}

/// A key at the top stands in the section of the first of its parameters; what is documented in
/// another section says so itself.
fn place(path: &Path, section: &str, sections: &mut BTreeMap<Path, String>, note: &mut Note) {
    let Some(Segment::Key(top)) = path.segments().first() else { return };
    let of_top =
        sections.entry(Path::root().key(top.as_str())).or_insert_with(|| section.to_owned());
    if of_top != section && path.segments().len() > 1 {
        section.clone_into(&mut note.section);
    }
}

fn after<'t>(text: &'t str, word: &str) -> Option<&'t str> {
    text.strip_prefix(word)?.strip_prefix(' ').map(str::trim)
}

/// `path [array, nullable, default: x] text`.
fn param(text: &str) -> Option<(Path, Note)> {
    let (path, rest) = text.split_once(char::is_whitespace).unwrap_or((text, ""));
    let path: Path = path.parse().ok()?;
    let rest = rest.trim_start();
    let (modifiers, text) = match rest.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
        Some((modifiers, text)) => (modifiers, text),
        None => ("", rest),
    };
    let mut note = Note { text: text.trim().to_owned(), ..Note::default() };
    for modifier in modifiers.split(',').map(str::trim) {
        if let Some(default) = modifier.strip_prefix("default:") {
            note.default_text = default.trim().to_owned();
        }
        note.types.extend(type_name(modifier).map(str::to_owned));
    }
    note.types.sort_by_key(|name| name == "null");
    Some((path, note))
}
