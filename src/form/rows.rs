//! A section as rows, one below the other: groups are headings, depth is an indent. A flat list can
//! be drawn in stretches, however deep a chart's values are nested. Pure.

use crate::workspace::Node;
use session::{Control, Field, Path};
use std::collections::HashMap;
use std::sync::Arc;

/// Rows that are drawn or left out together.
pub(super) const CHUNK: usize = 10;
/// Characters of a description that fill a line, about.
const LINE: usize = 84;

/// A heading or a field.
#[derive(Clone)]
pub struct Row {
    pub(super) node: Arc<Node>,
    /// 0 stands directly in the section.
    pub(super) depth: usize,
    pub(super) folded: bool,
}

impl PartialEq for Row {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.node, &other.node)
            && (self.depth, self.folded) == (other.depth, other.folded)
    }
}

/// What decides which rows there are.
pub(super) struct Show<'s> {
    /// Folded or unfolded by hand.
    pub(super) folds: &'s HashMap<Path, bool>,
    /// In lower case; empty shows everything that is not folded.
    pub(super) search: &'s str,
    /// Whether something at or below a path is wrong.
    pub(super) broken: &'s dyn Fn(&Path) -> bool,
}

impl Show<'_> {
    /// What is searched for is shown whatever is folded; what is wrong is unless folded by hand.
    pub(super) fn folds(&self, node: &Node) -> bool {
        let by_hand = self.folds.get(&node.field.path).copied();
        self.search.is_empty()
            && by_hand.unwrap_or_else(|| node.field.advanced && !(self.broken)(&node.field.path))
    }

    /// The rows in a section.
    pub(super) fn rows(&self, section: &Node) -> Vec<Row> {
        let mut rows = Vec::new();
        if !self.folds(section) {
            self.below(section, 0, section.says(self.search), &mut rows);
        }
        rows
    }

    /// `all`: a heading above says what is searched for, so all that it holds is shown.
    fn below(&self, node: &Node, depth: usize, all: bool, rows: &mut Vec<Row>) {
        for child in &node.children {
            if !all && !child.holds(self.search) {
                continue;
            }
            let folded = child.is_group() && self.folds(child);
            rows.push(Row { node: Arc::clone(child), depth, folded });
            if child.is_group() && !folded {
                self.below(child, depth + 1, all || child.says(self.search), rows);
            }
        }
    }
}

/// Pixels that a row will about have, with the gap below it.
pub(super) fn height(row: &Row) -> usize {
    let field = &row.node.field;
    let text = (field.description.chars().count() + field.help.chars().count()).div_ceil(LINE) * 20;
    if row.node.is_group() {
        return 52 + text;
    }
    80 + text + inputs(field)
}

/// Pixels that a field's inputs have beyond one line.
fn inputs(field: &Field) -> usize {
    let items = match &field.default {
        Some(serde_json::Value::Array(items)) => items.len(),
        Some(serde_json::Value::Object(map)) => map.len(),
        _ => 0,
    };
    match field.control {
        Control::TextArea | Control::Yaml => 60,
        Control::List { .. } | Control::Map { .. } => items * 44,
        _ => 0,
    }
}

/// What a stretch of rows holds, in words.
pub(super) fn label(rows: &[Row]) -> String {
    let titles: Vec<&str> = rows.iter().map(|row| row.node.field.title.as_str()).collect();
    match titles.as_slice() {
        [] => String::new(),
        [only] => (*only).to_owned(),
        [first, .., last] => format!("{} fields, {first} to {last}", titles.len()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workspace::Tree;
    use session::Form;

    fn field(at: &str, children: Vec<Field>) -> Field {
        let control = if children.is_empty() { Control::Text } else { Control::Section };
        let path = at.parse().unwrap();
        Field { path, title: at.to_owned(), control, children, ..Field::default() }
    }

    /// `a` holds `a.x` and the group `a.b`, which holds `a.b.y` and `a.b.z`.
    fn section(advanced: bool) -> Arc<Node> {
        let inner = vec![field("a.b.y", Vec::new()), field("a.b.z", Vec::new())];
        let group = Field { advanced, ..field("a.b", inner) };
        let root = field("r", vec![field("a", vec![field("a.x", Vec::new()), group])]);
        let tree = Tree::new(Form { root, ..Form::default() }, false);
        Arc::clone(&tree.parts[0].sections[0])
    }

    fn shown(
        section: &Node,
        folds: &[(&str, bool)],
        search: &str,
        broken: bool,
    ) -> Vec<(String, usize)> {
        let folds = folds.iter().map(|(path, folded)| (path.parse().unwrap(), *folded)).collect();
        let broken = |_: &Path| broken;
        let show = Show { folds: &folds, search, broken: &broken };
        show.rows(section).iter().map(|row| (row.node.field.title.clone(), row.depth)).collect()
    }

    fn named(rows: &[(&str, usize)]) -> Vec<(String, usize)> {
        rows.iter().map(|(title, depth)| ((*title).to_owned(), *depth)).collect()
    }

    #[test]
    fn groups_are_headings_above_what_they_hold() {
        let all = named(&[("a.x", 0), ("a.b", 0), ("a.b.y", 1), ("a.b.z", 1)]);
        assert_eq!(shown(&section(false), &[], "", false), all);
        assert_eq!(
            shown(&section(false), &[("a.b", true)], "", false),
            named(&[("a.x", 0), ("a.b", 0)])
        );
        assert_eq!(shown(&section(false), &[("a", true)], "", false), []);
    }

    #[test]
    fn an_advanced_group_is_folded_until_something_in_it_is_wrong() {
        let folded = named(&[("a.x", 0), ("a.b", 0)]);
        assert_eq!(shown(&section(true), &[], "", false), folded);
        assert_eq!(shown(&section(true), &[("a.b", false)], "", false).len(), 4);
        assert_eq!(shown(&section(true), &[], "", true).len(), 4);
        assert_eq!(shown(&section(true), &[("a.b", true)], "", true), folded);
    }

    #[test]
    fn a_search_shows_what_it_finds_and_what_that_is_in() {
        let found = named(&[("a.b", 0), ("a.b.z", 1)]);
        assert_eq!(shown(&section(true), &[("a", true)], "b.z", false), found);
        let group = named(&[("a.b", 0), ("a.b.y", 1), ("a.b.z", 1)]);
        assert_eq!(shown(&section(true), &[], "a.b", false), group);
        assert_eq!(shown(&section(true), &[], "nothing", false), []);
    }
}
