//! What a chart says of its values outside a schema: comments of values.yaml in their dialects,
//! and questions files. Each dialect is a file that makes a [`Note`] of what it reads; notes of one
//! path are laid together here, and `build` lays them below the schema.

mod examples;
mod helm_docs;
mod helm_schema;
mod plain;
mod questions;
mod readme_generator;
mod source;
#[cfg(test)]
mod tests;

use crate::condition::Condition;
use finding::Path;
use serde_json::{Map, Value as Json};
use source::Source;
use std::collections::{BTreeMap, BTreeSet};

/// What is said of one value.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Note {
    pub text: String,
    /// The default in words, where values.yaml cannot show it: `generated`.
    pub default_text: String,
    /// Heading that the value stands under.
    pub section: String,
    /// JSON Schema's names of what the value may be; a hint, no constraint.
    pub types: Vec<String>,
    /// Left out of the chart's documentation on purpose.
    pub ignored: bool,
    pub required: bool,
    /// A value that the chart knows and values.yaml leaves out.
    pub extra: bool,
    /// Words of JSON Schema that the chart says of the value.
    pub schema: Map<String, Json>,
    pub examples: Vec<Json>,
    pub shown_if: Condition,
}

/// What is said of the values of a chart and its subcharts.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Notes {
    pub(crate) notes: BTreeMap<Path, Note>,
    /// Keys of each map, as they are written.
    pub(crate) orders: BTreeMap<Path, Vec<String>>,
    /// Keys that are written with null: Helm's coalesced values have them no more.
    pub(crate) nulls: BTreeSet<Path>,
}

impl Notes {
    /// Reads the comments of a values.yaml; a text that is no YAML says nothing.
    pub fn read(values_text: &str) -> Self {
        let Some(source) = Source::read(values_text) else { return Self::default() };
        let mut notes = Self::default();
        for (path, note) in helm_docs::far(&source) {
            notes.add(path, note);
        }
        for (path, note) in readme_generator::read(&source) {
            notes.add(path, note);
        }
        for key in &source.keys {
            for note in [helm_schema::read(key), helm_docs::read(key), plain::read(key)] {
                notes.add(key.path.clone(), note);
            }
            notes.add(key.path.clone(), examples::read(key));
        }
        notes.orders = source.orders;
        notes.nulls = source.nulls;
        notes
    }

    /// Reads a `questions.yaml`, whose words come before the comments'.
    pub fn ask(&mut self, questions: &Json) {
        for (path, note) in questions::read(questions) {
            let before = self.notes.remove(&path);
            let together = self.notes.entry(path).or_insert(note);
            before.into_iter().for_each(|before| together.lay(before));
        }
    }

    /// Lays the notes of a subchart below the key of its values.
    pub fn lay_below(&mut self, key: &str, notes: Self) {
        let at = Path::root().key(key);
        for (path, note) in notes.notes {
            self.add(at.join(&path), note);
        }
        for (path, keys) in notes.orders {
            self.orders.entry(at.join(&path)).or_default().extend(keys);
        }
        self.nulls.extend(notes.nulls.iter().map(|path| at.join(path)));
    }

    /// Whether something below a path is documented.
    pub(crate) fn documents_below(&self, path: &Path) -> bool {
        let below = self.notes.range(path..).skip_while(|(at, _)| *at == path);
        below.take_while(|(at, _)| path.contains(at)).any(|(_, note)| !note.text.is_empty())
    }

    /// Names of the values below a path that values.yaml leaves out.
    pub(crate) fn extras(&self, path: &Path) -> Vec<String> {
        let below = self.notes.range(path..).take_while(|(at, _)| path.contains(at));
        let own = below.filter(|(at, note)| note.extra && at.parent().as_ref() == Some(path));
        own.filter_map(|(at, _)| match at.segments().last() {
            Some(finding::Segment::Key(name)) => Some(name.clone()),
            _ => None,
        })
        .collect()
    }

    fn add(&mut self, path: Path, note: Note) {
        if note != Note::default() {
            self.notes.entry(path).or_default().lay(note);
        }
    }
}

impl Note {
    /// Takes what `other` says and this note does not.
    fn lay(&mut self, other: Self) {
        let fill = |mine: &mut String, theirs: String| {
            if mine.is_empty() {
                *mine = theirs;
            }
        };
        fill(&mut self.text, other.text);
        fill(&mut self.default_text, other.default_text);
        fill(&mut self.section, other.section);
        if self.types.is_empty() {
            self.types = other.types;
        }
        if self.examples.is_empty() {
            self.examples = other.examples;
        }
        if self.shown_if == Condition::default() {
            self.shown_if = other.shown_if;
        }
        self.ignored |= other.ignored;
        self.required |= other.required;
        self.extra |= other.extra;
        for (word, value) in other.schema {
            self.schema.entry(word).or_insert(value);
        }
    }
}

/// JSON Schema's name for a type as comments call it.
pub(crate) fn type_name(word: &str) -> Option<&'static str> {
    Some(match word.trim().to_ascii_lowercase().as_str() {
        "string" | "str" | "text" | "tpl/string" => "string",
        "int" | "integer" => "integer",
        "float" | "number" => "number",
        "bool" | "boolean" => "boolean",
        "list" | "array" | "tpl/array" => "array",
        "object" | "map" | "dict" | "tpl/object" | "tpl/dict" => "object",
        "null" | "nullable" => "null",
        _ => return None,
    })
}

/// A comment's line without its marks: `## text` is `text`.
pub(crate) fn bare(line: &str) -> &str {
    line.trim_start().trim_start_matches('#').trim()
}
