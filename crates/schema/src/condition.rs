//! When a field is shown: comparisons of other values, as Rancher's `show_if` writes them.

use finding::Path;
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

/// Alternatives, each of comparisons that all must hold; the empty one always holds.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Condition(Vec<Vec<Test>>);

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Test {
    path: Path,
    /// The value as text.
    wanted: String,
    equal: bool,
}

impl Condition {
    /// Reads `a.b=true&&c!=x||d=y`. A comparison that cannot be read is taken as one that holds.
    pub fn read(text: &str) -> Self {
        let all = |text: &str| text.split("&&").filter_map(test).collect();
        let any: Vec<Vec<Test>> = text.split("||").map(all).collect();
        match any.iter().any(Vec::is_empty) {
            true => Self::default(),
            false => Self(any),
        }
    }

    /// Both must hold.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        if self.0.is_empty() || other.0.is_empty() {
            return if self.0.is_empty() { other } else { self };
        }
        let both = |one: &Vec<Test>| {
            other.0.iter().map(|two| one.iter().chain(two).cloned().collect()).collect::<Vec<_>>()
        };
        Self(self.0.iter().flat_map(both).collect())
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether it holds for the values that `value` gives.
    pub fn holds(&self, value: impl Fn(&Path) -> Option<Json>) -> bool {
        let test = |test: &Test| {
            let found = match value(&test.path) {
                Some(Json::String(text)) => text,
                Some(Json::Null) | None => String::new(),
                Some(other) => other.to_string(),
            };
            (found == test.wanted) == test.equal
        };
        self.0.is_empty() || self.0.iter().any(|all| all.iter().all(test))
    }

    /// The same on values below a path.
    #[must_use]
    pub fn below(mut self, at: &Path) -> Self {
        for test in self.0.iter_mut().flatten() {
            test.path = at.join(&test.path);
        }
        self
    }
}

fn test(text: &str) -> Option<Test> {
    let (path, wanted) = text.split_once('=')?;
    let (path, equal) = match path.strip_suffix('!') {
        Some(path) => (path, false),
        None => (path, true),
    };
    let wanted = wanted.trim_start_matches('=').trim().trim_matches(['"', '\'']);
    Some(Test { path: path.trim().parse().ok()?, wanted: wanted.to_owned(), equal })
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn holds(condition: &str, values: &Json) -> bool {
        Condition::read(condition).holds(|path| path.get(values).cloned())
    }

    #[test]
    fn comparisons_are_joined() {
        let values = json!({"a": {"b": true}, "c": "x", "n": 3});
        for (condition, expected) in [
            ("a.b=true", true),
            ("a.b=false", false),
            ("a.b=true&&c=x", true),
            ("a.b=true&&c=y", false),
            ("c=y||n=3", true),
            ("c!=x", false),
            ("c==\"x\"", true),
            ("missing=", true),
            ("", true),
        ] {
            assert_eq!(holds(condition, &values), expected, "{condition}");
        }
        let both = Condition::read("c=x||c=y").and(Condition::read("n=4"));
        assert!(!both.holds(|path| path.get(&values).cloned()));
    }
}
