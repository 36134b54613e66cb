//! What is open, as signals: the inputs, the memos derived from them, and the only writers.

mod draft;
mod edit;
mod places;
pub mod storage;
mod sync;
mod tally;
mod told;
mod touched;
mod tree;

pub use draft::{Draft, Inputs, without_secrets};
pub use places::LineTarget;
pub use sync::{open_address, start};
pub use tally::Tally;
pub use told::{Shown, Told};
pub use tree::{Node, Tree};

use crate::engine::Bridge;
use leptos::prelude::*;
use serde_json::Value as Json;
use session::{
    CatalogEntry, Comparison, ExportKind, Finding, Job, OpenSource, Origins, Path, PreviewChanges,
    Readme, ReleaseCard, ReleaseInput, ReviewChanges, Side, StackCard, values,
};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;
use tally::Tallies;
use touched::Touched;

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
    Readme,
    Findings,
}

/// Everything the page knows; made once, given by context.
#[derive(Clone, Copy)]
pub struct Workspace {
    pub entries: RwSignal<Vec<CatalogEntry>>,
    pub card: RwSignal<Option<Arc<StackCard>>>,
    pub draft: RwSignal<Draft>,
    /// What the form shows.
    pub tree: RwSignal<Arc<Tree>>,
    pub told: Told,
    /// Where the lines of manifests came from, by the manifest's key, as far as it was asked.
    pub origins: RwSignal<HashMap<u32, Arc<Origins>>>,
    /// What the charts say of themselves, once it was asked.
    pub readmes: RwSignal<Option<Arc<Vec<Readme>>>>,
    /// Findings about the values, by the field they are about.
    pub findings: Memo<Arc<BTreeMap<Path, Vec<Finding>>>>,
    /// Paths of the values that were edited.
    pub edited: Memo<Arc<BTreeSet<Path>>>,
    pub tallies: Memo<Arc<Tallies>>,
    /// Groups that were folded or unfolded by hand.
    pub folds: RwSignal<HashMap<Path, bool>>,
    /// What is searched for in the form, as it was typed.
    pub search: RwSignal<String>,
    /// The same in lower case, without blanks around.
    pub sought: Memo<String>,
    /// Field that is to be drawn wherever it is.
    pub target: RwSignal<Option<Path>>,
    /// Line that is to be drawn wherever it is.
    pub line: RwSignal<Option<LineTarget>>,
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
    /// Paths above and of the values that break a rule.
    pub broken: Memo<Arc<BTreeSet<Path>>>,
    touched: Touched,
    bridge: StoredValue<Bridge, LocalStorage>,
}

