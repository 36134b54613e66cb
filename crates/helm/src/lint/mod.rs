//! `helm lint`: what is wrong with a chart's files, in Helm's words, severities and order.
//!
//! One file a rule set, as Helm has them: Chart.yaml (`chartfile`), values.yaml (`values`), the
//! templates and what they print (`templates`), dependencies, CRDs. Lint reads files instead of a
//! loaded [`Chart`](crate::Chart): the charts that need it most do not load.

mod chartfile;
mod contacts;
mod crds;
mod dependencies;
mod deprecated;
mod documents;
mod names;
mod templates;
mod values;

use crate::chart::File;
use crate::load::{LoadError, load_any_version};
use crate::{Chart, Limits, LogLine};
use serde_json::Value as Json;
use sprig::World;
use std::fmt;
use std::rc::Rc;

/// How bad it is; `--strict` fails from [`Severity::Warning`] on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    Info,
    Warning,
    Error,
}

impl fmt::Display for Severity {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::Info => "INFO",
            Self::Warning => "WARNING",
            Self::Error => "ERROR",
        })
    }
}

/// One finding; printed as Helm prints it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LintMessage {
    pub severity: Severity,
    /// The file or folder it is about; the chart's whole folder for dependencies, empty where
    /// the chart does not load.
    pub path: String,
    pub text: String,
}

impl fmt::Display for LintMessage {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "[{}] {}: {}", self.severity, self.path, self.text)
    }
}

/// How to lint.
#[derive(Clone, Debug, Default)]
pub struct LintOptions {
    /// The chart's absolute folder, which some messages name.
    pub folder: String,
    /// `.Release.Namespace`; empty is `default`.
    pub namespace: String,
    /// `--kube-version`.
    pub kube_version: Option<String>,
    /// `--skip-schema-validation`.
    pub skip_schema: bool,
    /// Numbers that `--set` gave: int64 in templates.
    pub integers: Vec<finding::Path>,
    pub limits: Limits,
}

/// Lints the files of a chart's folder ([`Chart::raw`] of a loaded chart; a name that ends in `/`
/// is an empty folder), with `given` (all `-f` and `--set` laid together) over its values. What Helm
/// logs meanwhile goes to `log`.
pub fn lint(
    files: &[File],
    given: &Json,
    world: &Rc<dyn World>,
    options: &LintOptions,
    log: &mut Vec<LogLine>,
) -> Vec<LintMessage> {
    let mut linter = Linter { files, messages: Vec::new() };
    chartfile::run(&mut linter, options);
    values::run(&mut linter, given, options);
    let chart = load_any_version(files.to_vec(), &options.limits);
    templates::run(&mut linter, &chart, given, world, options, log);
    dependencies::run(&mut linter, &chart, options);
    crds::run(&mut linter, &chart);
    linter.messages
}

/// The chart, or why there is none.
type Loaded = Result<Chart, LoadError>;

struct Linter<'f> {
    files: &'f [File],
    messages: Vec<LintMessage>,
}

impl<'f> Linter<'f> {
    fn say(&mut self, severity: Severity, path: &str, text: impl Into<String>) {
        self.messages.push(LintMessage { severity, path: path.to_owned(), text: text.into() });
    }

    /// Says what a rule found wrong; whether it found nothing.
    fn rule(&mut self, severity: Severity, path: &str, outcome: Result<(), String>) -> bool {
        match outcome {
            Ok(()) => true,
            Err(text) => {
                self.say(severity, path, text);
                false
            }
        }
    }

    fn file(&self, name: &str) -> Option<&'f File> {
        self.files.iter().find(|file| file.name == name)
    }

    fn is_folder(&self, name: &str) -> bool {
        let inside =
            |file: &File| file.name.strip_prefix(name).is_some_and(|rest| rest.starts_with('/'));
        self.files.iter().any(inside)
    }
}
