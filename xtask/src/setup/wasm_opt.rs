//! Binaryen's optimiser, which makes the wasm a quarter smaller.

use super::{Tool, npm, program};
use harness::tools;

/// Older ones break what wasm-bindgen puts out: the page stays blank (measured with 108, which Debian 12 has).
const OLDEST: u32 = 116;
/// What is installed when there is none.
const PACKAGE: &str = "binaryen@132.0.0";

pub(super) fn tool() -> Tool {
    Tool {
        name: format!("wasm-opt (at least {OLDEST})"),
        why: "it makes the wasm small; an older one breaks it",
        how: format!(
            "install Node.js with npm and run this again (it calls `npm install {PACKAGE}`), or put a newer \
             wasm-opt on PATH"
        ),
        found: Box::new(|| {
            program("wasm-opt", &["--version"], |line| version(line) >= Some(OLDEST))
        }),
        install: Box::new(|| npm(PACKAGE, &tools::folder())),
    }
}

/// The number in `wasm-opt version 132 (version_132)`.
fn version(line: &str) -> Option<u32> {
    line.strip_prefix("wasm-opt version ")?.split(' ').next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::version;

    #[test]
    fn reads_the_version_line() {
        assert_eq!(version("wasm-opt version 132 (version_132)"), Some(132));
        assert_eq!(version("wasm-opt version 108"), Some(108));
        assert_eq!(version(""), None);
    }
}
