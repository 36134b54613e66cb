//! JSON Schema's verdict on values, in Helm's words.
//!
//! Helm validates with santhosh-tekuri/jsonschema v6; this follows what it does, measured with Helm
//! 4.3.1: text to documents (`library`), documents to schemas (`compile`), schemas and values to a
//! tree of failures (`run`), failures to lines (`words`). References never leave the schema: what
//! is not in it is not loaded.

mod address;
mod compile;
mod draft;
mod failure;
mod formats;
mod library;
mod run;
mod schema;
mod words;

use failure::Failure;
use schema::Compiled;
use serde_json::Value as Json;
use thiserror::Error;

/// Deepest schema that is compiled.
const MAX_DEPTH: usize = 200;
/// Most sub-schemas that are compiled.
const MAX_NODES: usize = 10_000;
/// What Helm calls the file.
const ADDRESS: &str = "file:///values.schema.json";

/// A schema that gives no verdict.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum SchemaError {
    /// In the words of Go's decoder.
    #[error("{0}")]
    NotJson(String),
    #[error(
        "the schema is too large: more than {MAX_NODES} values or nested more than {MAX_DEPTH} deep"
    )]
    TooLarge,
    #[error("{0}")]
    Invalid(String),
}

/// One place where values break a schema.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Violation {
    /// JSON pointer into the values.
    pub pointer: String,
    /// JSON Schema keyword that is broken.
    pub keyword: String,
    /// Helm's words without the place: `minimum: got 0, want 1`.
    pub message: String,
    /// The property that is missing or too many, where the keyword is about one.
    pub property: Option<String>,
}

/// A compiled schema.
pub struct Validator {
    compiled: Compiled,
}

impl Validator {
    pub fn new(schema: &[u8]) -> Result<Self, SchemaError> {
        let text = String::from_utf8_lossy(schema);
        let schema = sprig::json::decode(&text).map_err(SchemaError::NotJson)?;
        if !fits(&schema, 0, &mut 0) {
            return Err(SchemaError::TooLarge);
        }
        compile::compile(ADDRESS, schema).map(|compiled| Self { compiled })
    }

    /// Names (URN) that the schema refers to and nobody knows: Helm warns of each.
    pub fn unknown_names(&self) -> &[String] {
        &self.compiled.unknown
    }

    /// All violations, in the schema's order: the leaves of what Helm prints as a tree.
    pub fn check(&self, values: &Json) -> Vec<Violation> {
        let mut found = Vec::new();
        if let Err(failure) = run::judge(&self.compiled, values, false) {
            leaves(&failure, &mut found);
        }
        found
    }

    /// Helm's lines, such as `- at '/backend/replicas': minimum: got 0, want 1`; what an `anyOf`
    /// and the like tried stands indented below it. Empty if the values fit.
    pub fn lines(&self, values: &Json) -> Vec<String> {
        let mut lines = Vec::new();
        if let Err(failure) = run::judge(&self.compiled, values, false) {
            failure.roots().iter().for_each(|root| root.lines(0, &mut lines));
        }
        lines
    }
}

fn leaves(failure: &Failure, found: &mut Vec<Violation>) {
    if failure.causes.is_empty() {
        found.push(Violation {
            pointer: failure.place.clone(),
            keyword: failure.kind.keyword().to_owned(),
            message: words::said(&failure.kind),
            property: failure.kind.property().map(str::to_owned),
        });
    }
    failure.causes.iter().for_each(|cause| leaves(cause, found));
}

fn fits(schema: &Json, depth: usize, nodes: &mut usize) -> bool {
    *nodes += 1;
    if depth > MAX_DEPTH || *nodes > MAX_NODES {
        return false;
    }
    match schema {
        Json::Object(map) => map.values().all(|value| fits(value, depth + 1, nodes)),
        Json::Array(items) => items.iter().all(|value| fits(value, depth + 1, nodes)),
        _ => true,
    }
}

/// The text with which `helm template` refuses values: charts by name with what is said of each.
pub fn helm_text(charts: &[(String, String)]) -> String {
    let said = charts.iter().map(|(name, said)| format!("{name}:\n{said}"));
    let what = "values don't meet the specifications of the schema(s) in the following chart(s)";
    format!("{what}:\n{}", said.collect::<String>())
}
