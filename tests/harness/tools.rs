//! Finds programs: the project's own `.tools` first, then `PATH`. Nothing is installed here; `cargo xtask` does that.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::{Error, Result};

/// The folder of the repository.
pub fn root() -> PathBuf {
    // This crate is its folder `tests`.
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap_or(Path::new(".")).to_path_buf()
}

/// Where `cargo xtask` installs what the machine does not have; git ignores it.
pub fn folder() -> PathBuf {
    root().join(".tools")
}

/// The folders that hold programs, in the order in which they are searched.
fn folders() -> Vec<PathBuf> {
    let ours = [folder().join("bin"), folder().join("node_modules").join(".bin")];
    let path = std::env::var_os("PATH").unwrap_or_default();
    ours.into_iter().chain(std::env::split_paths(&path)).chain(cargo_bin()).collect()
}

/// Where `cargo install` puts programs, should `PATH` lack it.
fn cargo_bin() -> Option<PathBuf> {
    let home = std::env::var_os("CARGO_HOME").map(PathBuf::from);
    let home = home.or_else(|| Some(PathBuf::from(std::env::var_os("HOME")?).join(".cargo")));
    Some(home?.join("bin"))
}

/// `PATH` for a child process: our own tools come first.
pub fn path() -> OsString {
    // A folder with a colon in its name cannot be written into PATH; then the child gets ours as it is.
    std::env::join_paths(folders()).unwrap_or_else(|_| std::env::var_os("PATH").unwrap_or_default())
}

/// The program called `name` that a child process would start.
pub fn find(name: &str) -> Option<PathBuf> {
    folders().into_iter().map(|folder| folder.join(name)).find(|file| file.is_file())
}

/// The script of axe-core, which `cargo xtask` installs.
pub fn axe() -> PathBuf {
    folder().join("axe/node_modules/axe-core/axe.min.js")
}

/// A Chromium or Chrome: the file that `CHROMIUM` names, or the first one installed under a usual name.
pub fn chromium() -> Option<PathBuf> {
    const NAMES: [&str; 5] =
        ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"];
    const MAC: &str = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome";
    std::env::var_os("CHROMIUM")
        .map(PathBuf::from)
        .or_else(|| NAMES.into_iter().find_map(find))
        .or_else(|| Some(PathBuf::from(MAC)).filter(|file| file.is_file()))
}

/// What the real Helm prints.
///
/// # Errors
/// What it says, if it refuses.
pub fn helm(folder: &Path, arguments: &[&str]) -> Result<Vec<u8>> {
    let helm = find("helm").ok_or_else(|| Error::new("no helm found"))?;
    let output = Command::new(helm).args(arguments).current_dir(folder).output()?;
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    if output.status.success() { Ok(output.stdout) } else { Err(Error::new(said)) }
}
