//! Child processes: each is announced, sees our tools first, and its failure names the command.

use std::process::Command;
use std::time::Instant;

use harness::{Error, Result, tools};

/// A command in the repository's folder that finds the project's own tools first.
pub(crate) fn command(program: &str) -> Command {
    let mut command = Command::new(program);
    command.current_dir(tools::root()).env("PATH", tools::path());
    // Set by `cargo xtask` for us; children build for themselves.
    for variable in
        ["CARGO_MANIFEST_DIR", "CARGO_MANIFEST_PATH", "CARGO_PKG_NAME", "CARGO_PKG_VERSION"]
    {
        command.env_remove(variable);
    }
    command
}

/// This toolchain's cargo.
pub(crate) fn cargo() -> Command {
    command("cargo")
}

/// Runs a command, its output passed through.
pub(crate) fn run(command: &mut Command) -> Result<()> {
    let name = described(command);
    let status =
        command.status().map_err(|error| Error::new(format!("cannot start `{name}`: {error}")))?;
    if status.success() { Ok(()) } else { Err(Error::new(format!("`{name}` failed ({status})"))) }
}

/// The standard output of a command that succeeds.
pub(crate) fn output(command: &mut Command) -> Result<String> {
    let name = described(command);
    let output =
        command.output().map_err(|error| Error::new(format!("cannot start `{name}`: {error}")))?;
    if output.status.success() {
        return Ok(String::from_utf8_lossy(&output.stdout).into_owned());
    }
    let complaint = String::from_utf8_lossy(&output.stderr).into_owned();
    Err(Error::new(format!("`{name}` failed ({}): {}", output.status, complaint.trim())))
}

/// Does a step under a heading, and says how long it took.
pub(crate) fn step<T>(name: &str, work: impl FnOnce() -> Result<T>) -> Result<T> {
    println!("\n== {name}");
    let start = Instant::now();
    let result = work().map_err(|error| Error::new(format!("{name}: {error}")))?;
    println!("== {name}: {:.1} s", start.elapsed().as_secs_f64());
    Ok(result)
}

fn described(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    words.map(|word| word.to_string_lossy()).collect::<Vec<_>>().join(" ")
}
