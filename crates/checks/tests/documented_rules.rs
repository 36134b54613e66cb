//! Every documented rule of every bundled chart: a case that passes and one that fails, through
//! the code that the page uses.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use checks::Checker;
use finding::{Finding, Severity};
use schema::Form;
use serde_json::Value as Json;
use std::path::PathBuf;

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn layer(base: &mut Json, over: &Json) {
    match (base, over) {
        (Json::Object(base), Json::Object(over)) => {
            for (key, value) in over {
                layer(base.entry(key).or_insert(Json::Null), value);
            }
        }
        (base, over) => *base = over.clone(),
    }
}

fn check(name: &str) {
    let folder = root().join("charts").join(name);
    let schema = std::fs::read(folder.join("values.schema.json")).unwrap();
    let text = std::fs::read_to_string(folder.join("values.yaml")).unwrap();
    let values = yaml::from_str(&text).unwrap();
    let json: Json = serde_json::from_slice(&schema).unwrap();
    let form = Form::build(Some(&json), &values, &text);
    let checker = Checker::new(Some(&schema));
    let findings = |over: &Json| {
        let mut values = values.clone();
        layer(&mut values, over);
        checker.check_values(&values, &form)
    };
    assert_eq!(findings(&Json::Null.as_object().cloned().unwrap_or_default().into()), []);
    let table = std::fs::read(root().join("tests/rules").join(format!("{name}.json"))).unwrap();
    let table: Vec<Json> = serde_json::from_slice(&table).unwrap();
    for case in &table {
        let id = case["id"].as_str().unwrap();
        if case["kind"] == "told" {
            assert!(form.told.iter().any(|told| told.id == id), "{id} is told");
            continue;
        }
        assert_eq!(findings(&case["pass"]), [], "{id} passes");
        let failed: Vec<Finding> = findings(&case["fail"]);
        let found = failed.iter().find(|finding| finding.rule.as_deref() == Some(id));
        let found = found.unwrap_or_else(|| panic!("{id} fails: {failed:?}"));
        assert_eq!(found.severity, Severity::Error, "{id}");
        assert_eq!(found.values_path().unwrap().to_string(), case["path"], "{id}");
        assert!(found.source.as_ref().unwrap().text.starts_with(name), "{id} names its section");
        assert!(found.message.len() > 20, "{id} says what to do");
    }
}

#[test]
fn phase4_kubernetes() {
    check("004-phase4-kubernetes");
}
