//! Values as Helm coalesces them: what is given over what the chart has, subcharts below their
//! names, globals flowing down.
//!
//! Helm runs the same code in two modes: *coalescing* drops what a null deletes, *merging* keeps
//! nulls for a later coalescing to meet.

use crate::chart::Chart;
use crate::globals;
use crate::log::{LogLine, shown};
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
    match checked(chart, given, &mut Vec::new()) {
        Ok(values) | Err((values, _)) => values,
    }
}

/// [`coalesce`] with what is wrong, beside what there is nevertheless.
pub(crate) fn checked(
    chart: &Chart,
    given: &Json,
    log: &mut Vec<LogLine>,
) -> Result<Json, (Json, CoalesceError)> {
    lay(chart, given, &mut Mode { merge: false, log })
}

/// `MergeValues`: nulls are kept.
pub(crate) fn merge_values(
    chart: &Chart,
    given: &Json,
    log: &mut Vec<LogLine>,
) -> Result<Json, CoalesceError> {
    lay(chart, given, &mut Mode { merge: true, log }).map_err(|(_, error)| error)
}

/// Which of the two modes, and where it is told what is passed over.
pub(crate) struct Mode<'l> {
    pub(crate) merge: bool,
    pub(crate) log: &'l mut Vec<LogLine>,
}

impl Mode<'_> {
    pub(crate) fn say(&mut self, message: String) {
        self.log.push(LogLine::info(message));
    }

    pub(crate) fn merging(&mut self, merge: bool) -> Mode<'_> {
        Mode { merge, log: self.log }
    }
}

/// `outer.inner`, as Helm names places in its log.
pub(crate) fn below(outer: &str, inner: &str) -> String {
    if outer.is_empty() { inner.to_owned() } else { format!("{outer}.{inner}") }
}

fn lay(chart: &Chart, given: &Json, mode: &mut Mode<'_>) -> Result<Json, (Json, CoalesceError)> {
    let mut values = match given {
        Json::Object(map) => map.clone(),
        _ => Map::new(),
    };
    let outcome = chart_values(chart, &mut values, "", mode);
    globals::settle(chart, &mut values);
    match outcome {
        Ok(()) => Ok(Json::Object(values)),
        Err(error) => Err((Json::Object(values), error)),
    }
}

fn chart_values(
    chart: &Chart,
    values: &mut Map<String, Json>,
    outer: &str,
    mode: &mut Mode<'_>,
) -> Result<(), CoalesceError> {
    let place = below(outer, chart.name());
    own_values(chart, values, &place, mode);
    for dependency in &chart.dependencies {
        let name = dependency.name();
        let mut own = match values.remove(name) {
            None => Map::new(),
            Some(Json::Object(own)) => own,
            Some(other) => {
                let found = go_text(&other);
                values.insert(name.to_owned(), other);
                return Err(CoalesceError::NotATable { chart: name.to_owned(), found });
            }
        };
        globals::flow_down(&mut own, values, &place, mode);
        let outcome = chart_values(dependency, &mut own, &place, mode);
        globals::flow_back(&own, values);
        values.insert(name.to_owned(), Json::Object(own));
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
fn own_values(chart: &Chart, values: &mut Map<String, Json>, place: &str, mode: &mut Mode<'_>) {
    let Json::Object(defaults) = &chart.values else { return };
    for (key, default) in defaults {
        match values.get_mut(key) {
            None if !mode.merge && default.is_null() => {}
            None => {
                let mut default = default.clone();
                if !mode.merge {
                    without_nulls(&mut default);
                }
                values.insert(key.clone(), default);
            }
            Some(Json::Null) if !mode.merge => {
                values.remove(key);
            }
            Some(Json::Object(table)) => {
                let Json::Object(default) = default else {
                    if !default.is_null() {
                        mode.say(format!("warning: skipped value for {place}.{key}: Not a table."));
                    }
                    continue;
                };
                let subchart = chart.dependencies.iter().any(|chart| chart.name() == key);
                let mut mode = mode.merging(mode.merge || subchart);
                let mut default = Json::Object(default.clone());
                if !mode.merge {
                    without_nulls(&mut default);
                }
                if let Json::Object(default) = default {
                    tables(table, &default, &below(place, key), &mut mode);
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
pub(crate) fn tables(
    over: &mut Map<String, Json>,
    under: &Map<String, Json>,
    place: &str,
    mode: &mut Mode<'_>,
) {
    for (key, value) in under {
        match (over.get_mut(key), value) {
            (None, _) => {
                over.insert(key.clone(), value.clone());
            }
            (Some(Json::Null), Json::Null) => {}
            (Some(Json::Null), _) if !mode.merge => {
                over.remove(key);
            }
            (Some(Json::Null), _) => {}
            (Some(Json::Object(over)), Json::Object(under)) => {
                tables(over, under, &below(place, key), mode);
            }
            (Some(_), Json::Object(_)) => mode.say(format!(
                "warning: cannot overwrite table with non table for {} ({})",
                below(place, key),
                shown(value)
            )),
            (Some(Json::Object(_)), _) if !value.is_null() => mode.say(format!(
                "warning: destination for {} is a table. Ignoring non-table value ({})",
                below(place, key),
                shown(value)
            )),
            _ => {}
        }
    }
}
