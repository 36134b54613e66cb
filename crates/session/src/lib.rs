//! The headless app: everything the page can ask, as plain data.
//!
//! The page sends a [`Request`], the worker owns one session and answers with a [`Reply`];
//! native tests make the same calls. No browser, clock or randomness is named here: a
//! `helm::World` is handed in.

mod card;
mod compare;
mod export;
mod job;
mod objects;
mod open;
mod preview_world;
mod report;
mod rollout;
mod run;
mod session;
mod stack;
pub mod values;
mod views;
pub mod wire;

pub use checks::Derived;
pub use checks::manifests::External;
pub use compare::{Comparison, DiffLine, FactRow, ManifestRow, Mark, Side, SideCard, ValueRow};
pub use helm::Timestamp;
pub use job::{Job, Overrides, ReleaseInput};
pub use open::{
    Bundle, BundleOptions, CatalogEntry, ExportKind, InputFile, OpenSource, PresetCard,
    ReleaseCard, SecretsIn, StackCard,
};
pub use preview_world::PreviewWorld;
pub use report::{
    Exported, Failure, LeftOut, LineOrigin, ManifestView, ReleaseReport, Report, TemplateProblem,
};
pub use rollout::{ContainerRollout, Probe, Rollout};
pub use session::{Session, failed};

/// What crosses to the page besides this crate's own types.
pub use finding::{Finding, Location, ManifestRef, Path, Segment, Severity};
pub use schema::{Control, Encoding, Field, Form, Problem};

use serde::{Deserialize, Serialize};

/// What the page asks of the worker.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Request {
    /// What comes with the app.
    Catalog,
    /// Opens a chart or stack and forgets the one before.
    Open { source: OpenSource },
    /// Coalesce, check and render.
    Run { job: Job },
    /// Makes a file to download from the same inputs as `Run`.
    Export { job: Job, kind: ExportKind },
    /// Two or more presets side by side; what is open stays open.
    Compare { sides: Vec<Side> },
    /// Reads what a person types into a field of YAML.
    Parse { path: Path, text: String },
    /// Reads a values file as Helm reads it.
    Values { text: String },
}

/// What the worker answers. One reply a request, in order, `Ready` once before them.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Reply {
    /// The worker is up: requests posted before this are lost.
    Ready,
    Catalog {
        entries: Vec<CatalogEntry>,
    },
    Opened {
        card: Box<StackCard>,
    },
    Report {
        report: Box<Report>,
    },
    Exported {
        file: Exported,
    },
    Parsed {
        path: Path,
        text: String,
        /// What is wrong with the text, where it is no YAML.
        problem: Option<String>,
        #[serde(with = "finding::as_json")]
        value: serde_json::Value,
    },
    Values {
        #[serde(with = "finding::as_json")]
        values: serde_json::Value,
    },
    Compared {
        comparison: Box<Comparison>,
    },
    Failed {
        failure: Failure,
    },
}
