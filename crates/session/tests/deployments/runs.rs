//! A job to a preview and a review: manifests, findings, what is typed.

use serde_json::json;
use session::{InputFile, Job, OpenSource, Reply, Request};
use std::collections::BTreeMap;

use crate::support::{names, open, open_source};

#[test]
fn every_preset_of_every_deployment_holds_all_rules() {
    for name in names() {
        let mut open = open(&name);
        assert!(open.presets().len() >= 4, "{name} has its presets");
        for preset in open.presets() {
            let page = open.run(&Job { preset: preset.clone(), ..Job::default() });
            assert_eq!(page.review.findings, [], "{name} {preset:?}");
            let mut releases = page.preview.releases.iter();
            let good = releases.all(|it| it.problem.is_none() && !it.manifests.is_empty());
            assert!(good, "{name} {preset:?}");
        }
    }
}

#[test]
fn the_last_good_manifests_stay_when_helm_refuses() {
    let mut open = open("004-phase4-kubernetes");
    let good = open.run(&Job::default()).preview.releases[0].manifests.len();
    let overrides = BTreeMap::from([("frontend.replicas".parse().unwrap(), json!("many"))]);
    let bad = &open.run(&Job { overrides, ..Job::default() }).preview.releases[0];
    assert!(bad.problem.is_some());
    assert_eq!(bad.manifests.len(), good);
    assert!(bad.manifests.iter().all(|it| it.head.stale));
    let again = &open.run(&Job::default()).preview.releases[0];
    assert!(again.manifests.iter().all(|it| !it.head.stale));
}

#[test]
fn what_a_switch_would_bring_is_told_with_the_switch() {
    let mut open = open("004-phase4-kubernetes");
    let path: session::Path = "ingress.enabled".parse().unwrap();
    let overrides = BTreeMap::from([(path.clone(), json!(false))]);
    let page = open.run(&Job { overrides, provenance: true, ..Job::default() });
    let left_out = &page.review.releases[0].left_out;
    let decision = left_out
        .iter()
        .find(|it| it.at.ends_with("templates/ingress.yaml:1"))
        .unwrap_or_else(|| panic!("{left_out:?}"));
    assert!(decision.reads.contains(&path), "{decision:?}");
    assert!(decision.wants);
}

#[test]
fn what_is_typed_as_yaml_is_read_as_helm_reads_it() {
    let mut open = open("004-phase4-kubernetes");
    let mut parse = |text: &str| {
        let path = "x".parse().unwrap();
        match open.session.handle(Request::Parse { path, text: text.to_owned() }) {
            Reply::Parsed { problem, value, .. } => (problem.is_some(), value),
            other => panic!("{other:?}"),
        }
    };
    assert_eq!(parse("- yes\n- 0o17\n- 1.0"), (false, json!([true, 15, 1])));
    assert_eq!(parse("{a: "), (true, json!(null)));
}

#[test]
fn a_values_file_holds_a_map() {
    let mut open = open("004-phase4-kubernetes");
    let mut read = |text: &str| open.session.handle(Request::Values { text: text.to_owned() });
    assert!(matches!(read("a: 1"), Reply::Values { values } if values == json!({"a": 1})));
    assert!(matches!(read("- 1"), Reply::Failed { .. }));
    assert!(matches!(read("a: ["), Reply::Failed { .. }));
}

#[test]
fn what_helm_logs_of_values_is_told_once() {
    let file = |name: &str, text: &str| InputFile { name: format!("c/{name}"), data: text.into() };
    let files = vec![
        file("Chart.yaml", "apiVersion: v2\nname: c\nversion: 0.1.0\n"),
        file("values.yaml", "a: 1\n"),
        file("templates/t.yaml", "kind: T\na: {{ .Values.a }}\n"),
    ];
    let mut open = open_source(OpenSource::Files { name: "c".to_owned(), files });
    let overrides = BTreeMap::from([("a".parse().unwrap(), json!({"b": 1}))]);
    let page = open.run(&Job { overrides, ..Job::default() });
    let told: Vec<&str> = page.review.findings.iter().map(|it| it.message.as_str()).collect();
    assert_eq!(told, ["Helm logs: skipped value for c.a: Not a table."]);
}
