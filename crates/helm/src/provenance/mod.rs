//! Where every line of a manifest came from: templates and values; and what did not happen:
//! values that nobody read, branches that were not taken.
//!
//! `tracer` listens to the executor, `lines` finds the lines again in what was printed, `branches`
//! keeps the decisions. Maps and lists of `.Values` are known again by their identity, so a value
//! is traced through variables, dicts and includes without marking it.

mod branches;
mod lines;
mod tracer;

use finding::Path;
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

/// What a render told of itself.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Provenance {
    /// Lines of each manifest, then of each hook, in the order of the render.
    pub manifests: Vec<Vec<LineSource>>,
    /// Values that no template read.
    pub unread: Vec<Path>,
    /// Branches not taken, file by file as the templates were executed.
    pub untaken: Vec<Untaken>,
}

/// A line of a template: file by its number in [`Files`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
struct Place {
    file: u32,
    line: u32,
}

/// Names of template files by number, so that a place costs nothing to keep.
#[derive(Default)]
struct Files {
    names: Vec<String>,
    /// The file asked for last: most events come from the same.
    last: u32,
}

impl Files {
    fn number(&mut self, name: &str) -> u32 {
        if self.names.get(self.last as usize).is_some_and(|last| last == name) {
            return self.last;
        }
        let known = self.names.iter().position(|known| known == name);
        let at = known.unwrap_or_else(|| {
            self.names.push(name.to_owned());
            self.names.len() - 1
        });
        self.last = at as u32;
        self.last
    }

    fn text(&self, place: Place) -> String {
        let name = self.names.get(place.file as usize).map_or("", String::as_str);
        format!("{name}:{}", place.line)
    }
}
