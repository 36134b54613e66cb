//! `helm template` by our engine: prints on stdout exactly what Helm prints, errors on stderr.
//!
//! `template [RELEASE] CHART [flags]` with the flags of `helm template` that need no network, no
//! cluster and write no file; the others are refused in one line (`options.rs` is the table).

#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a command line tool prints")]

mod chart;
mod command;
mod flags;
mod folder;
mod host;
mod name;
mod options;
mod output;
mod values;

use host::Host;
use std::process::ExitCode;

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    match flags::parse(options::FLAGS, &words).and_then(|flags| command::run(&flags)) {
        Ok(text) => {
            print!("{text}");
            ExitCode::SUCCESS
        }
        Err(message) => {
            eprintln!("Error: {message}");
            ExitCode::FAILURE
        }
    }
}
