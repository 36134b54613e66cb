//! `cargo xtask tidy`: keeps the README's invariants that a machine can keep. Lengths are only reported.

mod imports;
mod length;
mod outside;
mod source;
mod tests_listed;

use harness::{Error, Result, tools};

pub(crate) fn run() -> Result<()> {
    let root = tools::root();
    let sources = source::tracked(&root)?;
    length::report(&sources);
    let mut broken = imports::check()?;
    broken.extend(outside::check(&sources));
    broken.extend(tests_listed::check(&root)?);
    if broken.is_empty() {
        println!("{} source files keep the invariants", sources.len());
        return Ok(());
    }
    Err(Error::new(format!("{} invariants broken\n{}", broken.len(), broken.join("\n"))))
}
