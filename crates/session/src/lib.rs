//! The headless app: everything the page can ask, as plain data.
//!
//! The page sends a [`Request`], the worker owns one session and answers with a [`Reply`];
//! native tests make the same calls. A [`Job`] gives a [`Preview`] (what Helm prints), then a
//! [`Review`] (what the checks say); of both only what changed crosses to the page. No browser,
//! clock or randomness is named here: a `helm::World` is handed in.

mod card;
mod compare;
mod delta;
mod edited;
mod examine;
mod export;
mod job;
mod objects;
mod open;
mod origins;
mod outcome;
mod preview;
mod preview_world;
mod readme;
mod review;
mod rollout;
mod run;
mod session;
mod sources;
mod stack;
pub mod values;
mod views;
pub mod wire;

pub use checks::Derived;
pub use checks::manifests::External;
pub use compare::{Comparison, DiffLine, FactRow, ManifestRow, Mark, Side, SideCard, ValueRow};
pub use delta::Hunk;
pub use edited::{Change, Edited};
pub use helm::Timestamp;
pub use job::{Held, Job, Overrides, ReleaseInput};
pub use open::{
    Bundle, BundleOptions, CatalogEntry, ExportKind, InputFile, OpenSource, PresetCard,
    ReleaseCard, SecretsIn, StackCard,
};
pub use origins::Origins;
pub use outcome::{Exported, Failure};
pub use preview::{
    ManifestHead, ManifestView, Preview, PreviewChanges, ReleaseChanges, ReleasePreview,
    TemplateProblem,
};
pub use preview_world::PreviewWorld;
pub use readme::{Block, BlockKind, Readme, TextRun};
pub use review::{LeftOut, ReleaseReview, ReleaseReviewChanges, Review, ReviewChanges};
pub use rollout::{ContainerRollout, Probe, Rollout};
pub use session::{Session, failed};

/// What crosses to the page besides this crate's own types.
pub use finding::{Finding, Location, ManifestRef, Path, Segment, Severity};
pub use schema::{
    Completion, Control, Empty, Encoding, Field, Form, Known, Problem, Shape, Span, spans,
};

use serde::{Deserialize, Serialize};

/// What the page asks of the worker.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Request {
    /// What comes with the app.
    Catalog,
    /// Opens a chart or stack and forgets the one before.
    Open { source: OpenSource },
    /// Coalesce and render; the checks follow ([`Session::review`]).
    Run { job: Job },
    /// Where the lines of manifests came from, by their keys.
    Origins { keys: Vec<u32> },
    /// The READMEs of the charts that are open.
    Readme,
    /// Makes a file to download from the same inputs as `Run`.
    Export { job: Job, kind: ExportKind },
    /// Two or more presets side by side; what is open stays open.
    Compare { sides: Vec<Side> },
    /// Reads what a person types into a field of YAML.
    Parse { path: Path, text: String },
    /// Reads a values file as Helm reads it.
    Values { text: String },
}

/// What the worker answers. One reply a request, in order, `Ready` once before them; a `Reviewed`
/// more after a `Rendered` that no newer job has overtaken.
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
    Rendered {
        changes: Box<PreviewChanges>,
    },
    Reviewed {
        changes: Box<ReviewChanges>,
    },
    Origins {
        origins: Vec<Origins>,
    },
    Readme {
        readmes: Vec<Readme>,
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
