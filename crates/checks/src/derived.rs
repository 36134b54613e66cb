//! `x-derived`: what follows from values, computed by CEL and shown beside them, such as the time
//! that a container has to start.

use crate::cel::{Cel, Program};
use crate::places::{Step, each_schema, reach};
use finding::Path;
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

/// Work that one expression may take.
const MAX_STEPS: u64 = 100_000;

/// All that a schema derives.
#[derive(Default)]
pub struct Derivations(Vec<Derivation>);

struct Derivation {
    at: Vec<Step>,
    program: Program,
    title: String,
    unit: String,
    source: String,
}

/// A derived value and the place it belongs to.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Derived {
    pub path: Path,
    pub title: String,
    /// With its unit.
    pub text: String,
    /// Id and section of the documented rule, if it is one.
    pub source: String,
}

impl Derivations {
    /// An expression that cannot be read derives nothing: there is no rule that it could break.
    pub fn compile(schema: &Json) -> Self {
        let mut all = Vec::new();
        each_schema(schema, &mut |part, at| {
            let found = part.get("x-derived").and_then(Json::as_array).into_iter().flatten();
            all.extend(found.filter_map(|it| Derivation::new(it, at)));
        });
        Self(all)
    }

    /// What can be computed of these values.
    pub fn evaluate(&self, values: &Json) -> Vec<Derived> {
        let mut found = Vec::new();
        for derivation in &self.0 {
            let mut places = Vec::new();
            reach(values, &derivation.at, Path::root(), &mut places);
            found.extend(
                places.into_iter().filter_map(|(path, value)| derivation.value(path, value)),
            );
        }
        found
    }
}

impl Derivation {
    fn new(json: &Json, at: &[Step]) -> Option<Self> {
        let text = |key: &str| json.get(key).and_then(Json::as_str).unwrap_or_default().to_owned();
        let source = [text("id"), text("source")];
        Some(Self {
            at: at.to_vec(),
            program: Program::compile(&text("expression")).ok()?,
            title: text("title"),
            unit: text("unit"),
            source: source
                .iter()
                .filter(|it| !it.is_empty())
                .cloned()
                .collect::<Vec<_>>()
                .join(" · "),
        })
    }

    fn value(&self, path: Path, value: &Json) -> Option<Derived> {
        let result = self.program.evaluate(&[("self", Cel::from_json(value))], MAX_STEPS).ok()?;
        let text = match result {
            Cel::String(text) => text.to_string(),
            Cel::Int(number) => number.to_string(),
            Cel::Uint(number) => number.to_string(),
            Cel::Double(number) => number.to_string(),
            Cel::Bool(value) => value.to_string(),
            _ => return None,
        };
        let text = format!("{text} {}", self.unit).trim_end().to_owned();
        Some(Derived { path, title: self.title.clone(), text, source: self.source.clone() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_window_is_derived_where_its_values_are() {
        let schema = json!({"properties": {"probe": {"x-derived": [{
            "id": "A8", "source": "doc §1", "title": "Window", "unit": "seconds",
            "expression": "self.period * self.failures"
        }]}}});
        let derived = Derivations::compile(&schema);
        let found = derived.evaluate(&json!({"probe": {"period": 5, "failures": 6}}));
        assert_eq!(found[0].text, "30 seconds");
        assert_eq!(found[0].source, "A8 · doc §1");
        assert_eq!(found[0].path.to_string(), "probe");
        assert_eq!(derived.evaluate(&json!({"probe": {"period": 5}})), []);
    }
}
