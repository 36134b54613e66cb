//! The documents that a schema is made of: where its resources (`$id`) and anchors stand, and what
//! a reference leads to.

use crate::SchemaError;
use crate::address::{decoded, resolve, scheme, step};
use crate::draft::Draft;
use serde_json::Value as Json;
use std::collections::{BTreeMap, HashSet};

/// A part of a document with an address of its own; the first is the whole document.
#[derive(Debug)]
pub(crate) struct Resource {
    /// JSON pointer into the document.
    pub(crate) pointer: String,
    pub(crate) address: String,
    pub(crate) draft: Draft,
    /// Pointers by name; true for `$dynamicAnchor`.
    pub(crate) anchors: BTreeMap<String, (String, bool)>,
}

#[derive(Debug)]
pub(crate) struct Document {
    pub(crate) address: String,
    pub(crate) root: Json,
    pub(crate) resources: Vec<Resource>,
    /// Pointers of all schemas that stand where a keyword holds one.
    schemas: HashSet<String>,
}

/// A schema: document, resource, JSON pointer into the document.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Place {
    pub(crate) document: usize,
    pub(crate) resource: usize,
    pub(crate) pointer: String,
}

#[derive(Debug, Default)]
pub(crate) struct Library {
    pub(crate) documents: Vec<Document>,
}

/// Keywords that hold one schema, a list of them, or them by name.
const ONE: [&str; 13] = [
    "additionalItems",
    "additionalProperties",
    "contains",
    "contentSchema",
    "else",
    "if",
    "items",
    "not",
    "propertyNames",
    "then",
    "unevaluatedItems",
    "unevaluatedProperties",
    "dependencies",
];
const LISTS: [&str; 5] = ["allOf", "anyOf", "oneOf", "prefixItems", "items"];
const MAPS: [&str; 6] =
    ["$defs", "definitions", "dependencies", "dependentSchemas", "patternProperties", "properties"];

impl Document {
    fn new(address: &str, root: Json, draft: Draft) -> Result<Self, SchemaError> {
        let mut document = Self {
            address: address.to_owned(),
            root: Json::Null,
            resources: Vec::new(),
            schemas: HashSet::new(),
        };
        let whole = Resource {
            pointer: String::new(),
            address: address.to_owned(),
            draft,
            anchors: BTreeMap::new(),
        };
        document.resources.push(whole);
        document.collect(&root, String::new(), 0)?;
        document.root = root;
        Ok(document)
    }

    /// Goes over the schemas below; as deep as the schema is, which has a limit.
    fn collect(&mut self, schema: &Json, pointer: String, above: usize) -> Result<(), SchemaError> {
        let Json::Object(map) = schema else {
            if schema.is_boolean() {
                self.schemas.insert(pointer);
            }
            return Ok(());
        };
        let resource = self.named(schema, &pointer, above)?;
        for (key, value) in map {
            let below = || format!("{pointer}{}", step(key));
            match value {
                Json::Array(items) if LISTS.contains(&key.as_str()) => {
                    for (at, item) in items.iter().enumerate() {
                        self.collect(item, format!("{}/{at}", below()), resource)?;
                    }
                }
                Json::Object(map) if MAPS.contains(&key.as_str()) => {
                    for (name, item) in map {
                        self.collect(item, format!("{}{}", below(), step(name)), resource)?;
                    }
                }
                _ if ONE.contains(&key.as_str()) => self.collect(value, below(), resource)?,
                _ => {}
            }
        }
        self.schemas.insert(pointer);
        Ok(())
    }

