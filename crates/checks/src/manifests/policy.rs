//! `ValidatingAdmissionPolicy` files: the cluster's own format, checked on what is rendered.
//!
//! Followed: Kubernetes' documentation of admissionregistration.k8s.io/v1. An object is being
//! created: `oldObject` is null. What needs a cluster (`authorizer`, `params`) is reported as
//! unchecked, never passed.

use super::Object;
use crate::cel::{Cel, Program};
use finding::{Finding, Location, Path, Severity, Source};
use serde_json::Value as Json;
use std::rc::Rc;

/// Work that one expression may take, in evaluation steps.
const MAX_STEPS: u64 = 1_000_000;
/// Says which documented rule a policy keeps.
const RULE: &str = "chartroom.dev/rule";
const SOURCE: &str = "chartroom.dev/source";

type Compiled = Result<Program, String>;

/// One policy, compiled.
pub struct Policy {
    pub name: String,
    /// Id of the documented rule, if it keeps one.
    pub rule: Option<String>,
    pub source: Option<String>,
    severity: Severity,
    needs_params: bool,
    resources: Vec<Resources>,
    conditions: Vec<Compiled>,
    variables: Vec<(String, Compiled)>,
    validations: Vec<Validation>,
    text: Json,
}

/// Which resources a policy is for.
struct Resources {
    groups: Vec<String>,
    versions: Vec<String>,
    names: Vec<String>,
    operations: Vec<String>,
}

struct Validation {
    expression: Compiled,
    text: String,
    message: String,
    message_expression: Option<Compiled>,
}

fn texts(json: &Json, key: &str) -> Vec<String> {
    let items = json.get(key).and_then(Json::as_array).into_iter().flatten();
    items.filter_map(Json::as_str).map(str::to_owned).collect()
}

fn text(json: &Json, key: &str) -> String {
    json.get(key).and_then(Json::as_str).unwrap_or_default().to_owned()
}

fn compile(source: &str) -> Compiled {
    Program::compile(source).map_err(|error| error.to_string())
}

impl Policy {
    /// `None` if the document is something else.
    pub fn from_json(document: &Json) -> Option<Self> {
        if document.get("kind")?.as_str()? != "ValidatingAdmissionPolicy" {
            return None;
        }
        let annotation = |name: &str| {
            let found = document.pointer("/metadata/annotations")?.get(name)?.as_str();
            found.map(str::to_owned)
        };
        let spec = document.get("spec")?;
        let items = |key: &str| spec.get(key).and_then(Json::as_array).into_iter().flatten();
        let rules = spec.pointer("/matchConstraints/resourceRules").and_then(Json::as_array);
        let ignored = spec.get("failurePolicy").and_then(Json::as_str) == Some("Ignore");
        Some(Self {
            name: document.pointer("/metadata/name").and_then(Json::as_str)?.to_owned(),
            rule: annotation(RULE),
            source: annotation(SOURCE),
            severity: if ignored { Severity::Warning } else { Severity::Error },
            needs_params: spec.get("paramKind").is_some_and(|kind| !kind.is_null()),
            resources: rules.into_iter().flatten().map(Resources::new).collect(),
            conditions: items("matchConditions")
                .map(|it| compile(&text(it, "expression")))
                .collect(),
            variables: items("variables")
                .map(|it| (text(it, "name"), compile(&text(it, "expression"))))
                .collect(),
            validations: items("validations").map(Validation::new).collect(),
            text: document.clone(),
        })
    }

    pub(super) fn same_as(&self, other: &Self) -> bool {
        self.text == other.text
    }

    /// Findings on one object.
    pub(super) fn check(&self, object: &Object) -> Vec<Finding> {
        if !self.resources.iter().any(|rule| rule.take(object)) {
            return Vec::new();
        }
        let scope = match self.scope(object) {
            Ok(scope) => scope,
            Err(reason) => return vec![self.unchecked(object, &reason)],
        };
        if self.needs_params {
            return vec![self.unchecked(object, "it needs parameters that are in the cluster")];
        }
        for condition in &self.conditions {
            match run(condition, &scope) {
                Ok(Cel::Bool(true)) => {}
                Ok(_) => return Vec::new(),
                Err(reason) => return vec![self.unchecked(object, &reason)],
            }
        }
        let validations = self.validations.iter();
        validations.filter_map(|validation| self.validate(validation, object, &scope)).collect()
    }

