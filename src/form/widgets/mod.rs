//! Parts of a field that more than one widget shows.

mod empty;
mod menu;
mod rich;
mod yaml;

pub(super) use empty::{empty_tag, placeholder};
pub(super) use menu::{add_example, field_menu};
pub(super) use rich::rich;
pub(super) use yaml::yaml;
