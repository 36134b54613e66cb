//! A chart's schema, values, and what else it says of them, to its form.

use crate::field::{Control, Field, Form, ImageSpec};
use crate::infer::{self, Hints};
use crate::kinds::{Kind, Widget};
use crate::labels;
use crate::notes::{Note, Notes};
use crate::uses::Uses;
use crate::words::{choices, constraints, grouped, quantity_kind, resources, secret};
use finding::Path;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value as Json, json};
use std::cell::Cell;
use std::collections::HashSet;

/// Deepest `$ref` chain and nesting that a form follows.
const MAX_DEPTH: usize = 40;
/// Schemas that a form looks at: one that refers to itself twice would have 2^40 fields.
const MAX_SCHEMAS: usize = 10_000;

/// What a form is made from, beside the values.
#[derive(Clone, Copy, Default)]
pub struct Sources<'s> {
    pub schema: Option<&'s Json>,
    pub notes: Option<&'s Notes>,
    pub uses: Option<&'s Uses>,
}

impl Form {
    /// The form of a chart: from its schema where it has one, for the rest from values.yaml.
    pub fn build(schema: Option<&Json>, values: &Json, values_text: &str) -> Self {
        let notes = Notes::read(values_text);
        Self::from_sources(&Sources { schema, notes: Some(&notes), uses: None }, values)
    }

    /// The form of a chart from all that is known of its values.
    pub fn from_sources(sources: &Sources<'_>, values: &Json) -> Self {
        let (empty, no_notes, no_uses) =
            (Json::Object(Map::new()), Notes::default(), Uses::default());
        let root = sources.schema.unwrap_or(&empty);
        let builder = Builder {
            root,
            notes: sources.notes.unwrap_or(&no_notes),
            uses: sources.uses.unwrap_or(&no_uses),
            inferred: sources.schema.is_none(),
            left: Cell::new(MAX_SCHEMAS),
        };
        let mut form = Self {
            root: builder.field(root, Some(values), Path::root(), "", 0),
            told: list(root, "x-checklist"),
            images: images(root),
            inferred: builder.inferred,
            ..Self::default()
        };
        form.root.control = Control::Section;
        form
    }

    /// The field at a path; items of lists and entries of maps have the field of their shape.
    pub fn field(&self, path: &Path) -> Option<&Field> {
        path.segments().iter().try_fold(&self.root, |field, segment| match &field.control {
            Control::List { item } => Some(item.as_ref()),
            Control::Map { value } => Some(value.as_ref()),
            _ => field.children.iter().find(|child| child.path.segments().last() == Some(segment)),
        })
    }
}

fn list<T: DeserializeOwned>(schema: &Json, key: &str) -> Vec<T> {
    let items = schema.get(key).and_then(Json::as_array).cloned().unwrap_or_default();
    items.into_iter().filter_map(|item| serde_json::from_value(item).ok()).collect()
}

/// Images without an id have no template to be made from.
fn images(schema: &Json) -> Vec<ImageSpec> {
    let items = schema.get("x-images").and_then(Json::as_array).into_iter().flatten();
    let image = |item: &Json| {
        let text = |key: &str| item.get(key).and_then(Json::as_str).map(str::to_owned);
        Some(ImageSpec {
            id: text("id")?,
            title: text("title").unwrap_or_default(),
            values_path: text("valuesPath").unwrap_or_default(),
            data: item.clone(),
        })
    };
    items.filter_map(image).collect()
}

struct Builder<'s> {
    root: &'s Json,
    notes: &'s Notes,
    uses: &'s Uses,
    /// Whether there is no schema.
    inferred: bool,
    /// Schemas that may still be looked at.
    left: Cell<usize>,
}

