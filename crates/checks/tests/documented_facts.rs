//! Every entity, field and default of a document can be pointed at in what the real Helm prints
//! of its chart: the goldens, which `tests/oracle.rs` keeps true.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use serde_json::Value as Json;
use std::path::PathBuf;

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../tests")
}

/// The objects that Helm prints with a preset.
fn objects(chart: &str, preset: &str) -> Vec<Json> {
    let golden = root().join("golden").join(chart).join(preset).join("stdout.txt");
    let text = std::fs::read_to_string(&golden).unwrap();
    let documents = text.split("---\n").filter(|document| !document.trim().is_empty());
    documents.map(|document| yaml::from_str(document).unwrap()).collect()
}

fn check(chart: &str) {
    let file = root().join("facts").join(format!("{chart}.json"));
    let facts: Vec<Json> = serde_json::from_slice(&std::fs::read(file).unwrap()).unwrap();
    let wrong: Vec<String> = facts.iter().filter_map(|fact| wrong(chart, fact)).collect();
    assert!(wrong.is_empty(), "{chart}:\n{}", wrong.join("\n"));
    assert!(facts.len() > 50, "{chart} has {} facts", facts.len());
}

/// What is not as the document says; `preset` names another set of values than the defaults.
fn wrong(chart: &str, fact: &Json) -> Option<String> {
    let objects = objects(chart, fact["preset"].as_str().unwrap_or("defaults"));
    let found = objects.iter().find(|object| {
        object["kind"] == fact["kind"] && object["metadata"]["name"] == fact["name"]
    });
    let value = found.and_then(|object| object.pointer(fact["pointer"].as_str().unwrap()));
    let (section, what) = (&fact["section"], &fact["what"]);
    (value != Some(&fact["value"]))
        .then(|| format!("{section} {what}: {value:?}, not {}", fact["value"]))
}

#[test]
fn kubernetes_deployment() {
    check("003-kubernetes-deployment");
}

#[test]
fn k8s_deployment() {
    check("001-k8s-deployment");
}
