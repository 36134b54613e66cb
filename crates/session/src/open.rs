//! Opening: files or an archive in, a [`StackCard`] out, which is all that the page needs to
//! show a form.
//!
//! A lone chart's form, defaults and presets are the chart's own. In a stack of several releases
//! they are laid under the releases' names, so that the page has one tree of paths for all:
//! `todo-backend.replicas` is `replicas` of release `todo-backend`.

use checks::manifests::External;
use finding::{Finding, Path};
use schema::Form;
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;
use std::collections::BTreeMap;

/// One file of a dropped folder.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InputFile {
    /// Relative to the folder, `/` separated.
    pub name: String,
    #[serde(with = "crate::wire::bytes")]
    pub data: Vec<u8>,
}

/// A deployment that comes with the app: a folder's name and its files.
#[derive(Clone, Copy, Debug)]
pub struct Bundle {
    pub name: &'static str,
    pub files: &'static [(&'static str, &'static [u8])],
}

/// A bundled deployment as the opening page shows it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CatalogEntry {
    /// Folder name: what `OpenSource::Bundled` takes, and the address of the page.
    pub id: String,
    /// The chart's name, or the stack's title.
    pub title: String,
    pub version: String,
    pub app_version: String,
    pub description: String,
    pub presets: Vec<String>,
    /// Names of the releases, in install order; one for a lone chart.
    pub releases: Vec<String>,
}

/// What a person opens. Told apart by content.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum OpenSource {
    /// One of the catalog.
    Bundled {
        id: String,
    },
    /// `.tgz` or `.zip`.
    Archive {
        name: String,
        #[serde(with = "crate::wire::bytes")]
        data: Vec<u8>,
    },
    Files {
        name: String,
        files: Vec<InputFile>,
    },
}

/// What is open: one or more releases, in install order. A lone chart is a stack of one.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct StackCard {
    /// Identifies the content: same bytes, same id. Drafts are kept by it.
    pub id: String,
    pub name: String,
    pub version: String,
    /// From the chart, or of the stack.
    pub description: String,
    pub form: Form,
    /// The values before a preset or an edit, subcharts' coalesced in.
    #[serde(with = "finding::as_json")]
    pub defaults: Json,
    pub presets: Vec<PresetCard>,
    pub releases: Vec<ReleaseCard>,
    /// Objects that are made before the install, as the charts declare them (`x-external`).
    pub external: Vec<External>,
    /// What loading had to say (a ring of needs, …).
    pub findings: Vec<Finding>,
}

/// One release of the stack.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ReleaseCard {
    pub name: String,
    /// Where its values stand in the stack's tree: the root for a lone chart.
    pub at: Path,
    pub namespace: String,
    /// Names of the releases that must come first.
    pub needs: Vec<String>,
    pub chart: String,
    pub version: String,
    pub app_version: String,
    pub description: String,
}

/// A preset: a `values-*.yaml` beside a chart's values.yaml, or an environment of a stack.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PresetCard {
    /// `production` of `values-production.yaml`.
    pub name: String,
    #[serde(with = "finding::as_json")]
    pub values: Json,
}

/// What to make of a job for download.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum ExportKind {
    /// Only what differs from the chart's defaults: preset and edits.
    MinimalValues { release: String },
    /// The chart's whole values.yaml with the edits made in it; comments and order kept.
    FullValues { release: String },
    /// The chart as `helm package` makes it.
    ChartArchive { release: String },
    /// The chart as a zip, for people without tar.
    ChartZip { release: String },
    /// What `helm template` prints.
    Manifests,
    /// Everything in one zip: charts, values, manifests, helmfile, images, commands, checklist.
    Everything { options: BundleOptions },
    /// The Secrets alone, made from what was typed: a file that is kept out of every archive.
    Secrets { options: BundleOptions },
}

/// What a person chooses for the zip that holds everything.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct BundleOptions {
    pub secrets: SecretsIn,
    /// What was typed for Secrets that are made before the install: name, then key to value.
    pub external: BTreeMap<String, BTreeMap<String, String>>,
}

/// How secrets leave the page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum SecretsIn {
    /// In the values, as the chart reads them.
    #[default]
    Values,
    /// As Secret manifests in a file of their own.
    Manifest,
    /// As `kubectl create secret` commands.
    Command,
    /// Not at all: only which Secrets and keys must exist.
    Reference,
}
