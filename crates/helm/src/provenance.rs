//! Where every line of a manifest came from: templates and values.
//!
//! Maps and lists of `.Values` are known again by their identity, so a value is traced through
//! variables, dicts and includes without marking it.

use crate::manifest::Manifest;
use crate::render::Watch;
use finding::Path;
use gotemplate::{Branch, Entry, Observer, Site, Value};
use serde_json::Value as Json;
use std::collections::{BTreeSet, HashMap};

/// Where one line came from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LineSource {
    /// `app/templates/x.yaml:12`, innermost first, callers after it.
    pub chain: Vec<String>,
    /// Values paths read for it.
    pub reads: Vec<Path>,
}

/// What a render told of itself.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Provenance {
    /// Lines of each manifest, then of each hook, in the order of the render.
    pub manifests: Vec<Vec<LineSource>>,
    /// Values that no template read.
    pub unread: Vec<Path>,
}

/// A piece of output.
struct Piece {
    start: usize,
    end: usize,
    place: String,
    reads: Vec<Path>,
    /// Outputs of the templates that the action included.
    inner: Vec<Output>,
}

/// What one template printed.
#[derive(Default)]
struct Output {
    text: Vec<u8>,
    pieces: Vec<Piece>,
}

/// An output being written.
#[derive(Default)]
struct Open {
    pieces: Vec<Piece>,
    reads: Vec<Path>,
    inner: Vec<Output>,
}

#[derive(Default)]
pub(crate) struct Tracer {
    paths: HashMap<usize, Path>,
    all: BTreeSet<Path>,
    read: BTreeSet<Path>,
    slots: HashMap<usize, Vec<Path>>,
    open: Vec<Open>,
    file: String,
    files: HashMap<String, Output>,
    last_reads: Vec<Path>,
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
                let all = output.lines(values);
                let text = String::from_utf8_lossy(&output.text);
                let before = text.get(..manifest.offset).unwrap_or_default();
                let skip = before.matches('\n').count();
                let count = manifest.text.split('\n').count();
                all.into_iter().skip(skip).take(count).collect()
            }
            None => Vec::new(),
        };
        let unread = self
            .all
            .iter()
            .filter(|path| !self.read.iter().any(|read| read.contains(path) && !read.is_root()));
        Provenance {
            manifests: manifests.iter().chain(hooks).map(lines).collect(),
            unread: unread.cloned().collect(),
        }
    }
}

impl Output {
    /// The origin of each line; lines of included outputs are found again by their text.
    fn lines(&self, values: &Json) -> Vec<LineSource> {
        let text = String::from_utf8_lossy(&self.text).into_owned();
        let texts: Vec<&str> = text.split('\n').collect();
        let mut lines = vec![LineSource::default(); texts.len()];
        let starts: Vec<usize> = texts
            .iter()
            .scan(0, |at, line| {
                let start = *at;
                *at += line.len() + 1;
                Some(start)
            })
            .collect();
        for piece in &self.pieces {
            // What begins with a line break (nindent) says nothing of the line before it.
            let printed = self.text.get(piece.start..piece.end).unwrap_or_default();
            let blanks = printed.iter().take_while(|byte| byte.is_ascii_whitespace()).count();
            let begin = piece.start + if blanks < printed.len() { blanks } else { 0 };
            let first = starts.partition_point(|start| *start <= begin).saturating_sub(1);
            let last = starts.partition_point(|start| *start < piece.end.max(piece.start + 1));
            let mut inner = Inner::of(piece, values);
            for at in first..last.max(first + 1).min(lines.len()) {
                let found = inner.find(texts[at].trim());
                merge(&mut lines[at], piece, found);
            }
        }
        lines
    }
}

/// Lines of the outputs that a piece is made of, met in order.
struct Inner {
    lines: Vec<(String, LineSource)>,
    at: usize,
}

impl Inner {
    fn of(piece: &Piece, values: &Json) -> Self {
        let lines = piece.inner.iter().flat_map(|output| {
            let text = String::from_utf8_lossy(&output.text).into_owned();
            let sources = output.lines(values);
            let texts: Vec<String> = text.split('\n').map(|line| line.trim().to_owned()).collect();
            texts.into_iter().zip(sources)
        });
        let printed = piece.reads.iter().flat_map(|path| written(values, path));
        let lines = lines.chain(printed).filter(|(text, _)| !text.is_empty());
        Self { lines: lines.collect(), at: 0 }
    }

