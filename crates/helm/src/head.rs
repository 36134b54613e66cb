//! What Helm reads of a manifest to sort it: `util.SimpleHead`.

use crate::decode::{Shape, Struct, decode};
use serde_json::Value as Json;

const METADATA: Struct = Struct {
    name: r#"struct { Name string "json:\"name\""; Annotations map[string]string "json:\"annotations\"" }"#,
    fields: &[("name", Shape::Text), ("annotations", Shape::Texts(&Shape::Text))],
};

const HEAD: Struct = Struct {
    name: "util.SimpleHead",
    fields: &[
        ("apiVersion", Shape::Text),
        ("kind", Shape::Text),
        ("metadata", Shape::Struct(&METADATA)),
    ],
};

/// The head, its scalars as texts.
///
/// # Errors
/// Helm's text behind `YAML parse error on …: ` for a manifest of another shape.
pub(crate) fn read(document: &Json) -> Result<Json, String> {
    decode(document, &Shape::Struct(&HEAD))
}
