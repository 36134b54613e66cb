//! Listens to the executor: what is printed where, and what was read for it; keeps it file by file,
//! for the next render, too.

use super::branches::Branches;
use super::calls::{Calls, Chain};
use super::changes::Changes;
use super::kept::{Kept, KeptFile, Situation};
use super::lines::{self, Origins, Output, Piece, Told};
use super::paths::{Id, Paths};
use super::uses::{Use, Uses, unread};
use super::{Files, Place, Provenance, Record};
use crate::render::Watch;
use finding::Path;
use gotemplate::{Branch, Budget, Condition, Entry, Observer, Site, Spent, Value, Witness};
use serde_json::Value as Json;
use std::cell::OnceCell;
use std::collections::HashMap;
use std::ops::Range;
use std::rc::Rc;

/// An output being written.
#[derive(Default)]
struct Open {
    done: Output,
    /// What the action being executed has read.
    reads: Vec<Id>,
    /// How many of the outputs inside are those of the actions before.
    inner: usize,
    /// The `template` actions being executed.
    callers: Chain,
    /// The action being executed, and the tracer's clock when it began.
    at: Place,
    began: u64,
}

impl Open {
    /// Outputs of what the action being executed has included.
    fn inner(&self) -> &[Output] {
        self.done.inner.get(self.inner..).unwrap_or_default()
    }

    /// An action was printed, or it begins anew.
    fn forget(&mut self) {
        self.reads.clear();
        self.done.inner.truncate(self.inner);
    }

    fn piece(&mut self, place: Place, literal: bool, printed: Range<usize>) {
        let (reads, inner) = (self.done.reads.len(), self.inner);
        if !literal {
            self.done.reads.append(&mut self.reads);
            self.inner = self.done.inner.len();
        }
        self.done.pieces.push(Piece {
            start: printed.start,
            end: printed.end,
            place,
            literal,
            callers: self.callers,
            reads: reads..self.done.reads.len(),
            inner: inner..self.inner,
        });
    }
}

/// What was heard of one template file.
#[derive(Debug, Default)]
pub(super) struct FileTrace {
    output: Output,
    pub(super) calls: Calls,
    branches: Branches,
    uses: Vec<(Id, Use)>,
    lines: OnceCell<(Origins, Vec<usize>)>,
}

impl FileTrace {
    /// Where its lines came from, and where they start in what Helm leaves of it. What was worked
    /// out in an earlier render holds for as long as the file is kept.
    pub(super) fn lines(&self, told: &Told<'_>) -> &(Origins, Vec<usize>) {
        self.lines.get_or_init(|| {
            let shown = self.output.shown().replace("<no value>", "");
            (self.output.origins(told), lines::starts(&shown))
        })
    }
}

#[derive(Default)]
pub(crate) struct Tracer {
    names: Files,
    paths: Paths,
    /// Files of the last render that print what they printed.
    kept: HashMap<String, KeptFile>,
    /// The values of that render.
    before: Option<Json>,
    /// Watches the maps that templates share.
    witness: Rc<Witness>,
    /// A template changed such a map: what others see depends on when they are executed.
    changed: bool,
    /// Files taken over from the last render.
    reused: usize,
    files: Vec<(String, KeptFile)>,
    /// Counts reads of parts.
    clock: u64,
    /// What the variables carry, by their slots.
    slots: Vec<Vec<Id>>,
    open: Vec<Open>,
    /// The file being executed.
    output: Output,
    calls: Calls,
    branches: Branches,
    uses: Uses,
    last_reads: Vec<Id>,
}

impl Tracer {
    /// Goes on where the last render ended, if that is still of use.
    pub(crate) fn after(last: Option<Kept>, now: &Situation) -> Self {
        let Some((record, before, kept)) = last.and_then(|last| last.open(now)) else {
            return Self::default();
        };
        let Record { names, paths, .. } = record;
        Self { names, paths, kept, before: Some(before), ..Self::default() }
    }

