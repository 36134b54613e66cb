//! Tables while the document is being read: who may still add to them, and what they become.

use gotemplate::{List, ListType, Map, Value};
use std::collections::BTreeMap;

pub(super) type Table = BTreeMap<String, Node>;

/// A table's entry while the document is being read.
pub(super) enum Node {
    Leaf(Value),
    /// `open`: more keys may come by dots or headings.
    Table {
        entries: Table,
        open: bool,
        named: bool,
    },
    /// `[[…]]`.
    Tables(Vec<Table>),
}

pub(super) fn finished(table: Table) -> Value {
    let value = |node| match node {
        Node::Leaf(value) => value,
        Node::Table { entries, .. } => finished(entries),
        Node::Tables(tables) => {
            let items = tables.into_iter().map(finished).collect();
            Value::List(List::new(items, ListType::Named("[]map[string]interface {}")))
        }
    };
    let entries = table.into_iter().map(|(key, node)| (key, value(node)));
    let map = Map::new();
    entries.for_each(|(key, value)| map.insert(key, value));
    Value::Map(map)
}

/// The table below `table` that the keys lead to, made where it is missing.
pub(super) fn below<'a>(
    table: &'a mut Table,
    path: &[String],
    dotted: bool,
) -> Option<&'a mut Table> {
    let Some((key, path)) = path.split_first() else { return Some(table) };
    let node = table.entry(key.clone()).or_insert_with(|| Node::Table {
        entries: Table::new(),
        open: true,
        named: dotted,
    });
    match node {
        Node::Table { entries, open: true, .. } => below(entries, path, dotted),
        Node::Tables(tables) if !dotted => below(tables.last_mut()?, path, dotted),
        _ => None,
    }
}

/// Puts the table that a heading names, one more where it heads an `array` of them; `None` where
/// the name is taken.
pub(super) fn named(root: &mut Table, path: &[String], array: bool) -> Option<()> {
    let (last, parents) = path.split_last()?;
    let parent = below(root, parents, false)?;
    match (array, parent.get_mut(last)) {
        (true, None) => {
            parent.insert(last.clone(), Node::Tables(vec![Table::new()]));
        }
        (true, Some(Node::Tables(tables))) => tables.push(Table::new()),
        (false, None) => {
            let node = Node::Table { entries: Table::new(), open: true, named: true };
            parent.insert(last.clone(), node);
        }
        (false, Some(Node::Table { open: true, named: named @ false, .. })) => *named = true,
        _ => return None,
    }
    Some(())
}
