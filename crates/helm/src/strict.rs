//! What `sigs.k8s.io/yaml` refuses when it decodes strictly: a key given twice, a key that the
//! Go struct has no field for.

use crate::decode::Shape;
use serde_json::Value as Json;
use yaml::{Node, NodeKind};

/// # Errors
/// The package's text: every key given twice, or else the first unknown key by name.
pub(crate) fn strictly(data: &[u8], shape: &Shape) -> Result<(), String> {
    let text = String::from_utf8_lossy(data);
    let mut twice = Vec::new();
    if let Ok(Some(root)) = yaml::parse(&text) {
        repeated(&root, &mut twice);
    }
    if !twice.is_empty() {
        let lines = twice.join("\n  ");
        return Err(format!("error converting YAML to JSON: yaml: unmarshal errors:\n  {lines}"));
    }
    let json = yaml::from_str(&text).map_err(|error| error.to_string())?;
    match unknown(&json, shape) {
        None => Ok(()),
        Some(key) => {
            let key = gotemplate::fmt::quote(key.as_bytes());
            Err(format!("error unmarshaling JSON: while decoding JSON: json: unknown field {key}"))
        }
    }
}

/// Keys given twice, what stands deeper first, each with the line of its value.
fn repeated(node: &Node, out: &mut Vec<String>) {
    match &node.kind {
        NodeKind::Mapping { pairs, .. } => {
            let mut known: Vec<String> = Vec::new();
            for (key, value) in pairs.iter() {
                repeated(value, out);
                let name = go_text(key);
                if known.contains(&name) {
                    let line = value.start.line + 1;
                    out.push(format!("line {line}: key {name} already set in map"));
                }
                known.push(name);
            }
        }
        NodeKind::Sequence { items, .. } => items.iter().for_each(|item| repeated(item, out)),
        _ => {}
    }
}

/// `%#v` of a key: texts in quotes, other scalars as they are.
fn go_text(key: &Node) -> String {
    let NodeKind::Scalar { value, .. } = &key.kind else { return String::new() };
    match yaml::from_str(value) {
        Ok(Json::Number(_) | Json::Bool(_)) => value.clone(),
        _ => gotemplate::fmt::quote(value.as_bytes()),
    }
}

/// The first key that no field stands for; maps are read in the order of their keys.
fn unknown(json: &Json, shape: &Shape) -> Option<String> {
    match (shape, json) {
        (Shape::Struct(known), Json::Object(map)) => {
            let mut entries: Vec<(&String, &Json)> = map.iter().collect();
            entries.sort_by_key(|(key, _)| *key);
            entries.into_iter().find_map(|(key, value)| {
                let field = known.fields.iter().find(|(name, _)| name.eq_ignore_ascii_case(key));
                match field {
                    Some((_, shape)) => unknown(value, shape),
                    None => Some(key.clone()),
                }
            })
        }
        (Shape::List(inner), Json::Array(items)) => {
            items.iter().find_map(|item| unknown(item, inner))
        }
        _ => None,
    }
}
