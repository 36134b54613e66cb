//! From a preset and a person's edits to the values that Helm is given with `-f`, and back to
//! the smallest file that says the same.

use crate::job::Overrides;
use finding::{Path, Segment};
use serde_json::{Map, Value as Json};

/// Values a chart starts from for a preset: its defaults with the preset laid on, nulls deleting.
pub fn base_values(defaults: &Json, preset: Option<&Json>) -> Json {
    let mut values = defaults.clone();
    if let Some(preset) = preset {
        helm::layer(&mut values, preset.clone());
        drop_nulls(&mut values);
    }
    values
}

fn drop_nulls(value: &mut Json) {
    if let Json::Object(map) = value {
        map.retain(|_, value| !value.is_null());
        map.values_mut().for_each(drop_nulls);
    }
}

/// What Helm is given: the preset with the edits laid on. An edit below a list replaces the
/// whole list, as Helm does, starting from the list as `base` has it.
pub fn user_values(base: &Json, preset: Option<&Json>, overrides: &Overrides) -> Json {
    let mut values = preset.cloned().unwrap_or_else(|| Json::Object(Map::new()));
    for (path, value) in overrides {
        set(&mut values, base, path, value);
    }
    values
}

pub(crate) fn set(values: &mut Json, base: &Json, path: &Path, value: &Json) {
    let mut place = values;
    let mut below = Some(base);
    for segment in path.segments() {
        match segment {
            Segment::Key(key) => {
                if !place.is_object() {
                    *place = Json::Object(Map::new());
                }
                let Json::Object(map) = place else { return };
                place = map.entry(key.as_str()).or_insert(Json::Null);
                below = below.and_then(|base| base.get(key));
            }
            Segment::Index(index) => {
                if !place.is_array() {
                    *place = below.filter(|base| base.is_array()).cloned().unwrap_or_default();
                }
                if !place.is_array() {
                    *place = Json::Array(Vec::new());
                }
                let Json::Array(list) = place else { return };
                if *index > list.len() {
                    return;
                }
                if *index == list.len() {
                    list.push(Json::Null);
                }
                place = &mut list[*index];
                // Below a materialised list everything is explicit.
                below = None;
            }
        }
    }
    *place = value.clone();
}

/// The leaves of `values` that differ from `defaults`, maps entered, lists and scalars whole.
/// This is the minimal values.yaml, path by path.
pub fn differences(defaults: &Json, values: &Json) -> Vec<(Path, Json)> {
    let mut found = Vec::new();
    collect(Some(defaults), values, &Path::root(), &mut found);
    found
}

fn collect(default: Option<&Json>, value: &Json, path: &Path, found: &mut Vec<(Path, Json)>) {
    if default == Some(value) {
        return;
    }
    match (default, value) {
        // An empty map over a non-empty one changes nothing in Helm.
        (Some(Json::Object(default)), Json::Object(map)) => {
            for (key, value) in map {
                collect(default.get(key), value, &path.key(key), found);
            }
        }
        // Deleting what is not there is nothing.
        (None, Json::Null) => {}
        _ => found.push((path.clone(), value.clone())),
    }
}

/// The differences as a tree: the content of the minimal values.yaml.
pub fn minimal(defaults: &Json, values: &Json) -> Json {
    let mut tree = Json::Object(Map::new());
    for (path, value) in differences(defaults, values) {
        set(&mut tree, &Json::Null, &path, &value);
    }
    tree
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn overrides(edits: &[(&str, Json)]) -> Overrides {
        edits.iter().map(|(path, value)| (path.parse().unwrap(), value.clone())).collect()
    }

    #[test]
    fn edits_go_over_the_preset() {
        let base = json!({"a": {"b": 1, "c": 2}});
        let preset = json!({"a": {"b": 5}});
        let edits = overrides(&[("a.c", json!(9)), ("d", Json::Null)]);
        let values = user_values(&base, Some(&preset), &edits);
        assert_eq!(values, json!({"a": {"b": 5, "c": 9}, "d": null}));
    }

    #[test]
    fn an_edit_in_a_list_takes_the_whole_list_along() {
        let base = json!({"hosts": [{"name": "a"}, {"name": "b"}]});
        let edits = overrides(&[("hosts[1].name", json!("c"))]);
        let values = user_values(&base, None, &edits);
        assert_eq!(values, json!({"hosts": [{"name": "a"}, {"name": "c"}]}));
    }

    #[test]
    fn the_minimal_file_holds_only_what_differs() {
        let defaults = json!({"a": {"b": 1, "c": 2}, "l": [1], "gone": true});
        let values = json!({"a": {"b": 1, "c": 3}, "l": [1], "gone": null, "never": null});
        assert_eq!(minimal(&defaults, &values), json!({"a": {"c": 3}, "gone": null}));
    }

    #[test]
    fn a_preset_starts_from_the_defaults_and_deletes_with_null() {
        let defaults = json!({"a": {"b": 1, "c": 2}});
        let preset = json!({"a": {"b": null}});
        assert_eq!(base_values(&defaults, Some(&preset)), json!({"a": {"c": 2}}));
    }
}
