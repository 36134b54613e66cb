//! Every documented rule of every bundled chart: a case that passes and one that fails, through
//! the code that the page uses.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod stack;
mod support;

use checks::Derivations;
use finding::{Finding, Severity};
use serde_json::Value as Json;
use support::{Deployment, patch, root};

fn check(name: &str) {
    let mut chart = Deployment::open(name);
    for (preset, values) in chart.presets() {
        assert_eq!(chart.check_values(&values), [], "{preset}");
        let objects = chart.objects(&values);
        assert_eq!(chart.check_objects(&objects), [], "{preset}");
    }
    for case in &table(name) {
        match case["kind"].as_str().unwrap() {
            "told" => told(&chart, case),
            "form" => shown(&chart, case),
            "manifest" => on_manifests(&mut chart, name, case),
            _ => on_values(&chart, name, case),
        }
    }
}

fn table(name: &str) -> Vec<Json> {
    let table = std::fs::read(root().join("tests/rules").join(format!("{name}.json"))).unwrap();
    serde_json::from_slice(&table).unwrap()
}

fn id(case: &Json) -> &str {
    case["id"].as_str().unwrap()
}

fn told(chart: &Deployment, case: &Json) {
    let id = id(case);
    assert!(chart.form.told.iter().any(|told| told.id == id), "{id} is told");
}

/// What is computed beside the form: the text differs with the values.
fn shown(chart: &Deployment, case: &Json) {
    let derivations = Derivations::compile(&chart.schema);
    for (over, shows) in [("pass", "shows"), ("fail", "failShows")] {
        let derived = derivations.evaluate(&chart.values(&case[over]));
        let here = derived.iter().find(|it| case["path"] == it.path.to_string().as_str());
        let here = here.unwrap_or_else(|| panic!("{} is shown: {derived:?}", id(case)));
        assert_eq!(here.text, case[shows], "{}", id(case));
        assert!(here.source.starts_with(id(case)), "{}", here.source);
    }
}

fn on_values(chart: &Deployment, name: &str, case: &Json) {
    assert_eq!(chart.check_values(&case["pass"]), [], "{} passes", id(case));
    let failed = chart.check_values(&case["fail"]);
    let found = documented(&failed, name, case);
    assert_eq!(found.values_path().unwrap().to_string(), case["path"], "{}", id(case));
}

/// Broken by values, or by a patch of one object where values cannot break the chart.
fn on_manifests(chart: &mut Deployment, name: &str, case: &Json) {
    let mut objects = chart.objects(&case["pass"]);
    assert_eq!(chart.check_objects(&objects), [], "{} passes", id(case));
    match &case["patch"] {
        Json::Null => objects = chart.objects(&case["fail"]),
        change => patch(&mut objects, change),
    }
    documented(&chart.check_objects(&objects), name, case);
}

fn documented<'f>(failed: &'f [Finding], name: &str, case: &Json) -> &'f Finding {
    let id = id(case);
    let found = failed.iter().find(|finding| finding.rule.as_deref() == Some(id));
    let found = found.unwrap_or_else(|| panic!("{id} fails: {failed:?}"));
    let severity = match case["severity"].as_str() {
        Some("advice") => Severity::Advice,
        Some("warning") => Severity::Warning,
        _ => Severity::Error,
    };
    assert_eq!(found.severity, severity, "{id}");
    let document = name.split('/').next().unwrap();
    assert!(found.source.as_ref().unwrap().text.starts_with(document), "{id} names its section");
    assert!(found.message.len() > 20, "{id} says what to do");
    found
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
fn cloud_native_deployment_each_release() {
    check("003-cloud-native-deployment/todo-database");
    check("003-cloud-native-deployment/todo-backend");
    check("003-cloud-native-deployment/todo-frontend");
}
