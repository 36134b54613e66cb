//! `cargo xtask VERB`: the project's only build tool. One file a verb; `setup` is what the others call first.

use std::process::ExitCode;

use harness::{Error, Result};

mod bench;
mod build;
mod differential;
mod generate;
mod goldens;
mod serve;
mod setup;
mod shot;
mod sizes;
mod steps;
mod test;
mod tidy;

const USAGE: &str = "\
cargo xtask VERB

  serve [--port N]   build the page and serve it on localhost (8080 or the next free port)
  test               everything that CI checks: format, lints, tests, goldens, sizes, the page in a browser
  setup              install what serve and test need, and nothing else
  build              build the page into dist/
  shot PATH OUT.png  take a picture of the built page; --size 390x844, --dark, --wait SELECTOR, --eval JS
  goldens            record anew what the real Helm prints for charts/ and tests/corpus/
  differential [--seed S] [--rounds N] [FAMILY]...
                     random charts, templates and values through the real Helm and our engine
  generate SHAPE FOLDER [--seed N] [--scale N]
                     a chart of public size: metrics-stack, log-store, delivery-tool, key-value-store, demo-app
  sizes              the built page's sizes over the wire, against their bars
  tidy               the README's invariants, and the longest files and functions
  bench [--helm]     the crates' benches, and our host tool beside the real Helm; --helm: only the latter
";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let verb = arguments.first().map(String::as_str).unwrap_or_default();
    match run(verb, arguments.get(1..).unwrap_or_default()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("\nxtask {verb}: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run(verb: &str, arguments: &[String]) -> Result<()> {
    match verb {
        "serve" => serve::run(arguments),
        "test" => test::run(),
        "setup" => setup::everything(),
        "build" => setup::page().and_then(|()| build::run()),
        "shot" => shot::run(arguments),
        "goldens" => goldens::run(),
        "differential" => differential::run(arguments),
        "generate" => generate::run(arguments),
        "sizes" => sizes::run(),
        "tidy" => tidy::run(),
        "bench" => bench::run(arguments),
        "" | "help" | "--help" | "-h" => {
            print!("{USAGE}");
            Ok(())
        }
        _ => Err(Error::new(format!("there is no such verb\n\n{USAGE}"))),
    }
}
