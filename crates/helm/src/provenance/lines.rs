//! The origin of each line of an output: which pieces of templates it is made of.
//!
//! Worked out on numbers alone, file by file and only when it is asked; `mod` puts names to them.

use super::Place;
use super::calls::{Calls, Chain};
use super::paths::{Id, Paths};
use super::written::{self, Written};
use serde_json::Value as Json;
use std::borrow::Cow;
use std::cell::OnceCell;
use std::ops::Range;

/// What the numbers in an output mean, and what was worked out of them before.
pub(super) struct Told<'t> {
    pub(super) paths: &'t Paths,
    pub(super) calls: &'t Calls,
    /// The values that the templates saw.
    pub(super) values: &'t Json,
    /// By path: its value as `toYaml` writes it.
    pub(super) written: &'t [OnceCell<Written>],
}

impl<'t> Told<'t> {
    fn written(&self, id: Id) -> Option<&'t Written> {
        let written = self.written.get(id as usize)?;
        Some(written.get_or_init(|| written::of(self.values, self.paths, id)))
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
    /// The `template` actions that led to it.
    pub(super) callers: Chain,
    /// Which of the output's reads it was made of.
    pub(super) reads: Range<usize>,
    /// Which of the output's inner ones the action included.
    pub(super) inner: Range<usize>,
}

/// What one template printed.
#[derive(Debug, Default)]
pub(super) struct Output {
    pub(super) text: Vec<u8>,
    pub(super) pieces: Vec<Piece>,
    /// What was read, piece by piece.
    pub(super) reads: Vec<Id>,
    /// Outputs of the templates that were included, piece by piece.
    pub(super) inner: Vec<Output>,
}

impl Output {
    /// Everything that was read for it.
    pub(super) fn all_reads(&self, out: &mut Vec<Id>) {
        for piece in &self.pieces {
            out.extend(self.reads_of(piece));
            self.inner_of(piece).iter().for_each(|output| output.all_reads(out));
        }
    }

    fn reads_of(&self, piece: &Piece) -> &[Id] {
        self.reads.get(piece.reads.clone()).unwrap_or_default()
    }

    fn inner_of(&self, piece: &Piece) -> &[Self] {
        self.inner.get(piece.inner.clone()).unwrap_or_default()
    }

    /// Its lines, as [`Output::origins`] counts them.
    pub(super) fn shown(&self) -> Cow<'_, str> {
        // The check of a whole text is much faster than the search for what to replace.
        match std::str::from_utf8(&self.text) {
            Ok(text) => Cow::Borrowed(text),
            Err(_) => String::from_utf8_lossy(&self.text),
        }
    }

    /// The lines that a piece says something of; it begins on line `opening`.
    fn lines_of(&self, piece: &Piece, starts: &[usize], opening: usize) -> Range<usize> {
        // What begins with a line break (nindent) says nothing of the line before it.
        let printed = self.text.get(piece.start..piece.end).unwrap_or_default();
        let blanks = printed.iter().take_while(|byte| byte.is_ascii_whitespace()).count();
        let begin = piece.start + if blanks < printed.len() { blanks } else { 0 };
        let first = lines_to(starts, opening, begin).saturating_sub(1);
        let last = lines_to(starts, first, piece.end.max(piece.start + 1) - 1);
        first..last.max(first + 1).min(starts.len())
    }

    /// The origin of each line; lines of included outputs are found again by their text.
    pub(super) fn origins(&self, told: &Told<'_>) -> Origins {
        let text = self.shown();
        let starts = starts(&text);
        let line = |at: usize| {
            let (start, next) = (starts.get(at).copied(), starts.get(at + 1).map(|next| next - 1));
            text.get(start.unwrap_or(text.len())..next.unwrap_or(text.len())).unwrap_or_default()
        };
        let mut origins = Origins::default();
        // Pieces stand in the order of the text: each begins where the one before ended, or later.
        let mut opening = 0;
        for piece in &self.pieces {
            opening = lines_to(&starts, opening, piece.start).saturating_sub(1);
            let reads = self.reads_of(piece);
            let inside = self.inner_of(piece).iter();
            let inside: Vec<_> =
                inside.map(|output| (output.shown(), output.origins(told))).collect();
            let mut inner = inner(&inside, reads, told);
            for at in self.lines_of(piece, &starts, opening) {
                origins.go_to(at);
                let found = inner.find(line(at).trim_ascii());
                let mut place = piece.place;
                if piece.literal {
                    place.line += at.saturating_sub(opening) as u32;
                }
                let places = std::iter::once(place).chain(told.calls.inside_out(piece.callers));
                origins.merge(found, places, reads);
            }
        }
        origins.go_to(starts.len());
        origins
    }
}

