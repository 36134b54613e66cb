//! boon's errors as the tree that Helm prints.
//!
//! boon leaves out an `allOf`, `anyOf` or `oneOf` of which one schema failed, and hands up what failed
//! in its place; Helm names it (measured with Helm 4.3.1). Where an error comes from says what was left
//! out: its schema's address goes through `allOf/0`.

use boon::{ErrorKind, InstanceLocation, ValidationError};

/// One line of Helm's and the lines below it.
pub(crate) struct Node<'a, 's, 'v> {
    place: &'a InstanceLocation<'v>,
    /// So many tokens of `place` lead to the value.
    depth: usize,
    pub(crate) said: Said<'a, 's, 'v>,
    pub(crate) causes: Vec<Self>,
}

/// What stands behind the place.
pub(crate) enum Said<'a, 's, 'v> {
    Error(&'a ValidationError<'s, 'v>),
    /// An error that boon left out.
    Kind(ErrorKind<'s, 'v>),
}

impl Node<'_, '_, '_> {
    /// The JSON pointer of the value that is wrong.
    pub(crate) fn pointer(&self) -> String {
        let whole = self.place.to_string();
        let end = whole.match_indices('/').nth(self.depth).map_or(whole.len(), |(index, _)| index);
        whole.get(..end).unwrap_or_default().to_owned()
    }

    /// Whether Helm prints only what stands below: a reference with one cause.
    pub(crate) fn is_passed_over(&self) -> bool {
        let reference = matches!(self.said, Said::Error(error) if is_reference(&error.kind));
        reference && self.causes.len() == 1
    }
}

/// The trees below the error of a whole schema.
pub(crate) fn below<'a, 's, 'v>(error: &'a ValidationError<'s, 'v>) -> Vec<Node<'a, 's, 'v>> {
    let depth = error.instance_location.tokens.len();
    let (base, applied) = match &error.kind {
        ErrorKind::Reference { url, .. } => (*url, 0),
        ErrorKind::AllOf | ErrorKind::AnyOf | ErrorKind::OneOf(None) => (error.schema_url, 1),
        _ => (error.schema_url, 0),
    };
    let paths: Vec<Vec<Step<'s>>> =
        error.causes.iter().map(|cause| steps(base, cause.schema_url, applied)).collect();
    if matches!(error.kind, ErrorKind::Schema { .. }) || is_reference(&error.kind) {
        let shared = shared(&paths, common(&error.causes).saturating_sub(depth));
        let through = paths.first().and_then(|path| path.get(..shared)).unwrap_or_default();
        if through.iter().any(|step| step.left_out) {
            return grouped(&error.causes, &paths, shared, depth);
        }
    }
    let causes = error.causes.iter().zip(&paths);
    causes
        .map(|(cause, path)| wrapped(whole(cause), &cause.instance_location, path, depth))
        .collect()
}

/// The group of errors that boon dissolved on its way up, below what it came through.
fn grouped<'a, 's, 'v>(
    causes: &'a [ValidationError<'s, 'v>],
    paths: &[Vec<Step<'s>>],
    shared: usize,
    depth: usize,
) -> Vec<Node<'a, 's, 'v>> {
    let (Some(first), Some(path)) = (causes.first(), paths.first()) else { return Vec::new() };
    let (through, _) = path.split_at(shared.min(path.len()));
    let depth_inside = depth + through.iter().map(|step| step.tokens).sum::<usize>();
    let inner = causes.iter().zip(paths).map(|(cause, path)| {
        let path = path.get(shared..).unwrap_or_default();
        wrapped(whole(cause), &cause.instance_location, path, depth_inside)
    });
    let group = Node {
        place: &first.instance_location,
        depth: depth_inside,
        said: Said::Kind(ErrorKind::Group),
        causes: inner.collect(),
    };
    vec![wrapped(group, &first.instance_location, through, depth)]
}

fn whole<'a, 's, 'v>(error: &'a ValidationError<'s, 'v>) -> Node<'a, 's, 'v> {
    let place = &error.instance_location;
    Node { place, depth: place.tokens.len(), said: Said::Error(error), causes: below(error) }
}

/// A node below the schemas that `path` says it came through.
fn wrapped<'a, 's, 'v>(
    node: Node<'a, 's, 'v>,
    place: &'a InstanceLocation<'v>,
    path: &[Step<'s>],
    depth: usize,
) -> Node<'a, 's, 'v> {
    let mut end = depth + path.iter().map(|step| step.tokens).sum::<usize>();
    path.iter().rev().fold(node, |node, step| {
        end -= step.tokens;
        match reported(step.keyword).filter(|_| step.left_out) {
            Some(kind) => Node { place, depth: end, said: Said::Kind(kind), causes: vec![node] },
            None => node,
        }
    })
}

fn is_reference(kind: &ErrorKind<'_, '_>) -> bool {
    matches!(kind, ErrorKind::Reference { .. })
}