    /// Takes down the names that a schema gives itself; the resource that it belongs to.
    fn named(&mut self, schema: &Json, pointer: &str, above: usize) -> Result<usize, SchemaError> {
        let Some(parent) = self.resources.get(above) else { return Ok(above) };
        let (mut resource, mut draft) = (above, parent.draft);
        let text = |key: &str| schema.get(key).and_then(Json::as_str);
        let hidden = draft < Draft::Nineteen && schema.get("$ref").is_some();
        let id = text(draft.id_keyword()).filter(|_| !hidden);
        let mut anchors = Vec::new();
        if let Some(id) = id {
            let (address, fragment) = resolve(&parent.address, id);
            if id.starts_with('#') {
                anchors.push((fragment, false));
            } else {
                draft = text("$schema").and_then(Draft::of).unwrap_or(draft);
                resource = self.open(pointer, address, draft)?;
            }
        }
        if draft >= Draft::Nineteen {
            anchors.extend(text("$anchor").map(|name| (name.to_owned(), false)));
        }
        if draft >= Draft::Twenty {
            anchors.extend(text("$dynamicAnchor").map(|name| (name.to_owned(), true)));
        }
        for (name, dynamic) in anchors {
            self.anchor(resource, name, pointer, dynamic)?;
        }
        Ok(resource)
    }

    fn open(&mut self, pointer: &str, address: String, draft: Draft) -> Result<usize, SchemaError> {
        if pointer.is_empty() {
            if let Some(whole) = self.resources.first_mut() {
                whole.address = address;
            }
            return Ok(0);
        }
        if let Some(known) = self.resources.iter().skip(1).find(|known| known.address == address) {
            return Err(SchemaError::Invalid(format!(
                "duplicate id {address:?} in {:?} at {:?} and {pointer:?}",
                self.address, known.pointer
            )));
        }
        let anchors = BTreeMap::new();
        self.resources.push(Resource { pointer: pointer.to_owned(), address, draft, anchors });
        Ok(self.resources.len() - 1)
    }

    fn anchor(
        &mut self,
        resource: usize,
        name: String,
        pointer: &str,
        dynamic: bool,
    ) -> Result<(), SchemaError> {
        let address = &self.address;
        let Some(resource) = self.resources.get_mut(resource) else { return Ok(()) };
        if let Some((known, _)) = resource.anchors.get(&name).filter(|(at, _)| at != pointer) {
            return Err(SchemaError::Invalid(format!(
                "duplicate anchor {name:?} in {address:?} at {pointer:?} and {known:?}"
            )));
        }
        resource.anchors.insert(name, (pointer.to_owned(), dynamic));
        Ok(())
    }

    /// The innermost resource that a pointer leads into.
    pub(crate) fn resource_of(&self, pointer: &str) -> usize {
        let inside = |resource: &Resource| {
            pointer
                .strip_prefix(&resource.pointer)
                .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        };
        let all = self.resources.iter().enumerate().filter(|(_, resource)| inside(resource));
        all.max_by_key(|(_, resource)| resource.pointer.len()).map_or(0, |(at, _)| at)
    }
}

impl Library {
    pub(crate) fn add(
        &mut self,
        address: &str,
        root: Json,
        draft: Draft,
    ) -> Result<usize, SchemaError> {
        self.documents.push(Document::new(address, root, draft)?);
        Ok(self.documents.len() - 1)
    }

    pub(crate) fn add_draft(&mut self, draft: Draft) -> Result<usize, SchemaError> {
        if let Some(known) = self.documents.iter().position(|it| it.address == draft.address()) {
            return Ok(known);
        }
        let first = self.documents.len();
        for (address, root) in draft.documents() {
            self.add(&address, root, draft)?;
        }
        Ok(first)
    }

    pub(crate) fn schema(&self, place: &Place) -> Option<&Json> {
        self.documents.get(place.document)?.root.pointer(&place.pointer)
    }

    pub(crate) fn resource(&self, place: &Place) -> Option<&Resource> {
        self.documents.get(place.document)?.resources.get(place.resource)
    }

    /// `file:///values.schema.json#/properties/a`.
    pub(crate) fn location(&self, place: &Place) -> String {
        let address = self.documents.get(place.document).map_or("", |it| it.address.as_str());
        format!("{address}#{}", place.pointer)
    }

