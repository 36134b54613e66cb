//! Listens to the executor: what is printed where, and what was read for it.

use super::branches::Branches;
use super::lines::{Output, Piece};
use super::paths::{Id, Paths};
use super::{Files, Place, Provenance, Record};
use crate::render::Watch;
use finding::Path;
use gotemplate::{Branch, Condition, Entry, Observer, Site, Value};
use std::collections::HashMap;
use std::rc::Rc;

/// An output being written.
#[derive(Default)]
struct Open {
    pieces: Vec<Piece>,
    reads: Vec<Id>,
    inner: Vec<Output>,
    /// The `template` actions being executed, outermost first.
    callers: Vec<Place>,
    /// The action being executed, and the tracer's clock when it began.
    at: Place,
    began: u64,
}

#[derive(Default)]
pub(crate) struct Tracer {
    paths: Paths,
    /// Counts reads of parts.
    clock: u64,
    /// What the variables carry, by their slots.
    slots: Vec<Vec<Id>>,
    open: Vec<Open>,
    names: Files,
    file: String,
    /// `file` by number.
    main: u32,
    files: HashMap<String, Output>,
    last_reads: Vec<Id>,
    branches: Branches,
}

impl Tracer {
    fn place(&mut self, at: Site<'_>) -> Place {
        Place { file: self.names.number(at.file), line: at.line }
    }

    /// What was read since the action began is printed.
    fn written(&mut self) {
        if let Some(open) = self.open.last() {
            open.reads.iter().for_each(|id| self.paths.printed(*id, open.began));
        }
    }

    fn open(&mut self) -> &mut Open {
        if self.open.is_empty() {
            self.open.push(Open::default());
        }
        let last = self.open.len() - 1;
        &mut self.open[last]
    }

    pub(crate) fn finish(self) -> Provenance {
        let unread = self.paths.unread();
        let untaken = self.branches.untaken(&self.names, &self.paths);
        let record = Record { files: self.names, paths: self.paths, outputs: self.files };
        Provenance { record: Rc::new(record), unread, untaken }
    }
}

impl Watch for Tracer {
    fn values(&mut self, root: &Value) {
        self.paths = Paths::of(root);
    }

    fn file(&mut self, name: &str) {
        name.clone_into(&mut self.file);
        self.main = self.names.number(name);
        self.open.clear();
        self.slots.clear();
    }

    fn last_reads(&self) -> Vec<Path> {
        self.paths.paths(&self.last_reads)
    }
}

impl Observer for Tracer {
    fn enter(&mut self, entry: Entry, _name: &str, at: Site<'_>) {
        if entry == Entry::Template {
            let place = self.place(at);
            self.open().callers.push(place);
        } else {
            self.open.push(Open::default());
        }
    }

    fn leave(&mut self, entry: Entry, output: &[u8]) {
        if entry == Entry::Template {
            self.open().callers.pop();
            return;
        }
        let done = self.open.pop().unwrap_or_default();
        let output = Output { text: output.to_vec(), pieces: done.pieces };
        if entry == Entry::Main {
            let file = std::mem::take(&mut self.file);
            self.files.insert(file, output);
        } else {
            self.open().inner.push(output);
        }
    }

    fn action(&mut self, at: Site<'_>) {
        let (place, began) = (self.place(at), self.clock);
        let open = self.open();
        (open.at, open.began) = (place, began);
        open.reads.clear();
        open.inner.clear();
    }

    fn text(&mut self, at: Site<'_>, start: usize, end: usize) {
        let place = self.place(at);
        let open = self.open();
        let callers = open.callers.clone();
        open.pieces.push(Piece {
            start,
            end,
            place,
            callers,
            literal: true,
            reads: Vec::new(),
            inner: Vec::new(),
        });
    }

    fn printed(&mut self, at: Site<'_>, start: usize, end: usize) {
        self.written();
        let place = self.place(at);
        let open = self.open();
        let reads = std::mem::take(&mut open.reads);
        let inner = std::mem::take(&mut open.inner);
        if start < end {
            let callers = open.callers.clone();
            open.pieces.push(Piece { start, end, place, literal: false, callers, reads, inner });
        }
    }

    fn read(&mut self, _at: Site<'_>, from: &Value, key: &Value, _got: &Value) {
        self.clock += 1;
        let Some((parent, id)) = self.paths.read(from, key, self.clock) else { return };
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
        let key = (self.main, place.file, at.offset);
        let Some((open, outer)) = self.open.split_last() else { return };
        let chain = || {
            let own = std::iter::once(place).chain(open.callers.iter().rev().copied());
            let calls = outer.iter().rev().flat_map(|open| {
                std::iter::once(open.at).chain(open.callers.iter().rev().copied())
            });
            own.chain(calls).collect()
        };
        if open.inner.is_empty() {
            self.branches.decided(key, branch, taken, on, &open.reads, chain);
            return;
        }
        // What an `include` in the condition read decides, too.
        let mut reads = open.reads.clone();
        open.inner.iter().for_each(|output| output.all_reads(&mut reads));
        self.branches.decided(key, branch, taken, on, &reads, chain);
    }

    fn derived(&mut self, from: &Value, to: &Value) {
        self.paths.derived(from, to);
    }
}
