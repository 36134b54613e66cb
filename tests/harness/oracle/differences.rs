//! The one table of behaviours in which our engine differs from Helm on purpose, each with its reason.

use std::collections::BTreeMap;
use std::path::Path;

use crate::{Error, Result};

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

    /// The names in the table.
    pub fn cases(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }
}
