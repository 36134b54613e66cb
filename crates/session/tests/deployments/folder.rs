//! The bundled deployments as files: what a person drops, for the tests and the bench.

use session::{InputFile, OpenSource};
use std::path::{Path, PathBuf};

pub(crate) fn charts() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../charts")
}

fn walk(root: &Path, folder: &Path, files: &mut Vec<InputFile>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            walk(root, &path, files);
        } else {
            let name = path.strip_prefix(root).unwrap().to_str().unwrap().to_owned();
            files.push(InputFile { name, data: std::fs::read(path).unwrap() });
        }
    }
}

pub(crate) fn source(name: &str) -> OpenSource {
    let mut files = Vec::new();
    walk(&charts(), &charts().join(name), &mut files);
    OpenSource::Files { name: name.to_owned(), files }
}
