//! What is open: the stack with its forms, checkers and renderers, ready for one job after
//! another.

use crate::card::card;
use crate::edited::Unedited;
use crate::job::Job;
use crate::objects::Objects;
use crate::open::{Bundle, InputFile, OpenSource, ReleaseCard, StackCard};
use crate::preview::Preview;
use crate::readme::{Readme, blocks};
use crate::review::Review;
use crate::run::Shown;
use crate::sources;
use crate::values::base_values;
use crate::views::{Last, NextKey};
use checks::manifests::ManifestChecks;
use checks::{Checker, Rules};
use finding::{Finding, Location, Path, Severity};
use helm::{Chart, File, Limits, LoadError, Renderer, Stack, StackRelease, World};
use schema::{Form, Sources};
use serde_json::{Map, Value as Json};
use std::collections::BTreeMap;
use std::rc::Rc;

/// The open stack.
pub(crate) struct OpenStack {
    pub(crate) card: StackCard,
    pub(crate) releases: Vec<OpenRelease>,
    /// Rules between releases, of `stack.schema.json`.
    pub(crate) rules: Rules,
    pub(crate) checks: ManifestChecks,
    /// The folder as it was opened; empty for a lone chart.
    pub(crate) files: Vec<File>,
    pub(crate) world: Rc<dyn World>,
    /// The page's job as it was rendered last, release by release.
    pub(crate) shown: Vec<Shown>,
    /// What the page was told last.
    pub(crate) preview: Preview,
    pub(crate) review: Review,
    /// The job that was rendered and not yet reviewed.
    pub(crate) unreviewed: Option<Job>,
    /// The manifests without a person's edits.
    pub(crate) unedited: Unedited,
}

/// A release of the stack, ready to be rendered again and again.
pub(crate) struct OpenRelease {
    pub(crate) card: ReleaseCard,
    /// Folder of the chart beside the helmfile; empty for a lone chart.
    pub(crate) folder: String,
    /// The chart's own form: paths without the release's name.
    pub(crate) form: Form,
    /// Values that the helmfile gives in every environment.
    pub(crate) fixed: Json,
    pub(crate) defaults: Json,
    pub(crate) presets: BTreeMap<String, Json>,
    pub(crate) values_text: String,
    /// README.md; empty where the chart has none.
    readme: String,
    pub(crate) renderer: Renderer,
    pub(crate) checker: Checker,
    pub(crate) last: Last,
    pub(crate) objects: Objects,
    pub(crate) limits: Limits,
}

impl OpenStack {
    pub(crate) fn open(
        source: OpenSource,
        catalog: &[Bundle],
        world: &Rc<dyn World>,
        limits: &Limits,
    ) -> Result<Self, LoadError> {
        load(source, catalog, limits).map(|stack| Self::new(stack, world, limits))
    }

    fn new(stack: Stack, world: &Rc<dyn World>, limits: &Limits) -> Self {
        let lone = stack.files.is_empty();
        let mut checks = ManifestChecks::default();
        let root: Option<Json> = json(stack.schema.as_deref());
        if let Some(root) = &root {
            checks.add_schema(root);
        }
        for release in &stack.releases {
            declare(&release.chart, &mut checks);
        }
        let id = identify(&stack);
        let order = needs(&stack);
        let findings = order.iter().flat_map(|it| checks.documented("needs-order", it)).collect();
        let environments = stack.environments;
        let keys = NextKey::default();
        let releases: Vec<OpenRelease> = stack
            .releases
            .into_iter()
            .map(|release| OpenRelease::new(release, lone, world, limits, &keys))
            .collect();
        let card = card(id, &releases, lone, root.as_ref(), &environments);
        Self {
            card: StackCard { external: checks.external().to_vec(), findings, ..card },
            releases,
            rules: root.as_ref().map(Rules::compile).unwrap_or_default(),
            checks,
            files: stack.files,
            world: Rc::clone(world),
            shown: Vec::new(),
            preview: Preview::default(),
            review: Review::default(),
            unreviewed: None,
            unedited: Unedited::default(),
        }
    }

    /// What the charts say of themselves.
    pub(crate) fn readmes(&self) -> Vec<Readme> {
        let told = |release: &OpenRelease| Readme {
            name: release.card.name.clone(),
            blocks: blocks(&release.readme),
        };
        self.releases.iter().map(told).collect()
    }

    pub(crate) fn is_lone(&self) -> bool {
        self.files.is_empty()
    }
}

