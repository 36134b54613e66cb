//! A schema and all that it leads to, compiled; each document is first judged by its draft's own
//! schema, as Helm does.

use crate::SchemaError;
use crate::address::step;
use crate::draft::Draft;
use crate::library::{Library, Place, not_loaded};
use crate::run;
use crate::schema::{Compiled, Dependency, Late, Node, NodeId, TYPES};
use serde_json::{Map, Number, Value as Json};
use sprig::Pattern;
use std::collections::HashMap;

/// Schemas that one may lead to.
const MAX_NODES: usize = 20_000;

type Done<T> = Result<T, SchemaError>;

/// The schema at `address`, judged and compiled.
pub(crate) fn compile(address: &str, root: Json) -> Done<Compiled> {
    let draft = draft_of(&root)?;
    let mut library = Library::default();
    // Judged first: the document's own names are read from what a schema may look like.
    judge(draft, address, &root)?;
    library.add(address, root, draft)?;
    Compiler::new(library).all(Place { document: 0, resource: 0, pointer: String::new() })
}

fn draft_of(root: &Json) -> Done<Draft> {
    match root.get("$schema") {
        Some(Json::String(address)) => Draft::of(address)
            .ok_or_else(|| not_loaded(address.strip_suffix('#').unwrap_or(address))),
        _ => Ok(Draft::default()),
    }
}

/// The complaints of the draft's own schema.
fn judge(draft: Draft, location: &str, schema: &Json) -> Done<()> {
    let mut library = Library::default();
    library.add_draft(draft)?;
    let place = Place { document: 0, resource: 0, pointer: String::new() };
    let compiled = Compiler::new(library).all(place)?;
    let Err(failure) = run::judge(&compiled, schema, true) else { return Ok(()) };
    let mut lines = Vec::new();
    failure.roots().iter().for_each(|root| root.lines(0, &mut lines));
    let location =
        if location.contains('#') { location.to_owned() } else { format!("{location}#") };
    Err(SchemaError::Invalid(format!(
        "{location:?} is not valid against metaschema: jsonschema validation failed with '{}#'\n{}",
        draft.address(),
        lines.join("\n")
    )))
}

struct Compiler {
    library: Library,
    compiled: Compiled,
    known: HashMap<Place, NodeId>,
}

impl Compiler {
    fn new(library: Library) -> Self {
        Self { library, compiled: Compiled::default(), known: HashMap::new() }
    }

    /// Compiles in the order that schemas are met; none inside another, so that no stack grows.
    fn all(mut self, first: Place) -> Done<Compiled> {
        self.node(first)?;
        let mut at = 0;
        while at < self.compiled.nodes.len() {
            self.fill(at)?;
            at += 1;
        }
        let library = &self.library;
        let locations = self.compiled.nodes.iter().map(|node| library.location(&node.place));
        self.compiled.addresses = locations.collect();
        Ok(self.compiled)
    }

    fn node(&mut self, place: Place) -> Done<NodeId> {
        if let Some(known) = self.known.get(&place) {
            return Ok(*known);
        }
        let id = self.compiled.nodes.len();
        if id >= MAX_NODES {
            return Err(SchemaError::TooLarge);
        }
        let draft = self.library.resource(&place).map_or(Draft::default(), |it| it.draft);
        self.known.insert(place.clone(), id);
        self.compiled.nodes.push(Node::new(place, draft));
        Ok(id)
    }

    fn fill(&mut self, id: NodeId) -> Done<()> {
        let Some(node) = self.compiled.nodes.get(id) else { return Ok(()) };
        let place = node.place.clone();
        let mut node = Node::new(place.clone(), node.draft);
        let schema = self.library.schema(&place).cloned().unwrap_or_default();
        match &schema {
            Json::Bool(verdict) => node.verdict = Some(*verdict),
            Json::Object(map) => self.keywords(&mut node, map)?,
            _ => {}
        }
        self.anchors(&place, node.draft)?;
        if let Some(kept) = self.compiled.nodes.get_mut(id) {
            *kept = node;
        }
        Ok(())
    }

    /// What `$dynamicRef` and `$recursiveRef` may find in the resource that a schema is part of.
    fn anchors(&mut self, place: &Place, draft: Draft) -> Done<()> {
        let (document, resource) = (place.document, place.resource);
        if draft < Draft::Nineteen || self.compiled.roots.contains_key(&(document, resource)) {
            return Ok(());
        }
        let Some(found) = self.library.resource(place) else { return Ok(()) };
        let pointer = found.pointer.clone();
        let dynamic = found.anchors.iter().filter(|(_, (_, dynamic))| *dynamic);
        let names: Vec<(String, String)> =
            dynamic.map(|(name, (pointer, _))| (name.clone(), pointer.clone())).collect();
        let root = self.node(Place { document, resource, pointer })?;
        self.compiled.roots.insert((document, resource), root);
        for (name, pointer) in names {
            let id = self.node(Place { document, resource, pointer })?;
            self.compiled.dynamic.insert((document, resource, name), id);
        }
        Ok(())
    }

