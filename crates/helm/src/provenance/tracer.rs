//! Listens to the executor: what is printed where, and what was read for it.

use super::branches::Branches;
use super::lines::{Output, Piece};
use super::{Files, Place, Provenance};
use crate::manifest::Manifest;
use crate::render::Watch;
use finding::Path;
use gotemplate::{Branch, Condition, Entry, Observer, Site, Value};
use serde_json::Value as Json;
use std::collections::{BTreeSet, HashMap};

/// An output being written.
#[derive(Default)]
struct Open {
    pieces: Vec<Piece>,
    reads: Vec<Path>,
    inner: Vec<Output>,
    /// The `template` actions being executed, outermost first.
    callers: Vec<Place>,
    /// The action being executed, and the tracer's clock when it began.
    at: Place,
    began: u64,
}

#[derive(Default)]
pub(crate) struct Tracer {
    paths: HashMap<usize, Path>,
    all: BTreeSet<Path>,
    read: BTreeSet<Path>,
    /// What was printed whole.
    whole: BTreeSet<Path>,
    /// When a part of a map or list was read last, by the clock.
    parted: HashMap<Path, u64>,
    /// Counts reads of parts.
    clock: u64,
    slots: HashMap<usize, Vec<Path>>,
    open: Vec<Open>,
    names: Files,
    file: String,
    /// `file` by number.
    main: u32,
    files: HashMap<String, Output>,
    last_reads: Vec<Path>,
    branches: Branches,
}

fn identity(value: &Value) -> Option<usize> {
    match value {
        Value::Map(map) => Some(map.identity()),
        Value::List(list) if !list.is_empty() => Some(list.identity()),
        _ => None,
    }
}

impl Tracer {
    /// Gives every map and list below `value` its path; lists the leaves.
    fn register(&mut self, value: &Value, path: &Path) {
        if let Some(identity) = identity(value) {
            self.paths.insert(identity, path.clone());
        }
        match value {
            Value::Map(map) if !map.is_empty() => {
                for (key, value) in map.snapshot() {
                    self.register(&value, &path.key(key.to_str_lossy()));
                }
            }
            Value::List(list) if !list.is_empty() => {
                for (at, value) in list.iter().enumerate() {
                    self.register(value, &path.index(at));
                }
            }
            _ => {
                self.all.insert(path.clone());
            }
        }
    }

    fn place(&mut self, at: Site<'_>) -> Place {
        Place { file: self.names.number(at.file), line: at.line }
    }

    /// A place and the `template` actions that led to it in this output.
    fn places(&mut self, at: Site<'_>) -> Vec<Place> {
        let place = self.place(at);
        std::iter::once(place).chain(self.open().callers.iter().rev().copied()).collect()
    }

    /// What was read since the action began is printed: maps and lists that nobody took a part
    /// of meanwhile are written whole.
    fn written(&mut self) {
        let Some(open) = self.open.last() else { return };
        let began = open.began;
        let parted = |path: &&Path| self.parted.get(*path).is_some_and(|when| *when > began);
        let whole: Vec<Path> = open.reads.iter().filter(|path| !parted(path)).cloned().collect();
        self.whole.extend(whole);
    }

    fn open(&mut self) -> &mut Open {
        if self.open.is_empty() {
            self.open.push(Open::default());
        }
        let last = self.open.len() - 1;
        &mut self.open[last]
    }

    pub(crate) fn finish(
        self,
        values: &Json,
        manifests: &[Manifest],
        hooks: &[Manifest],
    ) -> Provenance {
        let lines = |manifest: &Manifest| match self.files.get(&manifest.source) {
            Some(output) => {
                let all = output.lines(values, &self.names);
                let text = String::from_utf8_lossy(&output.text);
                let before = text.get(..manifest.offset).unwrap_or_default();
                let skip = before.matches('\n').count();
                let count = manifest.text.split('\n').count();
                all.into_iter().skip(skip).take(count).collect()
            }
            None => Vec::new(),
        };
        let manifests = manifests.iter().chain(hooks).map(lines).collect();
        let whole = |path: &Path| self.read.contains(path) || self.whole.contains(path);
        let unread = self.all.iter().filter(|path| {
            let mut above = Some((*path).clone());
            while let Some(path) = above.take().filter(|path| !path.is_root()) {
                if whole(&path) {
                    return false;
                }
                above = path.parent();
            }
            true
        });
        let unread = unread.cloned().collect();
        Provenance { manifests, unread, untaken: self.branches.untaken(&self.names) }
    }
}

impl Watch for Tracer {
    fn values(&mut self, root: &Value) {
        self.register(root, &Path::root());
    }

    fn file(&mut self, name: &str) {
        name.clone_into(&mut self.file);
        self.main = self.names.number(name);
        self.open.clear();
        self.slots.clear();
    }

    fn last_reads(&self) -> Vec<Path> {
        self.last_reads.clone()
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
        let places = self.places(at);
        let piece = Piece { start, end, places, reads: Vec::new(), inner: Vec::new() };
        self.open().pieces.push(piece);
    }

    fn printed(&mut self, at: Site<'_>, start: usize, end: usize) {
        self.written();
        let places = self.places(at);
        let open = self.open();
        let reads = std::mem::take(&mut open.reads);
        let inner = std::mem::take(&mut open.inner);
        if start < end {
            open.pieces.push(Piece { start, end, places, reads, inner });
        }
    }

    fn read(&mut self, _at: Site<'_>, from: &Value, key: &Value, _got: &Value) {
        let Some(parent) = identity(from).and_then(|identity| self.paths.get(&identity)) else {
            return;
        };
        let parent = parent.clone();
        let path = match key {
            Value::String(name) => parent.key(name.to_str_lossy()),
            Value::Int(at, _) => parent.index(usize::try_from(*at).unwrap_or(0)),
            _ => return,
        };
        self.read.remove(&parent);
        self.clock += 1;
        match self.parted.get_mut(&parent) {
            Some(when) => *when = self.clock,
            None => {
                self.parted.insert(parent.clone(), self.clock);
            }
        }
        self.read.insert(path.clone());
        let open = self.open();
        // A step down a chain of fields takes the place of the step before.
        if open.reads.last() == Some(&parent) {
            open.reads.pop();
        }
        open.reads.push(path);
        self.last_reads = self.open().reads.clone();
    }

    fn assigned(&mut self, slot: usize) {
        let reads = self.open().reads.clone();
        self.slots.insert(slot, reads);
    }

    fn used(&mut self, slot: usize) {
        if let Some(reads) = self.slots.get(&slot).cloned() {
            self.open().reads.extend(reads);
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
        let (Some(from), Some(to)) = (identity(from), identity(to)) else { return };
        if let Some(path) = self.paths.get(&from).cloned() {
            self.paths.entry(to).or_insert(path);
        }
    }
}
