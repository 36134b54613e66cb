//! The plain data of a form: what the page turns into widgets, one [`Field`] a value.

use crate::condition::Condition;
use crate::shape::Shape;
use finding::Path;
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;
use std::collections::BTreeMap;

/// All that a chart's schema says about its form.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Form {
    /// The root: its children are the form's sections, in order.
    pub root: Field,
    /// Rules that no program can check: the pre-install checklist (`x-checklist`).
    pub told: Vec<Told>,
    /// Container images as data (`x-images`), as they stand in the schema.
    pub images: Vec<ImageSpec>,
    /// Whether the fields come from a schema, or were inferred from values.yaml and its comments.
    pub inferred: bool,
    /// What the fields of Kubernetes that values become may hold, by [`Field::kind`].
    #[serde(default)]
    pub shapes: BTreeMap<String, Shape>,
}

/// One value of the chart, as a form shows it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Field {
    pub path: Path,
    pub title: String,
    /// One or two sentences under the field; text that [`crate::spans`] reads.
    #[serde(default)]
    pub description: String,
    /// Longer help, opened on demand; plain text.
    #[serde(default)]
    pub help: String,
    pub control: Control,
    /// What the chart's values.yaml says; `None` where the chart sets nothing.
    #[serde(default, with = "finding::maybe_json")]
    pub default: Option<Json>,
    /// The default in words, where the chart makes it only as it is rendered.
    #[serde(default)]
    pub default_text: String,
    #[serde(default)]
    pub required: bool,
    /// Never saved, shared or logged.
    #[serde(default)]
    pub secret: bool,
    /// Shown behind the input: `seconds`.
    #[serde(default)]
    pub unit: String,
    /// Heading above the field, and above those that follow it without one; empty for none.
    #[serde(default)]
    pub group: String,
    /// Hidden behind "advanced".
    #[serde(default)]
    pub advanced: bool,
    #[serde(default, with = "finding::as_json")]
    pub examples: Vec<Json>,
    #[serde(default)]
    pub constraints: Constraints,
    /// The documented rules on this field, by their ids.
    #[serde(default)]
    pub rules: Vec<RuleText>,
    #[serde(default)]
    pub catalog: Option<Catalog>,
    /// The field of Kubernetes that the value becomes, a name of `kinds.txt`; empty for none.
    #[serde(default)]
    pub kind: String,
    /// Other values decide whether the field is shown.
    #[serde(default)]
    pub shown_if: Condition,
    /// Properties of an object, in the form's order.
    #[serde(default)]
    pub children: Vec<Field>,
}

/// Which widget a field gets, with what only that widget needs.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Control {
    /// An object: a section or a group of fields.
    #[default]
    Section,
    Text,
    TextArea,
    Number {
        integer: bool,
    },
    Select {
        options: Vec<Choice>,
    },
    Switch,
    Quantity {
        quantity: QuantityKind,
    },
    Secret {
        encoding: Encoding,
        generate: Option<Generate>,
    },
    /// An object with `repository`, `tag` and perhaps `pullPolicy`, `registry`, `digest`: one
    /// widget over its children.
    Image,
    Port,
    Url,
    Host,
    List {
        item: Box<Field>,
    },
    /// Free keys, each with a value of one shape.
    Map {
        value: Box<Field>,
    },
    /// Anything else: edited as YAML.
    Yaml,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Choice {
    #[serde(with = "finding::as_json")]
    pub value: Json,
    pub label: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum QuantityKind {
    Memory,
    Cpu,
    Storage,
    Any,
}

/// How a secret stands in the values.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Encoding {
    Plain,
    /// The person types plain text (or pastes base64); the values hold base64.
    Base64,
}

/// How a random secret is made on request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Generate {
    /// Characters, prefix not counted.
    pub length: usize,
    #[serde(default)]
    pub prefix: String,
}

/// JSON Schema's constraints on one value, those that can be checked without a regex engine.
/// `pattern` is kept for showing; the Review checks it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Constraints {
    pub types: Vec<String>,
    pub minimum: Option<f64>,
    pub maximum: Option<f64>,
    pub exclusive_minimum: Option<f64>,
    pub exclusive_maximum: Option<f64>,
    pub multiple_of: Option<f64>,
    pub min_length: Option<u64>,
    pub max_length: Option<u64>,
    pub min_items: Option<u64>,
    pub max_items: Option<u64>,
    pub unique_items: bool,
    pub pattern: Option<String>,
    pub format: Option<String>,
    #[serde(with = "finding::as_json")]
    pub choices: Vec<Json>,
}

/// A documented rule that a field keeps with ordinary keywords (`x-rules`).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RuleText {
    pub id: String,
    /// Document and section: `004-phase4-kubernetes §6.1`.
    pub source: String,
    /// What to do when it is broken.
    pub message: String,
    /// JSON Schema keywords that this rule stands for; empty for all of the field's.
    #[serde(default)]
    pub keywords: Vec<String>,
}

/// A rule for the checklist.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Told {
    pub id: String,
    pub source: String,
    pub message: String,
    #[serde(default)]
    pub command: Option<String>,
}

/// A table shown as help beside a section (`x-catalog`).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Catalog {
    pub title: String,
    pub columns: Vec<String>,
    pub rows: Vec<Vec<String>>,
}

/// A container image as data (`x-images`); what the export's Dockerfile template is given.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ImageSpec {
    pub id: String,
    pub title: String,
    /// Where the values hold its repository and tag.
    pub values_path: String,
    /// The whole entry, as it stands in the schema.
    #[serde(with = "finding::as_json")]
    pub data: Json,
}

/// Why a value does not fit its field.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Problem {
    /// JSON Schema keyword that is broken, or `parse`.
    pub keyword: String,
    /// What is wrong, expected and found, and what to do.
    pub message: String,
    /// The documented rule behind it, if one is.
    #[serde(default)]
    pub rule: Option<Box<RuleText>>,
}