/// Bytes to a stack, told apart by content.
pub(crate) fn load(
    source: OpenSource,
    catalog: &[Bundle],
    limits: &Limits,
) -> Result<Stack, LoadError> {
    match source {
        OpenSource::Bundled { id } => {
            let bundle = catalog.iter().find(|bundle| bundle.name == id);
            let bundle =
                bundle.ok_or_else(|| LoadError::Archive(format!("{id} is not in the catalog")))?;
            load_folder(files(bundle), limits)
        }
        OpenSource::Archive { data, .. } => {
            let files = without_top(helm::unpack(&data, limits)?);
            if Stack::is_stack(&files) {
                return load_folder(files, limits);
            }
            helm::load_archive(&data, limits).map(Stack::of)
        }
        OpenSource::Files { files, .. } => {
            let file = |file: InputFile| File { name: file.name, data: file.data };
            load_folder(without_top(files.into_iter().map(file).collect()), limits)
        }
    }
}

pub(crate) fn load_folder(files: Vec<File>, limits: &Limits) -> Result<Stack, LoadError> {
    if !Stack::is_stack(&files) {
        return helm::load_files(files, limits).map(Stack::of);
    }
    let schema = files.iter().find(|file| file.name == helm::STACK_SCHEMA);
    let schema: Option<Json> = json(schema.map(|file| file.data.as_slice()));
    Stack::load(files, limits).map_err(|error| documented(error, schema.as_ref()))
}

/// A chart that Helm does not load for its version breaks a rule, where the stack documents one.
fn documented(error: LoadError, schema: Option<&Json>) -> LoadError {
    let text = error.to_string();
    if !text.contains("metadata.version") {
        return error;
    }
    let mut checks = ManifestChecks::default();
    schema.into_iter().for_each(|schema| checks.add_schema(schema));
    let finding =
        Finding::new("stack/chart-version", Severity::Error, Location::Chart, format!("{text}."));
    let broken = checks.documented("chart-version", &finding).into_iter().next();
    match broken.map(|it| (it.message, it.rule, it.source)) {
        Some((message, Some(rule), Some(source))) => {
            LoadError::Archive(format!("{message} ({rule}, {})", source.text))
        }
        _ => error,
    }
}

pub(crate) fn files(bundle: &Bundle) -> Vec<File> {
    let file =
        |(name, data): &(&str, &[u8])| File { name: (*name).to_owned(), data: data.to_vec() };
    bundle.files.iter().map(file).collect()
}

/// Names below the one folder that holds everything, where there is one.
fn without_top(files: Vec<File>) -> Vec<File> {
    let top = |file: &File| file.name.split_once('/').map(|(top, _)| top.to_owned());
    let Some(first) = files.first().and_then(top) else { return files };
    if files.iter().any(|file| top(file).as_ref() != Some(&first)) {
        return files;
    }
    let below = |file: File| File { name: file.name[first.len() + 1..].to_owned(), ..file };
    files.into_iter().map(below).collect()
}

pub(crate) fn json(bytes: Option<&[u8]>) -> Option<Json> {
    serde_json::from_slice(bytes?).ok()
}

/// What a chart and its subcharts declare for the checks on manifests.
fn declare(chart: &Chart, checks: &mut ManifestChecks) {
    if let Some(schema) = json(chart.schema.as_deref()) {
        checks.add_schema(&schema);
    }
    for file in chart.files.iter().filter(|file| file.name.starts_with("policies/")) {
        let text = file.text();
        // What is no YAML is no policy.
        let documents = helm::split(&text).into_iter();
        let documents = documents.filter_map(|(_, text)| yaml::from_str(text).ok());
        checks.add_policies(&documents.collect::<Vec<_>>());
    }
    for dependency in &chart.dependencies {
        declare(dependency, checks);
    }
}

