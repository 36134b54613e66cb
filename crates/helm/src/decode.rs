//! JSON into the shape of a Go struct, as `sigs.k8s.io/yaml` over `encoding/json` decodes it:
//! scalars become text where text is wanted, names match in any case, unknown ones are dropped,
//! and the first thing of a wrong kind is told in Go's words.

use serde_json::{Map, Value as Json};
use sprig::json::kind;

/// What Go would decode into.
pub(crate) enum Shape {
    Text,
    Bool,
    Any,
    List(&'static Shape),
    Texts(&'static Shape),
    Struct(&'static Struct),
}

/// A Go struct: its type's name as errors print it, and its fields by their JSON names.
pub(crate) struct Struct {
    pub(crate) name: &'static str,
    pub(crate) fields: &'static [(&'static str, Shape)],
}

impl Shape {
    /// The Go type as an error names it.
    fn go_type(&self) -> String {
        match self {
            Self::Text => "string".to_owned(),
            Self::Bool => "bool".to_owned(),
            Self::Any => "interface {}".to_owned(),
            // Named structs stand in lists by pointer, those written in place by value.
            Self::List(Self::Struct(inner)) if !inner.name.starts_with("struct {") => {
                format!("[]*{}", inner.name)
            }
            Self::List(inner) => format!("[]{}", inner.go_type()),
            Self::Texts(inner) => format!("map[string]{}", inner.go_type()),
            Self::Struct(inner) => inner.name.to_owned(),
        }
    }
}

/// The steps to a place, and whether the last is a list's index.
#[derive(Clone, Default)]
struct Place {
    path: String,
    index: bool,
}

impl Place {
    /// Go writes the steps of a JSON pointer, points between them.
    fn key(&self, key: &str) -> Self {
        let step = key.replace('~', "~0").replace('/', "~1");
        Self { path: format!("{}.{step}", self.path), index: false }
    }

    fn index(&self, at: usize) -> Self {
        Self { path: format!("{}.{at}", self.path), index: true }
    }
}

/// The value in its shape.
///
/// # Errors
/// `sigs.k8s.io/yaml`'s text for the first value of a wrong kind.
pub(crate) fn decode(json: &Json, shape: &Shape) -> Result<Json, String> {
    at(json, shape, &Place::default())
        .map_err(|text| format!("error unmarshaling JSON: while decoding JSON: json: {text}"))
}

fn at(json: &Json, shape: &Shape, place: &Place) -> Result<Json, String> {
    match (shape, json) {
        (_, Json::Null) => Ok(Json::Null),
        (Shape::Any, json) => Ok(json.clone()),
        (Shape::Text, Json::Bool(value)) => Ok(Json::String(value.to_string())),
        (Shape::Text, Json::Number(number)) => {
            let text = match number.as_f64() {
                Some(value) if number.is_f64() => yaml::short_float(value),
                _ => number.to_string(),
            };
            Ok(Json::String(text))
        }
        (Shape::Text, json @ Json::String(_)) | (Shape::Bool, json @ Json::Bool(_)) => {
            Ok(json.clone())
        }
        (Shape::List(inner), Json::Array(items)) => {
            let items = items.iter().enumerate();
            items.map(|(index, item)| at(item, inner, &place.index(index))).collect()
        }
        (Shape::Texts(inner), Json::Object(map)) => {
            let items = map.iter().map(|(key, value)| {
                let below = place.key(key);
                Ok((key.clone(), at(value, inner, &below)?))
            });
            items.collect::<Result<Map<_, _>, String>>().map(Json::Object)
        }
        (Shape::Struct(inner), Json::Object(map)) => fields(map, inner, place),
        (shape, json) => Err(mismatch(json, shape, place)),
    }
}

fn fields(map: &Map<String, Json>, shape: &Struct, place: &Place) -> Result<Json, String> {
    let mut entries: Vec<(&String, &Json)> = map.iter().collect();
    entries.sort_by_key(|(key, _)| *key);
    let mut out = Map::new();
    for (key, value) in entries {
        let exact = shape.fields.iter().find(|(name, _)| name == key);
        let folded = || shape.fields.iter().find(|(name, _)| name.eq_ignore_ascii_case(key));
        let Some((name, inner)) = exact.or_else(folded) else { continue };
        let value = at(value, inner, &place.key(name))?;
        if !value.is_null() {
            out.insert((*name).to_owned(), value);
        }
    }
    Ok(Json::Object(out))
}

fn mismatch(json: &Json, shape: &Shape, place: &Place) -> String {
    let into = match place {
        Place { path, .. } if path.is_empty() => "Go value".to_owned(),
        Place { path, index: true } => path.clone(),
        Place { path, .. } => format!("Go struct field {path}"),
    };
    format!("cannot unmarshal {} into {into} of type {}", kind(json), shape.go_type())
}
