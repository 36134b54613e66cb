//! What is open, as signals: the inputs, the memos derived from them, and the only writers.

mod draft;
pub mod storage;
mod sync;

pub use draft::{Draft, Inputs, without_secrets};
pub use sync::{open_address, start};

use crate::engine::Bridge;
use leptos::prelude::*;
use serde_json::Value as Json;
use session::{
    CatalogEntry, Comparison, ExportKind, Field, Finding, Job, ManifestView, OpenSource, Path,
    Problem, ReleaseCard, ReleaseInput, Report, Severity, Side, StackCard, values,
};
use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

/// Which area a narrow screen shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Area {
    Form,
    Preview,
    Findings,
}

/// Which page is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Page {
    Catalog,
    Editor,
    Compare,
}

/// What the preview shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tab {
    Manifests,
    Values,
    Rollout,
    Notes,
    Findings,
}

/// Everything the page knows; made once, given by context.
#[derive(Clone, Copy)]
pub struct Workspace {
    pub entries: RwSignal<Vec<CatalogEntry>>,
    pub card: RwSignal<Option<Arc<StackCard>>>,
    pub draft: RwSignal<Draft>,
    pub report: RwSignal<Arc<Report>>,
    /// The manifests on show; one that has not changed stays the same object.
    pub manifests: RwSignal<Vec<Arc<ManifestView>>>,
    /// Findings about the values, by the field they are about.
    pub findings: Memo<Arc<HashMap<Path, Vec<Finding>>>>,
    pub comparison: RwSignal<Option<Arc<Comparison>>>,
    pub page: RwSignal<Page>,
    /// One line for the person: why something did not work.
    pub notice: RwSignal<Option<String>>,
    /// Why a reload would lose something.
    pub unsaved: RwSignal<Option<&'static str>>,
    pub tab: RwSignal<Tab>,
    pub area: RwSignal<Area>,
    /// Field that has the focus.
    pub focus: RwSignal<Option<Path>>,
    /// Fields that the chosen manifest line came from.
    pub marked: RwSignal<BTreeSet<Path>>,
    pub exporting: RwSignal<bool>,
    pub source: StoredValue<Option<OpenSource>>,
    pub base: Memo<Arc<Json>>,
    pub stale: Memo<bool>,
    bridge: StoredValue<Bridge, LocalStorage>,
}

impl Workspace {
    pub fn new(bridge: Bridge) -> Self {
        let card: RwSignal<Option<Arc<StackCard>>> = RwSignal::new(None);
        let draft = RwSignal::new(Draft::default());
        let report = RwSignal::new(Arc::new(Report::default()));
        let preset = Memo::new(move |_| draft.with(|draft| draft.inputs.preset.clone()));
        let base = Memo::new(move |_| {
            let Some(card) = card.get() else { return Arc::new(Json::Null) };
            let preset = preset.get();
            let preset = card.presets.iter().find(|known| Some(&known.name) == preset.as_ref());
            Arc::new(values::base_values(&card.defaults, preset.map(|preset| &preset.values)))
        });
        let stale = Memo::new(move |_| {
            report.with(|report| report.revision) < draft.with(|draft| draft.revision)
        });
        let findings = Memo::new(move |_| {
            let mut found: HashMap<Path, Vec<Finding>> = HashMap::new();
            report.with(|report| {
                for finding in &report.findings {
                    if let Some(path) = finding.values_path() {
                        found.entry(path.clone()).or_default().push(finding.clone());
                    }
                }
            });
            Arc::new(found)
        });
        Self {
            entries: RwSignal::new(Vec::new()),
            card,
            draft,
            report,
            manifests: RwSignal::new(Vec::new()),
            findings,
            comparison: RwSignal::new(None),
            page: RwSignal::new(Page::Catalog),
            notice: RwSignal::new(None),
            unsaved: RwSignal::new(None),
            tab: RwSignal::new(Tab::Manifests),
            area: RwSignal::new(Area::Form),
            focus: RwSignal::new(None),
            marked: RwSignal::new(BTreeSet::new()),
            exporting: RwSignal::new(false),
            source: StoredValue::new(None),
            base,
            stale,
            bridge: StoredValue::new_local(bridge),
        }
    }

