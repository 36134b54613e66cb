//! Which subcharts take part: aliases, tags and conditions; and what they hand to their parents
//! (`import-values`).

use crate::chart::{Chart, Dependency};
use crate::coalesce::{CoalesceError, Mode, checked, merge_values, tables};
use crate::log::LogLine;
use serde_json::{Map, Value as Json, json};

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
    import(&mut chart, log)?;
    Ok(chart)
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

/// `Table`: the table at a path, or the key that has none.
fn table<'v>(values: &'v Json, path: &str) -> Result<&'v Map<String, Json>, String> {
    let root = values.as_object().ok_or_else(String::new)?;
    path.split('.').try_fold(root, |map, key| {
        map.get(key).and_then(Json::as_object).ok_or_else(|| key.to_owned())
    })
}

/// What Helm says of an import that finds nothing; the chart is named where a path was given.
fn no_table(key: String, chart: Option<&String>) -> LogLine {
    let error = ("error", format!("{key:?} is not a table"));
    match chart {
        None => LogLine::warn("ImportValues missing table", vec![error]),
        Some(chart) => {
            let attributes = vec![("chart", chart.clone()), error];
            LogLine::warn("ImportValues missing table from chart", attributes)
        }
    }
}

/// Puts what subcharts export below the parent's own defaults, which then hold the subcharts'
/// defaults, too.
fn import(chart: &mut Chart, log: &mut Vec<LogLine>) -> Result<(), CoalesceError> {
    chart.dependencies.iter_mut().try_for_each(|subchart| import(subchart, log))?;
    if !chart.metadata.declares {
        return Ok(());
    }
    let values = merge_values(chart, &Json::Null, log)?;
    let mut imported = Map::new();
    for dependency in &mut chart.metadata.dependencies {
        for item in std::mem::take(&mut dependency.import_values) {
            let (child, parent, exported) = match item {
                Json::String(name) => (format!("exports.{name}"), ".".to_owned(), true),
                Json::Object(map) => (text(&map, "child"), text(&map, "parent"), false),
                _ => continue,
            };
            // Templates see the import in this form.
            dependency.import_values.push(json!({"child": child, "parent": parent}));
            match table(&values, &format!("{}.{child}", dependency.name)) {
                Ok(found) => {
                    let mut mode = Mode { merge: true, log };
                    tables(&mut imported, &at_path(&parent, found), "", &mut mode);
                }
                Err(key) => log.push(no_table(key, (!exported).then_some(&dependency.name))),
            }
        }
    }
    if let Json::Object(mut values) = values {
        tables(&mut values, &imported, "", &mut Mode { merge: true, log });
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