    fn find(&mut self, text: &str) -> Option<LineSource> {
        if text.is_empty() {
            return None;
        }
        let rest = self.lines.get(self.at..)?;
        let found = rest.iter().position(|(line, _)| text.contains(line.as_str()))?;
        self.at += found + 1;
        rest.get(found).map(|(_, source)| source.clone())
    }
}

/// The lines that `toYaml` makes of a map or list of the values, each with the path it stands for.
fn written(values: &Json, path: &Path) -> Vec<(String, LineSource)> {
    let Some(value) = path.get(values).filter(|value| value.is_object() || value.is_array()) else {
        return Vec::new();
    };
    let Ok(text) = yaml::to_string(value) else { return Vec::new() };
    let Ok(Some(root)) = yaml::parse(&text) else { return Vec::new() };
    let mut paths = vec![path.clone(); text.lines().count()];
    place(&root, path, &mut paths);
    let line = |(text, path): (&str, Path)| {
        (text.trim().to_owned(), LineSource { chain: Vec::new(), reads: vec![path] })
    };
    text.lines().zip(paths).map(line).collect()
}

/// Gives every line that a node stands on its path, the deepest last.
fn place(node: &yaml::Node, path: &Path, paths: &mut [Path]) {
    for line in node.start.line..=node.end.line {
        if let Some(place) = paths.get_mut(line as usize) {
            *place = path.clone();
        }
    }
    match &node.kind {
        yaml::NodeKind::Mapping { pairs, .. } => {
            for (key, value) in pairs.iter() {
                let yaml::NodeKind::Scalar { value: name, .. } = &key.kind else { continue };
                let below = path.key(name.as_str());
                place(key, &below, paths);
                place(value, &below, paths);
            }
        }
        yaml::NodeKind::Sequence { items, .. } => {
            for (at, item) in items.iter().enumerate() {
                place(item, &path.index(at), paths);
            }
        }
        _ => {}
    }
}

fn merge(line: &mut LineSource, piece: &Piece, inner: Option<LineSource>) {
    let mut chain = Vec::new();
    let mut reads = Vec::new();
    if let Some(inner) = inner {
        chain.extend(inner.chain);
        reads.extend(inner.reads);
    }
    chain.push(piece.place.clone());
    // An action's own reads count for its lines only where nothing inside says more.
    if reads.is_empty() {
        reads.extend(piece.reads.iter().cloned());
    }
    if line.chain.is_empty() || !reads.is_empty() {
        for place in chain {
            if !line.chain.contains(&place) {
                line.chain.push(place);
            }
        }
    }
    for path in reads {
        if !line.reads.contains(&path) {
            line.reads.push(path);
        }
    }
}

impl Watch for Tracer {
    fn values(&mut self, root: &Value) {
        self.register(root, &Path::root());
    }

    fn file(&mut self, name: &str) {
        name.clone_into(&mut self.file);
        self.open.clear();
        self.slots.clear();
    }

    fn last_reads(&self) -> Vec<Path> {
        self.last_reads.clone()
    }
}

impl Observer for Tracer {
    fn enter(&mut self, entry: Entry, _name: &str, _at: Site<'_>) {
        if entry != Entry::Template {
            self.open.push(Open::default());
        }
    }

    fn leave(&mut self, entry: Entry, output: &[u8]) {
        if entry == Entry::Template {
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

    fn action(&mut self, _at: Site<'_>) {
        let open = self.open();
        open.reads.clear();
        open.inner.clear();
    }

    fn text(&mut self, at: Site<'_>, start: usize, end: usize) {
        let place = format!("{}:{}", at.file, at.line);
        let piece = Piece { start, end, place, reads: Vec::new(), inner: Vec::new() };
        self.open().pieces.push(piece);
    }

    fn printed(&mut self, at: Site<'_>, start: usize, end: usize) {
        let open = self.open();
        let reads = std::mem::take(&mut open.reads);
        let inner = std::mem::take(&mut open.inner);
        if start < end {
            let place = format!("{}:{}", at.file, at.line);
            open.pieces.push(Piece { start, end, place, reads, inner });
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

    fn branch(&mut self, _at: Site<'_>, _branch: Branch, _taken: bool) {}

    fn derived(&mut self, from: &Value, to: &Value) {
        let (Some(from), Some(to)) = (identity(from), identity(to)) else { return };
        if let Some(path) = self.paths.get(&from).cloned() {
            self.paths.entry(to).or_insert(path);
        }
    }
}
