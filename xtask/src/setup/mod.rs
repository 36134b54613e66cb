//! Installs what a fresh machine lacks, and nothing twice. What is on `PATH` in a fitting version is used as it is.
//!
//! Every tool is a [`Tool`]: how to see that it is there, why it is needed, how to install it. A tool that cannot
//! be installed gives one line that says what, why and how.

mod axe;
mod browser;
mod cargo_tools;
mod helm;
mod rust_target;
mod wasm_opt;

use std::path::Path;
use std::process::Command;

use harness::{Error, Result, tools};

use crate::steps::{command, run};

/// A program or a compiler target that the project needs.
struct Tool {
    /// Its name and version.
    name: String,
    /// What it is needed for.
    why: &'static str,
    /// What a person can do who must install it by hand.
    how: String,
    /// What is there, if it fits; what is wrong, if it does not.
    found: Box<dyn Fn() -> std::result::Result<String, String>>,
    /// Installs it.
    install: Box<dyn Fn() -> Result<()>>,
}

/// What building and serving the page needs.
pub(crate) fn page() -> Result<()> {
    ensure(&[
        rust_target::tool(),
        cargo_tools::trunk(),
        cargo_tools::wasm_bindgen()?,
        wasm_opt::tool(),
    ])
}

/// What a picture of the page or an end-to-end test needs.
pub(crate) fn browser() -> Result<()> {
    ensure(&[browser::tool(), axe::tool()])
}

/// What recording and checking goldens needs.
pub(crate) fn helm() -> Result<()> {
    ensure(&[helm::tool()])
}

/// Everything.
pub(crate) fn everything() -> Result<()> {
    page()?;
    browser()?;
    helm()
}

fn ensure(wanted: &[Tool]) -> Result<()> {
    for tool in wanted {
        match (tool.found)() {
            Ok(place) => println!("   {}: {place}", tool.name),
            Err(lack) => {
                println!("   {}: {lack}; installing it ({})", tool.name, tool.why);
                let installed = (tool.install)().map_err(|error| error.to_string());
                let place = installed
                    .and_then(|()| (tool.found)())
                    .map_err(|error| missing(tool, &error))?;
                println!("   {}: {place}", tool.name);
            }
        }
    }
    Ok(())
}

/// Installs a package of npm's below a folder.
fn npm(package: &str, folder: &Path) -> Result<()> {
    std::fs::create_dir_all(folder)?;
    let mut npm = command("npm");
    npm.args(["install", "--no-save", "--no-audit", "--no-fund", "--loglevel=error", package]);
    run(npm.arg("--prefix").arg(folder))
}

/// The one line for a tool that cannot be installed: what, why, how.
fn missing(tool: &Tool, error: &str) -> Error {
    let error = error.trim().replace('\n', " ");
    Error::new(format!(
        "{} is missing; {}. To install it: {} ({error})",
        tool.name, tool.why, tool.how
    ))
}

/// Where `program` is, if the first line that it prints for `arguments` is one that `fits`.
fn program(
    program: &str,
    arguments: &[&str],
    fits: impl Fn(&str) -> bool,
) -> std::result::Result<String, String> {
    let file = tools::find(program).ok_or_else(|| "not found".to_owned())?;
    let output = Command::new(&file).args(arguments).output().map_err(|error| error.to_string())?;
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let line = text.lines().next().unwrap_or_default();
    if fits(line) {
        Ok(file.display().to_string())
    } else {
        Err(format!("{} is `{line}`, which does not fit", file.display()))
    }
}
