//! A report: what a job gave. Manifests that the page already has travel without their text.

use crate::rollout::Rollout;
use checks::Derived;
use finding::{Finding, Path};
use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Report {
    pub revision: u64,
    pub releases: Vec<ReleaseReport>,
    /// Of all releases, worst first.
    pub findings: Vec<Finding>,
    /// Of every workload, in the order of the manifests.
    pub rollouts: Vec<Rollout>,
    /// What the schema derives from the values (`x-derived`), for the form.
    pub derived: Vec<Derived>,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ReleaseReport {
    pub name: String,
    /// Every manifest that `helm template` prints, in its order (install order, hooks last).
    pub manifests: Vec<ManifestView>,
    /// NOTES.txt as `helm install` would print it.
    pub notes: Option<String>,
    /// Why Helm would refuse; the manifests are then the last good ones of the templates that fail.
    pub problem: Option<TemplateProblem>,
    /// The minimal values.yaml, as it would be downloaded.
    pub values_yaml: String,
    /// Values that no template read: misspelt keys, dead switches.
    pub unread: Vec<Path>,
    /// What other values would bring: decisions that left something out.
    pub left_out: Vec<LeftOut>,
}

/// A branch of a template that was not taken because of values.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LeftOut {
    /// `app/templates/ingress.yaml:1`.
    pub at: String,
    /// `if .Values.ingress.enabled`, as the template has it.
    pub condition: String,
    /// Whether it must hold, or must not, for the branch to be taken.
    pub wants: bool,
    /// The values that decide.
    pub reads: Vec<Path>,
}

/// One rendered document.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ManifestView {
    /// Stable while kind, name and source are: `Deployment/backend@todo/templates/x.yaml`, with a
    /// `#2` behind it where that is not unique.
    pub id: String,
    pub kind: String,
    pub name: String,
    pub namespace: String,
    pub source: String,
    /// Helm hook events (`pre-install`), empty for an ordinary manifest.
    pub hooks: Vec<String>,
    /// Of the text: equal digests, equal texts.
    pub digest: u64,
    /// `None`: as in the report before, which had the same digest.
    pub text: Option<String>,
    /// One a line of the text, where provenance was asked for and the text is sent.
    pub origins: Vec<LineOrigin>,
    /// Failed to render this time: the text is from the last good report.
    pub stale: bool,
}

/// Where a line of a manifest came from.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct LineOrigin {
    /// `templates/backend-deployment.yaml:12`, innermost first, callers after it.
    pub chain: Vec<String>,
    /// Values paths read for this line.
    pub reads: Vec<Path>,
}

/// A template that failed, in Helm's words and in ours.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct TemplateProblem {
    /// What `helm template` prints behind `Error: `.
    pub message: String,
    pub template: String,
    /// From 1; 0 is unknown.
    pub line: u32,
    pub column: u32,
    /// Values paths that the failing action had read.
    pub reads: Vec<Path>,
}

/// A file to download.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Exported {
    pub name: String,
    /// MIME type.
    pub media: String,
    #[serde(with = "crate::wire::bytes")]
    pub data: Vec<u8>,
}

/// A request that gave nothing to show.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Failure {
    /// One line: what, why, and what to do.
    pub message: String,
    /// Revision of the job, where the request had one.
    pub revision: Option<u64>,
}
