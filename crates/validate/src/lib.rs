//! JSON Schema's verdict on values, in Helm's words.
//!
//! Helm validates with santhosh-tekuri/jsonschema v6; `boon` is by the same author and gives the
//! same tree of errors. The texts are written here, after Helm's. References leave the schema
//! never: what is not in it is not loaded.

mod formats;
mod tree;
mod words;

use boon::{Compiler, Draft, ErrorKind, SchemaIndex, Schemas, UrlLoader, ValidationError};
use serde_json::Value as Json;
use thiserror::Error;

use crate::tree::{Node, Said};

/// Deepest schema that is compiled.
const MAX_DEPTH: usize = 200;
/// Most sub-schemas that are compiled.
const MAX_NODES: usize = 10_000;

/// A schema that gives no verdict.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum SchemaError {
    #[error("values.schema.json is not JSON: {0}")]
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
    /// As it was read.
    schema: Json,
    schemas: Schemas,
    index: SchemaIndex,
}

struct NoLoader;

impl UrlLoader for NoLoader {
    fn load(&self, url: &str) -> Result<Json, Box<dyn std::error::Error>> {
        Err(format!("{url} is not loaded here; Helm would fetch it").into())
    }
}

impl Validator {
    pub fn new(schema: &[u8]) -> Result<Self, SchemaError> {
        let schema: Json = serde_json::from_slice(schema)
            .map_err(|error| SchemaError::NotJson(error.to_string()))?;
        let mut nodes = 0;
        if !fits(&schema, 0, &mut nodes) {
            return Err(SchemaError::TooLarge);
        }
        let invalid = |error: boon::CompileError| {
            SchemaError::Invalid(match error {
                boon::CompileError::LoadUrlError { src, .. } => src.to_string(),
                error => error.to_string(),
            })
        };
        let mut schemas = Schemas::new();
        let mut compiler = Compiler::new();
        compiler.set_default_draft(Draft::V2020_12);
        compiler.use_loader(Box::new(NoLoader));
        formats::register(&mut compiler);
        let url = "file:///values.schema.json";
        compiler.add_resource(url, schema.clone()).map_err(invalid)?;
        let index = compiler.compile(url, &mut schemas).map_err(invalid)?;
        Ok(Self { schema, schemas, index })
    }

    /// All violations, in the schema's order: the leaves of what Helm prints as a tree.
    pub fn check(&self, values: &Json) -> Vec<Violation> {
        let mut found = Vec::new();
        if let Err(error) = self.schemas.validate(values, self.index) {
            self.leaves(&error, &mut found);
        }
        found
    }

    /// Helm's lines, such as `- at '/backend/replicas': minimum: got 0, want 1`; what an `anyOf`
    /// and the like tried stands indented below it. Empty if the values fit.
    pub fn lines(&self, values: &Json) -> Vec<String> {
        let mut lines = Vec::new();
        if let Err(error) = self.schemas.validate(values, self.index) {
            tree::below(&error).iter().for_each(|node| self.tree(node, 0, &mut lines));
        }
        lines
    }

    fn tree(&self, node: &Node<'_, '_, '_>, depth: usize, lines: &mut Vec<String>) {
        let through = node.is_passed_over();
        let below = if through { depth } else { depth + 1 };
        if !through {
            let place = words::quoted(&node.pointer());
            let said = match &node.said {
                Said::Error(error) => self.said(error),
                Said::Kind(kind) => words::said(kind, None),
            };
            lines.push(format!("{}- at {place}: {said}", "  ".repeat(depth)));
        }
        node.causes.iter().for_each(|cause| self.tree(cause, below, lines));
    }

    fn leaves(&self, error: &ValidationError<'_, '_>, found: &mut Vec<Violation>) {
        if error.causes.is_empty() {
            found.push(Violation {
                pointer: error.instance_location.to_string(),
                keyword: keyword(&error.kind).to_owned(),
                message: self.said(error),
                property: property(&error.kind),
            });
        }
        error.causes.iter().for_each(|cause| self.leaves(cause, found));
    }

    fn said(&self, error: &ValidationError<'_, '_>) -> String {
        let pointer = error.schema_url.split_once('#').map_or("", |(_, pointer)| pointer);
        let pattern = self.schema.pointer(pointer).and_then(|schema| schema.get("pattern"));
        words::said(&error.kind, pattern.and_then(Json::as_str))
    }
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

/// The first property that a violation is about, where its keyword is about properties.
fn property(kind: &ErrorKind<'_, '_>) -> Option<String> {
    match kind {
        ErrorKind::Required { want } => want.first().map(|name| (*name).to_owned()),
        ErrorKind::AdditionalProperties { got } => got.first().map(|name| name.to_string()),
        _ => None,
    }
}

fn keyword(kind: &ErrorKind<'_, '_>) -> &'static str {
    match kind {
        ErrorKind::Type { .. } => "type",
        ErrorKind::Enum { .. } => "enum",
        ErrorKind::Const { .. } => "const",
        ErrorKind::Minimum { .. } => "minimum",
        ErrorKind::Maximum { .. } => "maximum",
        ErrorKind::ExclusiveMinimum { .. } => "exclusiveMinimum",
        ErrorKind::ExclusiveMaximum { .. } => "exclusiveMaximum",
        ErrorKind::MultipleOf { .. } => "multipleOf",
        ErrorKind::MinLength { .. } => "minLength",
        ErrorKind::MaxLength { .. } => "maxLength",
        ErrorKind::MinItems { .. } => "minItems",
        ErrorKind::MaxItems { .. } => "maxItems",
        ErrorKind::MinProperties { .. } => "minProperties",
        ErrorKind::MaxProperties { .. } => "maxProperties",
        ErrorKind::Pattern { .. } => "pattern",
        ErrorKind::UniqueItems { .. } => "uniqueItems",
        ErrorKind::Required { .. } => "required",
        ErrorKind::AdditionalProperties { .. } => "additionalProperties",
        ErrorKind::AnyOf => "anyOf",
        ErrorKind::OneOf(_) => "oneOf",
        ErrorKind::AllOf => "allOf",
        ErrorKind::Not => "not",
        ErrorKind::FalseSchema => "false",
        ErrorKind::Format { .. } => "format",
        ErrorKind::Contains => "contains",
        ErrorKind::DependentRequired { .. } | ErrorKind::Dependency { .. } => "dependentRequired",
        _ => "schema",
    }
}

/// The text with which `helm template` refuses values: charts by name with their violations.
pub fn helm_text(charts: &[(String, Vec<String>)]) -> String {
    let mut text =
        "values don't meet the specifications of the schema(s) in the following chart(s):\n"
            .to_owned();
    for (name, lines) in charts {
        text.push_str(name);
        text.push_str(":\n");
        for line in lines {
            text.push_str(line);
            text.push('\n');
        }
    }
    text
}
