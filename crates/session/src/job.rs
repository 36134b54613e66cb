//! A job: everything a report depends on. The same job gives a byte-equal report.

use finding::Path;
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;
use std::collections::BTreeMap;

/// A person's edits: values by path, sparse. `null` deletes a default, as in Helm.
/// It is exactly what the minimal values.yaml holds. In a stack, paths begin with the release.
pub type Overrides = BTreeMap<Path, Json>;

/// What is to be rendered and checked.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Job {
    /// Grows with every change; a report for an older revision is dropped by the page.
    pub revision: u64,
    /// None is the chart's defaults.
    pub preset: Option<String>,
    #[serde(with = "finding::as_json")]
    pub overrides: Overrides,
    /// In the stack's order.
    pub releases: Vec<ReleaseInput>,
    /// `--kube-version`; the engine's default where `None`.
    pub kube_version: Option<String>,
    /// Ask for provenance: line origins in the report.
    pub provenance: bool,
    /// Send every manifest's text, also where the page already has it.
    pub full: bool,
}

/// How Helm is called for one release.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReleaseInput {
    pub name: String,
    pub namespace: String,
}
