//! What a chart is, once loaded: plain data.

use serde::{Deserialize, Serialize};
use serde_json::Value as Json;
use std::collections::BTreeMap;

/// A file of a chart; `name` is relative to the chart's folder, `/` separated.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    pub name: String,
    pub data: Vec<u8>,
}

impl File {
    /// The bytes as text, U+FFFD where they are not UTF-8.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.data).into_owned()
    }
}

/// Chart.yaml.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Metadata {
    pub name: String,
    pub home: String,
    pub sources: Vec<String>,
    pub version: String,
    pub description: String,
    pub keywords: Vec<String>,
    pub maintainers: Vec<Maintainer>,
    pub icon: String,
    pub api_version: String,
    pub condition: String,
    pub tags: String,
    pub app_version: String,
    pub deprecated: bool,
    pub annotations: BTreeMap<String, String>,
    pub kube_version: String,
    pub dependencies: Vec<Dependency>,
    /// Whether the chart says what it depends on, be it on nothing.
    #[serde(skip)]
    pub declares: bool,
    #[serde(rename = "type")]
    pub kind: String,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Maintainer {
    pub name: String,
    pub email: String,
    pub url: String,
}

/// A dependency as Chart.yaml names it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", default)]
pub struct Dependency {
    pub name: String,
    pub version: String,
    pub repository: String,
    pub condition: String,
    pub tags: Vec<String>,
    pub enabled: bool,
    pub import_values: Vec<Json>,
    pub alias: String,
}

/// A `values-NAME.yaml` beside values.yaml, or a `ci/*-values.yaml`.
#[derive(Clone, Debug, PartialEq)]
pub struct Preset {
    pub name: String,
    pub file: String,
    pub text: String,
    pub values: Json,
}

/// A chart with everything that its folder holds.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Chart {
    pub metadata: Metadata,
    /// Everything below `templates/`.
    pub templates: Vec<File>,
    /// What `.Files` gives: all but templates, Chart.yaml, values, schema and dependencies.
    pub files: Vec<File>,
    pub crds: Vec<File>,
    /// Every file as loaded, subcharts' included: what is packaged.
    pub raw: Vec<File>,
    pub values: Json,
    pub values_text: String,
    pub schema: Option<Vec<u8>>,
    pub dependencies: Vec<Chart>,
    pub presets: Vec<Preset>,
}

impl Chart {
    pub fn name(&self) -> &str {
        &self.metadata.name
    }

    pub fn is_library(&self) -> bool {
        self.metadata.kind == "library"
    }

    /// A file of the chart's folder by name.
    pub fn file(&self, name: &str) -> Option<&File> {
        self.raw.iter().find(|file| file.name == name)
    }
}
