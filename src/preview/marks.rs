//! What is to be told of a manifest's lines besides their text: where they came from, whether the
//! field with the focus is in them, and what is searched for.

use super::find::Find;
use crate::workspace::{Shown, Workspace};
use leptos::prelude::*;
use session::{ManifestView, Origins, Path};
use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

/// Time that requests for origins are gathered for.
const GATHER: Duration = Duration::from_millis(60);

/// One manifest's lines, as its blocks read them.
#[derive(Clone, Copy)]
pub struct Lines {
    pub(super) key: u32,
    pub(super) view: Memo<Arc<ManifestView>>,
    /// Where each line begins.
    starts: Memo<Arc<Vec<usize>>>,
    /// Of this very text; `None` until they are told.
    origins: Memo<Option<Arc<Origins>>>,
    /// For each set of values that lines read, whether the field with the focus is in it.
    touched: Memo<Arc<Vec<bool>>>,
    /// Lines that hold what is searched for.
    hits: Memo<Arc<Vec<usize>>>,
    /// The one of them that the person is at.
    current: Memo<Option<usize>>,
}

/// What is to be told of one line.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Mark {
    pub(super) marked: bool,
    pub(super) found: bool,
    pub(super) current: bool,
}

impl Lines {
    pub(super) fn of(workspace: Workspace, key: u32, shown: Shown) -> Self {
        let view = Memo::new_with_compare(
            move |_| shown.get(),
            |old: Option<&Arc<ManifestView>>, new: Option<&Arc<ManifestView>>| match (old, new) {
                (Some(old), Some(new)) => !Arc::ptr_eq(old, new),
                _ => true,
            },
        );
        let starts = Memo::new(move |_| view.with(|view| Arc::new(starts(&view.text))));
        let origins = Memo::new(move |_| {
            let digest = view.with(|view| view.head.digest);
            workspace
                .origins
                .with(|known| known.get(&key).filter(|it| it.digest == digest).cloned())
        });
        ask(workspace, key, view, origins);
        let touched = Memo::new(move |_| {
            let Some(origins) = origins.get() else { return Arc::default() };
            let touches = |reads: &Vec<Path>, path: &Path| {
                reads.iter().any(|read| !read.is_root() && read.contains(path))
            };
            workspace.focus.with(|focus| {
                let touched = |reads| focus.as_ref().is_some_and(|path| touches(reads, path));
                Arc::new(origins.reads.iter().map(touched).collect())
            })
        });
        let find = expect_context::<Find>();
        let hits = Memo::new(move |_| find.hits.with(|hits| hits.of(key)));
        let current = Memo::new(move |_| {
            let line = workspace.line.get().filter(|line| line.key == key);
            line.map(|line| line.line)
        });
        Self { key, view, starts, origins, touched, hits, current }
    }

    pub(super) fn count(&self) -> usize {
        self.starts.with(|starts| starts.len())
    }

    /// The texts of some lines.
    pub(super) fn texts<T>(
        &self,
        range: std::ops::Range<usize>,
        each: impl FnMut(&str) -> T,
    ) -> Vec<T> {
        let starts = self.starts.get();
        self.view.with(|view| {
            let end = |at: usize| starts.get(at + 1).map_or(view.text.len(), |next| next - 1);
            let lines = range.start..range.end.min(starts.len());
            let text = |at: usize| view.text.get(starts[at]..end(at)).unwrap_or_default();
            lines.map(text).map(each).collect()
        })
    }

    /// What is to be told of a line.
    pub(super) fn mark(&self, line: usize) -> Mark {
        let set = self.origins.with(|origins| {
            origins.as_ref().and_then(|origins| origins.lines.get(line)).map(|it| it.1 as usize)
        });
        let touched = |set: usize| self.touched.with(|all| all.get(set).copied());
        Mark {
            marked: set.and_then(touched).unwrap_or_default(),
            found: self.hits.with(|hits| hits.binary_search(&line).is_ok()),
            current: self.current.get() == Some(line),
        }
    }

    /// The values that a line read.
    pub(super) fn reads(&self, line: usize) -> BTreeSet<Path> {
        self.origins.with_untracked(|origins| {
            let reads = origins
                .as_ref()
                .and_then(|origins| origins.reads.get(origins.lines.get(line)?.1 as usize));
            reads.into_iter().flatten().cloned().collect()
        })
    }

    /// The template lines that a line came from, innermost first.
    pub(super) fn chain(&self, line: usize) -> String {
        self.origins.with_untracked(|origins| {
            let chain = origins
                .as_ref()
                .and_then(|origins| origins.chains.get(origins.lines.get(line)?.0 as usize));
            chain.map(|chain| chain.join(" < ")).unwrap_or_default()
        })
    }
}

/// Where the lines of a text begin; none of an empty one.
fn starts(text: &str) -> Vec<usize> {
    if text.is_empty() {
        return Vec::new();
    }
    std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect()
}

/// Keys of manifests whose origins are to be asked for, by context of the preview.
#[derive(Clone, Copy)]
pub(super) struct Asked(StoredValue<BTreeSet<u32>>);

impl Asked {
    pub(super) fn provide() {
        provide_context(Self(StoredValue::new(BTreeSet::new())));
    }
}

/// Asks where the lines came from once the text has been on show for a moment.
fn ask(
    workspace: Workspace,
    key: u32,
    view: Memo<Arc<ManifestView>>,
    origins: Memo<Option<Arc<Origins>>>,
) {
    let Asked(asked) = expect_context();
    Effect::new(move || {
        view.track();
        if origins.with_untracked(Option::is_some) {
            return;
        }
        let first = asked.try_update_value(|asked| {
            let first = asked.is_empty();
            asked.insert(key);
            first
        });
        if first != Some(true) {
            return;
        }
        let send = move || {
            if let Some(keys) = asked.try_update_value(std::mem::take) {
                workspace.ask_origins(keys.into_iter().collect());
            }
        };
        set_timeout(send, GATHER);
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_begin_behind_line_breaks() {
        assert_eq!(starts(""), [0; 0]);
        assert_eq!(starts("a"), [0]);
        assert_eq!(starts("a\nbc\n"), [0, 2, 5]);
    }
}
