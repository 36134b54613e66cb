//! Values as a tree that keeps its order, its comments and its YAML spelling.

use std::collections::BTreeSet;

/// A key of a map, what is said about it, and its value.
#[derive(Clone, Debug)]
pub(super) struct Entry {
    pub(super) key: String,
    /// What the value is for; empty where nobody says.
    pub(super) doc: String,
    pub(super) node: Node,
}

/// A value. All but maps are one input of a form.
#[derive(Clone, Debug)]
pub(super) enum Node {
    /// A scalar, an empty collection or a flow list, as YAML writes it.
    Leaf(String),
    /// The lines of a block list, without the indentation that they share.
    List(Vec<String>),
    Map(Vec<Entry>),
}

/// Reads `key: value # doc` lines, nested by indentation.
pub(super) fn parse(text: &str) -> Vec<Entry> {
    let lines: Vec<&str> = text.lines().filter(|line| !line.trim().is_empty()).collect();
    block(&lines)
}

/// The entries of lines that share the indentation of the first.
fn block(lines: &[&str]) -> Vec<Entry> {
    let mut entries = Vec::new();
    let mut rest = lines;
    while let Some((head, below)) = rest.split_first() {
        let own = indent(head);
        let deeper = |line: &&&str| indent(line) > own || line.trim_start().starts_with("- ");
        let (inside, after) = below.split_at(below.iter().take_while(deeper).count());
        entries.push(entry(head, inside));
        rest = after;
    }
    entries
}

fn entry(head: &str, inside: &[&str]) -> Entry {
    let (text, doc) = head.trim().split_once(" # ").unwrap_or((head.trim(), ""));
    let (key, value) = text.split_once(':').unwrap_or((text, ""));
    let listed = inside.first().is_some_and(|line| line.trim_start().starts_with("- "));
    let node = match inside {
        [] => Node::Leaf(value.trim().to_owned()),
        [first, ..] if listed => {
            let shared = indent(first);
            Node::List(inside.iter().map(|line| line[shared..].to_owned()).collect())
        }
        _ => Node::Map(block(inside)),
    };
    Entry { key: key.to_owned(), doc: doc.to_owned(), node }
}

fn indent(line: &str) -> usize {
    line.len() - line.trim_start().len()
}

/// The paths of all leaves, keys joined with dots.
pub(super) fn paths(entries: &[Entry]) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    each_leaf(entries, "", &mut |path, _| {
        found.insert(path.to_owned());
    });
    found
}

/// Calls `see` with the path and the entry of every leaf, in their order.
pub(super) fn each_leaf<'e>(
    entries: &'e [Entry],
    prefix: &str,
    see: &mut impl FnMut(&str, &'e Entry),
) {
    for entry in entries {
        let path = join(prefix, &entry.key);
        match &entry.node {
            Node::Map(inside) => each_leaf(inside, &path, see),
            _ => see(&path, entry),
        }
    }
}

/// A path and one key more.
pub(super) fn join(prefix: &str, key: &str) -> String {
    if prefix.is_empty() { key.to_owned() } else { format!("{prefix}.{key}") }
}

#[cfg(test)]
mod tests {
    use super::{Node, parse, paths};

    #[test]
    fn lines_become_a_tree() {
        let entries = parse("a: 1 # One\nb:\n  c: [x] # Two\n  d:\n  - e: 1\n    f: 2\ng: {}\n");
        assert_eq!(Vec::from_iter(paths(&entries)), ["a", "b.c", "b.d", "g"]);
        assert_eq!(entries[0].doc, "One");
        let Node::Map(inside) = &entries[1].node else { panic!("b is a map") };
        let Node::List(lines) = &inside[1].node else { panic!("d is a list") };
        assert_eq!(lines, &["- e: 1", "  f: 2"]);
    }
}
