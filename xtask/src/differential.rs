//! `cargo xtask differential`: random inputs through the real Helm and our engine, at any length.
//!
//! A program of its own (`tests/differential`) does it: it needs the engine, and xtask is the first
//! thing that a fresh machine compiles.

use harness::Result;

use crate::setup;
use crate::steps::{cargo, run as call};

pub(crate) fn run(arguments: &[String]) -> Result<()> {
    setup::helm()?;
    call(cargo().args(["run", "--quiet", "--package", "differential", "--"]).args(arguments))
}