    /// Asks the engine to open a chart; the answer comes to [`Workspace::opened`].
    pub fn open(&self, source: OpenSource) {
        self.notice.set(None);
        self.source.set_value(Some(source.clone()));
        self.bridge.with_value(|bridge| bridge.open(source));
    }

    pub fn close(&self) {
        self.page.set(Page::Catalog);
        self.card.set(None);
        self.source.set_value(None);
        self.forget();
    }

    pub fn opened(&self, card: StackCard) {
        let release = |card: &ReleaseCard| ReleaseInput {
            name: card.name.clone(),
            namespace: card.namespace.clone(),
        };
        let releases: Vec<ReleaseInput> = card.releases.iter().map(release).collect();
        let stored = storage::load(&card.id).filter(|it| it.releases.len() == releases.len());
        let inputs = stored.unwrap_or(Inputs { releases, ..Inputs::default() });
        self.forget();
        self.draft.set(Draft::new(inputs));
        self.card.set(Some(Arc::new(card)));
        self.tab.set(Tab::Manifests);
        self.area.set(Area::Form);
        self.page.set(Page::Editor);
    }

    /// What was known of the chart that was open before.
    fn forget(&self) {
        self.report.set(Arc::new(Report::default()));
        self.manifests.set(Vec::new());
        self.marked.set(BTreeSet::new());
        self.focus.set(None);
        self.notice.set(None);
        self.unsaved.set(None);
    }

    pub fn card_now(&self) -> Option<Arc<StackCard>> {
        self.card.get_untracked()
    }

    pub fn source_now(&self) -> Option<OpenSource> {
        self.source.get_value()
    }

    /// One line for the person.
    pub fn tell(&self, text: impl Into<String>) {
        self.notice.set(Some(text.into()));
    }

    /// Asks for a comparison; the answer comes to `comparison`.
    pub fn compare(&self, sides: Vec<Side>) {
        self.bridge.with_value(|bridge| bridge.compare(sides));
    }

    /// Reads a values file in the engine; the answer comes to [`Workspace::take_values`].
    pub fn read_values(&self, text: String) {
        self.bridge.with_value(|bridge| bridge.read_values(text));
    }

    /// Takes a values file as edits over the preset.
    pub fn take_values(&self, given: &Json) {
        let changes = self.base.with_untracked(|base| values::differences(base, given));
        self.draft.update(|draft| {
            draft.change(|inputs| inputs.overrides.extend(changes));
        });
    }

    /// Takes a report, unless a newer one is there; texts that were not sent again are kept.
    pub fn accept(&self, mut report: Report) {
        if report.revision < self.report.with_untracked(|report| report.revision) {
            return;
        }
        let old = self.manifests.get_untracked();
        let known: HashMap<&str, &Arc<ManifestView>> =
            old.iter().map(|view| (view.id.as_str(), view)).collect();
        let take = |view: ManifestView| match known.get(view.id.as_str()) {
            Some(before) if view.text.is_none() && before.stale == view.stale => Arc::clone(before),
            Some(before) if view.text.is_none() => {
                Arc::new(ManifestView { stale: view.stale, ..(***before).clone() })
            }
            _ => Arc::new(view),
        };
        let releases = report.releases.iter_mut();
        let views = releases.flat_map(|release| std::mem::take(&mut release.manifests));
        let views: Vec<Arc<ManifestView>> = views.map(take).collect();
        let same = views.len() == old.len()
            && views.iter().zip(&old).all(|(new, old)| Arc::ptr_eq(new, old));
        if !same {
            self.manifests.set(views);
        }
        self.report.set(Arc::new(report));
        // Now there is something to lose.
        self.bridge.with_value(Bridge::keep_spare);
    }

    /// What is to be rendered now.
    pub fn job(&self, full: bool) -> Job {
        self.draft.with(|draft| Job {
            revision: draft.revision,
            preset: draft.inputs.preset.clone(),
            overrides: draft.inputs.overrides.clone(),
            releases: draft.inputs.releases.clone(),
            kube_version: draft.inputs.kube_version.clone(),
            provenance: true,
            full,
        })
    }

