//! Changes to a values file as text: comments, order, quotes and blank lines of what was not
//! touched stay byte for byte.

use crate::error::Error;
use crate::node::{Mark, Node, NodeKind, Style};
use serde_json::Value;

/// One step down a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    Key(String),
    Index(usize),
}

/// Makes all changes, one after the other: each path gets its value.
///
/// # Errors
/// Where the text is not YAML, or a path leads through something that is no map or list.
pub fn apply(text: &str, changes: &[(Vec<Step>, Value)]) -> Result<String, Error> {
    let mut text = text.to_owned();
    for (path, value) in changes {
        text = set(&text, path, value)?;
    }
    Ok(text)
}

/// Sets the value at `path`; what has that value already stays as it is written.
pub fn set(text: &str, path: &[Step], value: &Value) -> Result<String, Error> {
    let Some(root) = crate::parse(text)?.filter(|root| !is_empty(root)) else {
        let block = crate::to_string(&wrapped(path, value))?;
        return Ok(if block == "{}\n" { text.to_owned() } else { ended(text) + &block });
    };
    let mut node = &root;
    // Column of the key that holds `node`: what stands below it is deeper.
    let mut column = -1_i64;
    for (at, step) in path.iter().enumerate() {
        match child(node, step) {
            Some((key, below)) => {
                column = key.map_or(column, |key| i64::from(key.start.column));
                node = below;
            }
            None => return insert(text, node, column, &path[at..], value),
        }
    }
    if crate::resolve::to_json(node).as_ref() == Ok(value) {
        return Ok(text.to_owned());
    }
    replace(text, node, column, value, path.is_empty())
}

/// Takes the entry at `path` out of its map or list, with the lines it stands on.
pub fn remove(text: &str, path: &[Step]) -> Result<String, Error> {
    let Some((last, parents)) = path.split_last() else { return Ok(String::new()) };
    let Some(root) = crate::parse(text)? else { return Ok(text.to_owned()) };
    let parent =
        parents.iter().try_fold(&root, |node, step| child(node, step).map(|(_, node)| node));
    let Some((Some(key), value)) = parent.and_then(|parent| child(parent, last)) else {
        return Ok(text.to_owned());
    };
    let start = line_start(text, key.start.offset);
    let end = line_end(text, value.end.offset.max(key.end.offset));
    Ok(format!("{}{}", &text[..start], &text[end..]))
}

fn is_empty(node: &Node) -> bool {
    matches!(&node.kind, NodeKind::Scalar { value, .. } if value.is_empty() && node.start == node.end)
}

fn wrapped(path: &[Step], value: &Value) -> Value {
    path.iter().rev().fold(value.clone(), |value, step| match step {
        Step::Key(key) => Value::Object([(key.clone(), value)].into_iter().collect()),
        Step::Index(_) => Value::Array(vec![value]),
    })
}

fn ended(text: &str) -> String {
    let mut text = text.to_owned();
    if !text.is_empty() && !text.ends_with('\n') {
        text.push('\n');
    }
    text
}

fn child<'n>(node: &'n Node, step: &Step) -> Option<(Option<&'n Node>, &'n Node)> {
    match (&node.kind, step) {
        (NodeKind::Mapping { pairs, .. }, Step::Key(name)) => {
            let pair = pairs.iter().rev().find(
                |(key, _)| matches!(&key.kind, NodeKind::Scalar { value, .. } if value == name),
            )?;
            Some((Some(&pair.0), &pair.1))
        }
        (NodeKind::Sequence { items, .. }, Step::Index(index)) => {
            items.get(*index).map(|item| (None, item))
        }
        _ => None,
    }
}

fn line_start(text: &str, offset: usize) -> usize {
    text[..offset].rfind('\n').map_or(0, |at| at + 1)
}

fn line_end(text: &str, offset: usize) -> usize {
    text[offset..].find('\n').map_or(text.len(), |at| offset + at + 1)
}

/// Puts `value` where `node` stands.
fn replace(
    text: &str,
    node: &Node,
    column: i64,
    value: &Value,
    root: bool,
) -> Result<String, Error> {
    let (start, end) = (node.start.offset, node_end(text, node));
    if root {
        return Ok(format!("{}{}{}", &text[..start], crate::to_string(value)?, &text[end..]));
    }
    let written = match value {
        Value::Object(map) if !map.is_empty() => None,
        Value::Array(items) if !items.is_empty() => None,
        _ => Some(inline(node, value)?),
    };
    let before = &text[..start];
    let Some(written) = written else {
        return replace_with_block(text, node, column, value);
    };
    // A block collection stands on lines of its own: the scalar goes behind the colon.
    let block = matches!(
        node.kind,
        NodeKind::Sequence { flow: false, .. } | NodeKind::Mapping { flow: false, .. }
    );
    let (before, gap) = if block {
        let head = before.trim_end_matches([' ', '\n', '\r', '\t']);
        (head, " ")
    } else if before.ends_with([':', '-']) {
        (before, " ")
    } else {
        (before, "")
    };
    Ok(format!("{before}{gap}{written}{}", &text[end..]))
}

