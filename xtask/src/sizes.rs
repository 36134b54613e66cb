//! `cargo xtask sizes`: what the page costs over the wire, brotli at its best (-11), against its bars.

use std::fs;
use std::path::{Path, PathBuf};

use harness::{Error, Result};

use crate::build;

/// Bytes of HTML, CSS, JavaScript and the page's wasm: what a person waits for. It was 300 kB before the page had an
/// outline, find, a README, menus and offers of fields, and a form that is drawn where it is seen: about 80 kB.
const FIRST_LOAD_BAR: usize = 385_000;
/// Bytes of the Worker's wasm, which arrives while the person reads. It was 900 kB before the Worker read Markdown, the
/// dialects of comments and what templates do with a value.
const WORKER_BAR: usize = 930_000;

/// What a file is part of.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    FirstLoad,
    WorkerWasm,
    Other,
}

pub(crate) fn run() -> Result<()> {
    let dist = build::dist();
    if !dist.join("index.html").is_file() {
        return Err(Error::new("there is no dist: run `cargo xtask build` first"));
    }
    let (mut first_load, mut worker) = (0, 0);
    println!("{:>10} {:>10}", "raw", "brotli-11");
    for file in files(&dist)? {
        let bytes = fs::read(&file)?;
        let packed = brotli(&bytes)?;
        let name = file.strip_prefix(&dist).unwrap_or(&file).display().to_string();
        println!("{:>10} {packed:>10}  {name}", bytes.len());
        match part(&name) {
            Part::FirstLoad => first_load += packed,
            Part::WorkerWasm => worker += packed,
            Part::Other => {}
        }
    }
    let loads = within("first load (html, css, js, page wasm)", first_load, FIRST_LOAD_BAR);
    let works = within("worker wasm", worker, WORKER_BAR);
    if loads && works { Ok(()) } else { Err(Error::new("the page has grown over its bar")) }
}

fn within(what: &str, size: usize, bar: usize) -> bool {
    let verdict = if size <= bar { "within" } else { "OVER" };
    println!("{what}: {size} bytes brotli, {verdict} the bar of {bar}");
    size <= bar
}

fn part(name: &str) -> Part {
    let worker = build::WORKER.contains(&name);
    let ending = Path::new(name).extension().and_then(|ending| ending.to_str()).unwrap_or_default();
    match ending {
        "wasm" if worker => Part::WorkerWasm,
        "html" | "css" | "js" | "wasm" if !worker => Part::FirstLoad,
        _ => Part::Other,
    }
}

/// Every file below a folder, sorted.
fn files(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            found.extend(files(&path)?);
        } else {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}

/// The size after compression, as a host compresses static files.
fn brotli(bytes: &[u8]) -> Result<usize> {
    let parameters =
        brotli::enc::BrotliEncoderParams { quality: 11, lgwin: 22, ..Default::default() };
    let mut packed = Vec::new();
    brotli::BrotliCompress(&mut &*bytes, &mut packed, &parameters)?;
    Ok(packed.len())
}

#[cfg(test)]
mod tests {
    use super::{Part, part};

    #[test]
    fn every_file_counts_where_a_person_waits_for_it() {
        for name in ["index.html", "boot.js", "chartroom-1_bg.wasm", "app-1.css"] {
            assert!(part(name) == Part::FirstLoad, "{name}");
        }
        assert!(part("worker_bg.wasm") == Part::WorkerWasm);
        for name in ["worker.js", "worker-boot.js", "icon.svg", "charts.tgz"] {
            assert!(part(name) == Part::Other, "{name}");
        }
    }
}
