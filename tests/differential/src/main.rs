//! `differential [--seed S] [--rounds N] [FAMILY]...`: what `cargo xtask differential` runs.

use std::process::ExitCode;
use std::time::Instant;

use differential::{FAMILIES, Family, Known, Programs, Report, run};
use harness::{Error, Result, tools};

/// Inputs of each family, unless `--rounds` says otherwise.
const ROUNDS: usize = 1000;

struct Options {
    seed: u64,
    rounds: usize,
    families: Vec<&'static Family>,
}

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match options(&arguments).and_then(|options| all(&options)) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("differential: {error}");
            ExitCode::FAILURE
        }
    }
}

fn options(arguments: &[String]) -> Result<Options> {
    let mut options = Options { seed: 1, rounds: ROUNDS, families: Vec::new() };
    let mut rest = arguments.iter();
    while let Some(word) = rest.next() {
        let mut number = || {
            let number = rest.next().and_then(|text| text.parse().ok());
            number.ok_or_else(|| Error::new(format!("{word} wants a number")))
        };
        match word.as_str() {
            "--seed" => options.seed = number()?,
            "--rounds" => options.rounds = number()? as usize,
            name => options.families.push(family(name)?),
        }
    }
    if options.families.is_empty() {
        options.families = FAMILIES.iter().collect();
    }
    Ok(options)
}

fn family(name: &str) -> Result<&'static Family> {
    FAMILIES.iter().find(|family| family.name == name).ok_or_else(|| {
        let names: Vec<_> = FAMILIES.iter().map(|family| family.name).collect();
        Error::new(format!("there is no family `{name}`; there are {}", names.join(", ")))
    })
}

/// Whether nothing differs.
fn all(options: &Options) -> Result<bool> {
    let released = !cfg!(debug_assertions);
    let (programs, known) = (Programs::find(released)?, Known::read(&tools::root())?);
    let mut equal = true;
    for family in &options.families {
        let start = Instant::now();
        let report = run(family, options.seed, options.rounds, &programs, &known)?;
        tell(family, options.seed, &report, &programs)?;
        let Report { compared, different, known, .. } = report;
        let seconds = start.elapsed().as_secs_f64();
        println!(
            "{}: {compared} compared, {different} different, {known} known, {seconds:.1} s",
            family.name
        );
        equal &= different == 0;
    }
    Ok(equal)
}

/// Prints the findings and leaves each in a folder.
fn tell(family: &Family, seed: u64, report: &Report, programs: &Programs) -> Result<()> {
    let folder = std::env::temp_dir().join(format!("chartroom-different/{}-{seed}", family.name));
    if folder.exists() {
        std::fs::remove_dir_all(&folder)?;
    }
    for (number, finding) in report.findings.iter().enumerate() {
        let place = finding.write(&folder.join(number.to_string()), programs)?;
        println!("== {}\n{}{}\n", place.display(), finding.sample.text(), finding.difference);
    }
    Ok(())
}
