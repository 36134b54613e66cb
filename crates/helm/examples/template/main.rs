//! `helm template` by our engine: prints on stdout exactly what Helm prints, errors on stderr.
//!
//! `template [RELEASE] CHART [flags]` with the flags of `helm template` that need no network, no
//! cluster and write no file; the others are refused in one line (`options.rs` is the table).
//!
//! `--trace FILE` is ours: it writes where every line came from, as one JSON object:
//!
//! - `manifests`: in the order printed, hooks last: `source`, `kind`, `name`, `hook` (true or
//!   false) and `lines`, one for every line of the text: its `text`; its `chain`, places such as
//!   `app/templates/x.yaml:12`, the innermost template first, its callers after it; `reads`, the
//!   values it was made of.
//! - `unread`: the values that no template read.
//! - `untaken`: the branches that were not taken: `chain` (the decision's place and its callers),
//!   `keyword` (`if`, `with`, `range`), `condition` (the pipeline), `wants` (what the condition
//!   must become: true for the body, false for the `else`), `reads` of the condition.
//!
//! A value is its `path` from the root chart's values; its `layer`: `edit` (`--set` and its kin),
//! `file` (`-f`), `parent` (values.yaml of a chart above), `default` (values.yaml of its own
//! chart), `unset` (nowhere, or imported); `of`, the file or the chart's path; and `global: true`
//! where a chart above gives it as a global.

#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a command line tool prints")]

mod chart;
mod command;
mod flags;
mod folder;
mod host;
mod name;
mod options;
mod output;
mod trace;
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
