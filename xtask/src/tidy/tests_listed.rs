//! Every `tests/*.rs` is listed in `tests/Cargo.toml`: cargo would pass over a forgotten one in silence.

use std::path::Path;

use harness::Result;

pub(super) fn check(root: &Path) -> Result<Vec<String>> {
    let manifest = std::fs::read_to_string(root.join("tests/Cargo.toml"))?;
    let mut broken = Vec::new();
    for entry in std::fs::read_dir(root.join("tests"))? {
        let name = entry?.file_name().to_string_lossy().into_owned();
        if name.ends_with(".rs") && !manifest.contains(&format!("path = \"{name}\"")) {
            broken.push(format!("tests/{name} is not listed in tests/Cargo.toml: it never runs"));
        }
    }
    Ok(broken)
}
