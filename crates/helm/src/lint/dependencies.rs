//! Chart.yaml and `charts/` name the same dependencies.

use super::{LintOptions, Linter, Loaded, Severity};
use crate::dependencies::missing;
use std::collections::BTreeSet;

pub(super) fn run(linter: &mut Linter<'_>, chart: &Loaded, options: &LintOptions) {
    let chart = match chart {
        Ok(chart) => chart,
        Err(error) => {
            return linter.say(Severity::Error, "", format!("unable to load chart\n\t{error}"));
        }
    };
    let listed: BTreeSet<&str> =
        chart.metadata.dependencies.iter().map(|wanted| wanted.name.as_str()).collect();
    let there = chart.dependencies.iter().map(|subchart| subchart.name());
    let unlisted: Vec<&str> = there.filter(|name| !listed.contains(name)).collect();
    if !unlisted.is_empty() {
        let text = format!("chart metadata is missing these dependencies: {}", unlisted.join(","));
        linter.say(Severity::Error, &options.folder, text);
    }
    let missing = missing(chart);
    if !missing.is_empty() {
        let text = format!("chart directory is missing these dependencies: {}", missing.join(","));
        linter.say(Severity::Warning, &options.folder, text);
    }
}
