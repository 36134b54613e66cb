//! `cargo xtask goldens`: records what the real Helm prints, for `tests/oracle.rs` to compare with.

use std::fs;
use std::path::{Path, PathBuf};

use harness::oracle::{Case, Program, every, list, list_lint};
use harness::{Error, Result, tools};

use crate::setup;

pub(crate) fn run() -> Result<()> {
    setup::helm()?;
    let root = tools::root();
    let (cases, lints) = (list(&root)?, list_lint(&root)?);
    let changed = record(&Program::helm()?, &cases)? + record(&Program::helm_lint()?, &lints)?;
    let known: Vec<_> = cases.into_iter().map(|case| case.golden).collect();
    for folder in stale(&root.join("tests/golden"), &known)? {
        println!("removed {}: no chart or preset has this name", folder.display());
        fs::remove_dir_all(folder)?;
    }
    println!("{} cases, {changed} changed", known.len() + lints.len());
    Ok(())
}

/// Writes what this Helm prints; tells how many goldens that changed.
fn record(helm: &Program, cases: &[Case]) -> Result<usize> {
    let written = every(cases, |case| helm.run(case)?.write(&case.golden));
    let mut changed = 0;
    for (case, written) in cases.iter().zip(written) {
        if written.map_err(|error| Error::new(format!("{}: {error}", case.name)))? {
            println!("recorded {}", case.name);
            changed += 1;
        }
    }
    Ok(changed)
}

/// The goldens of charts and presets that are no more.
fn stale(folder: &Path, known: &[PathBuf]) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    if !folder.is_dir() {
        return Ok(found);
    }
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.join("exit").is_file() {
            found.extend((!known.contains(&path)).then_some(path));
        } else if path.is_dir() {
            found.extend(stale(&path, known)?);
        }
    }
    Ok(found)
}