    fn keywords(&mut self, node: &mut Node, map: &Map<String, Json>) -> Done<()> {
        let draft = node.draft;
        let at = node.place.clone();
        if let Some(Json::String(reference)) = map.get("$ref") {
            node.reference = self.reference(&at, reference)?;
            if draft < Draft::Nineteen {
                return Ok(());
            }
        }
        node.types = types(map.get("type"));
        node.choice = map.get("enum").and_then(Json::as_array).cloned();
        node.format = text(map, "format");
        if draft >= Draft::Six {
            node.constant = map.get("const").cloned();
        }
        self.objects(node, map)?;
        self.lists(node, map)?;
        self.choices(node, map)?;
        numbers(node, map);
        node.texts.least = count(map, "minLength");
        node.texts.most = count(map, "maxLength");
        if let Some(pattern) = text(map, "pattern") {
            let compiled = self.pattern(&pattern, &at, "pattern")?;
            node.texts.pattern = Some((pattern, compiled));
        }
        self.late(node, map)
    }

    fn late(&mut self, node: &mut Node, map: &Map<String, Json>) -> Done<()> {
        if node.draft == Draft::Nineteen {
            node.recursive_anchor = map.get("$recursiveAnchor") == Some(&Json::Bool(true));
            node.recursive = self.late_target(node, map, "$recursiveRef", false)?;
        }
        if node.draft >= Draft::Twenty {
            node.dynamic = self.late_target(node, map, "$dynamicRef", true)?;
        }
        Ok(())
    }

    fn late_target(
        &mut self,
        node: &Node,
        map: &Map<String, Json>,
        keyword: &str,
        dynamic: bool,
    ) -> Done<Option<Late>> {
        let Some(reference) = text(map, keyword) else { return Ok(None) };
        let Some(place) = self.library.find(&node.place, &reference)? else { return Ok(None) };
        let name = reference.split_once('#').map(|(_, name)| name.to_owned());
        let anchors = self.library.resource(&place).map(|it| &it.anchors);
        let is_dynamic =
            |name: &String| anchors.and_then(|all| all.get(name)).is_some_and(|(_, it)| *it);
        let name = name.filter(|name| dynamic && is_dynamic(name));
        Ok(Some(Late { target: self.node(place)?, name }))
    }

    fn reference(&mut self, from: &Place, reference: &str) -> Done<Option<NodeId>> {
        let Some(place) = self.library.find(from, reference)? else {
            if !self.compiled.unknown.iter().any(|known| known == reference) {
                self.compiled.unknown.push(reference.to_owned());
            }
            return Ok(None);
        };
        if !self.library.is_known(&place)
            && !self.known.contains_key(&place)
            && let Some(schema) = self.library.schema(&place)
        {
            let draft = self.library.resource(&place).map_or(Draft::default(), |it| it.draft);
            judge(draft, &self.library.location(&place), schema)?;
        }
        self.node(place).map(Some)
    }

    /// The schema under a keyword, where that holds one.
    fn part(&mut self, at: &Place, map: &Map<String, Json>, keyword: &str) -> Done<Option<NodeId>> {
        match map.get(keyword) {
            Some(Json::Object(_) | Json::Bool(_)) => self.below(at, &step(keyword)).map(Some),
            _ => Ok(None),
        }
    }

    fn below(&mut self, at: &Place, steps: &str) -> Done<NodeId> {
        let place = self.library.at(at.document, format!("{}{steps}", at.pointer));
        self.node(place)
    }

    fn parts(&mut self, at: &Place, map: &Map<String, Json>, keyword: &str) -> Done<Vec<NodeId>> {
        let count = map.get(keyword).and_then(Json::as_array).map_or(0, Vec::len);
        let steps = step(keyword);
        (0..count).map(|index| self.below(at, &format!("{steps}/{index}"))).collect()
    }

    fn named(
        &mut self,
        at: &Place,
        map: &Map<String, Json>,
        keyword: &str,
    ) -> Done<Vec<(String, NodeId)>> {
        let Some(Json::Object(parts)) = map.get(keyword) else { return Ok(Vec::new()) };
        let steps = step(keyword);
        let one =
            |name: &String| Ok((name.clone(), self.below(at, &format!("{steps}{}", step(name)))?));
        parts.keys().map(one).collect()
    }

    fn pattern(&self, text: &str, at: &Place, keyword: &str) -> Done<Pattern> {
        Pattern::new(text).map_err(|reason| {
            let location = format!("{}/{keyword}", self.library.location(at));
            SchemaError::Invalid(format!("invalid regex {text:?} at {location:?}: {reason}"))
        })
    }

