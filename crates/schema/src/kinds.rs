//! Which field of Kubernetes a value becomes, by the key that a template writes it under and by its
//! own name; the table is `kinds.txt`.

use crate::field::QuantityKind;
use crate::uses::Use;
use finding::{Path, Segment};
use serde_json::Value as Json;
use std::collections::HashMap;
use std::sync::LazyLock;

/// A row of the table.
#[derive(Debug, PartialEq)]
pub struct Kind {
    pub name: &'static str,
    keys: Vec<&'static str>,
    /// API version, kind and path of each field that it may be.
    pub places: Vec<Place>,
    pub(crate) widget: Widget,
}

/// A field of a kind of Kubernetes; a list's items are not told apart from the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    pub api_version: &'static str,
    pub kind: &'static str,
    /// `spec.containers.resources`.
    pub path: &'static str,
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Widget {
    Yaml,
    Map,
    Number,
    Port,
    Resources,
    Quantity(QuantityKind),
    Choice(Vec<&'static str>),
}

static TABLE: LazyLock<Vec<Kind>> =
    LazyLock::new(|| include_str!("kinds.txt").lines().filter_map(row).collect());

static BY_KEY: LazyLock<HashMap<&'static str, &'static Kind>> = LazyLock::new(|| {
    TABLE.iter().flat_map(|kind| kind.keys.iter().map(move |key| (*key, kind))).collect()
});

impl Kind {
    /// The kind of a name.
    pub fn named(name: &str) -> Option<&'static Self> {
        TABLE.iter().find(|kind| kind.name == name)
    }

    pub fn all() -> impl Iterator<Item = &'static Self> {
        TABLE.iter()
    }

    /// The kind of a value: by the key that it is written under, where templates tell; else by its
    /// own name.
    pub(crate) fn of(
        path: &Path,
        value: Option<&Json>,
        used: Option<&Use>,
    ) -> Option<&'static Self> {
        let Some(Segment::Key(name)) = path.segments().last() else { return None };
        let by_name = by_name(name).or_else(|| service_type(path, name));
        let found = match used.map(|used| used.key.as_str()).filter(|key| !key.is_empty()) {
            Some(key) => match BY_KEY.get(key) {
                // A name may say more than the key: `podSecurityContext` under `securityContext`.
                Some(by_key) => {
                    Some(by_name.filter(|it| it.widget == by_key.widget).unwrap_or(by_key))
                }
                None if used.is_some_and(|used| used.dumped) => None,
                None => by_name,
            },
            None => by_name,
        };
        found.filter(|kind| kind.takes(value))
    }

    /// Whether a default can be what the widget shows.
    fn takes(&self, value: Option<&Json>) -> bool {
        match (&self.widget, value) {
            (_, None | Some(Json::Null)) => true,
            (Widget::Yaml, Some(value)) => value.is_array() || value.is_object(),
            (Widget::Map | Widget::Resources, Some(value)) => value.is_object(),
            (Widget::Number | Widget::Port, Some(value)) => value.is_number(),
            (Widget::Quantity(_), Some(value)) => value.is_string(),
            (Widget::Choice(values), Some(Json::String(text))) => {
                text.is_empty() || values.contains(&text.as_str())
            }
            (Widget::Choice(_), Some(_)) => false,
        }
    }
}

fn by_name(name: &str) -> Option<&'static Kind> {
    if let Some(kind) = BY_KEY.get(name) {
        return Some(kind);
    }
    // From the longest end of the name to the last word: `web.extraInitContainers`.
    let starts = name.char_indices().filter(|(at, c)| *at > 0 && c.is_uppercase());
    starts
        .filter_map(|(at, _)| lower_first(name.get(at..)?))
        .find_map(|end| BY_KEY.get(end.as_str()).copied())
}

fn lower_first(text: &str) -> Option<String> {
    let mut letters = text.chars();
    Some(letters.next()?.to_lowercase().chain(letters).collect())
}

/// `service.type`.
fn service_type(path: &Path, name: &str) -> Option<&'static Kind> {
    let parent = path.segments().iter().rev().nth(1)?;
    let Segment::Key(parent) = parent else { return None };
    let service = name == "type" && parent.to_ascii_lowercase().ends_with("service");
    service.then(|| Kind::named("serviceType"))?
}

fn row(line: &'static str) -> Option<Kind> {
    let mut columns = line.split('|').map(str::trim);
    let name = columns.next().filter(|name| !name.is_empty() && !name.starts_with('#'))?;
    let keys = columns.next()?.split_whitespace().collect();
    let places = places(columns.next()?);
    Some(Kind { name, keys, places, widget: widget(columns.next()?)? })
}

/// `v1 Pod a.b + a.c`: what is not said again is as before.
fn places(text: &'static str) -> Vec<Place> {
    let mut places: Vec<Place> = Vec::new();
    for part in text.split('+') {
        let words: Vec<&'static str> = part.split_whitespace().collect();
        match (words.as_slice(), places.last()) {
            ([api_version, kind, path], _) => places.push(Place { api_version, kind, path }),
            ([path], Some(before)) => places.push(Place { path, ..*before }),
            _ => {}
        }
    }
    places
}

fn widget(text: &'static str) -> Option<Widget> {
    let (word, rest) = text.split_once(' ').unwrap_or((text, ""));
    Some(match (word, rest) {
        ("yaml", _) => Widget::Yaml,
        ("map", _) => Widget::Map,
        ("number", _) => Widget::Number,
        ("port", _) => Widget::Port,
        ("resources", _) => Widget::Resources,
        ("quantity", "cpu") => Widget::Quantity(QuantityKind::Cpu),
        ("quantity", "memory") => Widget::Quantity(QuantityKind::Memory),
        ("quantity", _) => Widget::Quantity(QuantityKind::Storage),
        ("choice", values) => Widget::Choice(values.split_whitespace().collect()),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn kind(path: &str, value: &Json, key: &str) -> Option<&'static str> {
        let used = Use { key: key.to_owned(), ..Use::default() };
        let used = (!key.is_empty()).then_some(&used);
        Kind::of(&path.parse().unwrap(), Some(value), used).map(|kind| kind.name)
    }

    #[test]
    fn every_row_is_read() {
        let rows = include_str!("kinds.txt").lines().filter(|line| !line.starts_with('#')).count();
        assert_eq!(TABLE.len(), rows);
    }

    #[test]
    fn a_value_is_what_it_is_written_under_and_what_it_is_called() {
        let (map, list) = (json!({}), json!([]));
        assert_eq!(kind("a.resources", &map, ""), Some("resources"));
        assert_eq!(kind("a.b", &map, "resources"), Some("resources"));
        assert_eq!(kind("web.extraInitContainers", &list, ""), Some("containers"));
        assert_eq!(kind("controllerTolerations", &list, ""), Some("tolerations"));
        assert_eq!(kind("podSecurityContext", &map, "securityContext"), Some("podSecurity"));
        assert_eq!(kind("service.type", &json!("ClusterIP"), "type"), Some("serviceType"));
    }

    #[test]
    fn what_is_written_elsewhere_or_is_of_another_type_is_no_such_kind() {
        assert_eq!(kind("resources", &json!(["pods"]), ""), None);
        assert_eq!(kind("service.type", &json!("tcp"), ""), None);
        assert_eq!(kind("env", &json!("production"), ""), None);
        let used = Use { key: "policy".to_owned(), dumped: true, ..Use::default() };
        let resources: Path = "resources".parse().unwrap();
        assert_eq!(Kind::of(&resources, Some(&json!({})), Some(&used)), None);
    }
}
