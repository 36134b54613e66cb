//! Where the lines of a manifest came from, told when the page asks: it asks for what is on the
//! screen.

use crate::run::Shown;
use crate::stack::OpenStack;
use finding::Path;
use helm::{LineSource, Manifest};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use std::hash::Hash;

/// Origins of one manifest's lines. Most lines share theirs with others, so each is told once.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Origins {
    /// [`crate::ManifestHead::key`].
    pub key: u32,
    /// Of the text that the lines are of.
    pub digest: u64,
    /// Chains of `templates/backend-deployment.yaml:12`, innermost first, callers after it.
    pub chains: Vec<Vec<String>>,
    /// Sets of values paths.
    pub reads: Vec<Vec<Path>>,
    /// For each line its chain and its set.
    pub lines: Vec<(u32, u32)>,
}

/// A list whose items are numbered as they come, equal ones alike.
struct Table<T>(HashMap<T, u32>, Vec<T>);

impl<T: Clone + Eq + Hash> Table<T> {
    fn number(&mut self, item: T) -> u32 {
        if let Some(number) = self.0.get(&item) {
            return *number;
        }
        let number = self.1.len() as u32;
        self.1.push(item.clone());
        self.0.insert(item, number);
        number
    }
}

impl OpenStack {
    /// Origins of the manifests that were rendered last and have one of the keys; none of a
    /// manifest that failed this time, or where the last job asked for no provenance.
    pub(crate) fn origins(&self, keys: &[u32]) -> Vec<Origins> {
        let all = self.preview.releases.iter().zip(&self.shown).zip(&self.releases);
        let views = all.flat_map(|((preview, shown), release)| {
            preview.manifests.iter().map(move |view| (&view.head, shown, &release.card.at))
        });
        let asked = views.filter(|(head, ..)| keys.contains(&head.key) && !head.stale);
        asked
            .filter_map(|(head, shown, at)| {
                let lines = sources(shown, |manifest| {
                    manifest.source == head.source
                        && manifest.kind == head.kind
                        && manifest.name == head.name
                        && crate::views::digest(&manifest.text) == head.digest
                })?;
                Some(compact(head.key, head.digest, lines, at))
            })
            .collect()
    }
}

fn sources(shown: &Shown, is: impl Fn(&Manifest) -> bool) -> Option<Vec<LineSource>> {
    let rendered = &shown.rendered;
    let manifest = rendered.manifests.iter().chain(&rendered.hooks).find(|it| is(it))?;
    Some(rendered.lines(manifest))
}

fn compact(key: u32, digest: u64, lines: Vec<LineSource>, at: &Path) -> Origins {
    let (mut chains, mut reads) =
        (Table(HashMap::new(), Vec::new()), Table(HashMap::new(), Vec::new()));
    let line = |source: LineSource| {
        let paths: Vec<Path> = source.reads.iter().map(|path| at.join(path)).collect();
        (chains.number(source.chain), reads.number(paths))
    };
    let lines = lines.into_iter().map(line).collect();
    Origins { key, digest, chains: chains.1, reads: reads.1, lines }
}
