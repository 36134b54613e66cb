//! A compiled schema: keywords with their parts resolved, so that nothing is looked up while values
//! are judged.

use crate::draft::Draft;
use crate::library::Place;
use serde_json::{Number, Value as Json};
use sprig::Pattern;
use std::collections::BTreeMap;

/// Index of a schema among all compiled.
pub(crate) type NodeId = usize;

/// JSON Schema's types in the order that Helm lists them.
pub(crate) const TYPES: [&str; 7] =
    ["null", "boolean", "number", "integer", "string", "array", "object"];

#[derive(Debug)]
pub(crate) enum Dependency {
    Properties(Vec<String>),
    Schema(NodeId),
}

/// `$dynamicRef` (`name` is its anchor, where it is a dynamic one) or `$recursiveRef`.
#[derive(Debug)]
pub(crate) struct Late {
    pub(crate) target: NodeId,
    pub(crate) name: Option<String>,
}

#[derive(Debug, Default)]
pub(crate) struct ForObjects {
    pub(crate) least: Option<usize>,
    pub(crate) most: Option<usize>,
    pub(crate) required: Vec<String>,
    pub(crate) dependencies: Vec<(String, Dependency)>,
    pub(crate) properties: BTreeMap<String, NodeId>,
    pub(crate) patterns: Vec<(Pattern, NodeId)>,
    /// What is said of all others; `Err` refuses them.
    pub(crate) additional: Option<Result<NodeId, ()>>,
    pub(crate) names: Option<NodeId>,
    pub(crate) dependent_schemas: Vec<(String, NodeId)>,
    pub(crate) dependent_required: Vec<(String, Vec<String>)>,
    pub(crate) unevaluated: Option<NodeId>,
}

#[derive(Debug, Default)]
pub(crate) struct ForLists {
    pub(crate) least: Option<usize>,
    pub(crate) most: Option<usize>,
    pub(crate) unique: bool,
    /// The first ones, each by its own schema.
    pub(crate) first: Vec<NodeId>,
    /// All behind those.
    pub(crate) rest: Option<NodeId>,
    /// The old `additionalItems: false`: told once for all.
    pub(crate) no_rest: bool,
    pub(crate) contains: Option<NodeId>,
    pub(crate) min_contains: Option<usize>,
    pub(crate) max_contains: Option<usize>,
    pub(crate) unevaluated: Option<NodeId>,
}

#[derive(Debug, Default)]
pub(crate) struct ForTexts {
    pub(crate) least: Option<usize>,
    pub(crate) most: Option<usize>,
    /// As written, and compiled.
    pub(crate) pattern: Option<(String, Pattern)>,
}

#[derive(Debug, Default)]
pub(crate) struct ForNumbers {
    pub(crate) minimum: Option<Number>,
    pub(crate) maximum: Option<Number>,
    pub(crate) above: Option<Number>,
    pub(crate) below: Option<Number>,
    pub(crate) multiple_of: Option<Number>,
}

#[derive(Debug, Default)]
pub(crate) struct Choices {
    pub(crate) not: Option<NodeId>,
    pub(crate) all: Vec<NodeId>,
    pub(crate) any: Vec<NodeId>,
    pub(crate) one: Vec<NodeId>,
    pub(crate) condition: Option<NodeId>,
    pub(crate) then: Option<NodeId>,
    pub(crate) otherwise: Option<NodeId>,
}

/// One schema.
#[derive(Debug)]
pub(crate) struct Node {
    pub(crate) place: Place,
    pub(crate) draft: Draft,
    /// `true` and `false` as schemas.
    pub(crate) verdict: Option<bool>,
    pub(crate) types: Vec<&'static str>,
    pub(crate) constant: Option<Json>,
    pub(crate) choice: Option<Vec<Json>>,
    pub(crate) format: Option<String>,
    pub(crate) reference: Option<NodeId>,
    pub(crate) recursive: Option<Late>,
    pub(crate) dynamic: Option<Late>,
    /// `$recursiveAnchor`.
    pub(crate) recursive_anchor: bool,
    pub(crate) objects: ForObjects,
    pub(crate) lists: ForLists,
    pub(crate) texts: ForTexts,
    pub(crate) numbers: ForNumbers,
    pub(crate) choices: Choices,
}

impl Node {
    pub(crate) fn new(place: Place, draft: Draft) -> Self {
        Self {
            place,
            draft,
            verdict: None,
            types: Vec::new(),
            constant: None,
            choice: None,
            format: None,
            reference: None,
            recursive: None,
            dynamic: None,
            recursive_anchor: false,
            objects: ForObjects::default(),
            lists: ForLists::default(),
            texts: ForTexts::default(),
            numbers: ForNumbers::default(),
            choices: Choices::default(),
        }
    }

    /// Whether it asks which parts of a value other keywords have looked at.
    pub(crate) fn asks_for_rest(&self) -> bool {
        self.objects.unevaluated.is_some() || self.lists.unevaluated.is_some()
    }
}

/// All schemas that one leads to.
#[derive(Debug, Default)]
pub(crate) struct Compiled {
    pub(crate) nodes: Vec<Node>,
    pub(crate) addresses: Vec<String>,
    /// Schemas with a dynamic anchor: document, resource, name.
    pub(crate) dynamic: BTreeMap<(usize, usize, String), NodeId>,
    /// Whole resources of drafts with `$recursiveRef`: document, resource.
    pub(crate) roots: BTreeMap<(usize, usize), NodeId>,
    /// Names (URN) that nobody knows: Helm warns and lets everything pass.
    pub(crate) unknown: Vec<String>,
}
