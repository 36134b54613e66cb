//! Manifests matched by kind and component, with line diffs against the first side.

use super::values::masked;
use super::{DiffLine, ManifestRow, Mark, Rendered};
use checks::manifests::Object;
use serde_json::Value as Json;
use similar::{ChangeTag, TextDiff};

/// Equal lines that stay visible around a change.
const AROUND: usize = 3;

/// An object of a side with its text; `None` where the side has no counterpart.
pub(super) type Cell<'s> = Option<&'s (Object, String)>;

pub(super) fn rows(matched: &[Vec<Cell<'_>>]) -> Vec<ManifestRow> {
    matched.iter().map(|cells| row(cells)).collect()
}

/// Objects that are one another's counterpart, by kind and name, else by kind and component.
pub(super) fn matched(sides: &[Rendered]) -> Vec<Vec<Cell<'_>>> {
    let mut rows: Vec<Vec<Cell<'_>>> = Vec::new();
    for (at, side) in sides.iter().enumerate() {
        for entry in &side.objects {
            let (own, _) = entry;
            let place = free(&rows, at, |other| {
                other.reference.kind == own.reference.kind
                    && other.reference.name == own.reference.name
            })
            .or_else(|| {
                free(&rows, at, |other| {
                    other.reference.kind == own.reference.kind && component(other) == component(own)
                })
            });
            match place {
                Some(place) => rows[place][at] = Some(entry),
                None => {
                    let mut row = vec![None; sides.len()];
                    row[at] = Some(entry);
                    rows.push(row);
                }
            }
        }
    }
    rows
}

/// The first row that has a counterpart and no object of this side yet.
fn free(rows: &[Vec<Cell<'_>>], side: usize, same: impl Fn(&Object) -> bool) -> Option<usize> {
    rows.iter()
        .position(|row| row[side].is_none() && row.iter().flatten().any(|(other, _)| same(other)))
}

/// What part of the application an object is: its label, or its name without what all share.
pub(super) fn component(object: &Object) -> String {
    let label = |name: &str| object.json.get("metadata")?.get("labels")?.get(name)?.as_str();
    let labelled =
        ["app.kubernetes.io/component", "component", "tier"].iter().find_map(|it| label(it));
    if let Some(component) = labelled {
        return component.to_owned();
    }
    // `todo-backend-config` and `backend-config` are counterparts more likely by their last words.
    let words: Vec<&str> = object.reference.name.split('-').collect();
    words[words.len().saturating_sub(2)..].join("-")
}

fn row(cells: &[Cell<'_>]) -> ManifestRow {
    let texts: Vec<Option<String>> = shown(cells);
    let first = texts[0].clone().unwrap_or_default();
    let diffs: Vec<Vec<DiffLine>> =
        texts[1..].iter().map(|text| diff(&first, text.as_deref().unwrap_or_default())).collect();
    let object = cells.iter().flatten().next();
    ManifestRow {
        kind: object.map(|(it, _)| it.reference.kind.clone()).unwrap_or_default(),
        component: object.map(|(it, _)| component(it)).unwrap_or_default(),
        names: cells.iter().map(|it| it.map(|(it, _)| it.reference.name.clone())).collect(),
        differs: diffs.iter().any(|diff| !diff.is_empty()),
        diffs,
    }
}

/// The texts; what a Secret holds is masked, alike where it is alike.
fn shown(cells: &[Cell<'_>]) -> Vec<Option<String>> {
    let is_secret = cells.iter().flatten().any(|(object, _)| object.reference.kind == "Secret");
    if !is_secret {
        return cells.iter().map(|cell| cell.map(|(_, text)| text.clone())).collect();
    }
    let mut trees: Vec<Option<Json>> =
        cells.iter().map(|cell| cell.map(|(object, _)| (*object.json).clone())).collect();
    for part in ["data", "stringData"] {
        let mut keys: Vec<String> = trees
            .iter()
            .flatten()
            .filter_map(|tree| tree.get(part)?.as_object())
            .flat_map(|data| data.keys().cloned())
            .collect();
        keys.sort();
        keys.dedup();
        for key in keys {
            let values: Vec<Option<Json>> =
                trees.iter().map(|tree| tree.as_ref()?.get(part)?.get(&key).cloned()).collect();
            for (tree, mask) in trees.iter_mut().zip(masked(&values)) {
                if let (Some(tree), Some(mask)) = (tree, mask) {
                    tree[part][&key] = mask.into();
                }
            }
        }
    }
    let text = |tree: &Json| yaml::to_string(tree).unwrap_or_default();
    trees.iter().map(|tree| tree.as_ref().map(text)).collect()
}

/// Lines of `new` against `old`, equal stretches cut to what is around a change.
fn diff(old: &str, new: &str) -> Vec<DiffLine> {
    if old == new {
        return Vec::new();
    }
    let diff = TextDiff::from_lines(old, new);
    let mut lines = Vec::new();
    for (index, group) in diff.grouped_ops(AROUND).iter().enumerate() {
        if index > 0 {
            lines.push(DiffLine { mark: Mark::Gap, text: String::new() });
        }
        for change in group.iter().flat_map(|op| diff.iter_changes(op)) {
            let mark = match change.tag() {
                ChangeTag::Equal => Mark::Same,
                ChangeTag::Delete => Mark::Removed,
                ChangeTag::Insert => Mark::Added,
            };
            lines.push(DiffLine { mark, text: change.value().trim_end_matches('\n').to_owned() });
        }
    }
    lines
}
