//! Which manifests a person's edits changed: each against what the preset alone gives.

use crate::job::{Job, Overrides, ReleaseInput};
use crate::preview::ManifestHead;
use crate::stack::OpenStack;
use crate::views::digest;
use helm::Manifest;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;

/// What edits did to a manifest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Change {
    Added,
    Changed,
}

/// What edits did to the manifests of a stack.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Edited {
    /// By key, those that the edits touch.
    pub changes: Vec<(u32, Change)>,
    /// `Ingress web`: what the preset alone would have.
    pub gone: Vec<String>,
}

/// Kind, namespace, name and template: what a manifest is known by.
type Id = (String, String, String, String);

/// The manifests without edits.
#[derive(Default)]
pub(crate) struct Unedited {
    /// What they depend on: preset, releases, cluster's version.
    of: Option<(Option<String>, Vec<ReleaseInput>, Option<String>)>,
    digests: HashMap<Id, u64>,
}

impl OpenStack {
    /// Compares the manifests on show with those of the same job without edits. The latter are
    /// rendered once as long as the preset and how Helm is called stay the same.
    pub(crate) fn edited(&mut self, job: &Job) -> Edited {
        let of = Some((job.preset.clone(), job.releases.clone(), job.kube_version.clone()));
        if self.unedited.of != of {
            let digests = match job.overrides.is_empty() {
                true => self.heads().map(|head| (id(head), head.digest)).collect(),
                false => self.digests_without_edits(job),
            };
            self.unedited = Unedited { of, digests };
        }
        if job.overrides.is_empty() {
            return Edited::default();
        }
        let mut left = self.unedited.digests.clone();
        let mut changes = Vec::new();
        for head in self.heads() {
            match left.remove(&id(head)) {
                None => changes.push((head.key, Change::Added)),
                Some(digest) if digest != head.digest => changes.push((head.key, Change::Changed)),
                Some(_) => {}
            }
        }
        let mut gone: Vec<String> =
            left.into_keys().map(|(kind, _, name, _)| format!("{kind} {name}")).collect();
        gone.sort_unstable();
        Edited { changes, gone }
    }

    fn heads(&self) -> impl Iterator<Item = &ManifestHead> {
        self.preview.releases.iter().flat_map(|it| &it.manifests).map(|view| &view.head)
    }

    fn digests_without_edits(&mut self, job: &Job) -> HashMap<Id, u64> {
        let job = Job { overrides: Overrides::new(), provenance: false, ..job.clone() };
        let shown = self.render(&job);
        let all =
            shown.iter().flat_map(|it| it.rendered.manifests.iter().chain(&it.rendered.hooks));
        all.map(|manifest| (id_of(manifest), digest(&manifest.text))).collect()
    }
}

fn id(head: &ManifestHead) -> Id {
    (head.kind.clone(), head.namespace.clone(), head.name.clone(), head.source.clone())
}

fn id_of(manifest: &Manifest) -> Id {
    let Manifest { kind, namespace, name, source, .. } = manifest;
    (kind.clone(), namespace.clone(), name.clone(), source.clone())
}
