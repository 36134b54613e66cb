//! `cargo xtask test`: everything that CI checks, cheapest first; it stops at the first failure.

use std::time::Instant;

use harness::Result;

use crate::steps::{cargo, run as call, step};
use crate::{build, setup, sizes, tidy};

/// The package of the tests that need the real Helm or a browser.
const END_TO_END: &str = "end-to-end";
/// The package of random inputs for the real Helm.
const DIFFERENTIAL: &str = "differential";

pub(crate) fn run() -> Result<()> {
    let start = Instant::now();
    step("tools", setup::everything)?;
    step("format", || call(cargo().args(["fmt", "--all", "--check"])))?;
    step("tidy", tidy::run)?;
    step("lints", || {
        call(cargo().args(["clippy", "--workspace", "--all-targets", "--", "--deny", "warnings"]))
    })?;
    step("tests of the crates", || {
        let others = ["--exclude", END_TO_END, "--exclude", DIFFERENTIAL];
        call(cargo().args(["test", "--workspace"]).args(others))
    })?;
    step("our engine against the real Helm", || {
        end_to_end(&["--lib", "--test", "oracle", "--test", "generate"])
    })?;
    step("random charts through the real Helm", || {
        call(cargo().args(["test", "--package", DIFFERENTIAL]))
    })?;
    step("release build of the page", build::run)?;
    step("sizes", sizes::run)?;
    step("the page in a browser", || {
        let suites =
            ["driver", "page", "story", "stack", "compare", "form", "ways", "quality", "large"];
        end_to_end(&suites.map(|suite| ["--test", suite]).concat())
    })?;
    println!("\nall checks passed in {:.0} s", start.elapsed().as_secs_f64());
    Ok(())
}

/// One test at a time: each has a browser of its own, and one measures how long a keystroke takes.
fn end_to_end(targets: &[&str]) -> Result<()> {
    let one = ["--", "--test-threads=1"];
    call(cargo().args(["test", "--package", END_TO_END]).args(targets).args(one))
}