impl OpenRelease {
    fn new(
        release: StackRelease,
        lone: bool,
        world: &Rc<dyn World>,
        limits: &Limits,
        keys: &NextKey,
    ) -> Self {
        let StackRelease { chart, values: fixed, .. } = release;
        let defaults = base_values(&helm::defaults(&chart), Some(&fixed));
        let form = form(&chart, &defaults, limits);
        let presets = match lone {
            true => chart.presets.iter().map(|it| (it.name.clone(), it.values.clone())).collect(),
            false => release.environments,
        };
        let name = match release.name.is_empty() {
            true => chart.name().to_owned(),
            false => release.name,
        };
        let namespace = match release.namespace.is_empty() {
            true => default_namespace(&defaults),
            false => release.namespace,
        };
        let readme = chart.files.iter().find(|file| file.name.eq_ignore_ascii_case("README.md"));
        let readme = readme.map(helm::File::text);
        let card = ReleaseCard {
            at: if lone { Path::root() } else { Path::root().key(name.as_str()) },
            name,
            namespace,
            needs: release.needs,
            chart: chart.name().to_owned(),
            version: chart.metadata.version.clone(),
            app_version: chart.metadata.app_version.clone(),
            description: chart.metadata.description.clone(),
        };
        Self {
            card,
            folder: release.folder,
            form,
            fixed,
            defaults,
            presets,
            values_text: chart.values_text.clone(),
            readme: readme.unwrap_or_default(),
            checker: Checker::new(chart.schema.as_deref()),
            renderer: Renderer::new(chart, Rc::clone(world)),
            last: Last::new(Rc::clone(keys)),
            objects: Objects::default(),
            limits: limits.clone(),
        }
    }
}

/// The form of a chart, from all that it says of its values.
fn form(chart: &Chart, defaults: &Json, limits: &Limits) -> Form {
    let (schema, notes) = (form_schema(chart), sources::notes(chart));
    let uses = sources::uses(chart, limits);
    let from = Sources { schema: schema.as_ref(), notes: Some(&notes), uses: Some(&uses) };
    let mut form = Form::from_sources(&from, defaults);
    checks::tell_shapes(&mut form);
    form
}

/// The chart's schema with its subcharts' schemas where the chart says nothing of them: the form
/// shows what Helm will check.
fn form_schema(chart: &Chart) -> Option<Json> {
    let own = json(chart.schema.as_deref());
    let below: Vec<(String, Json)> = chart
        .dependencies
        .iter()
        .filter_map(|dependency| {
            let named = chart.metadata.dependencies.iter().find(|it| it.name == dependency.name());
            let alias = named.map(|it| it.alias.clone()).filter(|alias| !alias.is_empty());
            let key = alias.unwrap_or_else(|| dependency.name().to_owned());
            Some((key, form_schema(dependency)?))
        })
        .collect();
    if below.is_empty() {
        return own;
    }
    let mut schema = own.unwrap_or_else(|| Json::Object(Map::new()));
    let root = schema.as_object_mut()?;
    let properties = root.entry("properties").or_insert_with(|| Json::Object(Map::new()));
    for (key, subschema) in below {
        if let Json::Object(properties) = properties
            && properties.get(&key).is_none_or(|known| known.get("properties").is_none())
        {
            properties.insert(key, subschema);
        }
    }
    Some(schema)
}

/// A chart that names its namespace in `global.namespace` or `namespace` is installed there.
fn default_namespace(defaults: &Json) -> String {
    let named = ["/global/namespace", "/namespace/name", "/namespace"];
    let found = named.iter().find_map(|pointer| defaults.pointer(pointer)?.as_str());
    found.filter(|name| !name.is_empty()).unwrap_or("default").to_owned()
}

/// Needs that no order can meet.
fn needs(stack: &Stack) -> Vec<Finding> {
    let mut texts = Vec::new();
    if !stack.cycle.is_empty() {
        let names = stack.cycle.join(", ");
        texts.push(format!(
            "The releases {names} need each other in a ring, so none can come first."
        ));
    }
    for (release, need) in &stack.missing {
        texts.push(format!("Release {release} needs {need}, which is no release of this stack."));
    }
    let finding = |text| {
        let location = Location::File { file: helm::HELMFILE.to_owned(), line: 0, column: 0 };
        Finding::new("stack/needs-order", Severity::Error, location, text)
    };
    texts.into_iter().map(finding).collect()
}

/// Same files, same id.
fn identify(stack: &Stack) -> String {
    let mut hash = Fnv::default();
    let own = stack.releases.iter().flat_map(|release| &release.chart.raw);
    for file in own.chain(&stack.files) {
        hash.write(file.name.as_bytes());
        hash.write(&file.data);
    }
    let name = stack.releases.first().map(|release| release.chart.name()).unwrap_or_default();
    format!("{name}-{:016x}", hash.finish())
}

/// Lays presets for a release: what the helmfile always gives, then the preset.
pub(crate) fn with_fixed(fixed: &Json, preset: Option<&Json>) -> Json {
    let mut values = fixed.clone();
    if let Some(preset) = preset {
        helm::layer(&mut values, preset.clone());
    }
    values
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