    /// Whether files were taken over that another one has now taken the ground from.
    pub(crate) fn is_stale(&self) -> bool {
        self.changed && self.reused > 0
    }

    /// The provenance, and what the next render may go on from.
    pub(crate) fn finish(self, situation: Situation, values: &Json) -> (Provenance, Option<Kept>) {
        let mut paths = self.paths;
        paths.forget_values();
        let unread = unread(self.files.iter().map(|(_, file)| &file.trace.uses), &paths);
        let branches = self.files.iter().map(|(_, file)| &file.trace.branches);
        let untaken = branches.flat_map(|it| it.untaken(&self.names, &paths)).collect();
        let traces = self.files.iter().map(|(name, file)| (name.clone(), Rc::clone(&file.trace)));
        let traces = traces.collect();
        let written = std::iter::repeat_with(OnceCell::new).take(paths.len()).collect();
        let record = Rc::new(Record { names: self.names, paths, traces, written });
        let kept = (!self.changed).then(|| Kept {
            situation,
            values: values.clone(),
            record: Rc::clone(&record),
            files: self.files.into_iter().collect(),
        });
        (Provenance { record, unread, untaken }, kept)
    }

    fn place(&mut self, at: Site<'_>) -> Place {
        Place { file: self.names.number(at.file), line: at.line() }
    }

    /// What was read since the action began is printed.
    fn written(&mut self) {
        if let Some(open) = self.open.last() {
            open.reads.iter().for_each(|id| self.uses.printed(*id, open.began));
        }
    }

    fn open(&mut self) -> &mut Open {
        if self.open.is_empty() {
            self.open.push(Open::default());
        }
        let last = self.open.len() - 1;
        &mut self.open[last]
    }

    /// Watches what templates share beside the values, for changes only.
    fn watch_shared(&self, value: &Value) {
        match value {
            Value::Map(map) if map.watch(&self.witness, None) => {
                map.snapshot().iter().for_each(|(_, value)| self.watch_shared(value));
            }
            Value::List(list) => list.iter().for_each(|value| self.watch_shared(value)),
            _ => {}
        }
    }
}

impl Watch for Tracer {
    fn begin(&mut self, root: &Value, dots: &[Value], values: &Json) {
        self.paths.register(root, &self.witness);
        // Values that are in nobody's tree are not watched.
        let watched = |dot: &Value| match dot {
            Value::Map(dot) => dot.get(b"Values").is_some_and(|values| self.paths.holds(&values)),
            _ => false,
        };
        self.changed = !dots.iter().all(watched);
        dots.iter().for_each(|dot| self.watch_shared(dot));
        let Some(before) = &self.before else { return };
        let changes = Changes::between(before, values, &self.paths);
        self.kept.retain(|_, file| !changes.concern(&file.seen, &self.paths));
    }

    fn kept(&mut self, name: &str, budget: &mut Budget) -> Option<String> {
        if self.changed || !self.kept.get(name).is_some_and(|file| budget.afford(file.spent)) {
            return None;
        }
        let file = self.kept.remove(name)?;
        let text = file.text.clone();
        self.files.push((name.to_owned(), file));
        self.reused += 1;
        Some(text)
    }

    fn file(&mut self) {
        self.open.clear();
        self.slots.clear();
        self.branches = Branches::default();
        self.calls = Calls::default();
        self.paths.forget_derived();
        self.uses.take();
        // The executor itself has just put `.Template` into the shared dot.
        self.witness.take_changed();
        self.witness.take_seen();
    }

    fn ended(&mut self, name: &str, text: Option<&str>, spent: Spent) {
        self.changed |= self.witness.take_changed();
        let seen = self.witness.take_seen();
        let trace = FileTrace {
            output: std::mem::take(&mut self.output),
            calls: std::mem::take(&mut self.calls),
            branches: std::mem::take(&mut self.branches),
            uses: self.uses.take(),
            lines: OnceCell::new(),
        };
        let Some(text) = text else { return };
        let file = KeptFile { text: text.to_owned(), spent, seen, trace: Rc::new(trace) };
        self.files.push((name.to_owned(), file));
    }

