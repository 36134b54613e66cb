//! What a person has changed, with undo. Plain data: no signals, no browser.

use super::Tree;
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;
use session::{Overrides, Path, Problem, ReleaseInput};
use std::collections::BTreeMap;

/// Undo steps that are kept.
const MAX_STEPS: usize = 200;

/// What is undone and redone, and what a reload brings back.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Inputs {
    pub preset: Option<String>,
    pub overrides: Overrides,
    /// In the stack's order.
    pub releases: Vec<ReleaseInput>,
    /// `None` is the engine's own.
    #[serde(default)]
    pub kube_version: Option<String>,
}

/// The inputs with their history.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Draft {
    pub inputs: Inputs,
    /// Text that is no value yet, with what is wrong where that is known: the last value stays in
    /// force.
    pub unparsed: BTreeMap<Path, (String, Option<Problem>)>,
    /// Text of YAML fields as it was typed, with the value that it means.
    pub typed: BTreeMap<Path, (String, Json)>,
    /// Grows with every change.
    pub revision: u64,
    past: Vec<Inputs>,
    future: Vec<Inputs>,
    /// Path of the step that is being typed, so that one word is one step.
    typing: Option<Path>,
}

impl Draft {
    pub fn new(inputs: Inputs) -> Self {
        Self { inputs, revision: 1, ..Self::default() }
    }

    /// Sets a value; `None` takes the edit back. Edits of one path in a row are one step.
    pub fn set(&mut self, path: &Path, value: Option<Json>) {
        self.unparsed.remove(path);
        if self.inputs.overrides.get(path) == value.as_ref() {
            return;
        }
        self.step(Some(path));
        match value {
            Some(value) => self.inputs.overrides.insert(path.clone(), value),
            None => self.inputs.overrides.remove(path),
        };
        self.revision += 1;
    }

    /// Keeps text that cannot be read as a value.
    pub fn keep_text(&mut self, path: &Path, text: String, problem: Option<Problem>) {
        self.unparsed.insert(path.clone(), (text, problem));
    }

    /// Changes the inputs as a whole, as one step.
    pub fn change(&mut self, change: impl FnOnce(&mut Inputs)) {
        self.step(None);
        change(&mut self.inputs);
        self.revision += 1;
    }

    fn step(&mut self, path: Option<&Path>) {
        if path.is_some() && self.typing.as_ref() == path && !self.past.is_empty() {
            return;
        }
        self.typing = path.cloned();
        self.past.push(self.inputs.clone());
        if self.past.len() > MAX_STEPS {
            self.past.remove(0);
        }
        self.future.clear();
    }

    pub fn can_undo(&self) -> bool {
        !self.past.is_empty()
    }

    pub fn can_redo(&self) -> bool {
        !self.future.is_empty()
    }

    pub fn undo(&mut self) {
        if let Some(inputs) = self.past.pop() {
            self.future.push(std::mem::replace(&mut self.inputs, inputs));
            self.after_travel();
        }
    }

    pub fn redo(&mut self) {
        if let Some(inputs) = self.future.pop() {
            self.past.push(std::mem::replace(&mut self.inputs, inputs));
            self.after_travel();
        }
    }

    fn after_travel(&mut self) {
        self.unparsed.clear();
        self.typing = None;
        self.revision += 1;
    }
}

/// The inputs as they may be written down: no value of a secret field.
pub fn without_secrets(inputs: &Inputs, tree: &Tree) -> Inputs {
    let mut kept = inputs.clone();
    kept.overrides.retain(|path, _| !tree.is_secret(path));
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    fn path(text: &str) -> Path {
        text.parse().unwrap()
    }

    #[test]
    fn typing_in_one_field_is_one_step() {
        let mut draft = Draft::new(Inputs::default());
        for text in ["a", "ab", "abc"] {
            draft.set(&path("x"), Some(text.into()));
        }
        draft.set(&path("y"), Some(1.into()));
        draft.undo();
        assert_eq!(draft.inputs.overrides.get(&path("x")), Some(&"abc".into()));
        draft.undo();
        assert!(draft.inputs.overrides.is_empty());
        draft.redo();
        draft.redo();
        assert_eq!(draft.inputs.overrides.len(), 2);
        assert!(!draft.can_redo());
    }

    #[test]
    fn secrets_are_not_written_down() {
        let tree = Tree { secrets: [path("s.key")].into(), ..Tree::default() };
        let mut inputs = Inputs::default();
        inputs.overrides.insert(path("s.key"), "hush".into());
        inputs.overrides.insert(path("s.open"), 1.into());
        let kept = without_secrets(&inputs, &tree);
        assert_eq!(kept.overrides.keys().map(Path::to_string).collect::<Vec<_>>(), ["s.open"]);
    }
}
