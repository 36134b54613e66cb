//! The origin of each line of an output: which pieces of templates it is made of.

use super::paths::{Id, Paths};
use super::{Files, LineSource, Place};
use finding::Path;
use serde_json::Value as Json;

/// What the names and numbers in an output mean.
pub(super) struct Told<'t> {
    pub(super) files: &'t Files,
    pub(super) paths: &'t Paths,
    /// The values that the templates saw.
    pub(super) values: &'t Json,
}

impl Told<'_> {
    fn written(&self, id: Id) -> Vec<(String, LineSource)> {
        written(self.values, &self.paths.path(id))
    }
}

/// A piece of output.
#[derive(Debug)]
pub(super) struct Piece {
    pub(super) start: usize,
    pub(super) end: usize,
    /// The action's place; for literal text where it begins.
    pub(super) place: Place,
    /// Text as it stands in the template, line by line.
    pub(super) literal: bool,
    /// The `template` actions that led to it, outermost first.
    pub(super) callers: Vec<Place>,
    pub(super) reads: Vec<Id>,
    /// Outputs of the templates that the action included.
    pub(super) inner: Vec<Output>,
}

/// What one template printed.
#[derive(Debug, Default)]
pub(super) struct Output {
    pub(super) text: Vec<u8>,
    pub(super) pieces: Vec<Piece>,
}

impl Output {
    /// Everything that was read for it.
    pub(super) fn all_reads(&self, out: &mut Vec<Id>) {
        for piece in &self.pieces {
            out.extend(&piece.reads);
            piece.inner.iter().for_each(|output| output.all_reads(out));
        }
    }

    /// The origin of each line; lines of included outputs are found again by their text.
    pub(super) fn lines(&self, told: &Told<'_>) -> Vec<LineSource> {
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
            let opening = starts.partition_point(|start| *start <= piece.start).saturating_sub(1);
            let mut inner = Inner::of(piece, told);
            for at in first..last.max(first + 1).min(lines.len()) {
                let found = inner.find(texts[at].trim());
                let mut place = piece.place;
                if piece.literal {
                    place.line += at.saturating_sub(opening) as u32;
                }
                merge(&mut lines[at], piece, place, found, told);
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
    fn of(piece: &Piece, told: &Told<'_>) -> Self {
        let lines = piece.inner.iter().flat_map(|output| {
            let text = String::from_utf8_lossy(&output.text).into_owned();
            let sources = output.lines(told);
            let texts: Vec<String> = text.split('\n').map(|line| line.trim().to_owned()).collect();
            texts.into_iter().zip(sources)
        });
        let printed = piece.reads.iter().flat_map(|id| told.written(*id));
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

fn merge(
    line: &mut LineSource,
    piece: &Piece,
    place: Place,
    inner: Option<LineSource>,
    told: &Told<'_>,
) {
    let mut chain = Vec::new();
    let mut reads = Vec::new();
    if let Some(inner) = inner {
        chain.extend(inner.chain);
        reads.extend(inner.reads);
    }
    let places = std::iter::once(&place).chain(piece.callers.iter().rev());
    chain.extend(places.map(|place| told.files.text(*place)));
    // An action's own reads count for its lines only where nothing inside says more.
    if reads.is_empty() {
        reads.extend(told.paths.paths(&piece.reads));
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
