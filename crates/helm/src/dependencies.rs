//! Which subcharts take part: aliases, tags and conditions.

use crate::chart::{Chart, Dependency};
use crate::coalesce::{CoalesceError, checked, coalesce};
use crate::imports;
use crate::log::LogLine;
use serde_json::{Map, Value as Json};

/// `CheckDependencies`: names that Chart.yaml lists and `charts/` has not.
pub fn missing(chart: &Chart) -> Vec<String> {
    let wanted = chart.metadata.dependencies.iter();
    let missing =
        wanted.filter(|wanted| !chart.dependencies.iter().any(|below| below.name() == wanted.name));
    missing.map(|wanted| wanted.name.clone()).collect()
}

/// `ProcessDependencies`: the chart with its subcharts aliased, pruned and imported from.
pub(crate) fn process(
    chart: &Chart,
    given: &Json,
    log: &mut Vec<LogLine>,
) -> Result<Chart, CoalesceError> {
    let mut chart = chart.clone();
    enable(&mut chart, given, "", log)?;
    imports::import(&mut chart, log)?;
    Ok(chart)
}

/// The values that can be set: the chart's defaults over its subcharts', each at the key that its
/// values stand at (the alias where it has one), whether it is switched on or not.
pub fn defaults(chart: &Chart) -> Json {
    let mut chart = chart.clone();
    alias_all(&mut chart);
    coalesce(&chart, &Json::Object(serde_json::Map::new()))
}

fn alias_all(chart: &mut Chart) {
    if chart.metadata.declares {
        alias(chart);
    }
    chart.dependencies.iter_mut().for_each(alias_all);
}

/// A chart that no dependency names stays; each dependency takes its chart, under its alias.
/// A chart that says nothing of dependencies is left as it is, and all below it.
fn enable(
    chart: &mut Chart,
    given: &Json,
    path: &str,
    log: &mut Vec<LogLine>,
) -> Result<(), CoalesceError> {
    if !chart.metadata.declares {
        return Ok(());
    }
    alias(chart);
    let values = checked(chart, given, log).map_err(|(_, error)| error)?;
    let tags = values.get("tags").and_then(Json::as_object);
    for dependency in &mut chart.metadata.dependencies {
        dependency.enabled = tagged(dependency, tags, log);
    }
    for dependency in &mut chart.metadata.dependencies {
        if let Some(decided) = decided(dependency, &values, path, log) {
            dependency.enabled = decided;
        }
    }
    let off: Vec<String> = chart
        .metadata
        .dependencies
        .iter()
        .filter(|dependency| !dependency.enabled)
        .map(|dependency| dependency.name.clone())
        .collect();
    chart.dependencies.retain(|subchart| !off.iter().any(|name| name == subchart.name()));
    for subchart in &mut chart.dependencies {
        let below = format!("{path}{}.", subchart.name());
        enable(subchart, &values, &below, log)?;
    }
    chart.metadata.dependencies.retain(|dependency| !off.contains(&dependency.name));
    // Go's list is nil again once nothing is left in it.
    chart.metadata.declares = !chart.metadata.dependencies.is_empty();
    Ok(())
}

fn alias(chart: &mut Chart) {
    let all = std::mem::take(&mut chart.dependencies);
    let fits = |wanted: &Dependency, subchart: &Chart| {
        wanted.name == subchart.name() && version_fits(&wanted.version, &subchart.metadata.version)
    };
    let wanted = &mut chart.metadata.dependencies;
    let named = |subchart: &Chart| wanted.iter().any(|wanted| fits(wanted, subchart));
    let mut kept: Vec<Chart> = all.iter().filter(|subchart| !named(subchart)).cloned().collect();
    for wanted in wanted {
        if let Some(found) = all.iter().find(|subchart| fits(wanted, subchart)) {
            let mut subchart = found.clone();
            if !wanted.alias.is_empty() {
                subchart.metadata.name.clone_from(&wanted.alias);
            }
            kept.push(subchart);
        }
        if !wanted.alias.is_empty() {
            wanted.name.clone_from(&wanted.alias);
        }
    }
    chart.dependencies = kept;
}

/// `IsCompatibleRange`, which is false for what is no range, the empty text too.
fn version_fits(wanted: &str, version: &str) -> bool {
    match (sprig::semver::Constraint::parse(wanted), sprig::semver::Version::parse(version)) {
        (Ok(constraint), Some(version)) => constraint.check(&version),
        _ => false,
    }
}

/// Any tag that is true enables, else any that is false disables.
fn tagged(
    dependency: &Dependency,
    tags: Option<&Map<String, Json>>,
    log: &mut Vec<LogLine>,
) -> bool {
    let mut states = Vec::new();
    for tag in &dependency.tags {
        match tags.and_then(|tags| tags.get(tag)) {
            None => {}
            Some(Json::Bool(state)) => states.push(*state),
            Some(_) => log.push(no_boolean("tag", tag, dependency)),
        }
    }
    states.is_empty() || states.contains(&true)
}

/// What the first condition that holds a boolean says, which goes before the tags.
fn decided(
    dependency: &Dependency,
    values: &Json,
    path: &str,
    log: &mut Vec<LogLine>,
) -> Option<bool> {
    let conditions = dependency.condition.trim().split(',');
    for condition in conditions.filter(|condition| !condition.is_empty()) {
        // `PathValue` finds no tables.
        match lookup(values, &format!("{path}{condition}")) {
            None | Some(Json::Object(_)) => {}
            Some(Json::Bool(state)) => return Some(*state),
            Some(_) => log.push(no_boolean("path", condition, dependency)),
        }
    }
    None
}

fn no_boolean(kind: &'static str, what: &str, dependency: &Dependency) -> LogLine {
    let attributes = vec![(kind, what.to_owned()), ("chart", dependency.name.clone())];
    LogLine::warn("returned non-bool value", attributes)
}

/// `PathValue`.
fn lookup<'v>(values: &'v Json, path: &str) -> Option<&'v Json> {
    path.split('.').try_fold(values, |value, key| value.as_object()?.get(key))
}
