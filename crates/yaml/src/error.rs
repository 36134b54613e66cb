//! What is wrong with a text, in go-yaml's words.

use crate::node::Mark;
use thiserror::Error as ThisError;

/// A text that is not YAML, or not what Helm takes. Displays as `sigs.k8s.io/yaml` reports it.
#[derive(Clone, Debug, PartialEq, Eq, ThisError)]
#[error("error converting YAML to JSON: {message}")]
pub struct Error {
    /// go-yaml's text: `yaml: line 2: mapping values are not allowed in this context`.
    pub message: String,
    /// From 1; 0 is unknown.
    pub line: u32,
    /// From 1; 0 is unknown.
    pub column: u32,
}

impl Error {
    pub(crate) fn new(message: impl Into<String>, mark: Mark) -> Self {
        Self { message: message.into(), line: mark.line + 1, column: mark.column + 1 }
    }

    /// A scanner's problem: go-yaml counts its lines from 1.
    pub(crate) fn scan(problem: &str, mark: Mark) -> Self {
        Self::at_line(problem, mark, if mark.line == 0 { 0 } else { mark.line + 1 })
    }

    /// A parser's problem: go-yaml counts its lines from 0 and leaves the first out.
    pub(crate) fn parse(problem: &str, mark: Mark) -> Self {
        Self::at_line(problem, mark, mark.line)
    }

    fn at_line(problem: &str, mark: Mark, line: u32) -> Self {
        let place = if line == 0 { String::new() } else { format!("line {line}: ") };
        Self::new(format!("yaml: {place}{problem}"), mark)
    }
}
