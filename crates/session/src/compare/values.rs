//! Values side by side, leaf by leaf.

use super::{Rendered, ValueRow, differ};
use finding::Path;
use serde_json::Value as Json;
use std::collections::BTreeMap;

/// Stands for a secret; a digit tells different ones apart.
const MASK: &str = "••••••";

/// A row for every leaf that a side has, in the form's order, then by path.
pub(super) fn rows(sides: &[Rendered]) -> Vec<ValueRow> {
    let mut leaves: BTreeMap<Path, Vec<Option<Json>>> = BTreeMap::new();
    for (at, side) in sides.iter().enumerate() {
        collect(&side.effective, Path::root(), &mut |path, value| {
            let cells = leaves.entry(path).or_insert_with(|| vec![None; sides.len()]);
            cells[at] = Some(value.clone());
        });
    }
    let order = |path: &Path| {
        let known = sides.first().and_then(|side| side.titles.iter().position(|it| it.0 == *path));
        known.unwrap_or(usize::MAX)
    };
    let mut rows: Vec<ValueRow> =
        leaves.into_iter().map(|(path, cells)| row(path, &cells, sides)).collect();
    rows.sort_by_cached_key(|row| order(&row.path));
    rows
}

/// Maps are entered; lists, empty maps and scalars are leaves.
fn collect(value: &Json, path: Path, found: &mut impl FnMut(Path, &Json)) {
    match value {
        Json::Object(map) if !map.is_empty() => {
            for (key, below) in map {
                collect(below, path.key(key.as_str()), found);
            }
        }
        _ => found(path, value),
    }
}

fn row(path: Path, cells: &[Option<Json>], sides: &[Rendered]) -> ValueRow {
    let differs = differ(cells);
    let secret = sides.iter().any(|side| side.secrets.iter().any(|it| it.contains(&path)));
    let title = sides.iter().find_map(|side| {
        side.titles.iter().find(|(known, _)| *known == path).map(|(_, title)| title.clone())
    });
    let shown = |value: &Json| yaml::to_string(value).unwrap_or_default().trim_end().to_owned();
    let texts = match secret {
        true => masked(cells),
        false => cells.iter().map(|cell| cell.as_ref().map(shown)).collect(),
    };
    ValueRow { path, title: title.unwrap_or_default(), cells: texts, differs }
}

/// Equal secrets get equal texts, different ones different texts; none tells what it hides.
pub(super) fn masked<T: PartialEq>(cells: &[Option<T>]) -> Vec<Option<String>> {
    let mut known: Vec<&T> = Vec::new();
    let mut text = |value: &'_ usize| match value {
        0 => MASK.to_owned(),
        other => format!("{MASK} ({})", other + 1),
    };
    let mut numbers = Vec::new();
    for cell in cells {
        numbers.push(cell.as_ref().map(|value| {
            known.iter().position(|it| *it == value).unwrap_or_else(|| {
                known.push(value);
                known.len() - 1
            })
        }));
    }
    numbers.iter().map(|number| number.as_ref().map(&mut text)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_are_told_apart_and_not_shown() {
        let cells = [Some("a"), Some("b"), None, Some("a")];
        let shown = masked(&cells);
        assert_eq!(shown[0], shown[3]);
        assert_ne!(shown[0], shown[1]);
        assert_eq!(shown[2], None);
        assert!(shown.iter().flatten().all(|text| text.starts_with(MASK)));
    }
}
