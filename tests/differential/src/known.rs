//! The differences that are known and left so, from the project's one table of them.

use std::path::Path;

use harness::Result;
use harness::oracle::Differences;

use crate::Sample;

/// Lines `differential/FAMILY/TEXT: reason` of `tests/differences.txt`: an input of that family may
/// differ if it holds the text, or if the first line that differs does.
pub struct Known(Vec<(String, String, String)>);

impl Known {
    /// Reads the table of the repository at `root`.
    ///
    /// # Errors
    /// If it cannot be read, or a line gives no reason.
    pub fn read(root: &Path) -> Result<Self> {
        let table = Differences::read(root)?;
        let rows = table.inputs().filter_map(|(name, reason)| {
            let (family, text) = name.split_once('/')?;
            Some((family.to_owned(), text.to_owned(), reason.to_owned()))
        });
        Ok(Self(rows.collect()))
    }

    /// Why this sample may differ in this way, if it may.
    pub fn reason(&self, family: &str, sample: &Sample, difference: &str) -> Option<&str> {
        let whole = format!("{}{difference}", sample.text());
        let row = self.0.iter().find(|(of, text, _)| of == family && whole.contains(text));
        row.map(|(_, _, reason)| reason.as_str())
    }

    /// The families that the table names.
    pub fn families(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|(family, _, _)| family.as_str())
    }
}
