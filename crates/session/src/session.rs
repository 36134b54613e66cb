//! The session: what is open, and the answers to the page's requests.

use crate::export;
use crate::open::{Bundle, CatalogEntry, OpenSource, PresetCard, ReleaseCard, StackCard};
use crate::report::Failure;
use crate::run::Last;
use crate::{Reply, Request};
use checks::Checker;
use helm::{Chart, File, Limits, LoadError, Renderer, World};
use schema::Form;
use serde_json::Value as Json;
use std::rc::Rc;

/// One open stack and what is kept of it between requests.
pub struct Session {
    world: Rc<dyn World>,
    catalog: &'static [Bundle],
    pub(crate) open: Vec<OpenRelease>,
}

/// A release of the stack, ready to be rendered again and again.
pub(crate) struct OpenRelease {
    pub(crate) card: ReleaseCard,
    pub(crate) renderer: Renderer,
    pub(crate) checker: Checker,
    pub(crate) last: Last,
}

impl Session {
    pub fn new(world: Rc<dyn World>, catalog: &'static [Bundle]) -> Self {
        Self { world, catalog, open: Vec::new() }
    }

    /// Answers one request. Never panics: what cannot be done is a [`Reply::Failed`].
    pub fn handle(&mut self, request: Request) -> Reply {
        match request {
            Request::Catalog => {
                Reply::Catalog { entries: self.catalog.iter().filter_map(entry).collect() }
            }
            Request::Open { source } => match self.open(source) {
                Ok(card) => Reply::Opened { card: Box::new(card) },
                Err(error) => failure(error.to_string(), None),
            },
            Request::Run { job } => Reply::Report { report: Box::new(self.run(&job)) },
            Request::Export { job, kind } => match export::export(self, &job, &kind) {
                Ok(file) => Reply::Exported { file },
                Err(message) => failure(message, Some(job.revision)),
            },
        }
    }

    fn open(&mut self, source: OpenSource) -> Result<StackCard, LoadError> {
        let limits = Limits::default();
        let chart = match source {
            OpenSource::Bundled { id } => {
                let bundle = self.catalog.iter().find(|bundle| bundle.name == id);
                let bundle = bundle
                    .ok_or_else(|| LoadError::Archive(format!("{id} is not in the catalog")))?;
                helm::load_files(files(bundle), &limits)?
            }
            OpenSource::Archive { data, .. } => helm::load_archive(&data, &limits)?,
            OpenSource::Files { files, .. } => {
                let files = files.into_iter().map(|file| File { name: file.name, data: file.data });
                helm::load_files(files.collect(), &limits)?
            }
        };
        let release = self.release(chart);
        let card = StackCard {
            id: identify(&release.renderer),
            name: release.card.chart.clone(),
            description: release.card.description.clone(),
            releases: vec![release.card.clone()],
            findings: Vec::new(),
        };
        self.open = vec![release];
        Ok(card)
    }

    fn release(&self, chart: Chart) -> OpenRelease {
        let schema: Option<Json> =
            chart.schema.as_ref().and_then(|bytes| serde_json::from_slice(bytes).ok());
        let defaults = helm::coalesce(&chart, &Json::Object(serde_json::Map::new()));
        let form = Form::build(schema.as_ref(), &defaults, &chart.values_text);
        let preset = |preset: &helm::Preset| PresetCard {
            name: preset.name.clone(),
            file: preset.file.clone(),
            values: preset.values.clone(),
        };
        let card = ReleaseCard {
            name: chart.name().to_owned(),
            namespace: default_namespace(&defaults),
            needs: Vec::new(),
            chart: chart.name().to_owned(),
            version: chart.metadata.version.clone(),
            app_version: chart.metadata.app_version.clone(),
            description: chart.metadata.description.clone(),
            presets: chart.presets.iter().map(preset).collect(),
            readme: chart.file("README.md").map(File::text).unwrap_or_default(),
            values_text: chart.values_text.clone(),
            form,
            defaults,
        };
        OpenRelease {
            card,
            checker: Checker::new(chart.schema.as_deref()),
            renderer: Renderer::new(chart, Rc::clone(&self.world)),
            last: Last::default(),
        }
    }
}

fn files(bundle: &Bundle) -> Vec<File> {
    let file =
        |(name, data): &(&str, &[u8])| File { name: (*name).to_owned(), data: data.to_vec() };
    bundle.files.iter().map(file).collect()
}

fn entry(bundle: &Bundle) -> Option<CatalogEntry> {
    let chart = helm::load_files(files(bundle), &Limits::default()).ok()?;
    Some(CatalogEntry {
        id: bundle.name.to_owned(),
        presets: chart.presets.iter().map(|preset| preset.name.clone()).collect(),
        chart: chart.metadata.name,
        version: chart.metadata.version,
        app_version: chart.metadata.app_version,
        description: chart.metadata.description,
    })
}

/// A chart that names its namespace in `global.namespace` or `namespace` is installed there.
fn default_namespace(defaults: &Json) -> String {
    let named = defaults.pointer("/global/namespace").or_else(|| defaults.get("namespace"));
    named.and_then(Json::as_str).filter(|name| !name.is_empty()).unwrap_or("default").to_owned()
}

/// The reply to a request that cannot be read.
pub fn failed(message: &str) -> Reply {
    failure(message.to_owned(), None)
}

fn failure(message: String, revision: Option<u64>) -> Reply {
    Reply::Failed { failure: Failure { message, revision } }
}

/// Same files, same id.
fn identify(renderer: &Renderer) -> String {
    let mut hash = Fnv::default();
    for file in &renderer.chart().raw {
        hash.write(file.name.as_bytes());
        hash.write(&file.data);
    }
    format!("{}-{:016x}", renderer.chart().name(), hash.finish())
}

/// FNV-1a, 64 bits: tells texts apart, keeps nothing secret.
pub(crate) struct Fnv(u64);

impl Default for Fnv {
    fn default() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }
}

impl Fnv {
    pub(crate) fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3);
        }
    }

    pub(crate) fn finish(&self) -> u64 {
        self.0
    }
}