    fn last_reads(&self) -> Vec<Path> {
        self.paths.paths(&self.last_reads)
    }
}

impl Observer for Tracer {
    fn enter(&mut self, entry: Entry, _name: &str, at: Site<'_>) {
        if entry == Entry::Template {
            let place = self.place(at);
            let outer = self.open().callers;
            self.open().callers = self.calls.push(outer, place);
        } else {
            self.open.push(Open::default());
        }
    }

    fn leave(&mut self, entry: Entry, output: &[u8]) {
        if entry == Entry::Template {
            let inner = self.open().callers;
            self.open().callers = self.calls.outer(inner);
            return;
        }
        let done = self.open.pop().unwrap_or_default().done;
        let output = Output { text: output.to_vec(), ..done };
        if entry == Entry::Main {
            self.output = output;
        } else {
            self.open().done.inner.push(output);
        }
    }

    fn action(&mut self, at: Site<'_>) {
        let (place, began) = (self.place(at), self.clock);
        let open = self.open();
        (open.at, open.began) = (place, began);
        open.forget();
    }

    fn text(&mut self, at: Site<'_>, start: usize, end: usize) {
        let place = self.place(at);
        self.open().piece(place, true, start..end);
    }

    fn printed(&mut self, at: Site<'_>, start: usize, end: usize) {
        self.written();
        let place = self.place(at);
        let open = self.open();
        if start < end {
            open.piece(place, false, start..end);
        } else {
            open.forget();
        }
    }

    fn read(&mut self, _at: Site<'_>, from: &Value, key: &Value, _got: &Value) {
        self.clock += 1;
        let Some((parent, id)) = self.paths.part(from, key) else { return };
        self.uses.part(parent, id, self.clock);
        let last_reads = &mut self.last_reads;
        if let Some(open) = self.open.last_mut() {
            // A step down a chain of fields takes the place of the step before.
            if open.reads.last() == Some(&parent) {
                open.reads.pop();
            }
            open.reads.push(id);
            last_reads.clone_from(&open.reads);
        }
    }

    fn assigned(&mut self, slot: usize) {
        if self.slots.len() <= slot {
            self.slots.resize(slot + 1, Vec::new());
        }
        if let (Some(open), Some(carried)) = (self.open.last(), self.slots.get_mut(slot)) {
            carried.clone_from(&open.reads);
        }
    }

    fn used(&mut self, slot: usize) {
        if let (Some(open), Some(carried)) = (self.open.last_mut(), self.slots.get(slot)) {
            open.reads.extend(carried);
        }
    }

    fn branch(&mut self, at: Site<'_>, branch: Branch, taken: bool, on: Condition<'_>) {
        let place = self.place(at);
        let key = (place.file, at.offset);
        let Some((open, outer)) = self.open.split_last() else { return };
        let calls = &self.calls;
        let chain = || {
            let own = std::iter::once(place).chain(calls.inside_out(open.callers));
            let calls = outer
                .iter()
                .rev()
                .flat_map(|open| std::iter::once(open.at).chain(calls.inside_out(open.callers)));
            own.chain(calls).collect()
        };
        if open.inner().is_empty() {
            self.branches.decided(key, branch, taken, on, &open.reads, chain);
            return;
        }
        // What an `include` in the condition read decides, too.
        let mut reads = open.reads.clone();
        open.inner().iter().for_each(|output| output.all_reads(&mut reads));
        self.branches.decided(key, branch, taken, on, &reads, chain);
    }

    fn derived(&mut self, from: &Value, to: &Value) {
        self.paths.derive(from, to);
    }
}
