//! Which subcharts take part: aliases, tags and conditions; and what they hand to their parents
//! (`import-values`).

use crate::chart::{Chart, Dependency};
use crate::coalesce::coalesce;
use serde_json::{Map, Value as Json};

/// `ProcessDependencies`: the chart with its subcharts aliased, pruned and imported from.
pub(crate) fn process(chart: &Chart, given: &Json) -> Chart {
    let mut chart = chart.clone();
    alias(&mut chart);
    enable(&mut chart, given);
    import(&mut chart);
    chart
}

/// A chart that no dependency names stays; each dependency takes its chart, under its alias.
fn alias(chart: &mut Chart) {
    if chart.metadata.dependencies.is_empty() {
        return;
    }
    let (named, mut kept): (Vec<Chart>, Vec<Chart>) =
        std::mem::take(&mut chart.dependencies).into_iter().partition(|subchart| {
            chart.metadata.dependencies.iter().any(|wanted| wanted.name == subchart.name())
        });
    for wanted in &chart.metadata.dependencies {
        let found = named.iter().find(|subchart| {
            subchart.name() == wanted.name
                && version_fits(&wanted.version, &subchart.metadata.version)
        });
        if let Some(found) = found {
            let mut subchart = found.clone();
            if !wanted.alias.is_empty() {
                subchart.metadata.name.clone_from(&wanted.alias);
            }
            kept.push(subchart);
        }
    }
    chart.dependencies = kept;
}

fn version_fits(wanted: &str, version: &str) -> bool {
    if wanted.is_empty() {
        return true;
    }
    match (sprig::semver::Constraint::parse(wanted), sprig::semver::Version::parse(version)) {
        (Ok(constraint), Some(version)) => constraint.check(&version),
        _ => false,
    }
}

fn enable(chart: &mut Chart, given: &Json) {
    if chart.metadata.dependencies.is_empty() {
        for subchart in &mut chart.dependencies {
            let below = given.get(subchart.name()).cloned().unwrap_or_default();
            alias(subchart);
            enable(subchart, &below);
        }
        return;
    }
    let values = coalesce(chart, given);
    let wanted = chart.metadata.dependencies.clone();
    chart.dependencies.retain(|subchart| {
        let dependency = wanted.iter().find(|wanted| {
            let name = if wanted.alias.is_empty() { &wanted.name } else { &wanted.alias };
            name == subchart.name()
        });
        dependency.is_none_or(|dependency| is_enabled(dependency, &values))
    });
    for subchart in &mut chart.dependencies {
        let below = values.get(subchart.name()).cloned().unwrap_or_default();
        alias(subchart);
        enable(subchart, &below);
    }
}

/// Tags first: any that is true enables, else any that is false disables. Then the first
/// condition that holds a boolean decides.
fn is_enabled(dependency: &Dependency, values: &Json) -> bool {
    let tags = values.get("tags");
    let states: Vec<bool> = dependency
        .tags
        .iter()
        .filter_map(|tag| tags.and_then(|tags| tags.get(tag)).and_then(Json::as_bool))
        .collect();
    let tagged = states.is_empty() || states.contains(&true);
    let conditions = dependency.condition.split(',').map(str::trim).filter(|path| !path.is_empty());
    conditions.into_iter().find_map(|path| lookup(values, path)?.as_bool()).unwrap_or(tagged)
}

fn lookup<'v>(values: &'v Json, path: &str) -> Option<&'v Json> {
    path.split('.').try_fold(values, |value, key| value.get(key))
}

/// Puts what subcharts export into the parent's own defaults.
fn import(chart: &mut Chart) {
    for subchart in &mut chart.dependencies {
        import(subchart);
    }
    let wanted: Vec<Dependency> = chart.metadata.dependencies.clone();
    if wanted.iter().all(|dependency| dependency.import_values.is_empty()) {
        return;
    }
    let values = coalesce(chart, &Json::Object(Map::new()));
    let mut imported = Json::Object(Map::new());
    for dependency in &wanted {
        let name = if dependency.alias.is_empty() { &dependency.name } else { &dependency.alias };
        let Some(below) = values.get(name) else { continue };
        for item in &dependency.import_values {
            let (child, parent) = match item {
                Json::String(name) => (format!("exports.{name}"), ".".to_owned()),
                Json::Object(map) => {
                    let text = |key: &str| map.get(key).and_then(Json::as_str).unwrap_or_default();
                    (text("child").to_owned(), text("parent").to_owned())
                }
                _ => continue,
            };
            if let Some(found) = lookup(below, &child) {
                put(&mut imported, &parent, found);
            }
        }
    }
    let Json::Object(own) = &mut chart.values else { return };
    let Json::Object(imported) = imported else { return };
    let mut merged = imported;
    merge_over(&mut merged, own);
    *own = merged;
}

fn put(into: &mut Json, path: &str, value: &Json) {
    let mut place = into;
    if path != "." {
        for key in path.split('.') {
            if !place.is_object() {
                *place = Json::Object(Map::new());
            }
            let Json::Object(map) = place else { return };
            place = map.entry(key).or_insert_with(|| Json::Object(Map::new()));
        }
    }
    match (place, value) {
        (Json::Object(map), Json::Object(more)) => {
            for (key, value) in more {
                map.insert(key.clone(), value.clone());
            }
        }
        (place, value) => *place = value.clone(),
    }
}

/// The parent's own defaults win over what it imports.
fn merge_over(under: &mut Map<String, Json>, over: &Map<String, Json>) {
    for (key, value) in over {
        match (under.get_mut(key), value) {
            (Some(Json::Object(under)), Json::Object(over)) => merge_over(under, over),
            _ => {
                under.insert(key.clone(), value.clone());
            }
        }
    }
}
