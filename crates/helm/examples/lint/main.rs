//! `helm lint` by our engine: prints what Helm prints, and ends as it ends.
//!
//! `lint PATH... [flags]` with the flags of `helm lint` (`options.rs` is the table). A PATH is a
//! chart's folder or a `.tgz`.

#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a command line tool prints")]

mod command;
#[path = "../template/flags.rs"]
mod flags;
#[path = "../template/folder.rs"]
mod folder;
#[path = "../template/host.rs"]
mod host;
mod options;
#[path = "../template/values.rs"]
mod values;

use std::process::ExitCode;

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    match flags::parse(options::FLAGS, &words).and_then(|flags| command::run(&flags)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("Error: {message}");
            ExitCode::FAILURE
        }
    }
}