/// Where a node's own text ends: block scalars and collections stop before the line break.
fn node_end(text: &str, node: &Node) -> usize {
    let block = matches!(
        node.kind,
        NodeKind::Scalar { style: Style::Literal | Style::Folded, .. }
            | NodeKind::Sequence { flow: false, .. }
            | NodeKind::Mapping { flow: false, .. }
    );
    let end = node.end.offset;
    if !block {
        return end;
    }
    let head = &text[node.start.offset..end];
    node.start.offset + head.trim_end_matches(['\n', '\r', ' ']).len()
}

/// A scalar (or empty collection) on one line, in the quotes that the old one had.
fn inline(node: &Node, value: &Value) -> Result<String, Error> {
    let style = match &node.kind {
        NodeKind::Scalar { style, .. } => *style,
        _ => Style::Plain,
    };
    if let Value::String(text) = value {
        let printable = !text.chars().any(|c| c.is_control());
        match style {
            Style::DoubleQuoted if printable => {
                return Ok(format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\"")));
            }
            Style::SingleQuoted if printable => {
                return Ok(format!("'{}'", text.replace('\'', "''")));
            }
            // JSON's quoting is YAML's double quoting on one line.
            _ if !printable || crate::to_string(value)?.trim_end().contains('\n') => {
                return Ok(value.to_string());
            }
            _ => {}
        }
    }
    Ok(crate::to_string(value)?.trim_end().to_owned())
}

fn replace_with_block(
    text: &str,
    node: &Node,
    column: i64,
    value: &Value,
) -> Result<String, Error> {
    let (start, end) = (node.start.offset, node_end(text, node));
    let before = text[..start].trim_end_matches([' ', '\t', '\n', '\r']);
    let in_list = before.ends_with('-') && !before.ends_with("--");
    let indent = match (&node.kind, in_list) {
        (NodeKind::Mapping { flow: false, .. } | NodeKind::Sequence { flow: false, .. }, _) => {
            i64::from(node.start.column)
        }
        (_, true) => i64::from(node.start.column),
        _ => column + 2,
    };
    let block = indented(value, indent)?;
    if in_list {
        return Ok(format!("{before} {}{}", block.trim_start(), &text[end..]));
    }
    // A comment behind the old value stays behind the key.
    let rest = &text[end..];
    let line = rest.find('\n').unwrap_or(rest.len());
    let (comment, rest) = rest.split_at(line);
    let flow_or_scalar = text[before.len()..start].find('\n').is_none();
    if flow_or_scalar && comment.trim_start().starts_with('#') {
        return Ok(format!("{before}{comment}\n{block}{rest}"));
    }
    Ok(format!("{before}\n{block}{comment}{rest}"))
}

/// YAML of `value` with every line indented, without the last line break.
fn indented(value: &Value, indent: i64) -> Result<String, Error> {
    let pad = " ".repeat(usize::try_from(indent).unwrap_or(0));
    let block = crate::to_string(value)?;
    let lines = block
        .trim_end_matches('\n')
        .split('\n')
        .map(|line| if line.is_empty() { String::new() } else { format!("{pad}{line}") });
    Ok(lines.collect::<Vec<_>>().join("\n"))
}

/// Adds what is missing of `path` below `node`.
fn insert(
    text: &str,
    node: &Node,
    column: i64,
    path: &[Step],
    value: &Value,
) -> Result<String, Error> {
    let Some((first, rest)) = path.split_first() else { return Ok(text.to_owned()) };
    let below = wrapped(rest, value);
    match (&node.kind, first) {
        (NodeKind::Mapping { pairs, flow: false }, Step::Key(key)) if !pairs.is_empty() => {
            let entry = Value::Object([(key.clone(), below)].into_iter().collect());
            let block = indented(&entry, i64::from(node.start.column))?;
            Ok(insert_lines(text, last_end(node), &block))
        }
        (NodeKind::Sequence { items, flow: false }, Step::Index(_)) if !items.is_empty() => {
            let block = indented(&Value::Array(vec![below]), i64::from(node.start.column))?;
            Ok(insert_lines(text, last_end(node), &block))
        }
        (NodeKind::Mapping { .. } | NodeKind::Sequence { .. }, _) => {
            let mut whole = crate::resolve::to_json(node)?;
            match (&mut whole, first) {
                (Value::Object(map), Step::Key(key)) => {
                    map.insert(key.clone(), below);
                }
                (Value::Array(items), Step::Index(_)) => items.push(below),
                _ => whole = wrapped(path, value),
            }
            replace(text, node, column, &whole, column < 0)
        }
        _ => replace(text, node, column, &wrapped(path, value), column < 0),
    }
}

/// Where the last scalar below `node` ends.
fn last_end(node: &Node) -> Mark {
    match &node.kind {
        NodeKind::Mapping { pairs, flow: false } => match pairs.last() {
            Some((key, value)) if is_empty(value) => key.end,
            Some((_, value)) => last_end(value),
            None => node.end,
        },
        NodeKind::Sequence { items, flow: false } => items.last().map_or(node.end, last_end),
        _ => node.end,
    }
}

/// Puts lines behind the line on which `mark` stands.
fn insert_lines(text: &str, mark: Mark, block: &str) -> String {
    let offset = mark.offset;
    let at_line_start = offset > 0 && text[..offset].ends_with('\n');
    let end = if at_line_start { offset } else { line_end(text, offset) };
    let (before, after) = text.split_at(end);
    format!("{}{block}\n{after}", ended(before))
}
