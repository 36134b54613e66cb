//! One set of values laid on another, as Helm lays one `-f` file or `--set-json` object on another.

use serde_json::{Map, Value as Json};

/// Maps merge, all else replaces; a `null` stays, to delete a default of the chart.
pub fn layer(base: &mut Json, over: Json) {
    match (base, over) {
        (Json::Object(base), Json::Object(over)) => layer_maps(base, over),
        (base, over) => *base = over,
    }
}

/// [`layer`] of two maps.
pub fn layer_maps(base: &mut Map<String, Json>, over: Map<String, Json>) {
    for (key, value) in over {
        match base.get_mut(&key) {
            Some(place) => layer(place, value),
            None => {
                base.insert(key, value);
            }
        }
    }
}
