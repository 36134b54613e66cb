//! What a chart's templates print for `helm lint`: `required` and `fail` end nothing there, and
//! library charts and charts for other clusters are rendered, too.

use super::schemas::Schemas;
use super::templates::Templates;
use super::{Inputs, Options, Release, RenderError, parse};
use crate::capabilities::Capabilities;
use crate::chart::Chart;
use crate::log::LogLine;
use crate::{coalesce, dependencies};
use gotemplate::{Heap, NoObserver};
use serde_json::Value as Json;
use sprig::{Mode, PassedOver, World};
use std::rc::Rc;

/// Why there are no outputs.
pub(crate) enum Stop {
    /// Helm's lint says nothing of it and goes on: values that do not fit the tree of charts.
    Silent,
    Said(Box<RenderError>),
}

impl From<RenderError> for Stop {
    fn from(error: RenderError) -> Self {
        Self::Said(Box::new(error))
    }
}

/// Names of templates (`app/templates/x.yaml`) and what they print.
pub(crate) fn outputs(
    chart: &Chart,
    given: &Json,
    world: &Rc<dyn World>,
    release: &Release,
    capabilities: &Capabilities,
    options: &Options,
    log: &mut Vec<LogLine>,
) -> Result<Vec<(String, String)>, Stop> {
    let chart = dependencies::process(chart, given, log).map_err(|_| Stop::Silent)?;
    let values = coalesce::checked(&chart, given, log).map_err(|_| Stop::Silent)?;
    if !options.skip_schema
        && let Some(error) = Schemas::default().refuse(&chart, &values, log)
    {
        return Err(error.into());
    }
    let templates = Templates::of(&chart);
    let noted = Rc::default();
    let mode = Mode::Lint(Rc::clone(&noted));
    let set = parse(&templates, world, mode, &options.limits)?;
    let _heap = Heap::enter();
    let inputs =
        Inputs { chart: &chart, templates: &templates, set: &set, release, capabilities, options };
    let executed = inputs.execute(&values, &mut NoObserver);
    log.extend(noted.take().into_iter().map(logged));
    match executed.errors.into_iter().next() {
        Some(error) => Err(error.into()),
        None => Ok(executed.files),
    }
}

/// What Helm logs of a template that it would not render.
fn logged(passed: PassedOver) -> LogLine {
    let message = |text| vec![("message", text)];
    match passed {
        PassedOver::Missing(text) => LogLine::warn("missing required value", message(text)),
        PassedOver::Empty(text) => LogLine::warn("missing required values", message(text)),
        PassedOver::Fail(text) => {
            LogLine { attributes: message(text), ..LogLine::info("funcMap fail".to_owned()) }
        }
    }
}
