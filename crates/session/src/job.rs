//! A job: everything that a preview and a review depend on. The same job gives the same ones.

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
    /// Grows with every change; an answer for an older revision is dropped by the page.
    pub revision: u64,
    /// None is the chart's defaults.
    pub preset: Option<String>,
    #[serde(with = "finding::as_json")]
    pub overrides: Overrides,
    /// In the stack's order.
    pub releases: Vec<ReleaseInput>,
    /// `--kube-version`; the engine's default where `None`.
    pub kube_version: Option<String>,
    /// Record where lines came from: the page may ask for origins, and is told what was left out.
    pub provenance: bool,
    /// What the page holds already: only what differs from it is sent.
    pub held: Held,
}

/// Revisions of what the page holds; 0 is nothing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Held {
    pub preview: u64,
    pub review: u64,
}

/// How Helm is called for one release.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReleaseInput {
    pub name: String,
    pub namespace: String,
}
