//! What a command printed and how it ended; recorded as three files, so that a diff of a golden can be read.

use std::fs;
use std::path::Path;

use crate::{Error, Result};

/// What one run printed, byte for byte, and its exit code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// What it printed.
    pub stdout: Vec<u8>,
    /// What it complained about.
    pub stderr: Vec<u8>,
    /// 0 when it succeeded.
    pub exit: i32,
}

impl Outcome {
    /// Reads a golden.
    pub fn read(folder: &Path) -> Result<Self> {
        let part = |name: &str| {
            fs::read(folder.join(name)).map_err(|error| {
                let file = folder.join(name);
                Error::new(format!(
                    "no golden {} ({error}): run `cargo xtask goldens`",
                    file.display()
                ))
            })
        };
        let exit = String::from_utf8_lossy(&part("exit")?).trim().parse();
        let exit =
            exit.map_err(|_| Error::new(format!("{}/exit holds no number", folder.display())))?;
        Ok(Self { stdout: part("stdout.txt")?, stderr: part("stderr.txt")?, exit })
    }

    /// Writes a golden; one that is right already is not touched.
    pub fn write(&self, folder: &Path) -> Result<bool> {
        if Self::read(folder).is_ok_and(|golden| golden.difference(self).is_none()) {
            return Ok(false);
        }
        fs::create_dir_all(folder)?;
        let exit = format!("{}\n", self.exit);
        let parts = [
            ("stdout.txt", self.stdout.as_slice()),
            ("stderr.txt", self.stderr.as_slice()),
            ("exit", exit.as_bytes()),
        ];
        let mut changed = false;
        for (name, bytes) in parts {
            let file = folder.join(name);
            if fs::read(&file).ok().as_deref() != Some(bytes) {
                fs::write(&file, bytes)?;
                changed = true;
            }
        }
        Ok(changed)
    }

    /// How `actual` differs from this one, for a person; `None` if it does not.
    ///
    /// Both must print the same, end the same and complain of the same. A run that succeeds logs in the order of
    /// Go's maps, new on every run: its lines are compared sorted.
    pub fn difference(&self, actual: &Self) -> Option<String> {
        if self.exit != actual.exit {
            let complaint = String::from_utf8_lossy(&actual.stderr);
            return Some(format!(
                "exit {} became {}: {}",
                self.exit,
                actual.exit,
                complaint.trim()
            ));
        }
        if self.stdout != actual.stdout {
            return Some(first_difference("stdout", &self.stdout, &actual.stdout));
        }
        let told = |outcome: &Self| match outcome.exit {
            0 => sorted(&outcome.stderr),
            _ => outcome.stderr.clone(),
        };
        let (expected, actual) = (told(self), told(actual));
        (expected != actual).then(|| first_difference("stderr", &expected, &actual))
    }
}

fn sorted(text: &[u8]) -> Vec<u8> {
    let mut lines: Vec<&[u8]> = text.split(|byte| *byte == b'\n').collect();
    lines.sort_unstable();
    lines.join(&b'\n')
}

/// The first line that differs, with its number.
fn first_difference(what: &str, expected: &[u8], actual: &[u8]) -> String {
    let (expected, actual) = (String::from_utf8_lossy(expected), String::from_utf8_lossy(actual));
    let (mut left, mut right) = (expected.split('\n'), actual.split('\n'));
    let mut number = 0;
    loop {
        number += 1;
        let (expected, actual) = (left.next(), right.next());
        if expected != actual || expected.is_none() {
            let common = same(expected.unwrap_or_default(), actual.unwrap_or_default());
            let show = |line: Option<&str>| {
                line.map_or("(its end)".to_owned(), |line| format!("{:?}", around(line, common)))
            };
            return format!(
                "{what} line {number}\n    Helm: {}\n    ours: {}",
                show(expected),
                show(actual)
            );
        }
    }
}

/// How many characters two lines begin with alike.
fn same(left: &str, right: &str) -> usize {
    left.chars().zip(right.chars()).take_while(|(left, right)| left == right).count()
}

/// What stands around a place of a line, which may be very long.
fn around(line: &str, at: usize) -> String {
    const BEFORE: usize = 120;
    const SHOWN: usize = 400;
    line.chars().skip(at.saturating_sub(BEFORE)).take(SHOWN).collect()
}

#[cfg(test)]
mod tests {
    use super::Outcome;

    fn outcome(stdout: &str, stderr: &str, exit: i32) -> Outcome {
        Outcome { stdout: stdout.into(), stderr: stderr.into(), exit }
    }

    #[test]
    fn the_first_difference_is_named() {
        let golden = outcome("a\nb\n", "w1\nw2\n", 0);
        assert_eq!(
            golden.difference(&outcome("a\nb\n", "w2\nw1\n", 0)),
            None,
            "logs have no order"
        );
        assert!(golden.difference(&outcome("a\nb\n", "w1\n", 0)).is_some());
        let difference = golden.difference(&outcome("a\nc\n", "", 0)).unwrap();
        assert_eq!(difference, "stdout line 2\n    Helm: \"b\"\n    ours: \"c\"");
        assert!(golden.difference(&outcome("a\nb", "", 0)).unwrap().contains("line 3"));
        assert_eq!(
            golden.difference(&outcome("", "Error: x\n", 1)).unwrap(),
            "exit 0 became 1: Error: x"
        );
        assert!(outcome("", "Error: x\n", 1).difference(&outcome("", "Error: y\n", 1)).is_some());
        assert!(outcome("", "a\nb\n", 1).difference(&outcome("", "b\na\n", 1)).is_some());
    }
}
