//! Values judged by compiled schemas: keywords in the order in which Helm's library looks at them,
//! so that what it says first stands first. One file a kind of value.

mod choices;
mod lists;
mod objects;
mod scalars;

use crate::address::step;
use crate::failure::{Failure, Kind};
use crate::formats;
use crate::schema::{Compiled, Node, NodeId};
use serde_json::Value as Json;
use std::collections::BTreeSet;

/// Schemas inside each other, references counted: each takes some of the stack. A draft's own schema
/// takes four for each level of a schema, so that a hundred levels are judged.
const MAX_DEPTH: usize = 400;
/// Schemas that one value may be judged by, all its parts counted.
const MAX_STEPS: usize = 2_000_000;

/// The value's verdict by the first schema of all; `formats` are asked for even where the draft
/// does not, as drafts judge schemas themselves.
pub(crate) fn judge(compiled: &Compiled, value: &Json, formats: bool) -> Result<(), Failure> {
    let mut run =
        Run { compiled, formats, scopes: Vec::new(), place: Vec::new(), level: 0, steps: 0 };
    run.schema(0, value, "", false).map(drop)
}

/// Which parts of a value keywords have looked at.
#[derive(Debug, Default)]
pub(super) struct Seen<'v> {
    pub(super) properties: BTreeSet<&'v str>,
    pub(super) items: BTreeSet<usize>,
}

impl Seen<'_> {
    fn add(&mut self, other: Self) {
        let Seen { properties, items } = other;
        self.items.extend(items);
        // The lifetimes are one: both are parts of the same value.
        self.properties.extend(properties);
    }
}

/// A schema at work.
struct Scope {
    node: NodeId,
    /// How deep in the value.
    level: usize,
    /// The keyword that referred to it, where one did.
    via: &'static str,
}

/// One way down into the value.
#[derive(Clone, Copy)]
pub(super) enum Part<'v> {
    Key(&'v str),
    Item(usize),
}

pub(super) struct Run<'c, 'v> {
    compiled: &'c Compiled,
    formats: bool,
    scopes: Vec<Scope>,
    place: Vec<Part<'v>>,
    level: usize,
    steps: usize,
}

/// What one schema finds in one value.
pub(super) struct Work<'v> {
    pub(super) value: &'v Json,
    pub(super) seen: Seen<'v>,
    pub(super) failures: Vec<Failure>,
    /// Whether anybody asks what was seen.
    pub(super) asked: bool,
}

impl Work<'_> {
    pub(super) fn fail(&mut self, outcome: Result<(), Failure>) {
        self.failures.extend(outcome.err());
    }
}

type Verdict<'v> = Result<Seen<'v>, Failure>;

impl<'c, 'v> Run<'c, 'v> {
    pub(super) fn failure(&self, kind: Kind) -> Failure {
        let steps = self.place.iter().map(|part| match part {
            Part::Key(key) => step(key),
            Part::Item(at) => format!("/{at}"),
        });
        Failure { place: steps.collect(), kind: Box::new(kind), causes: Vec::new() }
    }

