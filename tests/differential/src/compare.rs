//! Runs the real Helm and our host tool on samples and tells where they differ.

use harness::oracle::{Case, Outcome, Program};
use harness::{Error, Result, Scratch};

use crate::Sample;

/// So often Helm is asked again where it differs from us.
const AGAIN: usize = 2;

/// The two programs.
pub struct Programs {
    helm: Program,
    ours: Program,
}

impl Programs {
    /// The real Helm, and our host tool built now.
    ///
    /// # Errors
    /// If there is no such Helm, or ours does not build.
    pub fn find(released: bool) -> Result<Self> {
        Ok(Self { helm: Program::helm()?, ours: Program::build_ours(released)? })
    }

    /// What Helm and what we make of a sample.
    ///
    /// # Errors
    /// If one of them does not end in time, or the disk refuses.
    pub fn both(&self, sample: &Sample) -> Result<(Outcome, Outcome)> {
        let scratch = Scratch::new("differential")?;
        sample.write(scratch.path())?;
        let run = |program: &Program, name: &str| {
            let case = Case {
                name: name.to_owned(),
                folder: scratch.path().to_path_buf(),
                arguments: sample.arguments.clone(),
                golden: scratch.path().to_path_buf(),
            };
            let outcome = program.run(&case);
            // It does not end: the chart is what a person wants to see.
            outcome.map_err(|error| Error::new(format!("{error}\n{}", sample.text())))
        };
        Ok((tidied(run(&self.helm, "Helm")?), tidied(run(&self.ours, "our engine")?)))
    }

    /// How what we make of a sample differs from what Helm makes of it. What Helm itself does not
    /// say twice, such as an address or the order of a Go map, is no difference.
    ///
    /// # Errors
    /// As for [`Programs::both`].
    pub fn difference(&self, sample: &Sample) -> Result<Option<String>> {
        let (helm, ours) = self.both(sample)?;
        let Some(difference) = helm.difference(&ours) else { return Ok(None) };
        for _ in 0..AGAIN {
            let (again, _) = self.both(sample)?;
            if helm.difference(&again).is_some() || again.difference(&ours).is_none() {
                return Ok(None);
            }
        }
        Ok(Some(difference))
    }
}

/// Without what Helm logs, which comes in the order of Go's maps: new on every run.
fn tidied(mut outcome: Outcome) -> Outcome {
    let text = String::from_utf8_lossy(&outcome.stderr);
    let lines = text.split_inclusive('\n').filter(|line| !line.starts_with("level="));
    outcome.stderr = lines.collect::<String>().into_bytes();
    outcome
}
