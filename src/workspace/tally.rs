//! How many edits and findings are at and below each path: counted once for everybody who shows a
//! number.

use session::{Finding, Path, Severity};
use std::collections::{BTreeSet, HashMap};

/// What is to be told of a section or a group.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    pub edits: usize,
    pub errors: usize,
    /// Findings that are no errors.
    pub remarks: usize,
}

impl std::ops::AddAssign for Tally {
    fn add_assign(&mut self, other: Self) {
        self.edits += other.edits;
        self.errors += other.errors;
        self.remarks += other.remarks;
    }
}

/// Tallies by path, of every path above an edit or a finding.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Tallies(HashMap<Path, Tally>);

impl Tallies {
    pub(super) fn count(edited: &BTreeSet<Path>, findings: &[Finding]) -> Self {
        let mut all = Self::default();
        for path in edited {
            all.add(path, Tally { edits: 1, ..Tally::default() });
        }
        for finding in findings {
            let Some(path) = finding.values_path() else { continue };
            let error = usize::from(finding.severity == Severity::Error);
            all.add(path, Tally { errors: error, remarks: 1 - error, ..Tally::default() });
        }
        all
    }

    fn add(&mut self, path: &Path, tally: Tally) {
        for length in 0..=path.segments().len() {
            let above = Path::from(path.segments()[..length].to_vec());
            *self.0.entry(above).or_default() += tally;
        }
    }

    /// Paths at which or below which something breaks a rule.
    pub(super) fn broken(&self) -> BTreeSet<Path> {
        let broken = self.0.iter().filter(|(_, tally)| tally.errors > 0);
        broken.map(|(path, _)| path.clone()).collect()
    }

    /// At and below a path.
    pub fn at(&self, path: &Path) -> Tally {
        self.0.get(path).copied().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use session::Location;

    #[test]
    fn edits_and_findings_count_for_all_that_is_above_them() {
        let path = |text: &str| -> Path { text.parse().unwrap() };
        let finding = |at: &str, severity| {
            Finding::new("x", severity, Location::Values { path: path(at) }, "x".to_owned())
        };
        let findings = [finding("a.b", Severity::Error), finding("a.c", Severity::Warning)];
        let tallies = Tallies::count(&BTreeSet::from([path("a.b"), path("d")]), &findings);
        assert_eq!(tallies.at(&path("a")), Tally { edits: 1, errors: 1, remarks: 1 });
        assert_eq!(tallies.at(&path("a.b")), Tally { edits: 1, errors: 1, remarks: 0 });
        assert_eq!(tallies.at(&path("d")).edits, 1);
        assert_eq!(tallies.at(&Path::root()).edits, 2);
        assert_eq!(tallies.at(&path("x")), Tally::default());
    }
}