    fn node(&self, id: NodeId) -> Option<&'c Node> {
        self.compiled.nodes.get(id)
    }

    /// Judges a value by a schema; `via` is the keyword that referred to it.
    fn schema(
        &mut self,
        id: NodeId,
        value: &'v Json,
        via: &'static str,
        asked: bool,
    ) -> Verdict<'v> {
        self.steps += 1;
        if self.steps > MAX_STEPS {
            return Err(self.failure(Kind::Exceeded("the schema takes too long to follow")));
        }
        if self.scopes.len() >= MAX_DEPTH {
            return Err(self.failure(Kind::Exceeded("the schema nests too deep to follow")));
        }
        let Some(node) = self.node(id) else { return Ok(Seen::default()) };
        if let Some(cycle) = self.cycle(id, via) {
            return Err(cycle);
        }
        self.scopes.push(Scope { node: id, level: self.level, via });
        let verdict = self.keywords(node, value, asked);
        self.scopes.pop();
        verdict
    }

    /// The same value judged by the same schema inside itself would go on for ever.
    fn cycle(&self, id: NodeId, via: &'static str) -> Option<Failure> {
        let same = self.scopes.iter().rev().take_while(|scope| scope.level == self.level);
        let inside = same.clone().position(|scope| scope.node == id)?;
        let first = self.scopes.len() - 1 - inside;
        let above = self.way(self.scopes.len() - 1);
        let address = self.compiled.addresses.get(id).cloned().unwrap_or_default();
        let last = match via {
            "" => {
                let parent = self.scopes.last().map_or("", |scope| self.pointer(scope.node));
                self.pointer(id).strip_prefix(parent).unwrap_or_default().to_owned()
            }
            keyword => format!("/{keyword}"),
        };
        let kind =
            Kind::Cycle { first: format!("{above}{last}"), second: self.way(first), address };
        Some(self.failure(kind))
    }

    fn pointer(&self, id: NodeId) -> &'c str {
        self.node(id).map_or("", |node| node.place.pointer.as_str())
    }

    /// Keywords that lead from the outermost schema to the scope at `until`.
    fn way(&self, until: usize) -> String {
        let mut way = String::new();
        for pair in self.scopes.get(..=until).unwrap_or_default().windows(2) {
            let [above, scope] = pair else { continue };
            match scope.via {
                "" => {
                    let parent = self.pointer(above.node);
                    way.push_str(self.pointer(scope.node).strip_prefix(parent).unwrap_or_default());
                }
                keyword => way.push_str(&step(keyword)),
            }
        }
        way
    }

    fn keywords(&mut self, node: &'c Node, value: &'v Json, asked: bool) -> Verdict<'v> {
        if let Some(refused) = self.at_once(node, value) {
            return Err(refused);
        }
        let asked = asked || node.asks_for_rest();
        let mut work = Work { value, seen: Seen::default(), failures: Vec::new(), asked };
        if let Some(target) = node.reference {
            self.refer(target, "$ref", &mut work);
            if node.draft < crate::draft::Draft::Nineteen {
                return self.verdict(work);
            }
        }
        match value {
            Json::Object(map) => self.object(node, map, &mut work),
            Json::Array(items) => self.list(node, items, &mut work),
            Json::String(text) => self.text(node, text, &mut work),
            Json::Number(number) => self.number(node, number, &mut work),
            Json::Null | Json::Bool(_) => {}
        }
        self.late(node, &mut work);
        self.choose(node, &mut work);
        self.rest(node, &mut work);
        self.verdict(work)
    }

    #[inline(never)]
    fn verdict(&self, mut work: Work<'v>) -> Verdict<'v> {
        match work.failures.len() {
            0 => Ok(work.seen),
            1 => Err(work.failures.remove(0)),
            _ => Err(Failure { causes: work.failures, ..self.failure(Kind::Group) }),
        }
    }

    /// What ends the matter: Helm says nothing more where one of these fails.
    #[inline(never)]
    fn at_once(&self, node: &Node, value: &Json) -> Option<Failure> {
        let kind = match node.verdict {
            Some(true) => return None,
            Some(false) => Kind::False,
            None => {
                let asked = self.formats || node.draft.asks_for_formats();
                wrong_type(node, value)
                    .or_else(|| wrong_value(node, value))
                    .or_else(|| wrong_format(node, value, asked))?
            }
        };
        Some(self.failure(kind))
    }

    /// A schema on the same value; what it saw is seen.
    pub(super) fn same(&mut self, id: NodeId, work: &mut Work<'v>) -> Result<(), Failure> {
        let seen = self.schema(id, work.value, "", work.asked)?;
        if work.asked {
            work.seen.add(seen);
        }
        Ok(())
    }

    /// A schema on a part of the value.
    pub(super) fn part(
        &mut self,
        id: NodeId,
        value: &'v Json,
        part: Part<'v>,
    ) -> Result<(), Failure> {
        self.place.push(part);
        self.level += 1;
        let verdict = self.schema(id, value, "", false);
        self.level -= 1;
        self.place.pop();
        verdict.map(drop)
    }

    #[inline(never)]
    fn refer(&mut self, target: NodeId, keyword: &'static str, work: &mut Work<'v>) {
        match self.schema(target, work.value, keyword, work.asked) {
            Ok(seen) => work.seen.add(seen),
            Err(failure) => {
                let causes = failure.roots();
                work.failures.push(Failure { causes, ..self.failure(Kind::Reference) });
            }
        }
    }

    #[inline(never)]
    fn late(&mut self, node: &'c Node, work: &mut Work<'v>) {
        if let Some(late) = &node.recursive {
            let target = self.recursive(late.target);
            self.refer(target, "$recursiveRef", work);
        }
        if let Some(late) = &node.dynamic {
            let target = match &late.name {
                Some(name) => self.dynamic(name, late.target),
                None => late.target,
            };
            self.refer(target, "$dynamicRef", work);
        }
    }

    /// The outermost schema at work whose resource has the anchor.
    fn dynamic(&self, name: &str, target: NodeId) -> NodeId {
        let anchors = &self.compiled.dynamic;
        let found = self.scopes.iter().find_map(|scope| {
            let place = &self.node(scope.node)?.place;
            anchors.get(&(place.document, place.resource, name.to_owned())).copied()
        });
        found.unwrap_or(target)
    }

    /// The same for `$recursiveRef`, as far out as resources are anchored one in the other.
    fn recursive(&self, target: NodeId) -> NodeId {
        let anchored = |id: NodeId| self.node(id).is_some_and(|node| node.recursive_anchor);
        if !anchored(target) {
            return target;
        }
        let root = |scope: &Scope| {
            let place = &self.node(scope.node)?.place;
            self.compiled.roots.get(&(place.document, place.resource)).copied()
        };
        let roots = self.scopes.iter().rev().filter_map(root);
        roots.take_while(|id| anchored(*id)).last().unwrap_or(target)
    }
}

fn wrong_type(node: &Node, value: &Json) -> Option<Kind> {
    let got = type_of(value);
    let whole = || matches!(value, Json::Number(number) if scalars::is_whole(number));
    let fits = |want: &&str| *want == got || *want == "integer" && whole();
    (!node.types.is_empty() && !node.types.iter().any(fits))
        .then(|| Kind::Type { got, want: node.types.clone() })
}

fn wrong_value(node: &Node, value: &Json) -> Option<Kind> {
    if let Some(want) = node.constant.as_ref().filter(|want| !scalars::equal(want, value)) {
        return Some(Kind::Const(want.clone()));
    }
    let choice = node.choice.as_ref()?;
    let matches = choice.iter().any(|want| scalars::equal(want, value));
    (!matches).then(|| Kind::Enum(choice.clone()))
}

fn wrong_format(node: &Node, value: &Json, asked: bool) -> Option<Kind> {
    let want = node.format.as_ref().filter(|_| asked)?;
    let reason = formats::check(want, value.as_str()?).err()?;
    Some(Kind::Format { got: value.clone(), want: want.clone(), reason })
}

fn type_of(value: &Json) -> &'static str {
    match value {
        Json::Null => "null",
        Json::Bool(_) => "boolean",
        Json::Number(_) => "number",
        Json::String(_) => "string",
        Json::Array(_) => "array",
        Json::Object(_) => "object",
    }
}
