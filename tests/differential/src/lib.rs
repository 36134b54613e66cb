//! Random and tabled inputs through the real `helm template` and through our host tool.
//!
//! Bounded by `tests/bounded.rs`, which `cargo xtask test` runs; at length by
//! `cargo xtask differential [--seed S] [--rounds N] [FAMILY]...`. A [`Family`] turns a seed into
//! inputs: [`Sample`]s, each a command line of its own, or [`Probes`], hundreds of small templates
//! for one run of Helm. What differs is made as small as it can be ([`shrink`]) and, unless
//! `tests/differences.txt` gives a reason, written to a folder where both can be run again.

mod compare;
mod families;
mod known;
mod probes;
mod sample;
mod shrink;

pub use compare::Programs;
pub use families::{FAMILIES, Family};
pub use harness::Random;
pub use known::Known;
pub use probes::Probes;
pub use sample::{CHART, Sample};
pub use shrink::shrink;

use std::path::{Path, PathBuf};

use harness::Result;
use harness::oracle::every;

/// So many findings of a family are made small; what they show usually explains the rest.
const SHRUNK: usize = 10;

/// What a family gives for a seed.
pub enum Inputs {
    /// Command lines.
    Samples(Vec<Sample>),
    /// Small templates.
    Probes(Probes),
}

/// A family's inputs and what became of them.
#[derive(Debug, Default)]
pub struct Report {
    /// Inputs compared.
    pub compared: usize,
    /// Those that differ, but for a reason that the table gives.
    pub known: usize,
    /// Those that differ.
    pub different: usize,
    /// The first of these, made small.
    pub findings: Vec<Finding>,
}

/// A difference, made small.
#[derive(Debug)]
pub struct Finding {
    pub sample: Sample,
    pub difference: String,
}

/// Compares `rounds` inputs of a family.
///
/// # Errors
/// If a program cannot be run or does not end in time.
pub fn run(
    family: &Family,
    seed: u64,
    rounds: usize,
    programs: &Programs,
    known: &Known,
) -> Result<Report> {
    let mut random = Random::new(seed, family.name);
    let (compared, different) = match (family.inputs)(&mut random, rounds) {
        Inputs::Probes(probes) => (probes.templates.len(), probes.compare(programs)?),
        Inputs::Samples(samples) => (samples.len(), compare(samples, programs)?),
    };
    let mut report = Report { compared, ..Report::default() };
    let is_known = |(sample, difference): &(Sample, String)| {
        known.reason(family.name, sample, difference).is_some()
    };
    let (told, different): (Vec<_>, Vec<_>) = different.into_iter().partition(is_known);
    report.known = told.len();
    report.different = different.len();
    let first: Vec<_> = different.into_iter().take(SHRUNK).collect();
    for found in every(&first, |(sample, _)| shrink(programs, sample)) {
        let Some((sample, difference)) = found? else { continue };
        report.findings.push(Finding { sample, difference });
    }
    Ok(report)
}

/// The samples that differ, each with its difference.
fn compare(samples: Vec<Sample>, programs: &Programs) -> Result<Vec<(Sample, String)>> {
    let different = every(&samples, |sample| programs.difference(sample));
    let mut found = Vec::new();
    for (sample, difference) in samples.into_iter().zip(different) {
        found.extend(difference?.map(|difference| (sample, difference)));
    }
    Ok(found)
}

impl Finding {
    /// Writes the files below `folder`, and `helm.txt` and `ours.txt`: what both print and say.
    ///
    /// # Errors
    /// If a program cannot be run, or the disk refuses.
    pub fn write(&self, folder: &Path, programs: &Programs) -> Result<PathBuf> {
        let (helm, ours) = programs.both(&self.sample)?;
        self.sample.write(folder)?;
        for (name, outcome) in [("helm.txt", helm), ("ours.txt", ours)] {
            let mut text = outcome.stdout;
            text.extend(outcome.stderr);
            text.extend(format!("exit {}\n", outcome.exit).bytes());
            std::fs::write(folder.join(name), text)?;
        }
        std::fs::write(folder.join("args.txt"), self.sample.arguments.join("\n") + "\n")?;
        Ok(folder.to_path_buf())
    }
}