impl Builder<'_> {
    /// The schema with its local references followed and its `allOf` laid together.
    fn resolved(&self, schema: &Json, depth: usize) -> Map<String, Json> {
        let mut map = schema.as_object().cloned().unwrap_or_default();
        let left = self.left.get();
        if depth > MAX_DEPTH || left == 0 {
            return map;
        }
        self.left.set(left - 1);
        if let Some(pointer) =
            map.get("$ref").and_then(Json::as_str).and_then(|r| r.strip_prefix('#'))
            && let Some(target) = self.root.pointer(pointer)
        {
            for (key, value) in self.resolved(target, depth + 1) {
                map.entry(key).or_insert(value);
            }
        }
        if let Some(Json::Array(parts)) = map.remove("allOf") {
            for part in &parts {
                for (key, value) in self.resolved(part, depth + 1) {
                    lay(&mut map, key, value);
                }
            }
        }
        map
    }

    fn field(
        &self,
        schema: &Json,
        value: Option<&Json>,
        path: Path,
        name: &str,
        depth: usize,
    ) -> Field {
        let mut schema = self.resolved(schema, depth);
        let is_said = !schema.is_empty();
        let silent = Note::default();
        let note = self.notes.notes.get(&path).unwrap_or(&silent);
        for (word, value) in &note.schema {
            schema.entry(word.as_str()).or_insert_with(|| value.clone());
        }
        let used = self.uses.get(&path);
        let kind = Kind::of(&path, value, used);
        if kind.is_some_and(|kind| kind.widget == Widget::Resources) {
            schema.entry("properties").or_insert_with(resources);
        }
        let mut field = Field { required: note.required, ..self.said(&schema, value, path, note) };
        if field.title.is_empty() {
            field.title = labels::title(name);
        }
        field.secret |= !is_said && infer::is_secret_name(name);
        field.children = self.children(&schema, value, &field.path, depth);
        let hints = Hints { note, used, kind };
        field.control = self.control(&schema, &field, value, &hints, depth);
        if field.control == Control::Yaml {
            field.kind = kind.map(|kind| kind.name.to_owned()).unwrap_or_default();
        }
        field
    }

    /// What the schema and the notes say of a field in words.
    fn said(
        &self,
        schema: &Map<String, Json>,
        value: Option<&Json>,
        path: Path,
        note: &Note,
    ) -> Field {
        let text =
            |key: &str| schema.get(key).and_then(Json::as_str).unwrap_or_default().to_owned();
        let flag = |key: &str| schema.get(key).and_then(Json::as_bool).unwrap_or(false);
        let or = |said: String, noted: &String| if said.is_empty() { noted.clone() } else { said };
        let whole = Json::Object(schema.clone());
        let mut examples: Vec<Json> = list(&whole, "examples");
        if examples.is_empty() {
            examples.clone_from(&note.examples);
        }
        let null = self.notes.nulls.contains(&path).then_some(&Json::Null);
        Field {
            title: text("title"),
            description: or(text("description"), &note.text),
            help: text("x-help"),
            default: value.or(null).or(schema.get("default")).cloned(),
            default_text: note.default_text.clone(),
            secret: flag("x-secret") || flag("writeOnly") || text("format") == "password",
            unit: text("x-unit"),
            group: or(text("x-group"), &note.section),
            advanced: flag("x-advanced"),
            examples,
            constraints: constraints(schema),
            rules: list(&whole, "x-rules"),
            catalog: schema
                .get("x-catalog")
                .cloned()
                .and_then(|it| serde_json::from_value(it).ok()),
            shown_if: note.shown_if.clone(),
            path,
            ..Field::default()
        }
    }

    fn children(
        &self,
        schema: &Map<String, Json>,
        value: Option<&Json>,
        path: &Path,
        depth: usize,
    ) -> Vec<Field> {
        if depth > MAX_DEPTH
            || self.left.get() == 0
            || schema.get("x-widget").and_then(Json::as_str) == Some("map")
        {
            return Vec::new();
        }
        let empty = Map::new();
        let properties = schema.get("properties").and_then(Json::as_object).unwrap_or(&empty);
        let values = value.and_then(Json::as_object).unwrap_or(&empty);
        let required: Vec<String> = list(&Json::Object(schema.clone()), "required");
        let none = Json::Object(Map::new());
        let names = self.order(schema, properties, values, path).into_iter();
        let mut fields: Vec<Field> = names
            .take_while(|_| self.left.get() > 0)
            .map(|name| {
                let below = properties.get(&name).unwrap_or(&none);
                let below_path = path.key(name.as_str());
                let mut field = self.field(below, values.get(&name), below_path, &name, depth + 1);
                field.required |= required.contains(&name);
                field
            })
            .collect();
        if self.inferred {
            grouped(&mut fields);
        }
        fields
    }

    /// `x-order`, then the order of values.yaml, then the rest by name.
    fn order(
        &self,
        schema: &Map<String, Json>,
        properties: &Map<String, Json>,
        values: &Map<String, Json>,
        path: &Path,
    ) -> Vec<String> {
        let mut names: Vec<String> = list(&Json::Object(schema.clone()), "x-order");
        let mut known: HashSet<String> = names.iter().cloned().collect();
        let written = self.notes.orders.get(path).cloned().unwrap_or_default().into_iter();
        let extras = self.notes.extras(path);
        let all = written.chain(properties.keys().cloned()).chain(values.keys().cloned());
        for name in all.chain(extras.iter().cloned()) {
            if known.insert(name.clone()) {
                names.push(name);
            }
        }
        names.retain(|name| {
            let at = path.key(name.as_str());
            let ignored = self.notes.notes.get(&at).is_some_and(|note| note.ignored)
                && !properties.contains_key(name)
                && !self.notes.documents_below(&at);
            let exists = properties.contains_key(name)
                || values.contains_key(name)
                || self.notes.nulls.contains(&at)
                || extras.contains(name);
            exists && !ignored
        });
        names
    }

    fn control(
        &self,
        schema: &Map<String, Json>,
        field: &Field,
        value: Option<&Json>,
        hints: &Hints<'_>,
        depth: usize,
    ) -> Control {
        let widget = schema.get("x-widget").and_then(Json::as_str).unwrap_or_default();
        let choices = choices(schema);
        match widget {
            "text" => return Control::Text,
            "textarea" => return Control::TextArea,
            "switch" => return Control::Switch,
            "quantity" => return Control::Quantity { quantity: quantity_kind(schema) },
            "secret" => return secret(schema),
            "image" => return Control::Image,
            "port" => return Control::Port,
            "url" => return Control::Url,
            "host" => return Control::Host,
            _ => {}
        }
        if !choices.is_empty() {
            return Control::Select { options: choices };
        }
        let types = &field.constraints.types;
        let is = |name: &str| types.first().is_some_and(|ty| ty == name);
        let shape = |schema: Option<&Json>, sample: Option<&Json>, name: &str| {
            let none = Json::Object(Map::new());
            let path = Path::root().key(name);
            Box::new(self.field(schema.unwrap_or(&none), sample, path, name, depth + 1))
        };
        if is("object")
            || (types.is_empty() && value.is_some_and(Json::is_object))
            || (types.is_empty() && !field.children.is_empty())
            || widget == "map"
        {
            if !field.children.is_empty() {
                return Control::Section;
            }
            return match schema.get("additionalProperties").filter(|below| below.is_object()) {
                Some(below) => Control::Map { value: shape(Some(below), None, "value") },
                None => infer::control(value.or(Some(&json!({}))), field, hints),
            };
        }
        if is("array") {
            let first = value.and_then(Json::as_array).and_then(|items| items.first());
            return match schema.get("items").filter(|below| below.is_object()) {
                Some(below) => Control::List { item: shape(Some(below), first, "item") },
                None => infer::control(value.or(Some(&json!([]))), field, hints),
            };
        }
        match types.first().map(String::as_str) {
            Some("integer") => Control::Number { integer: true },
            Some("number") => Control::Number { integer: false },
            Some("boolean") => Control::Switch,
            Some("string") if field.secret => secret(schema),
            Some("string") if schema.get("format").and_then(Json::as_str) == Some("uri") => {
                Control::Url
            }
            Some("string") => Control::Text,
            _ => infer::control(value, field, hints),
        }
    }
}

/// A later part of an `allOf` adds; `properties` are laid together.
fn lay(map: &mut Map<String, Json>, key: String, value: Json) {
    match (map.get_mut(&key), value) {
        (Some(Json::Object(there)), Json::Object(more)) => {
            for (key, value) in more {
                there.entry(key).or_insert(value);
            }
        }
        (Some(Json::Array(there)), Json::Array(more)) => there.extend(more),
        (Some(_), _) => {}
        (None, value) => {
            map.insert(key, value);
        }
    }
}
