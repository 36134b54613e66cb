//! Where every line of a manifest came from: templates and values; and what did not happen:
//! values that nobody read, branches that were not taken.
//!
//! `tracer` listens to the executor, `lines` finds the lines again in what was printed (or in what
//! `toYaml` writes of a value: `written`), `branches` keeps the decisions, `calls` who called whom,
//! `uses` what was read. `kept` carries a render's files over to the next one where `changes` shows
//! that they saw nothing of what is new. Maps and lists of `.Values` are known again by their
//! identity, so a value is traced through variables, dicts and includes without marking it.

mod branches;
mod calls;
mod changes;
mod kept;
mod lines;
mod paths;
mod tracer;
mod uses;
mod written;

use crate::manifest::Manifest;
use finding::Path;
use lines::{Origin, Told};
use paths::Paths;
use serde_json::Value as Json;
use std::cell::OnceCell;
use std::collections::HashMap;
use std::fmt::Write;
use std::rc::Rc;
use tracer::FileTrace;
use written::Written;

pub(crate) use kept::{Kept, Situation};
pub(crate) use tracer::Tracer;

/// Where one line came from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LineSource {
    /// `app/templates/x.yaml:12`, innermost first, callers after it (`include`, `template`, `tpl`).
    pub chain: Vec<String>,
    /// Values paths read for it.
    pub reads: Vec<Path>,
}

/// A way that no execution went.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Untaken {
    /// The decision's place and its callers, as in [`LineSource::chain`].
    pub chain: Vec<String>,
    /// `if`, `with` or `range`.
    pub keyword: &'static str,
    /// The pipeline decided on, as Go prints it.
    pub condition: String,
    /// What the condition must become for this way: true for the body (for `range`: something to
    /// go over), false for its `else`.
    pub wants: bool,
    /// Values paths read for the condition.
    pub reads: Vec<Path>,
}

/// What a render told of itself. Where its lines came from is worked out when it is asked
/// ([`crate::Rendered::lines`]): most manifests of a render look as they did before.
#[derive(Clone, Debug, Default)]
pub struct Provenance {
    record: Rc<Record>,
    /// Values that no template read.
    pub unread: Vec<Path>,
    /// Branches not taken, file by file as the templates were executed.
    pub untaken: Vec<Untaken>,
}

/// What the tracer heard, and what has been worked out of it.
#[derive(Debug, Default)]
struct Record {
    names: Files,
    paths: Paths,
    /// By template file.
    traces: HashMap<String, Rc<FileTrace>>,
    /// By path: its value as `toYaml` writes it.
    written: Vec<OnceCell<Written>>,
}

impl Record {
    /// More paths than any values have: values come and go while a person types.
    const CROWDED: usize = 100_000;

    fn is_crowded(&self) -> bool {
        self.paths.len() > Self::CROWDED
    }

    fn source(&self, (places, reads): Origin<'_>) -> LineSource {
        LineSource {
            chain: places.iter().map(|place| self.names.text(*place)).collect(),
            reads: self.paths.paths(reads),
        }
    }
}

impl Provenance {
    /// The origins of a manifest's lines; `values` are those that the templates saw.
    pub(crate) fn lines(&self, manifest: &Manifest, values: &Json) -> Vec<LineSource> {
        let record = &*self.record;
        let Some(trace) = record.traces.get(&manifest.source) else { return Vec::new() };
        let told =
            Told { paths: &record.paths, calls: &trace.calls, values, written: &record.written };
        let (origins, starts) = trace.lines(&told);
        let skip = starts.partition_point(|start| *start <= manifest.offset).saturating_sub(1);
        let count = manifest.text.split('\n').count();
        let lines = (skip..skip + count).map_while(|line| origins.line(line));
        lines.map(|origin| record.source(origin)).collect()
    }
}

/// A line of a template: file by its number in [`Files`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
struct Place {
    file: u32,
    line: u32,
}

/// Names of template files by number, so that a place costs nothing to keep.
#[derive(Debug, Default)]
struct Files {
    names: Vec<String>,
    numbers: HashMap<String, u32>,
    /// The file asked for last: most events come from the same.
    last: u32,
}

impl Files {
    fn number(&mut self, name: &str) -> u32 {
        if self.names.get(self.last as usize).is_some_and(|last| last == name) {
            return self.last;
        }
        let known = self.numbers.get(name).copied();
        self.last = known.unwrap_or_else(|| {
            let number = self.names.len() as u32;
            self.names.push(name.to_owned());
            self.numbers.insert(name.to_owned(), number);
            number
        });
        self.last
    }

    fn text(&self, place: Place) -> String {
        let name = self.names.get(place.file as usize).map_or("", String::as_str);
        let mut text = String::with_capacity(name.len() + 6);
        // Writing to a string cannot fail.
        let _ = write!(text, "{name}:{}", place.line);
        text
    }
}
