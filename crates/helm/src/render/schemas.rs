//! Values against the schemas of a chart and its subcharts, in Helm's words.

use super::RenderError;
use crate::chart::Chart;
use crate::log::LogLine;
use serde_json::Value as Json;
use std::collections::HashMap;
use validate::{SchemaError, Validator};

/// Compiled schemas by their charts' paths.
#[derive(Default)]
pub(super) struct Schemas(HashMap<String, Result<Validator, SchemaError>>);

impl Schemas {
    /// What Helm says where it refuses the values.
    pub(super) fn refuse(
        &mut self,
        chart: &Chart,
        values: &Json,
        log: &mut Vec<LogLine>,
    ) -> Option<RenderError> {
        let mut charts = Vec::new();
        self.check(chart, chart.name(), values, &mut charts);
        let names = self.0.values().flatten().flat_map(Validator::unknown_names);
        log.extend(names.map(|name| {
            let message = "unresolved URN reference ignored; using permissive schema";
            LogLine::warn(message, vec![("urn", name.clone())])
        }));
        if charts.is_empty() {
            return None;
        }
        let text = validate::helm_text(&charts);
        Some(RenderError { message: text, ..RenderError::default() })
    }

    fn check(
        &mut self,
        chart: &Chart,
        path: &str,
        values: &Json,
        charts: &mut Vec<(String, String)>,
    ) {
        if let Some(schema) = &chart.schema {
            let compiled = self.0.entry(path.to_owned()).or_insert_with(|| Validator::new(schema));
            let said = match compiled {
                Ok(validator) => {
                    validator.lines(values).into_iter().map(|line| line + "\n").collect()
                }
                Err(error) => error.to_string(),
            };
            if !said.is_empty() {
                charts.push((chart.name().to_owned(), said));
            }
        }
        for subchart in &chart.dependencies {
            if let Some(below) = values.get(subchart.name()) {
                self.check(subchart, &format!("{path}/{}", subchart.name()), below, charts);
            }
        }
    }
}