    fn objects(&mut self, node: &mut Node, map: &Map<String, Json>) -> Done<()> {
        let (draft, at) = (node.draft, node.place.clone());
        let objects = &mut node.objects;
        objects.least = count(map, "minProperties");
        objects.most = count(map, "maxProperties");
        objects.required = texts(map.get("required"));
        objects.properties = self.named(&at, map, "properties")?.into_iter().collect();
        for (name, part) in self.named(&at, map, "patternProperties")? {
            objects.patterns.push((self.pattern(&name, &at, "patternProperties")?, part));
        }
        objects.additional = match map.get("additionalProperties") {
            Some(Json::Bool(false)) => Some(Err(())),
            _ => self.part(&at, map, "additionalProperties")?.map(Ok),
        };
        objects.dependencies = self.dependencies(&at, map)?;
        if draft >= Draft::Six {
            objects.names = self.part(&at, map, "propertyNames")?;
        }
        if draft >= Draft::Nineteen {
            objects.dependent_schemas = self.named(&at, map, "dependentSchemas")?;
            let required = map.get("dependentRequired").and_then(Json::as_object);
            let pairs = required.into_iter().flatten();
            objects.dependent_required =
                pairs.map(|(name, list)| (name.clone(), texts(Some(list)))).collect();
            objects.unevaluated = self.part(&at, map, "unevaluatedProperties")?;
        }
        Ok(())
    }

    fn dependencies(
        &mut self,
        at: &Place,
        map: &Map<String, Json>,
    ) -> Done<Vec<(String, Dependency)>> {
        let all = map.get("dependencies").and_then(Json::as_object).into_iter().flatten();
        let one = |(name, dependency): (&String, &Json)| {
            let kept = match dependency {
                Json::Array(_) => Dependency::Properties(texts(Some(dependency))),
                _ => Dependency::Schema(self.below(at, &format!("/dependencies{}", step(name)))?),
            };
            Ok((name.clone(), kept))
        };
        all.map(one).collect()
    }

    fn lists(&mut self, node: &mut Node, map: &Map<String, Json>) -> Done<()> {
        let (draft, at) = (node.draft, node.place.clone());
        let lists = &mut node.lists;
        lists.least = count(map, "minItems");
        lists.most = count(map, "maxItems");
        lists.unique = map.get("uniqueItems") == Some(&Json::Bool(true));
        if draft >= Draft::Twenty {
            lists.first = self.parts(&at, map, "prefixItems")?;
            lists.rest = self.part(&at, map, "items")?;
        } else if map.get("items").is_some_and(Json::is_array) {
            lists.first = self.parts(&at, map, "items")?;
            lists.no_rest = map.get("additionalItems") == Some(&Json::Bool(false));
            lists.rest = self.part(&at, map, "additionalItems")?.filter(|_| !lists.no_rest);
        } else {
            lists.rest = self.part(&at, map, "items")?;
        }
        if draft >= Draft::Six {
            lists.contains = self.part(&at, map, "contains")?;
        }
        if draft >= Draft::Nineteen {
            lists.min_contains = count(map, "minContains");
            lists.max_contains = count(map, "maxContains");
            lists.unevaluated = self.part(&at, map, "unevaluatedItems")?;
        }
        Ok(())
    }

    fn choices(&mut self, node: &mut Node, map: &Map<String, Json>) -> Done<()> {
        let at = node.place.clone();
        node.choices.not = self.part(&at, map, "not")?;
        node.choices.all = self.parts(&at, map, "allOf")?;
        node.choices.any = self.parts(&at, map, "anyOf")?;
        node.choices.one = self.parts(&at, map, "oneOf")?;
        if node.draft >= Draft::Seven {
            node.choices.condition = self.part(&at, map, "if")?;
            node.choices.then = self.part(&at, map, "then")?;
            node.choices.otherwise = self.part(&at, map, "else")?;
        }
        Ok(())
    }
}

fn numbers(node: &mut Node, map: &Map<String, Json>) {
    let number = |key: &str| map.get(key).and_then(Json::as_number).cloned();
    let bounds = &mut node.numbers;
    bounds.minimum = number("minimum");
    bounds.maximum = number("maximum");
    bounds.multiple_of = number("multipleOf");
    if node.draft > Draft::Four {
        bounds.above = number("exclusiveMinimum");
        bounds.below = number("exclusiveMaximum");
        return;
    }
    let exclusive = |key: &str| map.get(key) == Some(&Json::Bool(true));
    if exclusive("exclusiveMinimum") {
        bounds.above = bounds.minimum.take();
    }
    if exclusive("exclusiveMaximum") {
        bounds.below = bounds.maximum.take();
    }
}

fn types(value: Option<&Json>) -> Vec<&'static str> {
    let given = match value {
        Some(Json::String(one)) => vec![one.clone()],
        other => texts(other),
    };
    TYPES.into_iter().filter(|known| given.iter().any(|name| name == known)).collect()
}

fn texts(value: Option<&Json>) -> Vec<String> {
    let items = value.and_then(Json::as_array).into_iter().flatten();
    items.filter_map(Json::as_str).map(str::to_owned).collect()
}

fn text(map: &Map<String, Json>, key: &str) -> Option<String> {
    map.get(key).and_then(Json::as_str).map(str::to_owned)
}

/// A count, which may be written as `1.0`.
fn count(map: &Map<String, Json>, key: &str) -> Option<usize> {
    let number: &Number = map.get(key)?.as_number()?;
    let whole = number.as_u64().or_else(|| number.as_f64().map(|float| float as u64))?;
    Some(usize::try_from(whole).unwrap_or(usize::MAX))
}
