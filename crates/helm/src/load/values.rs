//! values.yaml and `-f` files: one or more YAML documents, laid over each other.

use crate::layer::layer_maps;
use serde_json::{Map, Value as Json};
use sprig::json::kind;

/// The values of a file.
///
/// # Errors
/// What Helm says behind `cannot load values.yaml: ` or `failed to parse FILE: `.
pub fn read_values(bytes: &[u8]) -> Result<Json, String> {
    let mut values = Map::new();
    for document in documents(bytes)? {
        let json = yaml::from_slice(&document);
        let fail = |reason: String| format!("cannot unmarshal yaml document: {reason}");
        match json.map_err(|error| fail(error.to_string()))? {
            Json::Null => {}
            Json::Object(map) => layer_maps(&mut values, map),
            other => {
                return Err(fail(format!(
                    "error unmarshaling JSON: while decoding JSON: json: cannot unmarshal {} into Go value of type map[string]interface {{}}",
                    kind(&other)
                )));
            }
        }
    }
    Ok(Json::Object(values))
}

/// The texts between lines that begin with `---`, behind which only a comment may stand.
fn documents(bytes: &[u8]) -> Result<Vec<Vec<u8>>, String> {
    let mut documents = vec![Vec::new()];
    for line in bytes.split_inclusive(|byte| *byte == b'\n') {
        if let Some(rest) = line.strip_prefix(b"---") {
            let rest = String::from_utf8_lossy(rest);
            let rest = rest.trim();
            if !rest.is_empty() && !rest.starts_with('#') {
                return Err(format!(
                    "error reading yaml document: invalid Yaml document separator: {rest}"
                ));
            }
            documents.push(Vec::new());
        } else if let Some(document) = documents.last_mut() {
            document.extend_from_slice(line);
            // Helm's reader ends every line, the last one, too.
            if !line.ends_with(b"\n") {
                document.push(b'\n');
            }
        }
    }
    documents.retain(|document| !document.is_empty());
    Ok(documents)
}
