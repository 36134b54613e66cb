//! Every entity, field and default of a document can be pointed at in what the real Helm prints
//! of its chart: the goldens, which `tests/oracle.rs` keeps true. What is no manifest, such as an
//! image's stages or a release of a stack, is pointed at in a file of the chart.

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

/// Everything that a file of the chart holds, the parts of a helmfile laid together.
fn file(chart: &str, name: &str) -> Json {
    let folder = root().join("../charts").join(chart.trim_end_matches("/stack"));
    let text = std::fs::read_to_string(folder.join(name)).unwrap();
    let mut whole = serde_json::Map::new();
    for part in text.split("\n---\n") {
        let part: Json = yaml::from_str(part).unwrap();
        whole.extend(part.as_object().unwrap().clone());
    }
    Json::Object(whole)
}

fn check(chart: &str) {
    assert!(right(chart) > 50, "{chart} has too few facts");
}

/// How many facts there are, all of them right.
fn right(chart: &str) -> usize {
    let file = root().join("facts").join(format!("{chart}.json"));
    let facts: Vec<Json> = serde_json::from_slice(&std::fs::read(file).unwrap()).unwrap();
    let wrong: Vec<String> = facts.iter().filter_map(|fact| wrong(chart, fact)).collect();
    assert!(wrong.is_empty(), "{chart}:\n{}", wrong.join("\n"));
    facts.len()
}

/// What is not as the document says; `preset` names another set of values than the defaults, and
/// the value null says that there is nothing.
fn wrong(chart: &str, fact: &Json) -> Option<String> {
    let found = match fact["file"].as_str() {
        Some(name) => Some(file(chart, name)),
        None => objects(chart, fact["preset"].as_str().unwrap_or("defaults")).into_iter().find(
            |object| object["kind"] == fact["kind"] && object["metadata"]["name"] == fact["name"],
        ),
    };
    let (section, what) = (&fact["section"], &fact["what"]);
    let Some(found) = found else { return Some(format!("{section} {what}: no such object")) };
    let value = found.pointer(fact["pointer"].as_str().unwrap()).unwrap_or(&Json::Null);
    (*value != fact["value"]).then(|| format!("{section} {what}: {value}, not {}", fact["value"]))
}

#[test]
fn phase4_kubernetes() {
    check("004-phase4-kubernetes");
}

#[test]
fn kubernetes_deployment() {
    check("003-kubernetes-deployment");
}

#[test]
fn k8s_deployment() {
    check("001-k8s-deployment");
}

#[test]
fn k8s_deployment_with_subcharts() {
    check("004-k8s-deployment");
}

#[test]
fn cloud_native_deployment() {
    let parts = ["todo-database", "todo-backend", "todo-frontend", "stack"];
    let counts = parts.map(|part| right(&format!("003-cloud-native-deployment/{part}")));
    assert!(counts.iter().all(|count| *count > 10), "{counts:?}");
}
