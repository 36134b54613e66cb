//! Values that become fields of Kubernetes: what may stand in them, for the form, and what is wrong
//! with them, before a template writes them.
//!
//! Codes: `values/unknown-field` and `values/type`, both warnings. A value whose default does not
//! fit either is not what its name says, and is not judged.

use crate::manifests::types::similar::similar;
use crate::manifests::types::table::{self, Fields, Items, Shape};
use finding::{Finding, Location, Path, Severity};
use schema::{Field, Form, Kind, Known, Place, Quantity};
use serde_json::Value as Json;

/// Deepest nesting that the form is told of.
const MAX_DEPTH: usize = 7;

/// Tells the form what the values may hold that become fields of Kubernetes.
pub fn tell_shapes(form: &mut Form) {
    let mut names = Vec::new();
    collect(&form.root, &mut names);
    names.sort_unstable();
    names.dedup();
    for name in names {
        let places = Kind::named(&name).map(|kind| kind.places.as_slice()).unwrap_or_default();
        let mut told = schema::Shape::default();
        for shape in places.iter().filter_map(find) {
            let more = tell(shape, MAX_DEPTH);
            told.list |= more.list;
            let known = |field: &Known| told.fields.iter().any(|it| it.name == field.name);
            let new: Vec<Known> = more.fields.into_iter().filter(|it| !known(it)).collect();
            told.fields.extend(new);
        }
        form.shapes.insert(name, told);
    }
}

fn collect(field: &Field, names: &mut Vec<String>) {
    if !field.kind.is_empty() {
        names.push(field.kind.clone());
    }
    field.children.iter().for_each(|child| collect(child, names));
}

/// The shape of a field of a kind; the items of a list on the way are gone into.
fn find(place: &Place) -> Option<Shape> {
    let fields = table::kind(place.api_version, place.kind)?;
    place.path.split('.').try_fold(Shape::Fields(fields), |shape, name| match innermost(shape) {
        Shape::Fields(fields) => fields.find(name),
        _ => None,
    })
}

fn innermost(shape: Shape) -> Shape {
    match shape {
        Shape::List(items) => innermost(items.shape()),
        other => other,
    }
}

fn tell(shape: Shape, depth: usize) -> schema::Shape {
    let list = matches!(shape, Shape::List(_));
    let Shape::Fields(fields) = innermost(shape) else {
        return schema::Shape { list, fields: Vec::new() };
    };
    let known = |name: &'static str| {
        let shape = fields.find(name).unwrap_or(Shape::Anything);
        let below = if depth == 0 { schema::Shape::default() } else { tell(shape, depth - 1) };
        Known { name: name.to_owned(), says: says(shape).to_owned(), shape: below }
    };
    schema::Shape { list, fields: fields.names().map(known).collect() }
}

fn says(shape: Shape) -> &'static str {
    match shape {
        Shape::Text => "text",
        Shape::Int32 | Shape::Int64 => "whole number",
        Shape::Number => "number",
        Shape::Boolean => "true or false",
        Shape::Quantity => "quantity",
        Shape::IntOrText => "number or text",
        Shape::Anything => "anything",
        Shape::List(_) => "list",
        Shape::Map(_) => "map",
        Shape::Fields(_) => "fields",
    }
}

/// What is wrong with the values of a form that become fields of Kubernetes.
pub(crate) fn findings(values: &Json, form: &Form) -> Vec<Finding> {
    let mut found = Vec::new();
    below(&form.root, Some(values), &mut found);
    found
}

fn below(field: &Field, value: Option<&Json>, found: &mut Vec<Finding>) {
    let Some(value) = value else { return };
    if !field.kind.is_empty() && field.default.as_ref() != Some(value) {
        let problems = check(&field.kind, value);
        let sound = || field.default.as_ref().is_none_or(|it| check(&field.kind, it).is_empty());
        if !problems.is_empty() && sound() {
            found.extend(problems.into_iter().map(|problem| {
                let location = Location::Values { path: field.path.clone() };
                Finding::new(problem.code, Severity::Warning, location, problem.message)
            }));
        }
    }
    for child in &field.children {
        if let Some(finding::Segment::Key(name)) = child.path.segments().last() {
            below(child, value.get(name), found);
        }
    }
}

struct Problem {
    code: &'static str,
    message: String,
}

/// The problems of the field of Kubernetes that fits the value best.
fn check(kind: &str, value: &Json) -> Vec<Problem> {
    let places = Kind::named(kind).map(|kind| kind.places.as_slice()).unwrap_or_default();
    let all = places.iter().filter_map(find).map(|shape| {
        let mut walk = Walk { path: Path::root(), found: Vec::new() };
        walk.value(shape, value);
        walk.found
    });
    all.min_by_key(Vec::len).unwrap_or_default()
}

struct Walk {
    path: Path,
    found: Vec<Problem>,
}

