//! Charts in, manifests out, as Helm 4.3.1 does it.
//!
//! Bytes become a [`Chart`] (`load`), overrides and defaults become values (`coalesce`), both
//! become [`Rendered`] manifests (`render`). No file system, clock or randomness here: a
//! [`World`] is handed in.

mod capabilities;
mod chart;
mod coalesce;
mod dependencies;
mod files;
mod install_order;
mod limits;
mod load;
mod manifest;
mod package;
mod provenance;
mod render;
mod stack;
pub mod strvals;

pub use capabilities::Capabilities;
pub use chart::{Chart, Dependency, File, Maintainer, Metadata, Preset};
pub use coalesce::coalesce;
pub use limits::Limits;
pub use load::{LoadError, load_archive, load_files, unpack};
pub use manifest::Manifest;
pub use package::{package, package_zip, zip};
pub use provenance::{LineSource, Provenance};
pub use render::{Options, Release, RenderError, Rendered, Renderer, render_text, to_stream};
pub use sprig::{Timestamp, World, semver};
pub use stack::{HELMFILE, STACK_SCHEMA, Stack, StackRelease, by_stage};