impl Workspace {
    pub fn new(bridge: Bridge) -> Self {
        let card: RwSignal<Option<Arc<StackCard>>> = RwSignal::new(None);
        let draft = RwSignal::new(Draft::default());
        let told = Told::new();
        let search = RwSignal::new(String::new());
        let preset = Memo::new(move |_| draft.with(|draft| draft.inputs.preset.clone()));
        let base = Memo::new(move |_| {
            let Some(card) = card.get() else { return Arc::new(Json::Null) };
            let preset = preset.get();
            let preset = card.presets.iter().find(|known| Some(&known.name) == preset.as_ref());
            Arc::new(values::base_values(&card.defaults, preset.map(|preset| &preset.values)))
        });
        let stale = Memo::new(move |_| told.revision.get() < draft.with(|draft| draft.revision));
        let edited = Memo::new(move |_| {
            draft.with(|draft| Arc::new(draft.inputs.overrides.keys().cloned().collect()))
        });
        let findings = Memo::new(move |_| Arc::new(by_path(&told.findings.get())));
        let tallies = Memo::new(move |_| {
            let edited: Arc<BTreeSet<Path>> = edited.get();
            Arc::new(told.findings.with(|findings| Tallies::count(&edited, findings)))
        });
        let broken =
            Memo::new(move |_| Arc::new(tallies.with(|tallies: &Arc<Tallies>| tallies.broken())));
        Self {
            entries: RwSignal::new(Vec::new()),
            card,
            draft,
            tree: RwSignal::default(),
            told,
            origins: RwSignal::default(),
            readmes: RwSignal::new(None),
            findings,
            edited,
            tallies,
            folds: RwSignal::default(),
            search,
            sought: Memo::new(move |_| search.with(|text| text.trim().to_lowercase())),
            target: RwSignal::default(),
            line: RwSignal::default(),
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
            broken,
            touched: Touched::new(),
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
        sync::save_now(*self);
        self.page.set(Page::Catalog);
        self.card.set(None);
        self.source.set_value(None);
        self.forget();
    }

    pub fn opened(&self, mut card: StackCard) {
        let release = |card: &ReleaseCard| ReleaseInput {
            name: card.name.clone(),
            namespace: card.namespace.clone(),
        };
        let inputs: Vec<ReleaseInput> = card.releases.iter().map(release).collect();
        let releases = inputs.len();
        let stored = storage::load(&card.id).filter(|it| it.releases.len() == releases);
        let inputs = stored.unwrap_or(Inputs { releases: inputs, ..Inputs::default() });
        sync::save_now(*self);
        self.forget();
        let mut form = std::mem::take(&mut card.form);
        card.form.told = std::mem::take(&mut form.told);
        card.form.shapes = std::mem::take(&mut form.shapes);
        self.tree.set(Arc::new(Tree::new(form, releases > 1)));
        self.draft.set(Draft::new(inputs));
        self.card.set(Some(Arc::new(card)));
        self.tab.set(Tab::Manifests);
        self.area.set(Area::Form);
        self.page.set(Page::Editor);
    }

    /// What was known of the chart that was open before.
    fn forget(&self) {
        self.told.forget();
        self.origins.set(HashMap::new());
        self.touched.forget();
        self.readmes.set(None);
        self.folds.set(HashMap::new());
        self.search.set(String::new());
        self.target.set(None);
        self.line.set(None);
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

    /// Takes what a render changed.
    pub fn rendered(&self, changes: PreviewChanges) {
        self.told.rendered(changes);
        // Now there is something to lose.
        self.bridge.with_value(Bridge::keep_spare);
    }

    /// Takes what the checks say.
    pub fn reviewed(&self, changes: ReviewChanges) {
        self.told.reviewed(changes);
    }

    /// Asks where the lines of manifests came from; the answer comes to `origins`.
    pub fn ask_origins(&self, keys: Vec<u32>) {
        self.bridge.with_value(|bridge| bridge.origins(keys));
    }

    /// Asks for the READMEs; the answer comes to `readmes`.
    pub fn ask_readmes(&self) {
        self.bridge.with_value(Bridge::readme);
    }

    pub fn take_origins(&self, origins: Vec<Origins>) {
        let named = origins.into_iter().map(|it| (it.key, Arc::new(it)));
        self.origins.update(|known| known.extend(named));
    }

    /// What is to be rendered now.
    pub fn job(&self) -> Job {
        self.draft.with(|draft| Job {
            revision: draft.revision,
            preset: draft.inputs.preset.clone(),
            overrides: draft.inputs.overrides.clone(),
            releases: draft.inputs.releases.clone(),
            kube_version: draft.inputs.kube_version.clone(),
            provenance: true,
            ..Job::default()
        })
    }

    pub fn submit(&self, job: Job) {
        self.bridge.with_value(|bridge| bridge.run(job));
    }

    pub fn export(&self, kind: ExportKind) {
        let job = untrack(|| self.job());
        self.bridge.with_value(|bridge| bridge.export(job, kind));
    }
}

/// The workspace of this page.
pub fn workspace() -> Workspace {
    expect_context()
}

/// Findings about values, by the value.
fn by_path(findings: &[Finding]) -> BTreeMap<Path, Vec<Finding>> {
    let mut found: BTreeMap<Path, Vec<Finding>> = BTreeMap::new();
    for finding in findings {
        if let Some(path) = finding.values_path() {
            found.entry(path.clone()).or_default().push(finding.clone());
        }
    }
    found
}
