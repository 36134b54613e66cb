//! Charts in, manifests out, as Helm 4.3.1 does it.
//!
//! Bytes become a [`Chart`] (`load`), overrides and defaults become values (`coalesce`), both
//! become [`Rendered`] manifests (`render`). No file system, clock or randomness here: a
//! [`World`] is handed in.

mod capabilities;
mod chart;
mod coalesce;
mod decode;
mod dependencies;
mod files;
mod globals;
mod head;
mod imports;
mod install_order;
mod layer;
mod layers;
mod limits;
mod lint;
mod load;
mod log;
mod manifest;
mod output;
mod package;
mod provenance;
mod render;
mod stack;
mod strict;
pub mod strvals;

pub use capabilities::Capabilities;
pub use chart::{Chart, Dependency, File, Maintainer, Metadata, Preset};
pub use coalesce::{CoalesceError, coalesce};
pub use dependencies::{defaults, missing as missing_dependencies};
pub use layer::{layer, layer_maps};
pub use layers::{Layer, Layers};
pub use limits::Limits;
pub use lint::{LintMessage, LintOptions, Severity, lint};
pub use load::{LoadError, load_archive, load_files, read_values, unpack};
pub use log::{LogLevel, LogLine};
pub use manifest::{Manifest, split};
pub use output::{show_only, to_stream};
pub use package::{package, package_zip, zip};
pub use provenance::{LineSource, Provenance, Untaken};
pub use render::{Options, Release, RenderError, Rendered, Renderer, render_text};
pub use sprig::{Place, Timestamp, World, semver};
pub use stack::{HELMFILE, STACK_SCHEMA, Stack, StackRelease, by_stage};
