//! Opening: files or an archive in, a [`StackCard`] out, which is all that the page needs to
//! show a form.

use finding::Finding;
use schema::Form;
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

/// One file of a dropped folder.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct InputFile {
    /// Relative to the folder, `/` separated.
    pub name: String,
    #[serde(with = "crate::wire::base64")]
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
    pub chart: String,
    pub version: String,
    pub app_version: String,
    pub description: String,
    pub presets: Vec<String>,
}

/// What a person opens. Told apart by content.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum OpenSource {
    /// One of the catalog.
    Bundled {
        id: String,
    },
    /// `.tgz` or `.zip`.
    Archive {
        name: String,
        #[serde(with = "crate::wire::base64")]
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
    /// From the chart, or of the stack.
    pub description: String,
    pub releases: Vec<ReleaseCard>,
    /// What loading had to say (symbolic links, duplicate entries, …).
    pub findings: Vec<Finding>,
}

/// One release of the stack with its chart's form.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ReleaseCard {
    pub name: String,
    pub namespace: String,
    /// Names of the releases that must come first.
    pub needs: Vec<String>,
    pub chart: String,
    pub version: String,
    pub app_version: String,
    pub description: String,
    pub form: Form,
    /// The chart's values with its subcharts' coalesced in, as Helm has them before overrides.
    pub defaults: Json,
    /// values.yaml as it stands.
    pub values_text: String,
    pub presets: Vec<PresetCard>,
    /// Plain text of the chart's README.md; empty where there is none.
    pub readme: String,
}

/// A preset of a chart: a `values-*.yaml` beside its values.yaml.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PresetCard {
    /// `production` of `values-production.yaml`.
    pub name: String,
    pub file: String,
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
}
