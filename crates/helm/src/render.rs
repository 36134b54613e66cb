//! Values into templates into manifests: Helm's engine.

mod error;
mod linted;
mod schemas;
mod templates;
mod text;
mod values;

use crate::capabilities::Capabilities;
use crate::chart::Chart;
use crate::coalesce;
use crate::dependencies;
use crate::limits::Limits;
use crate::log::LogLine;
use crate::manifest::{Documents, Manifest, Sorted, sort};
use crate::provenance::{Kept, LineSource, Provenance, Situation, Tracer};
use finding::Path;
use gotemplate::{Budget, Heap, NoObserver, Observer, Spent, TemplateSet};
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;
use sprig::World;
use std::rc::Rc;

pub use error::RenderError;
pub(crate) use linted::{Stop, outputs};
use schemas::Schemas;
use templates::Templates;
pub use text::render_text;

/// What `.Release` says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Release {
    pub name: String,
    pub namespace: String,
    pub is_upgrade: bool,
    /// From 1; 0 is a release that nobody installs or upgrades, as `helm lint` has it.
    pub revision: i64,
}

impl Default for Release {
    fn default() -> Self {
        Self {
            name: "release-name".to_owned(),
            namespace: "default".to_owned(),
            is_upgrade: false,
            revision: 1,
        }
    }
}

/// How to render.
#[derive(Clone, Debug, Default)]
pub struct Options {
    pub include_crds: bool,
    /// `--skip-schema-validation`.
    pub skip_schema: bool,
    /// Notes of subcharts, too.
    pub sub_notes: bool,
    /// Record where every line came from.
    pub provenance: bool,
    /// Numbers that `--set` gave: int64 in templates, where all others are float64.
    pub integers: Vec<Path>,
    /// Go on after a template that fails, so that the others can be shown.
    pub keep_going: bool,
    pub limits: Limits,
}

/// What a render gave. With `keep_going`, `errors` and `manifests` may both hold something.
#[derive(Clone, Debug, Default)]
pub struct Rendered {
    /// In install order.
    pub manifests: Vec<Manifest>,
    pub hooks: Vec<Manifest>,
    /// CRD files: source and text.
    pub crds: Vec<(String, String)>,
    pub notes: Option<String>,
    /// What Helm would say, the first being what it would end with.
    pub errors: Vec<RenderError>,
    /// The coalesced values that the templates saw.
    pub values: Json,
    /// Hook events that Helm does not know.
    pub unknown_hooks: Vec<String>,
    /// What Helm logs while it lays the values together, in the order of their keys (Helm's own
    /// order is that of Go's maps, new on every run).
    pub log: Vec<LogLine>,
    pub provenance: Option<Provenance>,
    /// Template files that were executed; the others print what they printed in the last render,
    /// having seen nothing of what has changed (only with provenance).
    pub executed: usize,
}

impl Rendered {
    /// Where the lines of a manifest of this render came from; none without provenance.
    pub fn lines(&self, manifest: &Manifest) -> Vec<LineSource> {
        let provenance = self.provenance.as_ref();
        provenance.map(|it| it.lines(manifest, &self.values)).unwrap_or_default()
    }
}

/// A chart ready to be rendered again and again: templates are parsed once, and executed again only
/// if they may print something else.
pub struct Renderer {
    chart: Chart,
    world: Rc<dyn World>,
    parsed: Option<Parsed>,
    documents: Documents,
    schemas: Schemas,
    kept: Option<Kept>,
}

/// Templates of the subcharts that take part.
struct Parsed {
    /// Names of the charts, which tell whether the same take part again.
    charts: Vec<String>,
    set: Rc<TemplateSet>,
}

impl Renderer {
    pub fn new(chart: Chart, world: Rc<dyn World>) -> Self {
        Self {
            chart,
            world,
            parsed: None,
            documents: Documents::default(),
            schemas: Schemas::default(),
            kept: None,
        }
    }

    pub fn chart(&self) -> &Chart {
        &self.chart
    }

