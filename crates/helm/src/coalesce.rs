//! Values as Helm coalesces them: what is given over what the chart has, subcharts below their
//! names, globals flowing down.
//!
//! Helm runs the same code in two modes: *coalescing* drops what a null deletes, *merging* keeps
//! nulls for a later coalescing to meet.

use crate::chart::Chart;
use serde_json::{Map, Value as Json};
use thiserror::Error;

/// Values that cannot be laid over the chart's.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum CoalesceError {
    /// What is given for a subchart is no table.
    #[error("type mismatch on {chart}: {found}")]
    NotATable { chart: String, found: String },
}

/// `CoalesceValues`: `given` over the chart's and its subcharts' defaults. Where a subchart's
/// values are no table, that subchart's defaults are not laid below them.
pub fn coalesce(chart: &Chart, given: &Json) -> Json {
    match checked(chart, given) {
        Ok(values) | Err((values, _)) => values,
    }
}

/// [`coalesce`] with what is wrong, beside what there is nevertheless.
pub(crate) fn checked(chart: &Chart, given: &Json) -> Result<Json, (Json, CoalesceError)> {
    lay(chart, given, false)
}

/// `MergeValues`: nulls are kept.
pub(crate) fn merge_values(chart: &Chart, given: &Json) -> Result<Json, CoalesceError> {
    lay(chart, given, true).map_err(|(_, error)| error)
}

fn lay(chart: &Chart, given: &Json, merge: bool) -> Result<Json, (Json, CoalesceError)> {
    let mut values = match given {
        Json::Object(map) => map.clone(),
        _ => Map::new(),
    };
    match chart_values(chart, &mut values, merge) {
        Ok(()) => Ok(Json::Object(values)),
        Err(error) => Err((Json::Object(values), error)),
    }
}

fn chart_values(
    chart: &Chart,
    values: &mut Map<String, Json>,
    merge: bool,
) -> Result<(), CoalesceError> {
    own_values(chart, values, merge);
    for dependency in &chart.dependencies {
        let name = dependency.name();
        let mut below = match values.remove(name) {
            None => Map::new(),
            Some(Json::Object(below)) => below,
            Some(other) => {
                let found = go_text(&other);
                values.insert(name.to_owned(), other);
                return Err(CoalesceError::NotATable { chart: name.to_owned(), found });
            }
        };
        globals(&mut below, values);
        let outcome = chart_values(dependency, &mut below, merge);
        values.insert(name.to_owned(), Json::Object(below));
        outcome?;
    }
    Ok(())
}

/// `%t`, which complains of what is no boolean.
fn go_text(value: &Json) -> String {
    let text = gotemplate::fmt::sprintf(b"%t", &[sprig::json::to_value(value)]);
    String::from_utf8_lossy(&text.unwrap_or_default()).into_owned()
}

/// The chart's own defaults below what is there; a null that is there deletes. Unless they are to
/// be kept, nulls among the defaults are no values.
fn own_values(chart: &Chart, values: &mut Map<String, Json>, merge: bool) {
    let Json::Object(defaults) = &chart.values else { return };
    for (key, default) in defaults {
        match values.get_mut(key) {
            None if !merge && default.is_null() => {}
            None => {
                let mut default = default.clone();
                if !merge {
                    without_nulls(&mut default);
                }
                values.insert(key.clone(), default);
            }
            Some(Json::Null) if !merge => {
                values.remove(key);
            }
            Some(Json::Object(table)) => {
                let Json::Object(default) = default else { continue };
                let subchart = chart.dependencies.iter().any(|chart| chart.name() == key);
                let merge = merge || subchart;
                let mut default = Json::Object(default.clone());
                if !merge {
                    without_nulls(&mut default);
                }
                if let Json::Object(default) = default {
                    tables(table, &default, merge);
                }
            }
            Some(_) => {}
        }
    }
}

/// Takes the nulls out of tables in tables.
fn without_nulls(value: &mut Json) {
    if let Json::Object(map) = value {
        map.retain(|_, value| !value.is_null());
        map.values_mut().for_each(without_nulls);
    }
}

/// `coalesceTables` or, keeping nulls, `mergeTables`: `over` wins. A null deletes what `under`
/// has for its key; where `under` has nothing either, it stays.
pub(crate) fn tables(over: &mut Map<String, Json>, under: &Map<String, Json>, merge: bool) {
    for (key, value) in under {
        match (over.get_mut(key), value) {
            (None, _) => {
                over.insert(key.clone(), value.clone());
            }
            (Some(Json::Null), Json::Null) => {}
            (Some(Json::Null), _) if !merge => {
                over.remove(key);
            }
            (Some(Json::Object(over)), Json::Object(under)) => tables(over, under, merge),
            _ => {}
        }
    }
}

fn globals(below: &mut Map<String, Json>, above: &Map<String, Json>) {
    let empty = Map::new();
    let source = match above.get("global") {
        Some(Json::Object(source)) => source,
        Some(_) => return,
        None => &empty,
    };
    let mut merged = match below.get("global") {
        Some(Json::Object(there)) => there.clone(),
        Some(_) => return,
        None => Map::new(),
    };
    for (key, value) in source {
        let value = match (value, merged.get(key)) {
            (Json::Object(table), Some(Json::Object(there))) => {
                // The parent's table wins here.
                let mut table = table.clone();
                tables(&mut table, there, true);
                Json::Object(table)
            }
            (Json::Object(_), Some(_)) => continue,
            (_, Some(Json::Object(_))) => continue,
            (value, _) => value.clone(),
        };
        merged.insert(key.clone(), value);
    }
    below.insert("global".to_owned(), Json::Object(merged));
}
