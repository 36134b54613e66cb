//! What every check in the house reports: one type, so that the page has one place that
//! shows findings and the form can show each beside its field.
//!
//! Leaf crate: it knows no YAML, template, Helm or Kubernetes.

pub mod as_json;
pub mod maybe_json;
mod path;

pub use path::{Path, PathError, Segment};

use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// How much a finding matters. Ordered: the worst is the greatest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Cannot be computed from a chart: the person is told and ticks it off before the install.
    Told,
    /// Good practice; Helm and the cluster accept it as it is.
    Advice,
    /// Probably not what was meant.
    Warning,
    /// A rule that could not be evaluated. Never counts as passed.
    Unchecked,
    /// Helm, the cluster or a documented rule refuses it.
    Error,
}

/// Stable identifier of a kind of finding, a path such as `schema/minimum`,
/// `rule/B14`, `kube/unknown-field`, `template/nil-pointer`.
pub type Code = Cow<'static, str>;

/// Where a finding points.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Location {
    /// The chart (or stack) as a whole.
    Chart,
    /// A place in the values of the release.
    Values { path: Path },
    /// A place in one of the chart's files; line and column count from 1, 0 is unknown.
    File { file: String, line: u32, column: u32 },
    /// A place in a rendered object.
    Manifest { manifest: ManifestRef, path: Path },
}

/// Names a rendered object: enough to find its entry in a preview.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct ManifestRef {
    /// Template the object came from, as in Helm's `# Source:` comment.
    pub source: String,
    pub kind: String,
    pub name: String,
}

/// The text that states a rule, for instance document `004-phase4-kubernetes`, section `6.1`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Source {
    /// As written in the chart: `004-phase4-kubernetes §6.1`.
    pub text: String,
}

/// A change that certainly mends the finding.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Fix {
    /// What the button says: `Set requests to the limit`.
    pub title: String,
    pub path: Path,
    /// New value; `None` resets the path to the chart's default.
    #[serde(with = "as_json")]
    pub value: Option<serde_json::Value>,
}

/// One thing that a check has to say.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Finding {
    pub code: Code,
    pub severity: Severity,
    /// One sentence: what is wrong, expected and found, and what to do.
    pub message: String,
    pub location: Location,
    /// Release of the stack this is about; empty for a lone chart.
    #[serde(default)]
    pub release: String,
    /// Id of the documented rule, such as `B14`.
    #[serde(default)]
    pub rule: Option<String>,
    #[serde(default)]
    pub source: Option<Source>,
    #[serde(default)]
    pub hint: Option<String>,
    #[serde(default)]
    pub fix: Option<Fix>,
}

impl Finding {
    /// A finding with the four parts that each must have.
    pub fn new(
        code: impl Into<Code>,
        severity: Severity,
        location: Location,
        message: impl Into<String>,
    ) -> Self {
        Self {
            code: code.into(),
            severity,
            message: message.into(),
            location,
            release: String::new(),
            rule: None,
            source: None,
            hint: None,
            fix: None,
        }
    }

    /// The values path this finding belongs to, if it is about the values.
    pub fn values_path(&self) -> Option<&Path> {
        match &self.location {
            Location::Values { path } => Some(path),
            _ => None,
        }
    }
}