    /// Renders with `given` (all `-f` and `--set` laid together) over the chart's defaults.
    pub fn render(
        &mut self,
        given: &Json,
        release: &Release,
        capabilities: &Capabilities,
        options: &Options,
    ) -> Rendered {
        let mut rendered = Rendered::default();
        let chart = match self.prepare(given, capabilities, options, &mut rendered) {
            Ok(chart) => chart,
            Err(error) => {
                rendered.errors.push(error);
                return rendered;
            }
        };
        let templates = Templates::of(&chart);
        let set = match self.parse(&templates, &options.limits) {
            Ok(set) => set,
            Err(error) => {
                rendered.errors.push(error);
                return rendered;
            }
        };
        if options.include_crds {
            templates::crds(&chart, chart.name(), &mut rendered.crds);
        }
        let _heap = Heap::enter();
        let inputs = Inputs {
            chart: &chart,
            templates: &templates,
            set: &set,
            release,
            capabilities,
            options,
        };
        let executed = match options.provenance {
            true => self.trace(&inputs, &mut rendered),
            false => inputs.execute(&rendered.values, &mut NoObserver),
        };
        rendered.executed = executed.count;
        rendered.errors.extend(executed.errors);
        finish(executed.files, &chart, options, &mut rendered, &mut self.documents);
        rendered
    }

    /// Executes what may print something else than in the last traced render.
    fn trace(&mut self, inputs: &Inputs<'_>, rendered: &mut Rendered) -> Executed {
        let situation = Situation {
            set: Rc::clone(inputs.set),
            release: inputs.release.clone(),
            capabilities: inputs.capabilities.clone(),
            integers: inputs.options.integers.clone(),
        };
        let mut tracer = Tracer::after(self.kept.take(), &situation);
        let mut executed = inputs.execute(&rendered.values, &mut tracer);
        if tracer.is_stale() {
            tracer = Tracer::default();
            executed = inputs.execute(&rendered.values, &mut tracer);
        }
        let (provenance, kept) = tracer.finish(situation, &rendered.values);
        self.kept = kept;
        rendered.provenance = Some(provenance);
        executed
    }

    /// The chart with the subcharts that take part, and the values that its templates see.
    fn prepare(
        &mut self,
        given: &Json,
        capabilities: &Capabilities,
        options: &Options,
        rendered: &mut Rendered,
    ) -> Result<Chart, RenderError> {
        error::not_installable(&self.chart)?;
        let chart = dependencies::process(&self.chart, given, &mut rendered.log)
            .map_err(|error| error::of_dependencies(&error))?;
        match coalesce::checked(&chart, given, &mut rendered.log) {
            Ok(values) => rendered.values = values,
            Err((values, error)) => {
                rendered.values = values;
                return Err(error::of_values(&error));
            }
        }
        if !options.skip_schema
            && let Some(error) = self.schemas.refuse(&chart, &rendered.values, &mut rendered.log)
        {
            return Err(error);
        }
        error::wrong_cluster(&chart, capabilities)?;
        Ok(chart)
    }

    fn parse(
        &mut self,
        templates: &Templates,
        limits: &Limits,
    ) -> Result<Rc<TemplateSet>, RenderError> {
        let charts = templates.charts();
        if let Some(parsed) = self.parsed.as_ref().filter(|parsed| parsed.charts == charts) {
            return Ok(Rc::clone(&parsed.set));
        }
        let set = parse(templates, &self.world, sprig::Mode::Render, limits)?;
        self.parsed = Some(Parsed { charts, set: Rc::clone(&set) });
        Ok(set)
    }
}

/// All templates in one set, the functions behaving as `mode` says.
fn parse(
    templates: &Templates,
    world: &Rc<dyn World>,
    mode: sprig::Mode,
    limits: &Limits,
) -> Result<Rc<TemplateSet>, RenderError> {
    let functions = sprig::functions(Rc::clone(world), mode);
    let mut set = TemplateSet::new(Rc::new(functions), limits.template.clone());
    for template in templates.in_order() {
        set.parse(&template.name, &template.text).map_err(error::of_parse)?;
    }
    Ok(Rc::new(set))
}

