//! What the worker has told of the open chart, a signal for each part: a change wakes only those
//! who show the part that changed.

use leptos::prelude::*;
use session::{
    Derived, Edited, Finding, LeftOut, ManifestHead, ManifestRef, ManifestView, Path, Preview,
    PreviewChanges, Review, ReviewChanges, Rollout, TemplateProblem,
};
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

/// One manifest on show.
pub type Shown = ArcRwSignal<Arc<ManifestView>>;

#[derive(Clone, Copy)]
pub struct Told {
    preview: StoredValue<Preview>,
    review: StoredValue<Review>,
    views: StoredValue<HashMap<u32, Shown>>,
    /// Of the job that the manifests are of.
    pub revision: RwSignal<u64>,
    /// Of the job that the findings are of.
    pub reviewed: RwSignal<u64>,
    /// Keys of the manifests, in Helm's order.
    pub order: RwSignal<Arc<Vec<u32>>>,
    /// Changes with every manifest that changes.
    pub manifests: RwSignal<Arc<Vec<Arc<ManifestView>>>>,
    /// NOTES.txt of every release, by its name.
    pub notes: RwSignal<Vec<(String, Option<String>)>>,
    /// Why Helm would refuse, by release.
    pub problems: RwSignal<Vec<(String, TemplateProblem)>>,
    /// Worst first.
    pub findings: RwSignal<Arc<Vec<Finding>>>,
    pub rollouts: RwSignal<Arc<Vec<Rollout>>>,
    /// What the edits did to the manifests.
    pub edited: RwSignal<Edited>,
    pub derived: RwSignal<Arc<HashMap<Path, Vec<Derived>>>>,
    /// The minimal values.yaml of every release, by its name.
    pub values: RwSignal<Vec<(String, String)>>,
    /// Values that no template reads.
    pub unread: RwSignal<Vec<Path>>,
    pub left_out: RwSignal<Arc<Vec<LeftOut>>>,
}

impl Told {
    pub(super) fn new() -> Self {
        Self {
            preview: StoredValue::new(Preview::default()),
            review: StoredValue::new(Review::default()),
            views: StoredValue::new(HashMap::new()),
            revision: RwSignal::new(0),
            reviewed: RwSignal::new(0),
            order: RwSignal::default(),
            manifests: RwSignal::default(),
            notes: RwSignal::default(),
            problems: RwSignal::default(),
            findings: RwSignal::default(),
            rollouts: RwSignal::default(),
            edited: RwSignal::default(),
            derived: RwSignal::default(),
            values: RwSignal::default(),
            unread: RwSignal::default(),
            left_out: RwSignal::default(),
        }
    }

    /// Another chart is open: nothing is known of it.
    pub(super) fn forget(&self) {
        self.preview.set_value(Preview::default());
        self.review.set_value(Review::default());
        self.show_preview();
        self.show_review();
    }

    /// Takes what a render changed; not where it follows another preview than the one held.
    pub(super) fn rendered(&self, changes: PreviewChanges) {
        let held = self.preview.with_value(|preview| preview.revision);
        if changes.since == 0 || changes.since == held {
            self.preview.update_value(|preview| preview.apply(changes));
            self.show_preview();
        }
    }

    /// Takes what the checks say otherwise than before.
    pub(super) fn reviewed(&self, changes: ReviewChanges) {
        let held = self.review.with_value(|review| review.revision);
        if changes.since == 0 || changes.since == held {
            self.review.update_value(|review| review.apply(changes));
            self.show_review();
        }
    }

    /// The manifest of a key; an empty one where there is none any more.
    pub fn manifest(&self, key: u32) -> Shown {
        self.views.with_value(|views| views.get(&key).cloned()).unwrap_or_default()
    }

    /// Key of the manifest that a finding names; of any release where it names none.
    pub fn key_of(&self, manifest: &ManifestRef, release: &str) -> Option<u32> {
        self.preview.with_value(|preview| {
            let named =
                preview.releases.iter().filter(|it| release.is_empty() || it.name == release);
            let mut views = named.flat_map(|release| &release.manifests).map(|view| &view.head);
            let same = |head: &&ManifestHead| {
                head.kind == manifest.kind
                    && head.name == manifest.name
                    && head.source == manifest.source
            };
            views.find(same).map(|head| head.key)
        })
    }

    fn show_preview(&self) {
        self.preview.with_value(|preview| {
            let views: Vec<Arc<ManifestView>> =
                preview.releases.iter().flat_map(|it| it.manifests.iter().cloned()).collect();
            self.show_manifests(views);
            let notes = preview.releases.iter().map(|it| (it.name.clone(), it.notes.clone()));
            set_if_new(self.notes, notes.collect());
            let problems = preview.releases.iter();
            let problems = problems.filter_map(|it| Some((it.name.clone(), it.problem.clone()?)));
            set_if_new(self.problems, problems.collect());
            set_if_new(self.revision, preview.revision);
        });
    }

    fn show_manifests(&self, views: Vec<Arc<ManifestView>>) {
        let same = self.manifests.with_untracked(|old| {
            old.len() == views.len() && old.iter().zip(&views).all(|(a, b)| Arc::ptr_eq(a, b))
        });
        if same {
            return;
        }
        self.views.update_value(|known| {
            for view in &views {
                match known.get(&view.head.key) {
                    None => {
                        known.insert(view.head.key, ArcRwSignal::new(Arc::clone(view)));
                    }
                    Some(shown) if !Arc::ptr_eq(&shown.read_untracked(), view) => {
                        shown.set(Arc::clone(view));
                    }
                    Some(_) => {}
                }
            }
        });
        let order: Vec<u32> = views.iter().map(|view| view.head.key).collect();
        if self.order.with_untracked(|old| **old != order) {
            let kept: HashSet<u32> = order.iter().copied().collect();
            self.views.update_value(|known| known.retain(|key, _| kept.contains(key)));
            self.order.set(Arc::new(order));
        }
        self.manifests.set(Arc::new(views));
    }

    fn show_review(&self) {
        self.review.with_value(|review| {
            set_if_other(self.findings, &review.findings);
            set_if_other(self.rollouts, &review.rollouts);
            set_if_new(self.edited, review.edited.clone());
            let mut derived: HashMap<Path, Vec<Derived>> = HashMap::new();
            for value in &review.derived {
                derived.entry(value.path.clone()).or_default().push(value.clone());
            }
            set_if_new(self.derived, Arc::new(derived));
            let releases = &review.releases;
            let values = releases.iter().map(|it| (it.name.clone(), it.values_yaml.clone()));
            set_if_new(self.values, values.collect());
            let unread = releases.iter().flat_map(|it| &it.unread).filter(|path| !path.is_root());
            set_if_new(self.unread, unread.cloned().collect());
            let left_out = releases.iter().flat_map(|it| &it.left_out);
            set_if_new(self.left_out, Arc::new(left_out.cloned().collect()));
            set_if_new(self.reviewed, review.revision);
        });
    }
}

/// Wakes nobody where nothing is new.
fn set_if_new<T: PartialEq + Send + Sync + 'static>(signal: RwSignal<T>, value: T) {
    if signal.with_untracked(|old| *old != value) {
        signal.set(value);
    }
}

/// The same, and without a copy where nothing is new.
fn set_if_other<T>(signal: RwSignal<Arc<Vec<T>>>, value: &Vec<T>)
where
    T: PartialEq + Clone + Send + Sync + 'static,
{
    if signal.with_untracked(|old| **old != *value) {
        signal.set(Arc::new(value.clone()));
    }
}