    /// The variables of an expression; the policy's own see those before them.
    fn scope(&self, object: &Object) -> Result<Vec<(&'static str, Cel)>, String> {
        let namespace = serde_json::json!({"metadata": {"name": object.namespace(), "labels": {}}});
        let request = serde_json::json!({
            "operation": "CREATE",
            "name": object.name(),
            "namespace": object.namespace(),
            "dryRun": false,
        });
        let mut scope = vec![
            ("object", Cel::from_json(&object.json)),
            ("oldObject", Cel::Null),
            ("request", Cel::from_json(&request)),
            ("namespaceObject", Cel::from_json(&namespace)),
            ("variables", Cel::Map(Rc::new(Vec::new()))),
        ];
        let mut known: Vec<(Cel, Cel)> = Vec::new();
        for (name, program) in &self.variables {
            known.push((Cel::text(name), run(program, &scope)?));
            if let Some(variables) = scope.last_mut() {
                variables.1 = Cel::Map(Rc::new(known.clone()));
            }
        }
        Ok(scope)
    }

    fn validate(
        &self,
        validation: &Validation,
        object: &Object,
        scope: &[(&'static str, Cel)],
    ) -> Option<Finding> {
        match run(&validation.expression, scope) {
            Ok(Cel::Bool(true)) => None,
            Ok(Cel::Bool(false)) => {
                Some(self.finding(object, "policy/denied", self.severity, validation.said(scope)))
            }
            Ok(_) => Some(self.unchecked(object, "it gives no boolean")),
            Err(reason) => Some(self.unchecked(object, &reason)),
        }
    }

    fn unchecked(&self, object: &Object, reason: &str) -> Finding {
        let name = &self.name;
        let message = format!("Policy {name} could not be checked: {reason}.");
        self.finding(object, "policy/unchecked", Severity::Unchecked, message)
    }

    fn finding(
        &self,
        object: &Object,
        code: &'static str,
        severity: Severity,
        message: String,
    ) -> Finding {
        let location =
            Location::Manifest { manifest: object.reference.clone(), path: Path::root() };
        let mut finding = Finding::new(code, severity, location, message);
        finding.release.clone_from(&object.release);
        finding.rule.clone_from(&self.rule);
        let source = self.source.clone().unwrap_or_else(|| format!("policy {}", self.name));
        finding.source = Some(Source { text: source });
        finding
    }
}

fn run(program: &Compiled, scope: &[(&'static str, Cel)]) -> Result<Cel, String> {
    let program = program.as_ref().map_err(Clone::clone)?;
    program.evaluate(scope, MAX_STEPS).map_err(|error| error.to_string())
}

impl Validation {
    fn new(json: &Json) -> Self {
        let message_expression = text(json, "messageExpression");
        Self {
            expression: compile(&text(json, "expression")),
            text: text(json, "expression"),
            message: text(json, "message"),
            message_expression: (!message_expression.is_empty())
                .then(|| compile(&message_expression)),
        }
    }

    /// As the API server says it: the message's expression, the message, or the expression.
    fn said(&self, scope: &[(&'static str, Cel)]) -> String {
        let computed =
            self.message_expression.as_ref().and_then(|program| run(program, scope).ok());
        match computed {
            Some(Cel::String(text)) if !text.trim().is_empty() => text.to_string(),
            _ if self.message.is_empty() => format!("failed expression: {}", self.text),
            _ => self.message.clone(),
        }
    }
}

impl Resources {
    fn new(rule: &Json) -> Self {
        Self {
            groups: texts(rule, "apiGroups"),
            versions: texts(rule, "apiVersions"),
            names: texts(rule, "resources"),
            operations: texts(rule, "operations"),
        }
    }

    fn take(&self, object: &Object) -> bool {
        let api_version = object.text("/apiVersion");
        let (group, version) = api_version.split_once('/').unwrap_or(("", api_version));
        let resource = plural(object.kind());
        let among = |list: &[String], wanted: &str| {
            list.is_empty() || list.iter().any(|item| item == "*" || item == wanted)
        };
        let resource =
            self.names.iter().any(|name| name == "*" || name == "*/*" || *name == resource);
        resource
            && among(&self.groups, group)
            && among(&self.versions, version)
            && among(&self.operations, "CREATE")
    }
}

/// The resource of a kind, as Kubernetes names its own.
fn plural(kind: &str) -> String {
    let kind = kind.to_lowercase();
    if kind.ends_with('s') && !kind.ends_with("endpoints") {
        return format!("{kind}es");
    }
    match kind.strip_suffix('y') {
        Some(stem) if !stem.ends_with(['a', 'e', 'o', 'u']) => format!("{stem}ies"),
        _ if kind == "endpoints" => kind,
        _ => format!("{kind}s"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_have_their_plural() {
        let kinds = [
            ("Deployment", "deployments"),
            ("Ingress", "ingresses"),
            ("NetworkPolicy", "networkpolicies"),
            ("Gateway", "gateways"),
            ("Endpoints", "endpoints"),
        ];
        for (kind, resource) in kinds {
            assert_eq!(plural(kind), resource);
        }
    }
}