/// How many lines start at this byte or before; those before `from` do.
fn lines_to(starts: &[usize], from: usize, offset: usize) -> usize {
    let rest = starts.get(from..).unwrap_or_default();
    from + rest.iter().take_while(|start| **start <= offset).count()
}

/// The bytes that lines start at.
pub(super) fn starts(text: &str) -> Vec<usize> {
    std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect()
}

/// Where lines come from, all in one row: a line's own begin where those of the line before end.
#[derive(Debug, Default)]
pub(super) struct Origins {
    places: Vec<Place>,
    reads: Vec<Id>,
    /// The ends of each line's places and reads; the line being written has none yet.
    ends: Vec<(usize, usize)>,
}

/// Where one line comes from: places, the innermost first, and what was read.
pub(super) type Origin<'o> = (&'o [Place], &'o [Id]);

impl Origins {
    fn begin(&self, line: usize) -> (usize, usize) {
        let before = line.checked_sub(1).and_then(|before| self.ends.get(before));
        before.copied().unwrap_or_default()
    }

    pub(super) fn line(&self, line: usize) -> Option<Origin<'_>> {
        let ((places, reads), ends) = (self.begin(line), self.ends.get(line)?);
        Some((self.places.get(places..ends.0)?, self.reads.get(reads..ends.1)?))
    }

    /// Ends the lines before this one.
    fn go_to(&mut self, line: usize) {
        while self.ends.len() < line {
            self.ends.push((self.places.len(), self.reads.len()));
        }
    }

    /// Adds to the line being written what one piece says of it.
    fn merge(
        &mut self,
        found: Option<Origin<'_>>,
        around: impl Iterator<Item = Place>,
        read: &[Id],
    ) {
        let (inside, reads) = found.unwrap_or_default();
        // An action's own reads count for its lines only where nothing inside says more.
        let reads = if reads.is_empty() { read } else { reads };
        let (places_begin, reads_begin) = self.begin(self.ends.len());
        if self.places.len() == places_begin || !reads.is_empty() {
            for place in inside.iter().copied().chain(around) {
                add(&mut self.places, places_begin, place);
            }
        }
        reads.iter().for_each(|id| add(&mut self.reads, reads_begin, *id));
    }
}

/// Adds what is not there yet from `begin` on.
fn add<T: PartialEq>(all: &mut Vec<T>, begin: usize, new: T) {
    if !all.get(begin..).is_some_and(|known| known.contains(&new)) {
        all.push(new);
    }
}

/// A line that a piece may be made of.
type Candidate<'c> = (&'c str, Origin<'c>);

/// The lines that a piece may be made of, met in order: what is behind a line found is left.
struct Inner<'c, I: Iterator<Item = Candidate<'c>>> {
    /// Looked at, and not what was looked for.
    passed: Vec<Candidate<'c>>,
    at: usize,
    rest: I,
}

/// Those of the outputs that it includes, then those that `toYaml` makes of what it read.
fn inner<'c>(
    outputs: &'c [(Cow<'c, str>, Origins)],
    reads: &'c [Id],
    told: &'c Told<'c>,
) -> Inner<'c, impl Iterator<Item = Candidate<'c>>> {
    let included = outputs.iter().flat_map(|(text, origins)| {
        text.split('\n')
            .enumerate()
            .filter_map(|(at, line)| Some((line.trim_ascii(), origins.line(at)?)))
    });
    let written = reads.iter().filter_map(|id| told.written(*id)).flat_map(Written::lines);
    let written = written.map(|(line, id)| (line, ([].as_slice(), std::slice::from_ref(id))));
    let rest = included.chain(written).filter(|(line, _)| !line.is_empty());
    Inner { passed: Vec::new(), at: 0, rest }
}

impl<'c, I: Iterator<Item = Candidate<'c>>> Inner<'c, I> {
    /// The next line that stands in this one.
    fn find(&mut self, text: &str) -> Option<Origin<'c>> {
        if text.is_empty() {
            return None;
        }
        let passed = self.passed.get(self.at..).unwrap_or_default();
        if let Some(found) = passed.iter().position(|(line, _)| holds(text, line)) {
            self.at += found + 1;
            return passed.get(found).map(|(_, origin)| *origin);
        }
        for (line, origin) in self.rest.by_ref() {
            if holds(text, line) {
                self.passed.clear();
                self.at = 0;
                return Some(origin);
            }
            self.passed.push((line, origin));
        }
        None
    }
}

/// `text.contains(line)`, faster where they are the same or cannot be.
fn holds(text: &str, line: &str) -> bool {
    line.len() <= text.len() && (text.starts_with(line) || text.contains(line))
}
