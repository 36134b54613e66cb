//! Manifests as the page shows them: each keeps its key from render to render, and what failed
//! keeps its last good text.

use crate::preview::{ManifestHead, ManifestView};
use crate::stack::Fnv;
use helm::{Manifest, Rendered};
use std::cell::Cell;
use std::collections::{HashMap, VecDeque};
use std::rc::Rc;
use std::sync::Arc;

/// Hands out the keys of a stack's manifests.
pub(crate) type NextKey = Rc<Cell<u32>>;

/// What the last renders of a release gave.
#[derive(Default)]
pub(crate) struct Last {
    /// Manifests of the last render that failed nowhere, by template.
    good: Vec<Arc<ManifestView>>,
    /// What was shown last: some of it may be good from before.
    shown: Vec<Arc<ManifestView>>,
    next_key: NextKey,
}

impl Last {
    pub(crate) fn new(next_key: NextKey) -> Self {
        Self { next_key, ..Self::default() }
    }

    /// The views of a render: what failed shows its last good text.
    pub(crate) fn take(&mut self, rendered: &Rendered) -> Vec<Arc<ManifestView>> {
        let errors = &rendered.errors;
        let mut shown = self.views(rendered);
        let mut old = Vec::new();
        if errors.iter().any(|error| error.file.is_empty()) {
            shown.clear();
            old = stale(&self.good, |_| true);
        } else if errors.is_empty() {
            self.good.clone_from(&shown);
        } else {
            let failed =
                |view: &ManifestView| errors.iter().any(|error| error.file == view.head.source);
            shown.retain(|view| !failed(view));
            old = stale(&self.good, failed);
        }
        shown.extend(old.into_iter().map(Arc::new));
        self.shown.clone_from(&shown);
        shown
    }

    /// Every manifest of a render; what has the text that it had is taken over as it was.
    fn views(&self, rendered: &Rendered) -> Vec<Arc<ManifestView>> {
        let manifests: Vec<&Manifest> = rendered.manifests.iter().chain(&rendered.hooks).collect();
        let known = self.counterparts(&manifests);
        let view = |(manifest, known): (&&Manifest, Option<Arc<ManifestView>>)| {
            let digest = digest(&manifest.text);
            let key = known.as_ref().map_or_else(|| self.new_key(), |view| view.head.key);
            let head = head(manifest, key, digest);
            match known {
                Some(view) if view.head == head => view,
                _ => Arc::new(ManifestView { head, text: manifest.text.trim_end().to_owned() }),
            }
        };
        manifests.iter().zip(known).map(view).collect()
    }

    fn new_key(&self) -> u32 {
        let key = self.next_key.get();
        self.next_key.set(key + 1);
        key
    }

    /// What each manifest was before: the one of its name, else the next of its kind and template,
    /// whose name has changed.
    fn counterparts(&self, manifests: &[&Manifest]) -> Vec<Option<Arc<ManifestView>>> {
        type Named<'v> = (&'v str, &'v str, &'v str, &'v str);
        let mut by_name: HashMap<Named<'_>, VecDeque<&Arc<ManifestView>>> = HashMap::new();
        for view in &self.shown {
            let ManifestHead { source, kind, namespace, name, .. } = &view.head;
            by_name.entry((source, kind, namespace, name)).or_default().push_back(view);
        }
        let mut found: Vec<Option<Arc<ManifestView>>> = manifests
            .iter()
            .map(|it| {
                let named = (&*it.source, &*it.kind, &*it.namespace, &*it.name);
                by_name.get_mut(&named)?.pop_front().cloned()
            })
            .collect();
        let mut by_kind: HashMap<(&str, &str), VecDeque<&Arc<ManifestView>>> = HashMap::new();
        for view in &self.shown {
            let ManifestHead { source, kind, namespace, name, .. } = &view.head;
            let left = by_name.get(&(&**source, &**kind, &**namespace, &**name));
            if left.is_some_and(|left| left.iter().any(|it| Arc::ptr_eq(it, view))) {
                by_kind.entry((source, kind)).or_default().push_back(view);
            }
        }
        for (place, manifest) in found.iter_mut().zip(manifests).filter(|it| it.0.is_none()) {
            let renamed = by_kind.get_mut(&(&*manifest.source, &*manifest.kind));
            *place = renamed.and_then(VecDeque::pop_front).cloned();
        }
        found
    }
}

fn stale(good: &[Arc<ManifestView>], which: impl Fn(&ManifestView) -> bool) -> Vec<ManifestView> {
    let kept = good.iter().filter(|view| which(view));
    let stale = |view: &Arc<ManifestView>| ManifestView {
        head: ManifestHead { stale: true, ..view.head.clone() },
        text: view.text.clone(),
    };
    kept.map(stale).collect()
}

/// The digest of a text. JSON numbers are exact to 53 bits in a browser.
pub(crate) fn digest(text: &str) -> u64 {
    let mut digest = Fnv::default();
    digest.write(text.as_bytes());
    digest.finish() >> 11
}

fn head(manifest: &Manifest, key: u32, digest: u64) -> ManifestHead {
    ManifestHead {
        key,
        kind: manifest.kind.clone(),
        name: manifest.name.clone(),
        namespace: manifest.namespace.clone(),
        source: manifest.source.clone(),
        hooks: manifest.hooks.clone(),
        digest,
        stale: false,
    }
}
