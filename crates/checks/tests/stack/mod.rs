//! The documented rules between the releases of a stack: each with a case that passes and one that
//! fails, on the values of all releases or on all that they render.

use super::support::{Deployment, files, patch, root};
use checks::Rules;
use checks::manifests::{ManifestChecks, Object};
use finding::{Finding, Severity};
use serde_json::{Value as Json, json};
use std::path::PathBuf;

const STACK: &str = "003-cloud-native-deployment";
const RELEASES: [&str; 3] = ["todo-database", "todo-backend", "todo-frontend"];

struct Stack {
    releases: Vec<(&'static str, Deployment)>,
    rules: Rules,
    manifests: ManifestChecks,
}

impl Stack {
    fn open() -> Self {
        let releases = RELEASES.map(|name| (name, Deployment::open(&format!("{STACK}/{name}"))));
        let schema = json_file(root().join("charts").join(STACK).join("stack.schema.json"));
        let mut manifests = ManifestChecks::default();
        manifests.add_schema(&schema);
        for (_, chart) in &releases {
            manifests.add_policies(&chart.policies);
        }
        Self { releases: releases.into(), rules: Rules::compile(&schema), manifests }
    }

    /// What the rules between releases say, with `over` laid over the defaults by release.
    fn check_values(&self, over: &Json) -> Vec<Finding> {
        let values = self
            .releases
            .iter()
            .map(|(name, chart)| ((*name).to_owned(), chart.values(&over[*name])));
        self.rules.check(&Json::Object(values.collect()))
    }

    /// Everything that all releases render, a change made to one object of the case's release.
    fn objects(&mut self, over: &Json, case: &Json) -> Vec<Object> {
        let mut all = Vec::new();
        for (name, chart) in &mut self.releases {
            let mut objects = chart.objects(&over[*name]);
            if case["release"] == *name {
                patch(&mut objects, &case["patch"]);
            }
            for object in &mut objects {
                (*name).clone_into(&mut object.release);
            }
            all.extend(objects);
        }
        all
    }

    fn check_objects(&self, objects: &[Object]) -> Vec<Finding> {
        let alone = objects.iter().flat_map(|object| self.manifests.check_object(object));
        alone.chain(self.manifests.check_between(objects)).collect()
    }
}

fn json_file(path: PathBuf) -> Json {
    serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap()
}

fn cases(kind: &str) -> Vec<Json> {
    let table = json_file(root().join("tests/rules").join(STACK).join("stack.json"));
    table.as_array().unwrap().iter().filter(|case| case["kind"] == kind).cloned().collect()
}

fn documented<'f>(found: &'f [Finding], case: &Json) -> &'f Finding {
    let id = case["id"].as_str().unwrap();
    let finding = found.iter().find(|finding| finding.rule.as_deref() == Some(id));
    let finding = finding.unwrap_or_else(|| panic!("{id} fails: {found:?}"));
    assert_eq!(finding.severity, Severity::Error, "{id}");
    assert!(finding.source.as_ref().unwrap().text.starts_with(STACK), "{id} names its section");
    assert!(finding.message.len() > 20, "{id} says what to do");
    finding
}

#[test]
fn values_agree_between_releases() {
    let stack = Stack::open();
    for case in cases("cross") {
        assert_eq!(stack.check_values(&case["pass"]), [], "{case}");
        let found = stack.check_values(&case["fail"]);
        assert_eq!(found.len(), 1, "{case}: {found:?}");
        let path = documented(&found, &case).values_path().unwrap().to_string();
        assert_eq!(path, case["path"]);
    }
}

#[test]
fn manifests_agree_between_releases() {
    let mut stack = Stack::open();
    for case in cases("manifest") {
        let objects = stack.objects(&case["pass"], &json!({}));
        assert_eq!(stack.check_objects(&objects), [], "{case}");
        let objects = stack.objects(&case["fail"], &case);
        documented(&stack.check_objects(&objects), &case);
    }
}

#[test]
fn every_preset_keeps_the_rules() {
    let mut stack = Stack::open();
    for preset in ["local", "staging", "production"] {
        let values = stack.releases.iter().map(|(name, chart)| {
            let presets = chart.presets();
            let values = presets.iter().find(|(known, _)| known == preset).unwrap().1.clone();
            ((*name).to_owned(), values)
        });
        let values = Json::Object(values.collect());
        assert_eq!(stack.check_values(&values), [], "{preset}");
        let objects = stack.objects(&values, &json!({}));
        assert_eq!(stack.check_objects(&objects), [], "{preset}");
    }
}

#[test]
fn the_helmfile_opens_in_the_documented_order() {
    let stack = helm::Stack::load(files(STACK), &helm::Limits::default()).unwrap();
    let names: Vec<&str> = stack.releases.iter().map(|it| it.name.as_str()).collect();
    assert_eq!(names, RELEASES);
    assert_eq!(stack.environments, ["local", "staging", "production"]);
    assert!(stack.cycle.is_empty() && stack.schema.is_some());
    let backend = &stack.releases[1];
    assert_eq!(
        (backend.namespace.as_str(), backend.needs.as_slice()),
        ("default", &["todo-database".to_owned()][..])
    );
    assert_eq!(backend.environments["production"]["replicas"], 3);
}
