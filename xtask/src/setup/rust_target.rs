//! The compiler's WebAssembly target.

use std::path::Path;

use super::Tool;
use crate::steps::{command, output, run};

const TARGET: &str = "wasm32-unknown-unknown";

pub(super) fn tool() -> Tool {
    Tool {
        name: format!("Rust target {TARGET}"),
        why: "the page and its Worker are compiled to it",
        how: format!(
            "`rustup target add {TARGET}`, or your system's package of Rust's standard library for it"
        ),
        found: Box::new(|| {
            let libraries =
                output(command("rustc").args(["--print", "target-libdir", "--target", TARGET]));
            let folder = libraries.map_err(|error| error.to_string())?.trim().to_owned();
            if Path::new(&folder).is_dir() { Ok(folder) } else { Err("not installed".to_owned()) }
        }),
        install: Box::new(|| run(command("rustup").args(["target", "add", TARGET]))),
    }
}
