//! Values against the schemas of a chart and its subcharts, in Helm's words.

use super::RenderError;
use crate::chart::Chart;
use serde_json::Value as Json;
use std::collections::HashMap;
use validate::{SchemaError, Validator};

/// Compiled schemas by their charts' paths.
#[derive(Default)]
pub(super) struct Schemas(HashMap<String, Result<Validator, SchemaError>>);

impl Schemas {
    /// What Helm says where it refuses the values.
    pub(super) fn refuse(&mut self, chart: &Chart, values: &Json) -> Option<RenderError> {
        let mut charts = Vec::new();
        self.check(chart, chart.name(), values, &mut charts);
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
        charts: &mut Vec<(String, Vec<String>)>,
    ) {
        if let Some(schema) = &chart.schema {
            let compiled = self.0.entry(path.to_owned()).or_insert_with(|| Validator::new(schema));
            let lines: Vec<String> = match compiled {
                Ok(validator) => validator.lines(values),
                Err(error) => vec![error.to_string()],
            };
            if !lines.is_empty() {
                charts.push((chart.name().to_owned(), lines));
            }
        }
        for subchart in &chart.dependencies {
            if let Some(below) = values.get(subchart.name()) {
                self.check(subchart, &format!("{path}/{}", subchart.name()), below, charts);
            }
        }
    }
}
