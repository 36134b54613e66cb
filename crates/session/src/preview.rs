//! What Helm prints for a job, and what of it differs from what the page holds.

use crate::delta::{Hunk, apply, apply_lines, changed_items, changed_lines};
use finding::Path;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use std::sync::Arc;

/// The rendered releases of a stack, in its order.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Preview {
    /// Of the job; 0 before the first.
    pub revision: u64,
    pub releases: Vec<ReleasePreview>,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub struct ReleasePreview {
    pub name: String,
    /// Every manifest that `helm template` prints, in its order (install order, hooks last).
    pub manifests: Vec<Arc<ManifestView>>,
    /// NOTES.txt as `helm install` would print it.
    pub notes: Option<String>,
    /// Why Helm would refuse; the manifests are then the last good ones of the templates that fail.
    pub problem: Option<TemplateProblem>,
}

/// One rendered document.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ManifestView {
    pub head: ManifestHead,
    pub text: String,
}

/// What a manifest is, without what it says.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ManifestHead {
    /// Stays the same from report to report while kind and template do, also when the name
    /// changes; no two manifests of a stack share one.
    pub key: u32,
    pub kind: String,
    pub name: String,
    pub namespace: String,
    /// `todo/templates/deployment.yaml`.
    pub source: String,
    /// Helm hook events (`pre-install`), empty for an ordinary manifest.
    pub hooks: Vec<String>,
    /// Of the text: equal digests, equal texts.
    pub digest: u64,
    /// Failed to render this time: the text is from the last good report.
    pub stale: bool,
}

/// A template that failed, in Helm's words and in ours.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct TemplateProblem {
    /// What `helm template` prints behind `Error: `.
    pub message: String,
    pub template: String,
    /// From 1; 0 is unknown.
    pub line: u32,
    pub column: u32,
    /// Values paths that the failing action had read.
    pub reads: Vec<Path>,
}

/// What leads from one preview to another.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct PreviewChanges {
    pub revision: u64,
    /// Revision of the preview that must be there; 0 is the empty one.
    pub since: u64,
    pub releases: Vec<ReleaseChanges>,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ReleaseChanges {
    pub name: String,
    pub heads: Vec<Hunk<ManifestHead>>,
    /// Lines by the manifest's key; a manifest that is not there yet begins with none.
    pub texts: Vec<(u32, Vec<Hunk<String>>)>,
    pub notes: Option<String>,
    pub problem: Option<TemplateProblem>,
}

impl Preview {
    /// What leads from `old` to this preview.
    pub fn changes_since(&self, old: &Self) -> PreviewChanges {
        let empty = ReleasePreview::default();
        let release = |(at, new): (usize, &ReleasePreview)| {
            new.changes_since(old.releases.get(at).unwrap_or(&empty))
        };
        PreviewChanges {
            revision: self.revision,
            since: old.revision,
            releases: self.releases.iter().enumerate().map(release).collect(),
        }
    }

    /// Takes changes that were made since this preview.
    pub fn apply(&mut self, changes: PreviewChanges) {
        if changes.since == 0 {
            self.releases.clear();
        }
        self.revision = changes.revision;
        self.releases.resize_with(changes.releases.len(), ReleasePreview::default);
        for (release, changes) in self.releases.iter_mut().zip(changes.releases) {
            release.apply(changes);
        }
    }
}

impl ReleasePreview {
    fn changes_since(&self, old: &Self) -> ReleaseChanges {
        let heads = |release: &Self| -> Vec<ManifestHead> {
            release.manifests.iter().map(|view| view.head.clone()).collect()
        };
        let known: HashMap<u32, &Arc<ManifestView>> =
            old.manifests.iter().map(|view| (view.head.key, view)).collect();
        let text = |view: &Arc<ManifestView>| {
            let before = known.get(&view.head.key);
            if before.is_some_and(|it| it.head.digest == view.head.digest) {
                return None;
            }
            let hunks = changed_lines(before.map_or("", |it| it.text.as_str()), &view.text);
            Some((view.head.key, hunks))
        };
        ReleaseChanges {
            name: self.name.clone(),
            heads: changed_items(&heads(old), &heads(self)),
            texts: self.manifests.iter().filter_map(text).collect(),
            notes: self.notes.clone(),
            problem: self.problem.clone(),
        }
    }

    fn apply(&mut self, changes: ReleaseChanges) {
        let known: HashMap<u32, Arc<ManifestView>> =
            self.manifests.iter().map(|view| (view.head.key, Arc::clone(view))).collect();
        let mut texts: HashMap<u32, Vec<Hunk<String>>> = changes.texts.into_iter().collect();
        let mut view = |head: ManifestHead| {
            let text = known.get(&head.key).map_or("", |view| view.text.as_str());
            let text = apply_lines(text, &texts.remove(&head.key).unwrap_or_default());
            Arc::new(ManifestView { head, text })
        };
        let mut hunk = |hunk: Hunk<ManifestHead>| Hunk {
            at: hunk.at,
            removed: hunk.removed,
            items: hunk.items.into_iter().map(&mut view).collect(),
        };
        // A text that changes has another digest, so its head is among those that change.
        let hunks = changes.heads.into_iter().map(&mut hunk).collect();
        apply(&mut self.manifests, hunks);
        (self.name, self.notes, self.problem) = (changes.name, changes.notes, changes.problem);
    }
}
