//! `x-kubernetes-validations`: CEL over the part of the values that a schema describes.

use crate::cel::{Cel, Program};
use crate::places::{Step, each_schema, reach};
use finding::{Finding, Location, Path, Segment, Severity, Source};
use serde_json::Value as Json;

/// Work that one check may take, in evaluation steps: Kubernetes' cost limit of a rule.
const MAX_STEPS: u64 = 1_000_000;

/// One rule, compiled, with where it applies.
struct Rule {
    at: Vec<Step>,
    program: Result<Program, String>,
    text: String,
    message: String,
    field: Path,
    id: Option<String>,
    source: Option<String>,
    severity: Severity,
}

/// All rules of a schema.
#[derive(Default)]
pub struct Rules(Vec<Rule>);

impl Rules {
    pub fn compile(schema: &Json) -> Self {
        let mut rules = Vec::new();
        each_schema(schema, &mut |part, at| {
            let found = part.get("x-kubernetes-validations").and_then(Json::as_array);
            rules.extend(found.into_iter().flatten().map(|rule| Rule::new(rule, at)));
        });
        Self(rules)
    }

    /// One finding for each rule that does not hold or cannot be evaluated.
    pub fn check(&self, values: &Json) -> Vec<Finding> {
        let mut findings = Vec::new();
        for rule in &self.0 {
            let mut places = Vec::new();
            reach(values, &rule.at, Path::root(), &mut places);
            findings.extend(places.into_iter().filter_map(|(path, value)| rule.check(path, value)));
        }
        findings
    }
}

impl Rule {
    fn new(rule: &Json, at: &[Step]) -> Self {
        let text = |key: &str| rule.get(key).and_then(Json::as_str).unwrap_or_default().to_owned();
        let optional = |key: &str| rule.get(key).and_then(Json::as_str).map(str::to_owned);
        let field = text("fieldPath");
        let field = field.strip_prefix('.').unwrap_or(&field).parse().unwrap_or_default();
        Self {
            at: at.to_vec(),
            program: Program::compile(&text("rule")).map_err(|error| error.to_string()),
            text: text("rule"),
            message: text("message"),
            field,
            id: optional("x-id"),
            source: optional("x-source"),
            severity: match rule.get("x-severity").and_then(Json::as_str) {
                Some("warning") => Severity::Warning,
                Some("advice") => Severity::Advice,
                _ => Severity::Error,
            },
        }
    }

    fn check(&self, path: Path, value: &Json) -> Option<Finding> {
        let held = match &self.program {
            Ok(program) => program
                .evaluate(&[("self", Cel::from_json(value))], MAX_STEPS)
                .map_err(|error| error.to_string()),
            Err(error) => Err(error.clone()),
        };
        let (severity, code, message) = match held {
            Ok(Cel::Bool(true)) => return None,
            Ok(Cel::Bool(false)) => (self.severity, "rule/broken", self.said()),
            Ok(_) => (Severity::Unchecked, "rule/unchecked", self.unchecked("it gives no boolean")),
            Err(reason) => (Severity::Unchecked, "rule/unchecked", self.unchecked(&reason)),
        };
        let mut place = path;
        for segment in self.field.segments() {
            match segment {
                Segment::Key(key) => place = place.key(key.as_str()),
                Segment::Index(index) => place = place.index(*index),
            }
        }
        let mut finding = Finding::new(code, severity, Location::Values { path: place }, message);
        finding.rule.clone_from(&self.id);
        finding.source = self.source.clone().map(|text| Source { text });
        Some(finding)
    }

    fn said(&self) -> String {
        if self.message.is_empty() {
            format!("failed rule: {}", self.text)
        } else {
            self.message.clone()
        }
    }

    fn unchecked(&self, reason: &str) -> String {
        format!("This rule could not be checked: {reason}. The rule is: {}", self.text)
    }
}