/// From a schema to one inside it.
struct Step<'s> {
    keyword: &'s str,
    /// A property's name or an index, if the keyword holds several schemas.
    key: Option<&'s str>,
    /// How many tokens of the instance's location it goes down.
    tokens: usize,
    /// Whether Helm reports the keyword, too, and boon did not.
    left_out: bool,
}

/// What Helm reports when a schema inside the keyword fails, beside what failed.
fn reported(keyword: &str) -> Option<ErrorKind<'static, 'static>> {
    match keyword {
        "allOf" => Some(ErrorKind::AllOf),
        "anyOf" => Some(ErrorKind::AnyOf),
        "oneOf" => Some(ErrorKind::OneOf(None)),
        _ => None,
    }
}

/// The way from the schema at `base` to the one at `url`; empty if it leads elsewhere.
///
/// The errors of the first `known` steps stand in the tree already.
fn steps<'s>(base: &str, url: &'s str, known: usize) -> Vec<Step<'s>> {
    let inside = url.strip_prefix(base).unwrap_or_default();
    let mut parts = inside.split('/').filter(|part| !part.is_empty()).peekable();
    let mut steps = Vec::new();
    while let Some(keyword) = parts.next() {
        let indexed = parts.peek().is_some_and(|part| part.parse::<usize>().is_ok());
        let (keyed, tokens) = match keyword {
            "properties" | "patternProperties" | "prefixItems" => (true, 1),
            "items" => (indexed, 1),
            "additionalProperties"
            | "additionalItems"
            | "unevaluatedProperties"
            | "unevaluatedItems"
            | "contains" => (false, 1),
            "allOf" | "anyOf" | "oneOf" | "dependencies" | "dependentSchemas" => (true, 0),
            _ => (false, 0),
        };
        let key = if keyed { parts.next() } else { None };
        let left_out = reported(keyword).is_some() && steps.len() >= known;
        steps.push(Step { keyword, key, tokens, left_out });
    }
    steps
}

/// How many steps all ways have in common, going down at most so many `tokens`; none if there is one
/// way only.
fn shared(paths: &[Vec<Step<'_>>], tokens: usize) -> usize {
    let [first, others @ ..] = paths else { return 0 };
    let same = |a: &Step<'_>, b: &Step<'_>| a.keyword == b.keyword && a.key == b.key;
    let alike =
        |other: &Vec<Step<'_>>| first.iter().zip(other).take_while(|(a, b)| same(a, b)).count();
    let alike = others.iter().map(alike).min().unwrap_or_default();
    let within = first.iter().scan(0, |down, step| {
        *down += step.tokens;
        (*down <= tokens).then_some(())
    });
    alike.min(within.count())
}

/// How many tokens the places of all errors have in common.
fn common(causes: &[ValidationError<'_, '_>]) -> usize {
    let [first, others @ ..] = causes else { return 0 };
    let pointer = first.instance_location.to_string();
    let alike = |other: &ValidationError<'_, '_>| {
        let other = other.instance_location.to_string();
        pointer.split('/').zip(other.split('/')).skip(1).take_while(|(a, b)| a == b).count()
    };
    others.iter().map(alike).min().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use crate::Validator;
    use serde_json::{Value as Json, json};

    fn check(schema: Json, values: Json, expected: &[&str]) {
        let validator = Validator::new(schema.to_string().as_bytes()).unwrap();
        assert_eq!(validator.lines(&values), expected, "{schema} {values}");
    }

    #[test]
    fn a_schema_that_failed_alone() {
        let schema =
            json!({"properties": {"x": {"allOf": [{"properties": {"a": {"type": "boolean"}}}]}}});
        let lines = ["- at '/x': 'allOf' failed", "  - at '/x/a': got number, want boolean"];
        check(schema, json!({"x": {"a": 1}}), &lines);
        let lines = ["- at '': 'anyOf' failed", "  - at '': missing property 'q'"];
        check(json!({"anyOf": [{"required": ["q"]}]}), json!({}), &lines);
    }

    #[test]
    fn errors_of_one_schema_are_a_group() {
        let schema = json!({
            "allOf": [{"$ref": "#/$defs/q"}],
            "$defs": {"q": {"properties": {"allOf": {"anyOf": [{"minimum": 5, "multipleOf": 2}]}}}},
        });
        let lines = [
            "- at '': 'allOf' failed",
            "  - at '/allOf': 'anyOf' failed",
            "    - at '/allOf': validation failed",
            "      - at '/allOf': minimum: got 1, want 5",
            "      - at '/allOf': multipleOf: got 1, want 2",
        ];
        check(schema, json!({"allOf": 1}), &lines);
    }

    #[test]
    fn errors_of_several_items_are_not() {
        let lines = [
            "- at '/x/0': 'allOf' failed",
            "  - at '/x/0': got number, want string",
            "- at '/x/1': 'allOf' failed",
            "  - at '/x/1': got number, want string",
        ];
        let schema = json!({"properties": {"x": {"items": {"allOf": [{"type": "string"}]}}}});
        check(schema, json!({"x": [1, 2]}), &lines);
    }
}
