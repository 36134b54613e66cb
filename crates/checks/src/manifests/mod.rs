//! What is rendered, checked: types and policies on each object, references between objects.
//!
//! Which checks there are is the same for every chart; a chart's schema says which of its
//! documented rules a check stands for (`x-checks`), and which objects exist before the install
//! (`x-external`). Policies are the cluster's own `ValidatingAdmissionPolicy` files.

mod objects;
mod policy;
mod references;
mod secrets;
mod services;
pub(crate) mod types;

pub use objects::Object;
pub use policy::Policy;

use finding::{Finding, Location, Path, Severity, Source};
use objects::Cluster;
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;
use std::collections::BTreeMap;

/// A documented rule that a built-in check keeps.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct CheckRule {
    pub id: String,
    /// Name of the check, such as `service-selects-pods`.
    pub check: String,
    /// Document and section.
    pub source: String,
    /// What to do when it is broken; stands behind what is wrong.
    pub message: String,
}

/// An object that is made before the install, by someone else: the page can make the command for
/// it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct External {
    pub kind: String,
    pub name: String,
    /// Values path of the namespace that it belongs to; empty for the release's.
    pub namespace: String,
    /// Type of a Secret; empty for `Opaque`.
    #[serde(rename = "type")]
    pub secret_type: String,
    /// Keys that it is known to hold; empty means any.
    pub keys: Vec<String>,
    /// What each key is for.
    pub values: BTreeMap<String, String>,
}

/// All that is checked of a stack's manifests.
#[derive(Default)]
pub struct ManifestChecks {
    rules: Vec<CheckRule>,
    external: Vec<External>,
    policies: Vec<Policy>,
}

/// What a check found, before it is a documented rule or not.
struct Remark<'o> {
    check: &'static str,
    severity: Severity,
    object: &'o Object,
    at: Path,
    message: String,
}

impl ManifestChecks {
    /// Takes what a schema declares at its root.
    pub fn add_schema(&mut self, schema: &Json) {
        let items = |key: &str| schema.get(key).and_then(Json::as_array).into_iter().flatten();
        self.rules.extend(items("x-checks").filter_map(|it| CheckRule::deserialize(it).ok()));
        self.external.extend(items("x-external").filter_map(|it| External::deserialize(it).ok()));
    }

    /// Takes the policies of a file; what is in it besides is left alone.
    pub fn add_policies(&mut self, documents: &[Json]) {
        for document in documents {
            let policy = Policy::from_json(document);
            // The same policy in two charts of a stack is one policy.
            self.policies
                .extend(policy.filter(|new| !self.policies.iter().any(|known| known.same_as(new))));
        }
    }

    /// What the schemas declare to be made before the install.
    pub fn external(&self) -> &[External] {
        &self.external
    }

    /// Types and policies on one object alone: what is found depends on nothing else.
    pub fn check_object(&self, object: &Object) -> Vec<Finding> {
        let types = types::check(object).into_iter();
        let types = types.flat_map(|finding| self.documented(types::CHECK, &finding));
        types.chain(self.policies.iter().flat_map(|policy| policy.check(object))).collect()
    }

    /// Everything between objects.
    pub fn check_between(&self, objects: &[Object]) -> Vec<Finding> {
        let cluster = Cluster::new(objects, &self.external);
        let mut remarks = Vec::new();
        services::check(&cluster, &mut remarks);
        references::check(&cluster, &mut remarks);
        secrets::check(&cluster, &mut remarks);
        remarks.iter().flat_map(|remark| self.findings(remark)).collect()
    }

    fn findings(&self, remark: &Remark<'_>) -> Vec<Finding> {
        self.documented(remark.check, &remark.finding())
    }

    /// A finding of a check as the documented rules that the check keeps; as it is, if none.
    pub fn documented(&self, check: &str, finding: &Finding) -> Vec<Finding> {
        let mut rules: Vec<&CheckRule> = Vec::new();
        for rule in self.rules.iter().filter(|rule| rule.check == check) {
            if !rules.iter().any(|known| known.id == rule.id) {
                rules.push(rule);
            }
        }
        if rules.is_empty() {
            return vec![finding.clone()];
        }
        let documented = |rule: &&CheckRule| {
            let mut finding = finding.clone();
            finding.severity = Severity::Error;
            finding.message = format!("{} {}", finding.message, rule.message);
            finding.rule = Some(rule.id.clone());
            finding.source = Some(Source { text: rule.source.clone() });
            finding
        };
        rules.iter().map(documented).collect()
    }
}

impl Remark<'_> {
    fn finding(&self) -> Finding {
        let manifest = self.object.reference.clone();
        let location = Location::Manifest { manifest, path: self.at.clone() };
        let code = format!("manifest/{}", self.check);
        let mut finding = Finding::new(code, self.severity, location, self.message.clone());
        finding.release.clone_from(&self.object.release);
        finding
    }
}
