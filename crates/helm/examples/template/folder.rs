//! The files of a folder on this machine's disk, as a chart's loader wants them.

use helm::File;
use std::path::{Path, PathBuf};

/// Every file below the folder, folder by folder in the order of their names; an empty folder
/// stands there by its name and a `/`.
pub(crate) fn read(root: &Path) -> std::io::Result<Vec<File>> {
    let mut files = Vec::new();
    walk(root, root, &mut files)?;
    Ok(files)
}

fn walk(root: &Path, folder: &Path, files: &mut Vec<File>) -> std::io::Result<()> {
    let mut entries: Vec<PathBuf> = std::fs::read_dir(folder)?
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<Result<_, _>>()?;
    entries.sort();
    let name =
        |path: &Path| path.strip_prefix(root).unwrap_or(path).to_string_lossy().replace('\\', "/");
    if entries.is_empty() && folder != root {
        files.push(File { name: format!("{}/", name(folder)), data: Vec::new() });
    }
    for path in entries {
        if path.is_dir() {
            walk(root, &path, files)?;
        } else {
            files.push(File { name: name(&path), data: std::fs::read(&path)? });
        }
    }
    Ok(())
}
