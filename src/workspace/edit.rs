//! What a person does to values, and what is asked of a value.

use super::{Draft, Workspace};
use leptos::prelude::*;
use serde_json::Value as Json;
use session::{Field, Finding, Path, Problem, ReleaseCard, Severity, values};

impl Workspace {
    /// Takes a values file as edits over the preset.
    pub fn take_values(&self, given: &Json) {
        let changes = self.base.with_untracked(|base| values::differences(base, given));
        self.change(|draft| draft.change(|inputs| inputs.overrides.extend(changes)));
    }

    /// A person's text for a field.
    pub fn edit(&self, field: &Field, text: &str) {
        if field.is_yaml() {
            self.keep_text(&field.path, text.to_owned(), None);
            let (path, text) = (field.path.clone(), text.to_owned());
            return self.bridge.with_value(|bridge| bridge.parse(path, text));
        }
        match field.parse(text) {
            Ok(value) => self.set(&field.path, Some(value)),
            Err(problem) => {
                self.keep_text(&field.path, text.to_owned(), Some(problem));
            }
        }
    }

    /// Takes what the engine read in a YAML field, unless more has been typed meanwhile.
    pub fn parsed(&self, path: &Path, text: String, problem: Option<String>, value: Json) {
        let now = self.draft.with_untracked(|draft| draft.unparsed.get(path).cloned());
        if now.is_none_or(|(typed, _)| typed != text) {
            return;
        }
        if let Some(message) = problem {
            let problem = Problem { keyword: "parse".to_owned(), message, rule: None };
            return self.keep_text(path, text, Some(problem));
        }
        self.change_at(path, |draft| {
            draft.unparsed.remove(path);
            draft.typed.insert(path.clone(), (text, value.clone()));
        });
        self.set(path, Some(value));
    }

    /// Sets a value; one that the base has already is no edit.
    pub fn set(&self, path: &Path, value: Option<Json>) {
        let same = self.base.with_untracked(|base| path.get(base) == value.as_ref());
        self.change_at(path, |draft| draft.set(path, value.filter(|_| !same)));
    }

    pub fn reset(&self, path: &Path) {
        self.change_at(path, |draft| draft.set(path, None));
    }

    pub fn undo(&self) {
        self.change(Draft::undo);
    }

    pub fn redo(&self) {
        self.change(Draft::redo);
    }

    fn keep_text(&self, path: &Path, text: String, problem: Option<Problem>) {
        self.change_at(path, |draft| draft.keep_text(path, text, problem));
    }

    /// Changes what concerns one value.
    fn change_at(&self, path: &Path, change: impl FnOnce(&mut Draft)) {
        self.draft.update(change);
        self.touched.touch(path);
    }

    /// Changes what may concern any value.
    fn change(&self, change: impl FnOnce(&mut Draft)) {
        self.draft.update(change);
        self.touched.touch_all();
    }

    /// Takes another preset; a release whose chart names its namespace in its values follows it.
    pub fn choose_preset(&self, preset: Option<String>) {
        let Some(card) = self.card.get_untracked() else { return };
        let chosen = card.presets.iter().find(|known| Some(&known.name) == preset.as_ref());
        let values = values::base_values(&card.defaults, chosen.map(|preset| &preset.values));
        let named = |release: &ReleaseCard| {
            let at = release.at.key("global").key("namespace");
            at.get(&values).and_then(Json::as_str).map(str::to_owned)
        };
        let namespaces: Vec<Option<String>> = card.releases.iter().map(named).collect();
        self.change(|draft| {
            draft.change(|inputs| {
                inputs.preset = preset;
                for (release, namespace) in inputs.releases.iter_mut().zip(namespaces) {
                    if let Some(namespace) = namespace {
                        release.namespace = namespace;
                    }
                }
            });
        });
    }

    pub fn value(&self, path: &Path) -> Option<Json> {
        self.touched.track(path);
        let edited = self.draft.with_untracked(|draft| draft.inputs.overrides.get(path).cloned());
        edited.or_else(|| self.base.with(|base| path.get(base).cloned()))
    }

    /// Whether the value at a path, or in it, was edited.
    pub fn changed(&self, path: &Path) -> bool {
        self.edited
            .with(|edited| edited.range(path..).next().is_some_and(|edited| path.contains(edited)))
    }

    /// Text that is no value yet, with what is wrong.
    fn kept(&self, path: &Path) -> Option<(String, Option<Problem>)> {
        self.touched.track(path);
        self.draft.with_untracked(|draft| draft.unparsed.get(path).cloned())
    }

    /// The text of a field: what is being typed while it is no value, else its value; a YAML value
    /// as it was typed.
    pub fn shown(&self, field: &Field) -> String {
        let value = self.value(&field.path);
        if let Some((text, _)) = self.kept(&field.path) {
            return text;
        }
        let typed = self.draft.with_untracked(|draft| {
            let typed = draft.typed.get(&field.path);
            typed.filter(|(_, meant)| Some(meant) == value.as_ref()).map(|(text, _)| text.clone())
        });
        typed.unwrap_or_else(|| value.map(|value| field.show(&value)).unwrap_or_default())
    }

    /// What is wrong with a field's text or value, known in the same tick.
    pub fn problem(&self, field: &Field) -> Option<Problem> {
        let kept = self.kept(&field.path);
        if let Some((_, problem)) = kept {
            return problem;
        }
        field.check(&self.value(&field.path)?)
    }

    pub fn findings_at(&self, path: &Path) -> Vec<Finding> {
        self.findings.with(|findings| findings.get(path).cloned().unwrap_or_default())
    }

    pub fn count(&self, severity: Severity) -> usize {
        let counts = |finding: &&Finding| finding.severity == severity;
        self.told.findings.with(|findings| findings.iter().filter(counts).count())
    }
}
