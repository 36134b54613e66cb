//! From a place in a schema to the values that it describes.

use finding::Path;
use serde_json::Value as Json;

/// Deepest schema that is searched.
const MAX_DEPTH: usize = 100;

/// A step from the root of the values to what a rule is about.
#[derive(Clone)]
pub(crate) enum Step {
    Key(String),
    /// Every item of a list, or every entry of a map.
    Each,
}

/// Visits every subschema with the steps that lead to what it describes.
pub(crate) fn each_schema<'s>(schema: &'s Json, visit: &mut impl FnMut(&'s Json, &[Step])) {
    walk(schema, &mut Vec::new(), visit);
}

fn walk<'s>(schema: &'s Json, at: &mut Vec<Step>, visit: &mut impl FnMut(&'s Json, &[Step])) {
    if at.len() > MAX_DEPTH {
        return;
    }
    visit(schema, at);
    for (name, below) in schema.get("properties").and_then(Json::as_object).into_iter().flatten() {
        at.push(Step::Key(name.clone()));
        walk(below, at, visit);
        at.pop();
    }
    for keyword in ["items", "additionalProperties"] {
        if let Some(below) = schema.get(keyword).filter(|below| below.is_object()) {
            at.push(Step::Each);
            walk(below, at, visit);
            at.pop();
        }
    }
    for part in schema.get("allOf").and_then(Json::as_array).into_iter().flatten() {
        walk(part, at, visit);
    }
}

/// Every value that a place of the schema describes; nulls are not there.
pub(crate) fn reach<'v>(value: &'v Json, at: &[Step], path: Path, out: &mut Vec<(Path, &'v Json)>) {
    let Some((step, rest)) = at.split_first() else {
        if !value.is_null() {
            out.push((path, value));
        }
        return;
    };
    match (step, value) {
        (Step::Key(key), Json::Object(map)) => {
            if let Some(below) = map.get(key) {
                reach(below, rest, path.key(key.as_str()), out);
            }
        }
        (Step::Each, Json::Array(items)) => {
            for (index, item) in items.iter().enumerate() {
                reach(item, rest, path.index(index), out);
            }
        }
        (Step::Each, Json::Object(map)) => {
            for (key, item) in map {
                reach(item, rest, path.key(key.as_str()), out);
            }
        }
        _ => {}
    }
}
