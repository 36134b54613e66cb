//! Rules to findings: the schema's keywords as Helm reads them, CEL across fields, policies and
//! references on what is rendered.
//!
//! Rules are data of the chart. What cannot be evaluated is a finding of its own kind, never
//! silence.

pub mod cel;
mod derived;
mod kinds;
pub mod manifests;
mod places;
mod rules;
mod schema_rules;

pub use derived::{Derivations, Derived};
pub use kinds::tell_shapes;
pub use rules::Rules;

use finding::Finding;
use schema::Form;
use serde_json::Value as Json;
use validate::{SchemaError, Validator};

/// Everything that can be checked of one chart's values, compiled once.
pub struct Checker {
    validator: Option<Result<Validator, SchemaError>>,
    rules: Rules,
    derivations: Derivations,
}

impl Checker {
    pub fn new(schema: Option<&[u8]>) -> Self {
        let json: Option<Json> = schema.and_then(|bytes| serde_json::from_slice(bytes).ok());
        Self {
            validator: schema.map(Validator::new),
            rules: json.as_ref().map(Rules::compile).unwrap_or_default(),
            derivations: json.as_ref().map(Derivations::compile).unwrap_or_default(),
        }
    }

    /// Findings on the coalesced values: the schema's, the rules', and those on values that become
    /// fields of Kubernetes.
    pub fn check_values(&self, values: &Json, form: &Form) -> Vec<Finding> {
        let mut findings = match &self.validator {
            Some(Ok(validator)) => schema_rules::findings(validator, values, form),
            Some(Err(error)) => vec![schema_rules::broken(error)],
            None => Vec::new(),
        };
        findings.extend(self.rules.check(values));
        findings.extend(kinds::findings(values, form));
        findings
    }

    /// What follows from the coalesced values.
    pub fn derive(&self, values: &Json) -> Vec<Derived> {
        self.derivations.evaluate(values)
    }
}