/// Who an observer may be: nobody, or the tracer.
pub(crate) trait Watch: Observer {
    /// A render begins: the map that is the root's `.Values`, every chart's dot, and the values
    /// that they were made from.
    fn begin(&mut self, _root: &gotemplate::Value, _dots: &[gotemplate::Value], _values: &Json) {}

    /// What a template file prints, where that is known without executing it.
    fn kept(&mut self, _name: &str, _budget: &mut Budget) -> Option<String> {
        None
    }

    /// A template file is about to be executed.
    fn file(&mut self) {}

    /// A template file has printed `text`, or failed.
    fn ended(&mut self, _name: &str, _text: Option<&str>, _spent: Spent) {}

    /// Values paths read by the action that has just failed.
    fn last_reads(&self) -> Vec<Path> {
        Vec::new()
    }
}

impl Watch for NoObserver {}

/// What templates are executed on.
pub(crate) struct Inputs<'r> {
    chart: &'r Chart,
    templates: &'r Templates,
    set: &'r Rc<TemplateSet>,
    release: &'r Release,
    capabilities: &'r Capabilities,
    options: &'r Options,
}

/// What executing them gave.
#[derive(Default)]
pub(crate) struct Executed {
    /// Names of template files and what they printed.
    files: Vec<(String, String)>,
    errors: Vec<RenderError>,
    /// Files executed: all but those that the observer knew.
    count: usize,
}

impl Inputs<'_> {
    fn execute<W: Watch>(&self, values: &Json, watch: &mut W) -> Executed {
        let Self { chart, release, capabilities, options, .. } = self;
        let scopes = values::scopes(chart, values, release, capabilities, &options.integers);
        watch.begin(&scopes.values, &scopes.dots(), values);
        let mut budget = Budget::new(options.limits.template.clone());
        let mut executed = Executed::default();
        for template in self.templates.in_order().iter().filter(|it| !it.is_partial()) {
            let Some(dot) = scopes.dot(&template.chart, &template.name, &template.base) else {
                continue;
            };
            if let Some(text) = watch.kept(&template.name, &mut budget) {
                executed.files.push((template.name.clone(), text));
                continue;
            }
            executed.count += 1;
            match self.execute_file(&template.name, dot, &mut budget, watch) {
                Ok(text) => executed.files.push((template.name.clone(), text)),
                Err(error) => {
                    executed.errors.push(error);
                    if !options.keep_going {
                        executed.files.clear();
                        break;
                    }
                }
            }
        }
        executed
    }

    fn execute_file<W: Watch>(
        &self,
        name: &str,
        dot: gotemplate::Value,
        budget: &mut Budget,
        watch: &mut W,
    ) -> Result<String, RenderError> {
        let how = gotemplate::Options { missing_key: gotemplate::MissingKey::Zero };
        let before = budget.clone();
        watch.file();
        match gotemplate::execute(self.set, name, dot, &how, budget, watch) {
            Ok(output) => {
                let text = text::shown(output);
                watch.ended(name, Some(&text), budget.since(&before));
                Ok(text)
            }
            Err(error) => {
                watch.ended(name, None, budget.since(&before));
                let mut error = error::of_execution(&error, name);
                error.reads = watch.last_reads();
                Err(error)
            }
        }
    }
}

fn finish(
    mut files: Vec<(String, String)>,
    chart: &Chart,
    options: &Options,
    rendered: &mut Rendered,
    documents: &mut Documents,
) {
    let own_notes = format!("{}/templates/NOTES.txt", chart.name());
    let mut notes = String::new();
    files.retain(|(name, text)| {
        if !name.ends_with("NOTES.txt") {
            return true;
        }
        if (*name == own_notes || options.sub_notes) && !text.is_empty() {
            notes.push_str(text);
            notes.push('\n');
        }
        false
    });
    rendered.notes = (!notes.is_empty()).then_some(notes);
    let Sorted { manifests, hooks, bad, unknown_hooks } = sort(&files, documents);
    rendered.manifests = manifests;
    rendered.hooks = hooks;
    rendered.unknown_hooks = unknown_hooks;
    rendered.errors.extend(bad.into_iter().map(error::of_manifest));
}
