//! Which subcharts take part: aliases, tags and conditions; and what they hand to their parents
//! (`import-values`).

use crate::chart::{Chart, Dependency};
use crate::coalesce::{CoalesceError, checked, merge_values, tables};
use serde_json::{Map, Value as Json, json};

/// `CheckDependencies`: names that Chart.yaml lists and `charts/` has not.
pub fn missing(chart: &Chart) -> Vec<String> {
    let wanted = chart.metadata.dependencies.iter();
    let missing =
        wanted.filter(|wanted| !chart.dependencies.iter().any(|below| below.name() == wanted.name));
    missing.map(|wanted| wanted.name.clone()).collect()
}

/// `ProcessDependencies`: the chart with its subcharts aliased, pruned and imported from.
pub(crate) fn process(chart: &Chart, given: &Json) -> Result<Chart, CoalesceError> {
    let mut chart = chart.clone();
    enable(&mut chart, given, "")?;
    import(&mut chart)?;
    Ok(chart)
}

/// A chart that no dependency names stays; each dependency takes its chart, under its alias.
/// A chart whose Chart.yaml names none is left as it is, and all below it.
fn enable(chart: &mut Chart, given: &Json, path: &str) -> Result<(), CoalesceError> {
    if chart.metadata.dependencies.is_empty() {
        return Ok(());
    }
    alias(chart);
    let values = checked(chart, given).map_err(|(_, error)| error)?;
    let tags = values.get("tags").and_then(Json::as_object);
    for dependency in &mut chart.metadata.dependencies {
        dependency.enabled = is_enabled(dependency, tags, &values, path);
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
        enable(subchart, &values, &below)?;
    }
    chart.metadata.dependencies.retain(|dependency| !off.contains(&dependency.name));
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

/// Tags first: any that is true enables, else any that is false disables. Then the first
/// condition that holds a boolean decides.
fn is_enabled(
    dependency: &Dependency,
    tags: Option<&Map<String, Json>>,
    values: &Json,
    path: &str,
) -> bool {
    let states: Vec<bool> = dependency
        .tags
        .iter()
        .filter_map(|tag| tags.and_then(|tags| tags.get(tag)).and_then(Json::as_bool))
        .collect();
    let tagged = states.is_empty() || states.contains(&true);
    let mut conditions =
        dependency.condition.trim().split(',').filter(|condition| !condition.is_empty());
    let decided =
        conditions.find_map(|condition| lookup(values, &format!("{path}{condition}"))?.as_bool());
    decided.unwrap_or(tagged)
}

/// `PathValue`.
fn lookup<'v>(values: &'v Json, path: &str) -> Option<&'v Json> {
    path.split('.').try_fold(values, |value, key| value.as_object()?.get(key))
}

/// Puts what subcharts export below the parent's own defaults, which then hold the subcharts'
/// defaults, too.
fn import(chart: &mut Chart) -> Result<(), CoalesceError> {
    chart.dependencies.iter_mut().try_for_each(import)?;
    if chart.metadata.dependencies.is_empty() {
        return Ok(());
    }
    let values = merge_values(chart, &Json::Null)?;
    let mut imported = Map::new();
    for dependency in &mut chart.metadata.dependencies {
        for item in std::mem::take(&mut dependency.import_values) {
            let (child, parent) = match item {
                Json::String(name) => (format!("exports.{name}"), ".".to_owned()),
                Json::Object(map) => (text(&map, "child"), text(&map, "parent")),
                _ => continue,
            };
            // Templates see the import in this form.
            dependency.import_values.push(json!({"child": child, "parent": parent}));
            let found = lookup(&values, &format!("{}.{child}", dependency.name));
            if let Some(Json::Object(found)) = found {
                tables(&mut imported, &at_path(&parent, found), true);
            }
        }
    }
    if let Json::Object(mut values) = values {
        tables(&mut values, &imported, true);
        chart.values = Json::Object(values);
    }
    Ok(())
}

/// `fmt.Sprintf("%v", …)` of what an import names.
fn text(map: &Map<String, Json>, key: &str) -> String {
    let value = map.get(key).map_or(gotemplate::Value::Nil, sprig::json::to_value);
    let text = gotemplate::fmt::value_v(&value).unwrap_or_default();
    String::from_utf8_lossy(&text).into_owned()
}

/// The table under its path; `.` is the root.
fn at_path(path: &str, table: &Map<String, Json>) -> Map<String, Json> {
    if path == "." {
        return table.clone();
    }
    let wrap = |inner: Map<String, Json>, key: &str| {
        let mut outer = Map::new();
        outer.insert(key.to_owned(), Json::Object(inner));
        outer
    };
    path.rsplit('.').fold(table.clone(), wrap)
}
