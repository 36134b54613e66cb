//! A single text of a chart that is no manifest, such as a Dockerfile, run by the same engine.

use super::RenderError;
use super::error;
use crate::limits::Limits;
use gotemplate::{Budget, Heap, MissingKey, NoObserver, TemplateSet};
use serde_json::Value as Json;
use sprig::World;
use std::rc::Rc;

/// Executes `text` with `dot` as its context.
///
/// # Errors
/// As a template of the chart would fail, with `name` as its name.
pub fn render_text(
    name: &str,
    text: &str,
    dot: &Json,
    world: &Rc<dyn World>,
) -> Result<String, RenderError> {
    let limits = Limits::default();
    let functions = sprig::functions(Rc::clone(world), sprig::Mode::Render);
    let mut set = TemplateSet::new(Rc::new(functions), limits.template.clone());
    set.parse(name, text.as_bytes()).map_err(error::of_parse)?;
    let _heap = Heap::enter();
    let mut budget = Budget::new(limits.template);
    let how = gotemplate::Options { missing_key: MissingKey::Zero };
    let dot = sprig::json::to_value(dot);
    gotemplate::execute(&Rc::new(set), name, dot, &how, &mut budget, &mut NoObserver)
        .map(shown)
        .map_err(|failure| error::of_execution(&failure, name))
}

/// What Helm leaves of a template's output.
pub(super) fn shown(output: Vec<u8>) -> String {
    let text = String::from_utf8(output)
        .unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned());
    if text.contains("<no value>") { text.replace("<no value>", "") } else { text }
}
