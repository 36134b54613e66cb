//! A chart's schema, values and comments to its form.

use crate::comments::Comments;
use crate::field::{
    Choice, Constraints, Control, Encoding, Field, Form, Generate, ImageSpec, QuantityKind,
};
use crate::infer;
use finding::Path;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value as Json};
use std::cell::Cell;
use std::collections::HashSet;

/// Deepest `$ref` chain and nesting that a form follows.
const MAX_DEPTH: usize = 40;
/// Schemas that a form looks at: one that refers to itself twice would have 2^40 fields.
const MAX_SCHEMAS: usize = 10_000;

impl Form {
    /// The form of a chart: from its schema where it has one, for the rest from values.yaml.
    pub fn build(schema: Option<&Json>, values: &Json, values_text: &str) -> Self {
        let comments = Comments::read(values_text);
        let empty = Json::Object(Map::new());
        let root = schema.unwrap_or(&empty);
        let builder = Builder { root, comments: &comments, left: Cell::new(MAX_SCHEMAS) };
        let mut form = Self {
            root: builder.field(root, Some(values), Path::root(), "", 0),
            told: list(root, "x-checklist"),
            images: images(root),
            inferred: schema.is_none(),
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
    comments: &'s Comments,
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
        let schema = self.resolved(schema, depth);
        let text =
            |key: &str| schema.get(key).and_then(Json::as_str).unwrap_or_default().to_owned();
        let flag = |key: &str| schema.get(key).and_then(Json::as_bool).unwrap_or(false);
        let whole = Json::Object(schema.clone());
        let dotted = path.to_string();
        let mut field = Field {
            title: text("title"),
            description: text("description"),
            help: text("x-help"),
            default: value.or(schema.get("default")).cloned(),
            secret: flag("x-secret") || flag("writeOnly") || text("format") == "password",
            unit: text("x-unit"),
            group: text("x-group"),
            advanced: flag("x-advanced"),
            examples: list(&whole, "examples"),
            constraints: constraints(&schema),
            rules: list(&whole, "x-rules"),
            catalog: schema
                .get("x-catalog")
                .cloned()
                .and_then(|it| serde_json::from_value(it).ok()),
            path,
            ..Field::default()
        };
        if field.title.is_empty() {
            field.title = infer::title(name);
        }
        if field.description.is_empty() {
            field.description = self.comments.texts.get(&dotted).cloned().unwrap_or_default();
        }
        field.secret |= schema.is_empty() && infer::is_secret_name(name);
        field.children = self.children(&schema, value, &field.path, depth);
        field.control = self.control(&schema, &field, value, depth);
        field
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
        self.order(schema, properties, values, path)
            .into_iter()
            .take_while(|_| self.left.get() > 0)
            .map(|name| {
                let below = properties.get(&name).unwrap_or(&none);
                let below_path = path.key(name.as_str());
                let mut field = self.field(below, values.get(&name), below_path, &name, depth + 1);
                field.required = required.contains(&name);
                field
            })
            .collect()
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
        let written = self.comments.orders.get(&path.to_string()).cloned().unwrap_or_default();
        for name in
            written.into_iter().chain(properties.keys().cloned()).chain(values.keys().cloned())
        {
            if known.insert(name.clone()) {
                names.push(name);
            }
        }
        names.retain(|name| properties.contains_key(name) || values.contains_key(name));
        names
    }

    fn control(
        &self,
        schema: &Map<String, Json>,
        field: &Field,
        value: Option<&Json>,
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
            || widget == "map"
        {
            if !field.children.is_empty() {
                return Control::Section;
            }
            return match schema.get("additionalProperties").filter(|below| below.is_object()) {
                Some(below) => Control::Map { value: shape(Some(below), None, "value") },
                None => Control::Yaml,
            };
        }
        if is("array") {
            let first = value.and_then(Json::as_array).and_then(|items| items.first());
            return match schema.get("items").filter(|below| below.is_object()) {
                Some(below) => Control::List { item: shape(Some(below), first, "item") },
                None => Control::Yaml,
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
            _ => infer::control(value, field),
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

fn constraints(schema: &Map<String, Json>) -> Constraints {
    let number = |key: &str| schema.get(key).and_then(Json::as_f64);
    let count = |key: &str| schema.get(key).and_then(Json::as_u64);
    let text = |key: &str| schema.get(key).and_then(Json::as_str).map(str::to_owned);
    let types = match schema.get("type") {
        Some(Json::String(ty)) => vec![ty.clone()],
        Some(Json::Array(types)) => {
            let names = types.iter().filter_map(Json::as_str).map(str::to_owned);
            // A nullable value is shown as what it is when it is not null.
            let mut names: Vec<String> = names.collect();
            names.sort_by_key(|name| name == "null");
            names
        }
        _ => Vec::new(),
    };
    Constraints {
        types,
        minimum: number("minimum"),
        maximum: number("maximum"),
        exclusive_minimum: number("exclusiveMinimum"),
        exclusive_maximum: number("exclusiveMaximum"),
        multiple_of: number("multipleOf"),
        min_length: count("minLength"),
        max_length: count("maxLength"),
        min_items: count("minItems"),
        max_items: count("maxItems"),
        unique_items: schema.get("uniqueItems").and_then(Json::as_bool).unwrap_or(false),
        pattern: text("pattern"),
        format: text("format"),
        choices: schema.get("enum").and_then(Json::as_array).cloned().unwrap_or_default(),
    }
}

fn choices(schema: &Map<String, Json>) -> Vec<Choice> {
    let labels = schema.get("x-enum-labels");
    let values = schema.get("enum").and_then(Json::as_array).into_iter().flatten();
    let choice = |value: &Json| {
        let text = match value {
            Json::String(text) => text.clone(),
            other => other.to_string(),
        };
        let label = labels.and_then(|labels| labels.get(&text)).and_then(Json::as_str);
        Choice { value: value.clone(), label: label.unwrap_or(&text).to_owned() }
    };
    values.map(choice).collect()
}

fn quantity_kind(schema: &Map<String, Json>) -> QuantityKind {
    match schema.get("x-quantity").and_then(Json::as_str) {
        Some("memory") => QuantityKind::Memory,
        Some("cpu") => QuantityKind::Cpu,
        Some("storage") => QuantityKind::Storage,
        _ => QuantityKind::Any,
    }
}

fn secret(schema: &Map<String, Json>) -> Control {
    let base64 = schema.get("x-encoding").and_then(Json::as_str) == Some("base64");
    let generate = schema.get("x-generate").cloned();
    Control::Secret {
        encoding: if base64 { Encoding::Base64 } else { Encoding::Plain },
        generate: generate.and_then(|it| serde_json::from_value::<Generate>(it).ok()),
    }
}
