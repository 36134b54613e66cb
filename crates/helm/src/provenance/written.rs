//! The lines that `toYaml` makes of a map or list of the values, each with the path it stands for.

use super::paths::{Id, Paths};
use serde_json::Value as Json;
use std::ops::Range;
use yaml::Step;

/// A value as `toYaml` writes it; without lines where it is neither a map nor a list.
#[derive(Debug, Default)]
pub(super) struct Written {
    text: String,
    /// Where each line stands in the text, without the white space around it, and the deepest
    /// value that it shows.
    lines: Vec<(Range<usize>, Id)>,
}

impl Written {
    pub(super) fn lines(&self) -> impl Iterator<Item = (&str, &Id)> {
        let lines = self.lines.iter();
        lines.map(|(range, id)| (self.text.get(range.clone()).unwrap_or_default(), id))
    }
}

/// What `toYaml` writes of the value under this number.
pub(super) fn of(values: &Json, paths: &Paths, id: Id) -> Written {
    let value = paths.path(id);
    let value = value.get(values).filter(|value| value.is_object() || value.is_array());
    let Some(Ok((text, parts))) = value.map(yaml::to_string_with_parts) else {
        return Written::default();
    };
    let mut parts = parts.into_iter().peekable();
    // The way down to the part that was written last.
    let mut way = vec![id];
    let mut start = 0;
    let mut lines = Vec::new();
    for line in text.split_inclusive('\n') {
        let end = start + line.len();
        while let Some(part) = parts.next_if(|part| part.offset < end) {
            way.truncate(part.depth);
            let above = way.last().copied().unwrap_or(id);
            let below = match part.step {
                Step::Key(key) => paths.known_key(above, key.as_bytes()),
                Step::Item(at) => paths.known_item(above, at),
            };
            way.push(below.unwrap_or(above));
        }
        let begin = end - line.trim_start().len();
        lines.push((begin..begin + line.trim().len(), way.last().copied().unwrap_or(id)));
        start = end;
    }
    Written { text, lines }
}
