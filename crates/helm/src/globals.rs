//! `global`: what a chart and all charts below it share.
//!
//! Go copies a table of `global` for a subchart, but not the tables in that table: of
//! `global.one.two`, `one` is the subchart's own and `two` is the very map of its parent. What a
//! subchart's defaults put into it is therefore seen by the parent and by all its subcharts.

use crate::chart::Chart;
use crate::coalesce::{Mode, below, tables};
use serde_json::{Map, Value as Json};

const GLOBAL: &str = "global";

/// `coalesceGlobals`: globals flow down into `own`, the values of the subchart; tables of the
/// parent win.
pub(crate) fn flow_down(
    own: &mut Map<String, Json>,
    above: &Map<String, Json>,
    place: &str,
    mode: &mut Mode<'_>,
) {
    let skipped =
        |which| format!("warning: skipping globals because {which} global is not a table.");
    let mut merged = match own.get(GLOBAL) {
        Some(Json::Object(there)) => there.clone(),
        Some(_) => return mode.say(skipped("destination")),
        None => Map::new(),
    };
    let empty = Map::new();
    let source = match above.get(GLOBAL) {
        Some(Json::Object(source)) => source,
        Some(_) => return mode.say(skipped("source")),
        None => &empty,
    };
    for (key, value) in source {
        let value = match (value, merged.get(key)) {
            (Json::Object(table), Some(Json::Object(there))) => {
                let mut table = table.clone();
                tables(&mut table, there, &below(place, key), &mut mode.merging(true));
                Json::Object(table)
            }
            (Json::Object(_), Some(_)) => {
                mode.say(format!("Conflict: cannot merge map onto non-map for {key:?}. Skipping."));
                continue;
            }
            (_, Some(Json::Object(_))) => {
                mode.say(format!("key {key} is table. Skipping"));
                continue;
            }
            (value, _) => value.clone(),
        };
        merged.insert(key.clone(), value);
    }
    own.insert(GLOBAL.to_owned(), Json::Object(merged));
}

/// What a subchart put into the tables that it shares with its parent.
pub(crate) fn flow_back(own: &Map<String, Json>, above: &mut Map<String, Json>) {
    if let (Some(Json::Object(from)), Some(Json::Object(to))) =
        (own.get(GLOBAL), above.get_mut(GLOBAL))
    {
        share(from, to);
    }
}

/// Hands down what later subcharts put into the shared tables of earlier ones.
pub(crate) fn settle(chart: &Chart, values: &mut Map<String, Json>) {
    for dependency in &chart.dependencies {
        let Some(Json::Object(mut own)) = values.remove(dependency.name()) else { continue };
        if let (Some(Json::Object(from)), Some(Json::Object(to))) =
            (values.get(GLOBAL), own.get_mut(GLOBAL))
        {
            share(from, to);
        }
        settle(dependency, &mut own);
        values.insert(dependency.name().to_owned(), Json::Object(own));
    }
}

/// Makes the tables in tables of `to` what they are in `from`: both hold the same.
fn share(from: &Map<String, Json>, to: &mut Map<String, Json>) {
    for (key, table) in to {
        let (Some(Json::Object(from)), Json::Object(table)) = (from.get(key), table) else {
            continue;
        };
        for (name, inner) in table {
            match from.get(name) {
                Some(theirs @ Json::Object(_)) if inner.is_object() && inner != theirs => {
                    inner.clone_from(theirs);
                }
                _ => {}
            }
        }
    }
}
