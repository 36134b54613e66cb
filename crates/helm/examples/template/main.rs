//! `helm template` by our engine: prints on stdout exactly what Helm prints, errors on stderr.
//!
//! `template [RELEASE] CHART [flags]` with the flags of `helm template` that need no network, no
//! cluster and write no file; the others are refused in one line (`flags.rs` is the table).

#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a command line tool prints")]

mod chart;
mod command;
mod flags;
mod name;
mod output;
mod values;

use helm::{Timestamp, World};
use std::process::ExitCode;

/// Time and randomness of this machine.
struct Host;

impl World for Host {
    fn now(&self) -> Timestamp {
        let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
        let now = now.unwrap_or_default();
        Timestamp { seconds: now.as_secs() as i64, nanoseconds: now.subsec_nanos() }
    }

    fn fill_random(&self, _: (&str, u32), out: &mut [u8]) {
        use std::io::Read;
        let opened = std::fs::File::open("/dev/urandom");
        // A machine without it gets zeros, which a test would show at once.
        let _ = opened.and_then(|mut file| file.read_exact(out));
    }
}

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    match flags::parse(&words).and_then(|flags| command::run(&flags)) {
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