impl Walk {
    fn value(&mut self, shape: Shape, json: &Json) {
        let expected = match (shape, json) {
            (_, Json::Null) | (Shape::Anything, _) => return,
            // A template in a value is text until it is rendered.
            (_, Json::String(text)) if text.contains("{{") => return,
            (Shape::Fields(fields), Json::Object(_)) => return self.fields(fields, json),
            (Shape::List(items), Json::Array(list)) => {
                for (at, item) in list.iter().enumerate() {
                    self.inside(|path| path.index(at), items, item);
                }
                return;
            }
            (Shape::Map(items), Json::Object(map)) => {
                map.iter().for_each(|(key, item)| self.inside(|it| it.key(key), items, item));
                return;
            }
            (Shape::Fields(_) | Shape::Map(_), _) => "a map",
            (Shape::List(_), _) => "a list",
            (Shape::Text, json) if !json.is_string() => "text",
            (Shape::Boolean, json) if !json.is_boolean() => "true or false",
            (Shape::Int32 | Shape::Int64, json)
                if json.as_f64().is_none_or(|it| it.fract() != 0.0) =>
            {
                "a whole number"
            }
            (Shape::Number, json) if !json.is_number() => "a number",
            (Shape::IntOrText, Json::Bool(_) | Json::Array(_) | Json::Object(_)) => {
                "a number or text"
            }
            (Shape::Quantity, json) if !is_quantity(json) => "a quantity such as 500m or 128Mi",
            _ => return,
        };
        let place = self.place();
        let found = said(json);
        let message = format!("Kubernetes expects {expected}{place}, found {found}.");
        self.found.push(Problem { code: "values/type", message });
    }

    fn inside(&mut self, step: impl Fn(&Path) -> Path, items: Items, item: &Json) {
        let inside = step(&self.path);
        let outside = std::mem::replace(&mut self.path, inside);
        self.value(items.shape(), item);
        self.path = outside;
    }

    fn fields(&mut self, fields: Fields, json: &Json) {
        for (key, value) in json.as_object().into_iter().flatten() {
            if let Some(shape) = fields.find(key) {
                let outside = self.path.clone();
                self.path = self.path.key(key);
                self.value(shape, value);
                self.path = outside;
                continue;
            }
            let meant = match similar(key, fields.names()) {
                Some(name) => format!("did you mean {name}?"),
                None => format!("known are {}.", listed(fields)),
            };
            let message = format!("Unknown field {key}{}: {meant}", self.place());
            self.found.push(Problem { code: "values/unknown-field", message });
        }
    }

    fn place(&self) -> String {
        if self.path.is_root() { String::new() } else { format!(" in {}", self.path) }
    }
}

/// The first few fields of a type.
fn listed(fields: Fields) -> String {
    let names: Vec<&str> = fields.names().collect();
    match names.get(..6) {
        Some(first) if names.len() > 6 => format!("{}, …", first.join(", ")),
        _ => names.join(", "),
    }
}

fn said(json: &Json) -> String {
    match json {
        Json::Array(_) => "a list".to_owned(),
        Json::Object(_) => "a map".to_owned(),
        Json::String(_) => "text".to_owned(),
        other => other.to_string(),
    }
}

fn is_quantity(json: &Json) -> bool {
    json.is_number() || json.as_str().is_some_and(|text| Quantity::parse(text).is_some())
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn messages(kind: &str, value: &Json) -> Vec<String> {
        check(kind, value).into_iter().map(|problem| problem.message).collect()
    }

    #[test]
    fn every_row_of_the_table_leads_to_a_field() {
        for kind in Kind::all() {
            for place in &kind.places {
                assert!(find(place).is_some(), "{}: {place:?}", kind.name);
            }
        }
    }

    #[test]
    fn a_misspelt_field_is_told_with_the_one_that_was_meant() {
        assert_eq!(
            messages("env", &json!([{"name": "A", "valu": "b"}])),
            ["Unknown field valu in [0]: did you mean value?"]
        );
        assert_eq!(
            messages("tolerations", &json!([{"key": "a", "operatr": "Exists"}])),
            ["Unknown field operatr in [0]: did you mean operator?"]
        );
    }

    #[test]
    fn a_wrong_type_is_told_and_a_template_is_not_judged() {
        assert_eq!(
            messages("tolerations", &json!({"key": "a"})),
            ["Kubernetes expects a list, found a map."]
        );
        assert_eq!(messages("env", &json!([{"name": "A", "value": "{{ .Values.x }}"}])), [""; 0]);
        assert_eq!(
            messages("env", &json!([{"name": "A", "value": 1}])),
            ["Kubernetes expects text in [0].value, found 1."]
        );
    }

    #[test]
    fn one_of_several_places_is_enough() {
        assert_eq!(messages("security", &json!({"fsGroup": 1, "runAsUser": 1})), [""; 0]);
        assert_eq!(messages("security", &json!({"capabilities": {"drop": ["ALL"]}})), [""; 0]);
    }

    #[test]
    fn the_form_is_told_what_its_kinds_hold() {
        let values = json!({"tolerations": []});
        let mut form = Form::build(None, &values, "tolerations: []\n");
        tell_shapes(&mut form);
        let shape = &form.shapes["tolerations"];
        let names: Vec<&str> = shape.fields.iter().map(|known| known.name.as_str()).collect();
        assert!(shape.list && names.contains(&"operator"), "{names:?}");
        let given = json!({"tolerations": [{"kee": "a"}]});
        let found = findings(&given, &form);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].values_path().unwrap().to_string(), "tolerations");
        assert!(findings(&values, &form).is_empty());
    }
}