    pub fn submit(&self, job: Job) {
        self.bridge.with_value(|bridge| bridge.run(job));
    }

    pub fn export(&self, kind: ExportKind) {
        let job = untrack(|| self.job(false));
        self.bridge.with_value(|bridge| bridge.export(job, kind));
    }

    /// A person's text for a field.
    pub fn edit(&self, field: &Field, text: &str) {
        if field.is_yaml() {
            self.draft.update(|draft| draft.keep_text(&field.path, text.to_owned(), None));
            let (path, text) = (field.path.clone(), text.to_owned());
            return self.bridge.with_value(|bridge| bridge.parse(path, text));
        }
        match field.parse(text) {
            Ok(value) => self.set(&field.path, Some(value)),
            Err(problem) => {
                self.draft
                    .update(|draft| draft.keep_text(&field.path, text.to_owned(), Some(problem)));
            }
        }
    }

    /// Takes what the engine read in a YAML field, unless more has been typed meanwhile.
    pub fn parsed(&self, path: &Path, text: String, problem: Option<String>, value: Json) {
        let now = self.draft.with_untracked(|draft| draft.unparsed.get(path).cloned());
        if now.is_none_or(|(typed, _)| typed != text) {
            return;
        }
        if let Some(message) = problem {
            let problem = Problem { keyword: "parse".to_owned(), message, rule: None };
            return self.draft.update(|draft| draft.keep_text(path, text, Some(problem)));
        }
        self.draft.update(|draft| {
            draft.unparsed.remove(path);
            draft.typed.insert(path.clone(), (text, value.clone()));
        });
        self.set(path, Some(value));
    }

    /// Sets a value; one that the base has already is no edit.
    pub fn set(&self, path: &Path, value: Option<Json>) {
        let same = self.base.with_untracked(|base| path.get(base) == value.as_ref());
        self.draft.update(|draft| draft.set(path, value.filter(|_| !same)));
    }

    pub fn reset(&self, path: &Path) {
        self.draft.update(|draft| draft.set(path, None));
    }

    /// Takes another preset; a release whose chart names its namespace in its values follows it.
    pub fn choose_preset(&self, preset: Option<String>) {
        let Some(card) = self.card.get_untracked() else { return };
        let chosen = card.presets.iter().find(|known| Some(&known.name) == preset.as_ref());
        let values = values::base_values(&card.defaults, chosen.map(|preset| &preset.values));
        let named = |release: &ReleaseCard| {
            let at = release.at.key("global").key("namespace");
            at.get(&values).and_then(Json::as_str).map(str::to_owned)
        };
        let namespaces: Vec<Option<String>> = card.releases.iter().map(named).collect();
        self.draft.update(|draft| {
            draft.change(|inputs| {
                inputs.preset = preset;
                for (release, namespace) in inputs.releases.iter_mut().zip(namespaces) {
                    if let Some(namespace) = namespace {
                        release.namespace = namespace;
                    }
                }
            });
        });
    }

    pub fn value(&self, path: &Path) -> Option<Json> {
        let edited = self.draft.with(|draft| draft.inputs.overrides.get(path).cloned());
        edited.or_else(|| self.base.with(|base| path.get(base).cloned()))
    }

    pub fn changed(&self, path: &Path) -> bool {
        self.draft.with(|draft| draft.inputs.overrides.keys().any(|edited| path.contains(edited)))
    }

    /// What is wrong with a field's text or value, known in the same tick.
    pub fn problem(&self, field: &Field) -> Option<Problem> {
        let kept = self.draft.with(|draft| draft.unparsed.get(&field.path).cloned());
        if let Some((_, problem)) = kept {
            return problem;
        }
        field.check(&self.value(&field.path)?)
    }

    pub fn findings_at(&self, path: &Path) -> Vec<Finding> {
        self.findings.with(|findings| findings.get(path).cloned().unwrap_or_default())
    }

    pub fn count(&self, severity: Severity) -> usize {
        let counts = |finding: &&Finding| finding.severity == severity;
        self.report.with(|report| report.findings.iter().filter(counts).count())
    }
}

/// The workspace of this page.
pub fn workspace() -> Workspace {
    expect_context()
}
