//! Manifests as the page gets them: what it has already is not sent again, what failed keeps its
//! last good text.

use crate::report::{LineOrigin, ManifestView};
use crate::stack::Fnv;
use finding::Path;
use helm::{LineSource, Manifest, Rendered};
use std::collections::HashMap;
use std::rc::Rc;

/// What the last reports gave.
#[derive(Default)]
pub(crate) struct Last {
    /// Manifests of the last render that failed nowhere, by template.
    good: Vec<Rc<ManifestView>>,
    /// Digests of the manifests whose text the page has, by id.
    sent: HashMap<String, u64>,
}

impl Last {
    /// The views of a render: what failed shows its last good text, and what the page has already
    /// travels without its text.
    pub(crate) fn take(&mut self, rendered: &Rendered, at: &Path, full: bool) -> Vec<ManifestView> {
        let errors = &rendered.errors;
        let mut shown = self.views(rendered, at);
        let mut old = Vec::new();
        if errors.iter().any(|error| error.file.is_empty()) {
            shown.clear();
            old = stale(&self.good, |_| true);
        } else if errors.is_empty() {
            self.good.clone_from(&shown);
        } else {
            let failed = |view: &ManifestView| errors.iter().any(|error| error.file == view.source);
            shown.retain(|view| !failed(view));
            old = stale(&self.good, failed);
        }
        let sent = std::mem::take(&mut self.sent);
        shown.extend(old.into_iter().map(Rc::new));
        let send = |view: &Rc<ManifestView>| {
            self.sent.insert(view.id.clone(), view.digest);
            let known = !full && sent.get(&view.id) == Some(&view.digest);
            if known { without_text(view) } else { (**view).clone() }
        };
        shown.iter().map(send).collect()
    }

    /// Every manifest of a release whose values stand at `at`; what has the text that it had is
    /// taken over as it was.
    fn views(&self, rendered: &Rendered, at: &Path) -> Vec<Rc<ManifestView>> {
        let known: HashMap<&str, &Rc<ManifestView>> =
            self.good.iter().map(|view| (view.id.as_str(), view)).collect();
        let mut seen: HashMap<String, usize> = HashMap::new();
        let all = rendered.manifests.iter().chain(&rendered.hooks);
        all.map(|manifest| {
            let id = id(manifest, at, &mut seen);
            let digest = digest(&manifest.text);
            if let Some(view) = known.get(id.as_str()).filter(|view| view.digest == digest) {
                return Rc::clone(view);
            }
            Rc::new(view(manifest, id, digest, &rendered.lines(manifest), at))
        })
        .collect()
    }
}

fn without_text(view: &ManifestView) -> ManifestView {
    ManifestView {
        id: view.id.clone(),
        kind: view.kind.clone(),
        name: view.name.clone(),
        namespace: view.namespace.clone(),
        source: view.source.clone(),
        hooks: view.hooks.clone(),
        digest: view.digest,
        text: None,
        origins: Vec::new(),
        stale: view.stale,
    }
}

fn stale(good: &[Rc<ManifestView>], which: impl Fn(&ManifestView) -> bool) -> Vec<ManifestView> {
    let kept = good.iter().filter(|view| which(view));
    kept.map(|view| ManifestView { stale: true, ..(**view).clone() }).collect()
}

/// The digest of a text. JSON numbers are exact to 53 bits in a browser.
pub(crate) fn digest(text: &str) -> u64 {
    let mut digest = Fnv::default();
    digest.write(text.as_bytes());
    digest.finish() >> 11
}

/// Kind, name and source; in a stack the release before them.
fn id(manifest: &Manifest, at: &Path, seen: &mut HashMap<String, usize>) -> String {
    let (kind, name, source) = (&manifest.kind, &manifest.name, &manifest.source);
    let mut id = match at.is_root() {
        true => format!("{kind}/{name}@{source}"),
        false => format!("{at}:{kind}/{name}@{source}"),
    };
    let count = seen.entry(id.clone()).or_insert(0);
    *count += 1;
    if *count > 1 {
        id = format!("{id}#{count}");
    }
    id
}

fn view(
    manifest: &Manifest,
    id: String,
    digest: u64,
    sources: &[LineSource],
    at: &Path,
) -> ManifestView {
    let origin = |source: &LineSource| LineOrigin {
        chain: source.chain.clone(),
        reads: source.reads.iter().map(|path| at.join(path)).collect(),
    };
    ManifestView {
        id,
        kind: manifest.kind.clone(),
        name: manifest.name.clone(),
        namespace: manifest.namespace.clone(),
        source: manifest.source.clone(),
        hooks: manifest.hooks.clone(),
        digest,
        text: Some(manifest.text.trim_end().to_owned()),
        origins: sources.iter().map(origin).collect(),
        stale: false,
    }
}
