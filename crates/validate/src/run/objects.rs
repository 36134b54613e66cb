//! Keywords about the properties of an object.

use super::{Part, Run, Work};
use crate::failure::{Failure, Kind};
use crate::schema::{Dependency, ForObjects, Node, NodeId};
use serde_json::{Map, Value as Json};

type Object = Map<String, Json>;

impl<'c, 'v> Run<'c, 'v> {
    #[inline(never)]
    pub(super) fn object(&mut self, node: &'c Node, map: &'v Object, work: &mut Work<'v>) {
        let keywords = &node.objects;
        self.counted(
            ["minProperties", "maxProperties"],
            map.len(),
            (keywords.least, keywords.most),
            work,
        );
        let missing = missing(map, &keywords.required);
        if !missing.is_empty() {
            work.failures.push(self.failure(Kind::Required(missing)));
        }
        for (property, dependency) in &keywords.dependencies {
            if map.contains_key(property) {
                match dependency {
                    Dependency::Properties(names) => self.dependent(map, property, names, work),
                    Dependency::Schema(id) => {
                        let outcome = self.same(*id, work);
                        work.fail(outcome);
                    }
                }
            }
        }
        self.properties(keywords, map, work);
        if let Some(names) = keywords.names {
            map.keys().for_each(|name| self.name(names, name, work));
        }
        for (property, id) in &keywords.dependent_schemas {
            if map.contains_key(property) {
                let outcome = self.same(*id, work);
                work.fail(outcome);
            }
        }
        for (property, names) in &keywords.dependent_required {
            if map.contains_key(property) {
                self.dependent(map, property, names, work);
            }
        }
    }

    fn dependent(&self, map: &Object, property: &str, names: &[String], work: &mut Work<'v>) {
        let missing = missing(map, names);
        if !missing.is_empty() {
            let property = property.to_owned();
            work.failures.push(self.failure(Kind::Dependent { property, missing }));
        }
    }

    fn properties(&mut self, keywords: &'c ForObjects, map: &'v Object, work: &mut Work<'v>) {
        let mut refused = Vec::new();
        for (name, value) in map {
            let mut seen = false;
            let own = keywords.properties.get(name).into_iter();
            let by_pattern = keywords.patterns.iter().filter(|(pattern, _)| pattern.matches(name));
            for id in own.chain(by_pattern.map(|(_, id)| id)) {
                seen = true;
                let outcome = self.part(*id, value, Part::Key(name));
                work.fail(outcome);
            }
            match keywords.additional {
                Some(Err(())) if !seen => {
                    seen = true;
                    refused.push(name.clone());
                }
                Some(Ok(id)) if !seen => {
                    seen = true;
                    let outcome = self.part(id, value, Part::Key(name));
                    work.fail(outcome);
                }
                _ => {}
            }
            if seen && work.asked {
                work.seen.properties.insert(name);
            }
        }
        if !refused.is_empty() {
            work.failures.push(self.failure(Kind::AdditionalProperties(refused)));
        }
    }

    /// A name is judged as a value of its own, which stands nowhere.
    fn name(&mut self, id: NodeId, name: &str, work: &mut Work<'v>) {
        let value = Json::String(name.to_owned());
        let mut inner = Run {
            compiled: self.compiled,
            formats: self.formats,
            scopes: Vec::new(),
            place: Vec::new(),
            level: 0,
            steps: self.steps,
        };
        let verdict = inner.schema(id, &value, "", false).map(drop);
        self.steps = inner.steps;
        if let Err(failure) = verdict {
            let kind = Kind::PropertyName(name.to_owned());
            work.failures.push(Failure { causes: failure.roots(), ..self.failure(kind) });
        }
    }

    /// `unevaluatedProperties` and `unevaluatedItems`: what nobody has looked at.
    #[inline(never)]
    pub(super) fn rest(&mut self, node: &'c Node, work: &mut Work<'v>) {
        if let (Some(id), Json::Object(map)) = (node.objects.unevaluated, work.value) {
            for (name, value) in map {
                if work.seen.properties.insert(name) {
                    let outcome = self.part(id, value, Part::Key(name));
                    work.fail(outcome);
                }
            }
        }
        if let (Some(id), Json::Array(items)) = (node.lists.unevaluated, work.value) {
            for (at, value) in items.iter().enumerate() {
                if work.seen.items.insert(at) {
                    let outcome = self.part(id, value, Part::Item(at));
                    work.fail(outcome);
                }
            }
        }
    }
}

fn missing(map: &Object, names: &[String]) -> Vec<String> {
    names.iter().filter(|name| !map.contains_key(*name)).cloned().collect()
}