    /// Whether a keyword holds the schema there, so that its draft has judged it.
    pub(crate) fn is_known(&self, place: &Place) -> bool {
        self.documents.get(place.document).is_some_and(|it| it.schemas.contains(&place.pointer))
    }

    pub(crate) fn at(&self, document: usize, pointer: String) -> Place {
        let resource = self.documents.get(document).map_or(0, |it| it.resource_of(&pointer));
        Place { document, resource, pointer }
    }

    /// What a reference in `from` leads to; `None` is a name (URN) that nobody knows, which Helm
    /// lets pass.
    pub(crate) fn find(
        &mut self,
        from: &Place,
        reference: &str,
    ) -> Result<Option<Place>, SchemaError> {
        let base = self.resource(from).map_or(String::new(), |it| it.address.clone());
        let invalid = |text: String| Err(SchemaError::Invalid(text));
        if let Err(reason) = sprig::url_scheme(reference.split('#').next().unwrap_or_default()) {
            return invalid(format!("error in parsing {reference:?}: {reason}"));
        }
        let (address, fragment) = resolve(&base, reference);
        let Some((document, resource)) = self.resource_at(&address)? else { return Ok(None) };
        let Some(fragment) = decoded(&fragment) else {
            let wrong = fragment.find('%').and_then(|at| fragment.get(at..at + 3)).unwrap_or("%");
            return invalid(format!(
                "error in parsing {reference:?}: invalid URL escape {wrong:?}"
            ));
        };
        let Some(known) = self.documents.get(document) else { return Ok(None) };
        let Some(inner) = known.resources.get(resource) else { return Ok(None) };
        if fragment.is_empty() || fragment.starts_with('/') {
            let pointer = format!("{}{fragment}", inner.pointer);
            if known.root.pointer(&pointer).is_none() {
                let address = &known.address;
                return invalid(format!("json-pointer in \"{address}#{pointer}\" not found"));
            }
            return Ok(Some(self.at(document, pointer)));
        }
        match inner.anchors.get(&fragment) {
            Some((pointer, _)) => Ok(Some(Place { document, resource, pointer: pointer.clone() })),
            None => {
                let address = &known.address;
                let whole = format!("{address}#{fragment}");
                invalid(format!("anchor in {whole:?} not found in schema {address:?}"))
            }
        }
    }

    fn resource_at(&mut self, address: &str) -> Result<Option<(usize, usize)>, SchemaError> {
        let bare = address.trim_end_matches('#');
        let found = |library: &Self| {
            let all = library.documents.iter().enumerate();
            all.flat_map(|(at, document)| {
                document.resources.iter().enumerate().map(move |(inner, it)| ((at, inner), it))
            })
            .find(|(_, it)| it.address.trim_end_matches('#') == bare)
            .map(|(place, _)| place)
        };
        if let Some(place) = found(self) {
            return Ok(Some(place));
        }
        if let Some(draft) = Draft::holding(bare).or_else(|| Draft::of(bare)) {
            let first = self.add_draft(draft)?;
            return Ok(found(self).or(Some((first, 0))));
        }
        if scheme(address) == Some("urn") {
            return Ok(None);
        }
        Err(not_loaded(address))
    }
}

/// A schema from elsewhere. Helm finds no such file either, as it reads the chart as if it lay in
/// the root folder; what it would fetch is not fetched here.
pub(crate) fn not_loaded(address: &str) -> SchemaError {
    let reason = match scheme(address) {
        Some("file") => {
            let path = address.strip_prefix("file://").unwrap_or(address);
            format!("open {path}: no such file or directory")
        }
        Some("http" | "https") => "it is not loaded here; Helm would fetch it".to_owned(),
        _ => format!("no URLLoader registered for {address:?}"),
    };
    SchemaError::Invalid(format!("failing loading {address:?}: {reason}"))
}
