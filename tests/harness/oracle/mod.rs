//! The real Helm as the judge of our engine.
//!
//! A [`Case`] is one `helm template` command line: every chart of the catalog with every preset, and every folder
//! of `tests/corpus`; or one `helm lint` command line: every folder of `tests/lint`. `cargo xtask goldens` records what the real Helm prints ([`Outcome`]); `tests/oracle.rs`
//! compares our engine with the record, and the record with the real Helm of today.

mod case;
mod differences;
mod outcome;
mod run;

pub use case::{Case, charts, list, list_lint, presets};
pub use differences::Differences;
pub use outcome::Outcome;
pub use run::{Program, compare, every};

/// The Helm that the product promises to equal.
pub const HELM_VERSION: &str = "v4.3.1";
