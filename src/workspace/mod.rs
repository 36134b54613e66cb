//! What is open, as signals: the inputs, the memos derived from them, and the only writers.

mod draft;
mod storage;
mod sync;

pub use draft::{Draft, Inputs, without_secrets};
pub use sync::start;

use crate::engine::Bridge;
use leptos::prelude::*;
use serde_json::Value as Json;
use session::{
    CatalogEntry, ExportKind, Field, Finding, Job, ManifestView, OpenSource, Path, Problem,
    ReleaseCard, ReleaseInput, Report, Severity, StackCard, values,
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

/// What the preview shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tab {
    Manifests,
    Values,
    Notes,
    Findings,
}

/// How the engine is doing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EngineState {
    Starting,
    Idle,
    Busy,
    /// Ended and started afresh, and why.
    Restarted(String),
}

/// Everything the page knows; made once, given by context.
#[derive(Clone, Copy)]
pub struct Workspace {
    pub entries: RwSignal<Vec<CatalogEntry>>,
    pub card: RwSignal<Option<Arc<StackCard>>>,
    pub draft: RwSignal<Draft>,
    pub report: RwSignal<Arc<Report>>,
    pub engine: RwSignal<EngineState>,
    /// One line for the person: why something did not work.
    pub notice: RwSignal<Option<String>>,
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
            let card = card.get();
            let release = card.as_ref().and_then(|card| card.releases.first());
            let Some(release) = release else { return Arc::new(Json::Null) };
            let preset = preset.get();
            let preset = release.presets.iter().find(|known| Some(&known.name) == preset.as_ref());
            Arc::new(values::base_values(&release.defaults, preset.map(|preset| &preset.values)))
        });
        let stale = Memo::new(move |_| {
            report.with(|report| report.revision) < draft.with(|draft| draft.revision)
        });
        Self {
            entries: RwSignal::new(Vec::new()),
            card,
            draft,
            report,
            engine: RwSignal::new(EngineState::Starting),
            notice: RwSignal::new(None),
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

    pub fn release(&self) -> Option<ReleaseCard> {
        self.card.with(|card| card.as_ref()?.releases.first().cloned())
    }

    /// Asks the engine to open a chart; the answer comes to [`Workspace::opened`].
    pub fn open(&self, source: OpenSource) {
        self.notice.set(None);
        self.source.set_value(Some(source.clone()));
        self.bridge.with_value(|bridge| bridge.open(source));
    }

    pub fn close(&self) {
        self.card.set(None);
        self.source.set_value(None);
        self.report.set(Arc::new(Report::default()));
        self.notice.set(None);
    }

    pub fn opened(&self, card: StackCard) {
        let release = card.releases.first();
        let fresh = Inputs {
            release: release.map(|release| release.name.clone()).unwrap_or_default(),
            namespace: release.map(|release| release.namespace.clone()).unwrap_or_default(),
            ..Inputs::default()
        };
        let inputs = storage::load(&card.id).unwrap_or(fresh);
        self.report.set(Arc::new(Report::default()));
        self.draft.set(Draft::new(inputs));
        self.card.set(Some(Arc::new(card)));
    }

    /// Takes a report, unless a newer one is there; texts that were not sent again are kept.
    pub fn accept(&self, mut report: Report) {
        let old = self.report.get_untracked();
        if report.revision < old.revision {
            return;
        }
        let known: HashMap<&str, &ManifestView> = old
            .releases
            .iter()
            .flat_map(|release| &release.manifests)
            .map(|view| (view.id.as_str(), view))
            .collect();
        for view in report.releases.iter_mut().flat_map(|release| &mut release.manifests) {
            if view.text.is_none()
                && let Some(before) = known.get(view.id.as_str())
            {
                view.text.clone_from(&before.text);
                view.origins.clone_from(&before.origins);
            }
        }
        self.report.set(Arc::new(report));
    }

    /// What is to be rendered now.
    pub fn job(&self, full: bool) -> Job {
        self.draft.with(|draft| Job {
            revision: draft.revision,
            preset: draft.inputs.preset.clone(),
            releases: vec![ReleaseInput {
                name: draft.inputs.release.clone(),
                namespace: draft.inputs.namespace.clone(),
                overrides: draft.inputs.overrides.clone(),
            }],
            kube_version: None,
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
        match field.parse(text) {
            Ok(value) => self.set(&field.path, Some(value)),
            Err(problem) => {
                self.draft.update(|draft| draft.keep_text(&field.path, text.to_owned(), problem));
            }
        }
    }

    /// Sets a value; one that the base has already is no edit.
    pub fn set(&self, path: &Path, value: Option<Json>) {
        let same = self.base.with_untracked(|base| path.get(base) == value.as_ref());
        self.draft.update(|draft| draft.set(path, value.filter(|_| !same)));
    }

    pub fn reset(&self, path: &Path) {
        self.draft.update(|draft| draft.set(path, None));
    }

    pub fn choose_preset(&self, preset: Option<String>) {
        let namespace = self.release().and_then(|release| {
            let card = release.presets.iter().find(|card| Some(&card.name) == preset.as_ref());
            let values = values::base_values(&release.defaults, card.map(|card| &card.values));
            values.pointer("/global/namespace").and_then(Json::as_str).map(str::to_owned)
        });
        self.draft.update(|draft| {
            draft.change(|inputs| {
                inputs.preset = preset;
                if let Some(namespace) = namespace {
                    inputs.namespace = namespace;
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
            return Some(problem);
        }
        field.check(&self.value(&field.path)?)
    }

    pub fn findings_at(&self, path: &Path) -> Vec<Finding> {
        let at = |finding: &&Finding| finding.values_path() == Some(path);
        self.report.with(|report| report.findings.iter().filter(at).cloned().collect())
    }

    pub fn count(&self, severity: Severity) -> usize {
        let counts = |finding: &&Finding| finding.severity == severity;
        self.report.with(|report| report.findings.iter().filter(counts).count())
    }

    pub fn manifests(&self) -> Vec<ManifestView> {
        self.report.with(|report| {
            report.releases.iter().flat_map(|release| release.manifests.clone()).collect()
        })
    }
}

/// The workspace of this page.
pub fn workspace() -> Workspace {
    expect_context()
}
