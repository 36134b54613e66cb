//! Values as Helm coalesces them: what is given over what the chart has, subcharts below their
//! names, globals flowing down.

use crate::chart::Chart;
use serde_json::{Map, Value as Json};

/// `CoalesceValues`: `given` over the chart's and its subcharts' defaults.
pub fn coalesce(chart: &Chart, given: &Json) -> Json {
    let mut values = match given {
        Json::Object(map) => map.clone(),
        _ => Map::new(),
    };
    chart_values(chart, &mut values);
    Json::Object(values)
}

fn chart_values(chart: &Chart, values: &mut Map<String, Json>) {
    own_values(chart, values);
    for dependency in &chart.dependencies {
        let name = dependency.name();
        if !values.contains_key(name) {
            values.insert(name.to_owned(), Json::Object(Map::new()));
        }
        let Some(Json::Object(mut below)) = values.remove(name) else { continue };
        globals(&mut below, values);
        chart_values(dependency, &mut below);
        values.insert(name.to_owned(), Json::Object(below));
    }
}

/// The chart's own defaults below what is there; a null that is there deletes.
fn own_values(chart: &Chart, values: &mut Map<String, Json>) {
    let Json::Object(defaults) = &chart.values else { return };
    for (key, default) in defaults {
        match values.get_mut(key) {
            None => {
                values.insert(key.clone(), default.clone());
            }
            Some(Json::Null) => {
                values.remove(key);
            }
            Some(Json::Object(table)) => {
                if let Json::Object(default) = default {
                    let subchart = chart.dependencies.iter().any(|chart| chart.name() == key);
                    tables(table, default, subchart);
                }
            }
            Some(_) => {}
        }
    }
}

/// `coalesceTables`: `over` wins. `merge` keeps nulls, for a subchart's own defaults to meet.
fn tables(over: &mut Map<String, Json>, under: &Map<String, Json>, merge: bool) {
    for (key, value) in under {
        match (over.get_mut(key), value) {
            (None, _) => {
                over.insert(key.clone(), value.clone());
            }
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
                tables(&mut table, there, false);
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
