//! The families of inputs, one generator a file.

mod archives;
mod charts;
mod expressions;
mod flags;
mod manifests;
mod operands;
mod printing;
mod sets;
mod templates;
mod text;
mod values;
mod yaml;

use crate::{Inputs, Random};

/// A kind of input.
pub struct Family {
    /// Its name on the command line.
    pub name: &'static str,
    /// Inputs for the test that `cargo xtask test` runs.
    pub bounded: usize,
    /// So many inputs, or fewer where a table has no more.
    pub inputs: fn(&mut Random, usize) -> Inputs,
}

const fn family(
    name: &'static str,
    bounded: usize,
    inputs: fn(&mut Random, usize) -> Inputs,
) -> Family {
    Family { name, bounded, inputs }
}

/// All of them.
pub const FAMILIES: &[Family] = &[
    family("templates", 500, templates::inputs),
    family("expressions", 800, expressions::inputs),
    family("printing", 300, printing::inputs),
    family("yaml", 800, yaml::inputs),
    family("values", 30, values::inputs),
    family("sets", 30, sets::inputs),
    family("manifests", 30, manifests::inputs),
    family("charts", 25, charts::inputs),
    family("archives", 10, archives::inputs),
    family("flags", 10, flags::inputs),
];
