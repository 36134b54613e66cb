//! Errors of parsing and executing, in Go's words.

use crate::budget::Exceeded;
use thiserror::Error as ThisError;

/// A template that cannot be parsed or executed. Displays exactly as Go's error does:
/// `template: NAME:LINE:COL: executing "X" at <ACTION>: REASON`.
#[derive(Debug, ThisError)]
#[error("{message}")]
pub struct Error {
    /// Go's whole text, nested texts included.
    pub message: String,
    pub kind: ErrorKind,
    /// Template (parse name) in which it happened.
    pub template: String,
    /// From 1; 0 is unknown.
    pub line: u32,
    /// Byte column as Go gives it (from 0 in execution errors); 0 where Go gives none.
    pub column: u32,
    /// The action's text as Go shows it after `at <`; empty in parse errors.
    pub context: String,
    /// The failure of a template that this one was executing (`include`, `tpl`).
    #[source]
    pub source: Option<Box<Error>>,
}

/// What went wrong, for those who must tell apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ErrorKind {
    Parse,
    Execute,
    /// The host's `fail` or `required` spoke: the text is the chart author's.
    Exceeded(Exceeded),
}

impl Error {
    /// A limit met before anything was executed.
    pub(crate) fn exceeded(exceeded: Exceeded, file: &str) -> Self {
        Self {
            message: format!("template: {file}: {exceeded}"),
            kind: ErrorKind::Exceeded(exceeded),
            template: file.to_owned(),
            line: 0,
            column: 0,
            context: String::new(),
            source: None,
        }
    }

    /// Go's error for a name that no template of the set has.
    pub(crate) fn undefined(name: &str) -> Self {
        Self {
            message: format!(
                "template: no template {} associated with template \"gotpl\"",
                crate::fmt::quote(name.as_bytes())
            ),
            kind: ErrorKind::Execute,
            template: name.to_owned(),
            line: 0,
            column: 0,
            context: String::new(),
            source: None,
        }
    }
}
