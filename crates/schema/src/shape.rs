//! What a field of Kubernetes may hold, as a tree of names: for completion as YAML is typed.

use serde::{Deserialize, Serialize};

/// A type of Kubernetes, or a list of it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shape {
    pub list: bool,
    pub fields: Vec<Known>,
}

/// A field of a type.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Known {
    pub name: String,
    /// In words: `text`, `whole number`, `list`.
    pub says: String,
    pub shape: Shape,
}

/// What may be written at a place of a text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Completion<'s> {
    /// Bytes of the text that are replaced, counted back from the place.
    pub typed: usize,
    pub fields: Vec<&'s Known>,
    /// Whether a new item of a list begins with the field.
    pub dash: bool,
    /// Spaces before the field, or before its dash.
    pub indent: usize,
}

impl Shape {
    /// The fields that can begin at the byte `at` of a text of YAML; none inside of a value.
    pub fn complete(&self, text: &str, at: usize) -> Completion<'_> {
        let Some(before) = text.get(..at) else { return Completion::default() };
        let line_start = before.rfind('\n').map_or(0, |end| end + 1);
        let line = before.get(line_start..).unwrap_or_default();
        let (column, typed) = entry(line);
        if !typed.chars().all(char::is_alphanumeric) {
            return Completion::default();
        }
        let above = before.get(..line_start).unwrap_or_default();
        let Some(shape) = self.at(above, column) else { return Completion::default() };
        let there = siblings(text, line_start, column);
        let own = typed.to_lowercase();
        let fits = |known: &&Known| {
            known.name.to_lowercase().starts_with(&own) && !there.contains(&known.name.as_str())
        };
        let item = begins_item(line, column) || item_above(above, column);
        Completion {
            typed: typed.len(),
            fields: shape.fields.iter().filter(fits).collect(),
            dash: shape.list && !item,
            indent: column,
        }
    }

    /// The type whose keys stand at a column below the lines of `above`.
    fn at(&self, above: &str, column: usize) -> Option<&Self> {
        let mut parents = Vec::new();
        let mut limit = column;
        for line in above.lines().rev() {
            let (at, key) = entry(line);
            if let (true, Some((name, _))) = (at < limit, key.split_once(':')) {
                limit = at;
                parents.push(name);
            }
        }
        let below =
            |shape: &'_ Self, name: &str| shape.fields.iter().position(|known| known.name == name);
        parents.into_iter().rev().try_fold(self, |shape, name| {
            shape.fields.get(below(shape, name)?).map(|known| &known.shape)
        })
    }
}

/// Where the key of a line begins, dashes left out, and the rest of the line.
fn entry(line: &str) -> (usize, &str) {
    let rest = line.trim_start_matches([' ', '-']);
    (line.len() - rest.len(), rest)
}

fn begins_item(line: &str, column: usize) -> bool {
    entry(line).0 == column && line.trim_start().starts_with("- ")
}

/// Whether the keys at a column above are those of an item.
fn item_above(above: &str, column: usize) -> bool {
    let mut lines = above.lines().rev().filter(|line| !line.trim().is_empty());
    let inside = |line: &&str| entry(line).0 >= column;
    lines.by_ref().take_while(inside).any(|line| begins_item(line, column))
}

/// Keys of the same map as the line at `line_start`.
fn siblings(text: &str, line_start: usize, column: usize) -> Vec<&str> {
    let (above, own) = text.split_at(line_start);
    let inside = |line: &&str| entry(line).0 >= column || line.trim().is_empty();
    let begins = |line: &str| begins_item(line, column);
    let mut lines: Vec<&str> = Vec::new();
    if !begins(own.lines().next().unwrap_or_default()) {
        for line in above.lines().rev().take_while(inside) {
            lines.push(line);
            if begins(line) {
                break;
            }
        }
    }
    let after = own.lines().skip(1).take_while(inside);
    lines.extend(after.take_while(|line| !begins(line)));
    let keys = lines.into_iter().map(entry).filter(|(at, _)| *at == column);
    keys.filter_map(|(_, rest)| rest.split_once(':')).map(|(name, _)| name).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn known(name: &str, shape: Shape) -> Known {
        Known { name: name.to_owned(), says: "text".to_owned(), shape }
    }

    fn shape(list: bool, fields: Vec<Known>) -> Shape {
        Shape { list, fields }
    }

    fn env() -> Shape {
        let plain = Shape::default;
        let reference = shape(false, vec![known("key", plain()), known("name", plain())]);
        let from = shape(false, vec![known("secretKeyRef", reference)]);
        shape(true, vec![known("name", plain()), known("value", plain()), known("valueFrom", from)])
    }

    /// `|` stands for the place.
    fn names(text: &str) -> Vec<String> {
        let at = text.find('|').unwrap();
        let shape = env();
        let found = shape.complete(&text.replace('|', ""), at);
        found.fields.iter().map(|known| known.name.clone()).collect()
    }

    #[test]
    fn the_fields_of_the_place_are_offered() {
        assert_eq!(names("- |"), ["name", "value", "valueFrom"]);
        assert_eq!(names("- name: A\n  v|"), ["value", "valueFrom"]);
        assert_eq!(names("- name: A\n  valueFrom:\n    secretKeyRef:\n      |"), ["key", "name"]);
        assert_eq!(names("- name: A\n- |"), ["name", "value", "valueFrom"]);
        assert_eq!(names("- |\n  value: x"), ["name", "valueFrom"]);
    }

    #[test]
    fn a_new_item_begins_with_a_dash() {
        for (text, dash, indent) in
            [("", true, 0), ("- ", false, 2), ("- name: A\n", true, 0), ("- name: A\n  ", false, 2)]
        {
            let shape = env();
            let found = shape.complete(text, text.len());
            assert_eq!((found.dash, found.indent), (dash, indent), "{text:?}");
            assert!(!found.fields.is_empty(), "{text:?}");
        }
    }

    #[test]
    fn nothing_is_offered_inside_of_a_value_or_of_what_is_not_known() {
        for text in ["- name: |", "- name: A|", "- other:\n    |", "- \"|"] {
            assert_eq!(names(text), Vec::<String>::new(), "{text}");
        }
    }
}
