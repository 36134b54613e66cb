//! Kubernetes types: what each object of a known kind may hold, as the API server decodes it.
//!
//! Followed: k8s-openapi's types of the newest Kubernetes, read from a table (`build.rs`). Null is
//! as absent. A kind that is not in the table, such as a custom resource, is not judged.
//!
//! Codes: `kube/type`, an error, is what no server can decode; `kube/unknown-field`, a warning,
//! what it refuses or drops, by its field validation; `kube/required`, a warning, what the API's
//! description requires and the server mostly does.

pub(crate) mod similar;
pub(crate) mod table;

use super::Object;
use finding::{Finding, Location, Path, Segment, Severity};
use schema::Quantity;
use serde_json::{Number, Value as Json};
use similar::similar;
use table::{Fields, Items, Shape};

/// The name for `x-checks`.
pub(super) const CHECK: &str = "kubernetes-types";
/// Letters of a wrong value that a message quotes.
const QUOTED: usize = 40;

/// Findings on one object.
pub(super) fn check(object: &Object) -> Vec<Finding> {
    let kind = object.text("/kind");
    let Some(fields) = table::kind(object.text("/apiVersion"), kind) else { return Vec::new() };
    let mut walk = Walk { object, kind, path: Path::root(), found: Vec::new() };
    walk.fields(fields, &object.json);
    walk.found
}

struct Walk<'o> {
    object: &'o Object,
    kind: &'o str,
    path: Path,
    found: Vec<Finding>,
}

impl Walk<'_> {
    fn value(&mut self, shape: Shape, json: &Json) {
        let expected = match shape {
            _ if json.is_null() => return,
            Shape::Anything => return,
            Shape::Fields(fields) if json.is_object() => return self.fields(fields, json),
            Shape::Fields(_) => "a map of fields",
            Shape::List(items) => return self.list(items, json),
            Shape::Map(items) => return self.map(items, json),
            Shape::Text if !json.is_string() => "a string",
            Shape::Boolean if !json.is_boolean() => "true or false",
            Shape::Number if !json.is_number() => "a number",
            Shape::Int32 if !is_integer(json, i32::MIN.into(), i32::MAX.into()) => {
                "an integer of 32 bits"
            }
            Shape::Int64 if !is_integer(json, i64::MIN, i64::MAX) => "an integer",
            Shape::IntOrText
                if !json.is_string() && !is_integer(json, i32::MIN.into(), i32::MAX.into()) =>
            {
                "an integer or a string"
            }
            Shape::Quantity if !is_quantity(json) => "a quantity such as 500m or 128Mi",
            _ => return,
        };
        self.mistyped(shape, expected, json);
    }

    fn fields(&mut self, fields: Fields, json: &Json) {
        for (key, value) in json.as_object().into_iter().flatten() {
            match fields.find(key) {
                Some(shape) => self.below(|path| path.key(key), |walk| walk.value(shape, value)),
                None => self.unknown(fields, key),
            }
        }
        let missing = |name: &&str| json.get(*name).is_none_or(Json::is_null);
        fields.needed().filter(missing).for_each(|name| self.missing(name));
    }

    fn list(&mut self, items: Items, json: &Json) {
        let Some(list) = json.as_array() else {
            return self.mistyped(Shape::List(items), "a list", json);
        };
        for (index, item) in list.iter().enumerate() {
            self.below(|path| path.index(index), |walk| walk.value(items.shape(), item));
        }
    }

    fn map(&mut self, items: Items, json: &Json) {
        let Some(map) = json.as_object() else {
            return self.mistyped(Shape::Map(items), "a map", json);
        };
        for (key, value) in map {
            self.below(|path| path.key(key), |walk| walk.value(items.shape(), value));
        }
    }

    fn below(&mut self, path: impl FnOnce(&Path) -> Path, check: impl FnOnce(&mut Self)) {
        let inside = path(&self.path);
        let outside = std::mem::replace(&mut self.path, inside);
        check(self);
        self.path = outside;
    }

    fn unknown(&mut self, fields: Fields, key: &str) {
        let path = self.path.key(key);
        let meant = match similar(key, fields.names()) {
            Some(name) => format!("Did you mean {name}?"),
            None => "Kubernetes refuses or drops it: leave it out, or move it to where it belongs."
                .to_owned(),
        };
        let message = format!("{} has no field {path}. {meant}", self.kind);
        self.push("kube/unknown-field", Severity::Warning, path, message);
    }

    /// The status is the cluster's to fill in.
    fn missing(&mut self, name: &str) {
        let path = self.path.key(name);
        if matches!(path.segments().first(), Some(Segment::Key(top)) if top == "status") {
            return;
        }
        let message = format!("{path} is missing: Kubernetes requires it.");
        self.push("kube/required", Severity::Warning, path, message);
    }

    fn mistyped(&mut self, shape: Shape, expected: &str, json: &Json) {
        let path = self.path.clone();
        let found = self.said(json);
        let message = format!("{path} must be {expected}, not {found}{}.", advice(shape, json));
        self.push("kube/type", Severity::Error, path, message);
    }

    /// A value in words; a Secret's is not quoted.
    fn said(&self, json: &Json) -> String {
        let (kind, text) = match json {
            Json::Null => return "null".to_owned(),
            Json::Array(_) => return "a list".to_owned(),
            Json::Object(_) => return "a map".to_owned(),
            Json::Bool(value) => ("boolean", value.to_string()),
            Json::Number(value) => ("number", value.to_string()),
            Json::String(value) => ("string", format!("{:?}", shortened(value))),
        };
        if self.kind == "Secret" { format!("a {kind}") } else { format!("the {kind} {text}") }
    }

    fn push(&mut self, code: &'static str, severity: Severity, path: Path, message: String) {
        let location = Location::Manifest { manifest: self.object.reference.clone(), path };
        let mut finding = Finding::new(code, severity, location, message);
        finding.release.clone_from(&self.object.release);
        self.found.push(finding);
    }
}

fn shortened(text: &str) -> String {
    let mut short: String = text.chars().take(QUOTED).collect();
    if short.len() < text.len() {
        short.push('…');
    }
    short
}

/// Whole, however it is written: Helm hands 3.0 on as 3.
fn is_integer(json: &Json, least: i64, most: i64) -> bool {
    let whole = |number: &Number| {
        let float = number.as_f64().filter(|float| float.fract() == 0.0 && float.abs() < 1e15);
        number.as_i64().or(float.map(|float| float as i64))
    };
    let number = json.as_number().and_then(whole);
    number.is_some_and(|number| (least..=most).contains(&number))
}

fn is_quantity(json: &Json) -> bool {
    match json {
        Json::Number(_) => true,
        Json::String(text) => Quantity::parse(text).is_some(),
        _ => false,
    }
}

/// What mends quotes that are missing, or too many.
fn advice(shape: Shape, json: &Json) -> &'static str {
    match (shape, json) {
        (Shape::Text, Json::Number(_) | Json::Bool(_)) => ": put it in quotes",
        (Shape::Int32 | Shape::Int64 | Shape::Number, Json::String(text))
            if text.parse::<f64>().is_ok() =>
        {
            ": leave the quotes away"
        }
        (Shape::Boolean, Json::String(text)) if text == "true" || text == "false" => {
            ": leave the quotes away"
        }
        _ => "",
    }
}
