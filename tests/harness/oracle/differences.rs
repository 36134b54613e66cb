//! The one table of behaviours in which our engine differs from Helm, each with its reason.

use std::collections::BTreeMap;
use std::path::Path;

use crate::{Error, Result};

/// Rows of random inputs start with it: `differential/FAMILY/TEXT: reason`.
const RANDOM: &str = "differential/";

/// Case names and why their output cannot be compared: random bytes, the clock, DNS.
pub struct Differences(BTreeMap<String, String>);

impl Differences {
    /// Reads `tests/differences.txt`: `case: reason` a line, `#` for comments. No file, no differences.
    pub fn read(root: &Path) -> Result<Self> {
        let file = root.join("tests/differences.txt");
        let text = if file.is_file() { std::fs::read_to_string(&file)? } else { String::new() };
        let lines = text.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
        let rows = lines.map(|line| {
            let (case, reason) = line.split_once(": ").ok_or_else(|| {
                Error::new(format!("{}: `{line}` gives no reason", file.display()))
            })?;
            Ok((case.to_owned(), reason.to_owned()))
        });
        rows.collect::<Result<_>>().map(Self)
    }

    /// Why this case is not compared, if it is not.
    pub fn reason(&self, case: &str) -> Option<&str> {
        self.0.get(case).map(String::as_str)
    }

    /// The names of cases in the table.
    pub fn cases(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str).filter(|name| !name.starts_with(RANDOM))
    }

    /// `FAMILY/TEXT` and the reason, of the random inputs that may differ.
    pub fn inputs(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0
            .iter()
            .filter_map(|(name, reason)| Some((name.strip_prefix(RANDOM)?, reason.as_str())))
    }
}
