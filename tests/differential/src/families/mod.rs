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
    family("templates", 800, templates::inputs),
    family("expressions", 1500, expressions::inputs),
    family("printing", 1000, printing::inputs),
    family("yaml", 1500, yaml::inputs),
    family("values", 100, values::inputs),
    family("sets", 60, sets::inputs),
    family("manifests", 60, manifests::inputs),
    family("charts", 40, charts::inputs),
    family("archives", 20, archives::inputs),
    family("flags", 20, flags::inputs),
];
