//! helm-docs: `# -- text` above a key with its continuation lines, `# key.path -- text` anywhere,
//! and the lines `@default -- …`, `@section -- …`, `@ignored`, `@raw`. A type may stand before the
//! text: `# -- (int) text`.

use super::source::{Key, Source};
use super::{Note, bare, examples, type_name};
use finding::Path;

/// The comment above a key.
pub(super) fn read(key: &Key<'_>) -> Note {
    let is_start = |line: &&str| start(line).is_some_and(|(path, _)| path.is_none());
    match key.above.iter().rposition(is_start) {
        Some(at) => {
            let lines = key.above.get(at..).unwrap_or_default();
            let end = examples::in_text(key).map_or(lines.len(), |(start, _)| start.max(at) - at);
            note(lines, end.max(1))
        }
        None => {
            Note { ignored: key.above.iter().any(|it| bare(it) == "@ignored"), ..Note::default() }
        }
    }
}

/// Comments that name their key.
pub(super) fn far(source: &Source<'_>) -> Vec<(Path, Note)> {
    let mut found = Vec::new();
    for (at, line) in source.comments.iter().enumerate() {
        let Some((Some(path), _)) = start(line) else { continue };
        let rest = source.comments.get(at..).unwrap_or_default();
        // The lines up to the next comment of this kind; what follows a key is another comment,
        // which the lines alone do not show: only directives go on.
        let goes_on = |line: &&&str| bare(line).starts_with('@');
        let more = rest.iter().skip(1).take_while(goes_on).count();
        let lines = rest.get(..=more).unwrap_or_default();
        found.push((path, note(lines, lines.len())));
    }
    found
}

/// Whether a comment is about a key elsewhere: `key.path -- text`.
pub(super) fn is_far(text: &str) -> bool {
    start(text).is_some_and(|(path, _)| path.is_some_and(|path| path.segments().len() > 1))
}

/// `-- text` or `key.path -- text`.
fn start(line: &str) -> Option<(Option<Path>, &str)> {
    let text = bare(line);
    if let Some(rest) = text.strip_prefix("--") {
        let own = rest.is_empty() || rest.starts_with(' ');
        return own.then(|| (None, rest.trim()));
    }
    let (path, rest) = text.split_once(" -- ")?;
    let is_path = !path.contains(' ') && !path.starts_with('@');
    is_path.then(|| path.parse().ok().map(|path| (Some(path), rest.trim())))?
}

/// `words`: how many of the lines are text, and no example.
fn note(lines: &[&str], words: usize) -> Note {
    let mut note = Note::default();
    let mut text: Vec<&str> = Vec::new();
    let mut raw = false;
    for (at, line) in lines.iter().enumerate() {
        let line = match at {
            0 => start(line).map_or("", |(_, text)| text),
            _ => bare(line),
        };
        let after =
            |word: &str| line.strip_prefix(word).map(|rest| rest.trim_start_matches([' ', '-']));
        if let Some(default) = after("@default") {
            note.default_text = default.trim().trim_matches('`').to_owned();
        } else if let Some(section) = after("@section") {
            note.section = section.trim().to_owned();
        } else if line == "@ignored" {
            note.ignored = true;
        } else if line == "@raw" {
            raw = true;
        } else if !line.starts_with('@') && at < words {
            text.push(line);
        }
    }
    if let Some((name, rest)) = text.first().and_then(|first| typed(first)) {
        note.types.extend(type_name(name).map(str::to_owned));
        if let Some(first) = text.first_mut() {
            *first = rest;
        }
    }
    if !raw {
        text.retain(|line| !line.is_empty());
    }
    note.text = text.join(if raw { "\n" } else { " " }).trim().to_owned();
    note
}

/// `(int) text`.
fn typed(text: &str) -> Option<(&str, &str)> {
    let (name, rest) = text.strip_prefix('(')?.split_once(')')?;
    (type_name(name).is_some() || !name.contains(' ')).then(|| (name, rest.trim()))
}
