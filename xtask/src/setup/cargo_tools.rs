//! The tools that cargo compiles: Trunk and wasm-bindgen.

use harness::{Error, Result, tools};

use super::{Tool, program};
use crate::steps::{cargo, run};

/// Trunk.toml asks for the same version.
const TRUNK: &str = "0.21.14";

pub(super) fn trunk() -> Tool {
    Tool {
        name: format!("Trunk {TRUNK}"),
        why: "it puts the page together out of two wasm binaries",
        how: format!("`cargo install --locked trunk@{TRUNK}`"),
        found: Box::new(|| {
            program("trunk", &["--version"], |line| line == format!("trunk {TRUNK}"))
        }),
        install: Box::new(|| install("trunk", TRUNK, &["--locked"])),
    }
}

/// wasm-bindgen's command line tool must be of exactly the version of the library in Cargo.lock.
pub(super) fn wasm_bindgen() -> Result<Tool> {
    let version = locked("wasm-bindgen")?;
    let (wanted, installed) = (format!("wasm-bindgen {version}"), version.clone());
    Ok(Tool {
        name: wanted.clone(),
        why: "it joins wasm and JavaScript, and must match the library in Cargo.lock",
        how: format!("`cargo install wasm-bindgen-cli@{version}`"),
        found: Box::new(move || program("wasm-bindgen", &["--version"], |line| line == wanted)),
        // Not --locked: the lock file of that release asks for packages that have been withdrawn.
        install: Box::new(move || install("wasm-bindgen-cli", &installed, &[])),
    })
}

/// Where cargo puts programs if there is none of that name yet; else beside our other tools, so that nobody's own
/// version is replaced.
fn install(package: &str, version: &str, more: &[&str]) -> Result<()> {
    println!("   (this compiles {package}, which takes minutes, once)");
    let program = package.trim_end_matches("-cli");
    let mut install = cargo();
    install.args(["install", &format!("{package}@{version}")]).args(more);
    if tools::find(program).is_some() {
        install.arg("--force").arg("--root").arg(tools::folder());
    }
    run(&mut install)
}

/// The version of a package in Cargo.lock.
fn locked(package: &str) -> Result<String> {
    let lock = std::fs::read_to_string(tools::root().join("Cargo.lock"))?;
    version_in(&lock, package).ok_or_else(|| Error::new(format!("Cargo.lock has no {package}")))
}

fn version_in(lock: &str, package: &str) -> Option<String> {
    let name = format!("name = \"{package}\"");
    let line = lock.lines().skip_while(|line| *line != name).nth(1)?;
    Some(line.strip_prefix("version = \"")?.strip_suffix('"')?.to_owned())
}

#[cfg(test)]
mod tests {
    use super::version_in;

    #[test]
    fn the_version_is_that_of_the_package_itself() {
        let lock = "name = \"wasm-bindgen-macro\"\nversion = \"1.0.0\"\n\n\
            name = \"wasm-bindgen\"\nversion = \"0.2.130\"\n";
        assert_eq!(version_in(lock, "wasm-bindgen").as_deref(), Some("0.2.130"));
        assert_eq!(version_in(lock, "none"), None);
    }
}
