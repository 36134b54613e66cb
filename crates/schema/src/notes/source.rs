//! A values.yaml as keys with the comments around them: what every dialect reads.

use finding::Path;
use std::collections::{BTreeMap, BTreeSet};
use yaml::{Node, NodeKind};

/// What a key's value is, as far as comments need to know.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Empty {
    Null,
    Map,
    List,
    /// It says something.
    No,
}

/// A key, and the comment lines around it.
pub(super) struct Key<'t> {
    pub(super) path: Path,
    pub(super) name: String,
    /// Straight above, at the key's own indentation.
    pub(super) above: Vec<&'t str>,
    /// Behind the value, on its line.
    pub(super) beside: &'t str,
    /// Below an empty value: what stands deeper, or is set apart from the next key.
    pub(super) below: Vec<&'t str>,
    pub(super) empty: Empty,
}

pub(super) struct Source<'t> {
    pub(super) keys: Vec<Key<'t>>,
    /// All comment lines in order, without those inside of block scalars.
    pub(super) comments: Vec<&'t str>,
    pub(super) orders: BTreeMap<Path, Vec<String>>,
    pub(super) nulls: BTreeSet<Path>,
}

impl<'t> Source<'t> {
    /// `None` where the text is no YAML, or empty.
    pub(super) fn read(text: &'t str) -> Option<Self> {
        let root = yaml::parse(text).ok()??;
        let lines: Vec<&str> = text.lines().collect();
        let mut walk = Walk {
            is_text: vec![false; lines.len()],
            lines,
            keys: Vec::new(),
            orders: BTreeMap::new(),
            nulls: BTreeSet::new(),
        };
        walk.scalars(&root);
        walk.mapping(&root, &Path::root());
        let comments = walk.lines.iter().zip(&walk.is_text);
        let comments = comments.filter(|(line, text)| !**text && is_comment(line));
        let comments = comments.map(|(line, _)| *line).collect();
        Some(Self { keys: walk.keys, comments, orders: walk.orders, nulls: walk.nulls })
    }
}

struct Walk<'t> {
    lines: Vec<&'t str>,
    /// Lines of block scalars, which may look like comments.
    is_text: Vec<bool>,
    keys: Vec<Key<'t>>,
    orders: BTreeMap<Path, Vec<String>>,
    nulls: BTreeSet<Path>,
}

impl<'t> Walk<'t> {
    fn scalars(&mut self, node: &Node) {
        match &node.kind {
            NodeKind::Scalar { .. } => {
                let (first, end) = (node.start.line as usize + 1, node.end.line as usize);
                // The mark behind a block scalar stands on the line after it.
                for line in first..end {
                    if let Some(text) = self.is_text.get_mut(line) {
                        *text = true;
                    }
                }
            }
            NodeKind::Sequence { items, .. } => items.iter().for_each(|item| self.scalars(item)),
            NodeKind::Mapping { pairs, .. } => {
                pairs.iter().for_each(|(_, value)| self.scalars(value));
            }
            NodeKind::Alias { .. } => {}
        }
    }

    fn mapping(&mut self, node: &Node, path: &Path) {
        let NodeKind::Mapping { pairs, flow } = &node.kind else { return };
        let mut order = Vec::with_capacity(pairs.len());
        for (key, value) in pairs.iter() {
            let NodeKind::Scalar { value: name, .. } = &key.kind else { continue };
            order.push(name.clone());
            let at = path.key(name.as_str());
            let empty = emptiness(value);
            if empty == Empty::Null {
                self.nulls.insert(at.clone());
            }
            if !flow {
                let read = self.key(at.clone(), name, key, value, empty);
                self.keys.push(read);
            }
            self.mapping(value, &at);
        }
        self.orders.insert(path.clone(), order);
    }

    fn key(&self, path: Path, name: &str, key: &Node, value: &Node, empty: Empty) -> Key<'t> {
        let (line, column) = (key.start.line as usize, key.start.column as usize);
        Key {
            path,
            name: name.to_owned(),
            above: self.above(line, column),
            beside: self.beside(line, key, value, empty),
            below: if empty == Empty::No { Vec::new() } else { self.below(line, column) },
            empty,
        }
    }

    fn above(&self, line: usize, column: usize) -> Vec<&'t str> {
        let before = self.lines.get(..line).unwrap_or_default().iter().rev();
        let own = |text: &&&str| is_comment(text) && indent(text) == column;
        let mut found: Vec<&str> = before.take_while(own).copied().collect();
        found.reverse();
        found
    }

    fn beside(&self, line: usize, key: &Node, value: &Node, empty: Empty) -> &'t str {
        let text = self.lines.get(line).copied().unwrap_or_default();
        // A map's or a list's own first line ends behind the key.
        let on_line = value.end.line == key.start.line && empty != Empty::Null;
        let from = if on_line { value.end.column } else { key.end.column };
        let rest: usize = text.char_indices().nth(from as usize).map_or(text.len(), |(at, _)| at);
        let rest = text.get(rest..).unwrap_or_default();
        match rest.find(" #") {
            Some(at) if on_line || rest.get(..at).is_some_and(is_bare) => {
                rest.get(at + 1..).unwrap_or_default()
            }
            _ => "",
        }
    }

    fn below(&self, line: usize, column: usize) -> Vec<&'t str> {
        let after = self.lines.get(line + 1..).unwrap_or_default();
        let block: Vec<&str> = after.iter().take_while(|text| is_comment(text)).copied().collect();
        let deeper = block.iter().take_while(|text| indent(text) > column).count();
        if deeper > 0 {
            return block.into_iter().take(deeper).collect();
        }
        let apart = after.get(block.len()).is_none_or(|text| text.trim().is_empty());
        let same = block.iter().all(|text| indent(text) == column);
        if apart && same { block } else { Vec::new() }
    }
}

/// What may stand between a key and the comment of its line: `: null`, `: &anchor`, `: |`.
fn is_bare(text: &str) -> bool {
    !text.contains(['"', '\''])
}

fn emptiness(value: &Node) -> Empty {
    match &value.kind {
        NodeKind::Scalar { value: text, style } => {
            let plain = *style == yaml::Style::Plain && value.tag.is_empty();
            match plain && matches!(text.as_str(), "" | "~" | "null" | "Null" | "NULL") {
                true => Empty::Null,
                false => Empty::No,
            }
        }
        NodeKind::Mapping { pairs, .. } if pairs.is_empty() => Empty::Map,
        NodeKind::Sequence { items, .. } if items.is_empty() => Empty::List,
        _ => Empty::No,
    }
}

fn is_comment(line: &str) -> bool {
    line.trim_start().starts_with('#')
}

fn indent(line: &str) -> usize {
    line.len() - line.trim_start().len()
}
