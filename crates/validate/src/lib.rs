//! JSON Schema's verdict on values, in Helm's words.
//!
//! Helm validates with santhosh-tekuri/jsonschema v6; `boon` is by the same author and gives the
//! same tree of errors. The texts are written here, after Helm's. References leave the schema
//! never: what is not in it is not loaded.

use boon::{Compiler, Draft, ErrorKind, SchemaIndex, Schemas, UrlLoader, ValidationError};
use serde_json::Value as Json;
use thiserror::Error;

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
        let invalid = |error: boon::CompileError| SchemaError::Invalid(error.to_string());
        let mut schemas = Schemas::new();
        let mut compiler = Compiler::new();
        compiler.set_default_draft(Draft::V2020_12);
        compiler.use_loader(Box::new(NoLoader));
        let url = "file:///values.schema.json";
        compiler.add_resource(url, schema).map_err(invalid)?;
        let index = compiler.compile(url, &mut schemas).map_err(invalid)?;
        Ok(Self { schemas, index })
    }

    /// All violations, in the schema's order.
    pub fn check(&self, values: &Json) -> Vec<Violation> {
        let mut found = Vec::new();
        if let Err(error) = self.schemas.validate(values, self.index) {
            leaves(&error, &mut found);
        }
        found
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

fn leaves(error: &ValidationError<'_, '_>, found: &mut Vec<Violation>) {
    if error.causes.is_empty() {
        let pointer = error.instance_location.to_string();
        found.extend(violation(&pointer, &error.kind));
        return;
    }
    error.causes.iter().for_each(|cause| leaves(cause, found));
}

fn violation(pointer: &str, kind: &ErrorKind<'_, '_>) -> Vec<Violation> {
    let one = |keyword: &str, message: String| {
        let (pointer, keyword) = (pointer.to_owned(), keyword.to_owned());
        vec![Violation { pointer, keyword, message, property: None }]
    };
    match kind {
        ErrorKind::Type { got, want } => {
            let wanted: Vec<String> = want.iter().map(|ty| ty.to_string()).collect();
            one("type", format!("got {got}, want {}", wanted.join(" or ")))
        }
        ErrorKind::Enum { want } => {
            let wanted: Vec<String> = want.iter().map(quoted).collect();
            one("enum", format!("value must be one of {}", wanted.join(", ")))
        }
        ErrorKind::Const { want } => one("const", format!("value must be {}", quoted(want))),
        ErrorKind::Minimum { got, want } => {
            one("minimum", format!("minimum: got {got}, want {want}"))
        }
        ErrorKind::Maximum { got, want } => {
            one("maximum", format!("maximum: got {got}, want {want}"))
        }
        ErrorKind::ExclusiveMinimum { got, want } => {
            one("exclusiveMinimum", format!("exclusiveMinimum: got {got}, want {want}"))
        }
        ErrorKind::ExclusiveMaximum { got, want } => {
            one("exclusiveMaximum", format!("exclusiveMaximum: got {got}, want {want}"))
        }
        ErrorKind::MultipleOf { got, want } => {
            one("multipleOf", format!("multipleOf: got {got}, want {want}"))
        }
        ErrorKind::MinLength { got, want } => {
            one("minLength", format!("minLength: got {got}, want {want}"))
        }
        ErrorKind::MaxLength { got, want } => {
            one("maxLength", format!("maxLength: got {got}, want {want}"))
        }
        ErrorKind::MinItems { got, want } => {
            one("minItems", format!("minItems: got {got}, want {want}"))
        }
        ErrorKind::MaxItems { got, want } => {
            one("maxItems", format!("maxItems: got {got}, want {want}"))
        }
        ErrorKind::MinProperties { got, want } => {
            one("minProperties", format!("minProperties: got {got}, want {want}"))
        }
        ErrorKind::MaxProperties { got, want } => {
            one("maxProperties", format!("maxProperties: got {got}, want {want}"))
        }
        ErrorKind::Pattern { got, want } => {
            one("pattern", format!("'{got}' does not match pattern '{want}'"))
        }
        ErrorKind::UniqueItems { got: [first, second] } => {
            one("uniqueItems", format!("items at {first} and {second} are equal"))
        }
        ErrorKind::Required { want } => {
            let names: Vec<String> = want.iter().map(|name| format!("'{name}'")).collect();
            let noun = if want.len() == 1 { "property" } else { "properties" };
            let message = format!("missing {noun} {}", names.join(", "));
            properties(pointer, "required", &message, want.iter().map(|name| (*name).to_owned()))
        }
        ErrorKind::AdditionalProperties { got } => {
            let names: Vec<String> = got.iter().map(|name| format!("'{name}'")).collect();
            let message = format!("additional properties {} not allowed", names.join(", "));
            properties(
                pointer,
                "additionalProperties",
                &message,
                got.iter().map(|name| name.to_string()),
            )
        }
        other => one(keyword(other), other.to_string()),
    }
}

/// One violation for Helm's line, naming the first property it is about.
fn properties(
    pointer: &str,
    keyword: &str,
    message: &str,
    mut names: impl Iterator<Item = String>,
) -> Vec<Violation> {
    vec![Violation {
        pointer: pointer.to_owned(),
        keyword: keyword.to_owned(),
        message: message.to_owned(),
        property: names.next(),
    }]
}

fn keyword(kind: &ErrorKind<'_, '_>) -> &'static str {
    match kind {
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

fn quoted(value: &Json) -> String {
    match value {
        Json::String(text) => format!("'{text}'"),
        other => other.to_string(),
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

impl Violation {
    /// Helm's line: `- at '/backend/replicas': minimum: got 0, want 1`.
    pub fn line(&self) -> String {
        format!("- at '{}': {}", self.pointer, self.message)
    }
}
