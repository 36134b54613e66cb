//! Several releases as one: order, one tree of values, the helmfile.

use serde_json::json;
use session::{
    BundleOptions, Job, OpenSource, PreviewWorld, Reply, Request, Session, Severity, Timestamp,
};
use std::collections::BTreeMap;
use std::rc::Rc;

use crate::folder::source;
use crate::support::{open, open_source};

#[test]
fn a_stack_opens_in_its_order_with_one_tree_of_values() {
    let mut open = open("003-cloud-native-deployment");
    let names: Vec<&str> = open.card.releases.iter().map(|it| it.name.as_str()).collect();
    assert_eq!(names, ["todo-database", "todo-backend", "todo-frontend"]);
    assert_eq!(open.card.releases[1].needs, ["todo-database"]);
    let presets: Vec<&str> = open.card.presets.iter().map(|it| it.name.as_str()).collect();
    assert_eq!(presets, ["local", "staging", "production"]);
    let path: session::Path = "todo-backend.replicaCount".parse().unwrap();
    let path = match path.get(&open.card.defaults) {
        Some(_) => path,
        None => "todo-backend.replicas".parse().unwrap(),
    };
    let overrides = BTreeMap::from([(path.clone(), json!(3))]);
    let page = open.run(&Job { overrides, provenance: true, ..Job::default() });
    let backend = &page.preview.releases[1];
    let deployment = backend.manifests.iter().find(|it| it.head.kind == "Deployment").unwrap();
    let line = deployment.text.lines().position(|line| line == "  replicas: 3").unwrap();
    let keys = vec![deployment.head.key];
    let values_yaml = &page.review.releases[1].values_yaml;
    assert_eq!(values_yaml.trim().lines().count(), 1, "{values_yaml}");
    let origins = match open.session.handle(Request::Origins { keys }) {
        Reply::Origins { origins } => origins.into_iter().next().unwrap(),
        other => panic!("{other:?}"),
    };
    let (chain, reads) = origins.lines[line];
    assert_eq!(origins.reads[reads as usize], [path]);
    let chain = &origins.chains[chain as usize];
    assert!(chain[0].starts_with("todo-backend/templates/deployment.yaml:"), "{chain:?}");
}

#[test]
fn a_rule_between_releases_points_at_its_field() {
    let mut open = open("003-cloud-native-deployment");
    let overrides = BTreeMap::from([("todo-database.service.port".parse().unwrap(), json!(5433))]);
    let page = open.run(&Job { overrides, ..Job::default() });
    let found = page.review.findings.iter().find(|it| it.rule.as_deref() == Some("D7"));
    let found = found.unwrap_or_else(|| panic!("{:?}", page.review.findings));
    assert_eq!(found.severity, Severity::Error);
    assert!(found.values_path().unwrap().to_string().starts_with("todo-"));
}

/// Everything that is exported of the stack with a file changed.
fn exported_with(name: &str, change: impl Fn(&str) -> String) -> BTreeMap<String, String> {
    open_source(source_with(name, change)).everything(&Job::default(), BundleOptions::default())
}

/// The stack with a file changed.
fn source_with(name: &str, change: impl Fn(&str) -> String) -> OpenSource {
    let OpenSource::Files { name: stack, mut files } = source("003-cloud-native-deployment") else {
        panic!("files")
    };
    let file = files.iter_mut().find(|file| file.name == format!("{stack}/{name}")).unwrap();
    let text = String::from_utf8(file.data.clone()).unwrap();
    let changed = change(&text);
    assert_ne!(changed, text, "{name} is changed");
    file.data = changed.into_bytes();
    OpenSource::Files { name: stack, files }
}

/// Opens the stack with a file changed.
fn stack_with(name: &str, change: impl Fn(&str) -> String) -> Reply {
    let world = PreviewWorld { now: Timestamp { seconds: 0, nanoseconds: 0 }, seed: 7 };
    let source = source_with(name, change);
    Session::new(Rc::new(world), &[]).handle(Request::Open { source })
}

#[test]
fn needs_that_no_order_can_meet_are_told() {
    let rule = |from: &str, to: &str| match stack_with("helmfile.yaml", |it| it.replace(from, to)) {
        Reply::Opened { card } => (card.findings[0].rule.clone(), card.findings[0].message.clone()),
        other => panic!("{other:?}"),
    };
    let (id, text) = rule("default/todo-database", "default/todo-cache");
    assert_eq!(id.as_deref(), Some("D5"));
    assert!(text.contains("needs todo-cache"), "{text}");
    let (id, text) = rule("default/todo-database", "default/todo-frontend");
    assert_eq!(id.as_deref(), Some("D5"));
    assert!(text.contains("in a ring"), "{text}");
}

#[test]
fn a_chart_version_that_is_none_is_refused_with_its_place() {
    match stack_with("todo-backend/Chart.yaml", |it| it.replace("version: 0.1.0", "version: first"))
    {
        Reply::Failed { failure } => {
            assert!(failure.message.contains("todo-backend"), "{}", failure.message);
            assert!(failure.message.contains("D6"), "{}", failure.message);
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_helmfile_takes_the_edits_in() {
    let mut open = open("003-cloud-native-deployment");
    let files = open.everything(&Job::default(), BundleOptions::default());
    for release in &open.card.releases {
        let line = format!("./values/{}.yaml", release.name);
        assert!(files["helmfile.yaml"].contains(&line), "{}", files["helmfile.yaml"]);
    }
}

#[test]
fn a_helmfile_takes_the_edits_in_whatever_stands_behind_its_marks() {
    for mark in ["--- ", "---\r"] {
        let files =
            exported_with("helmfile.yaml", |it| it.replace("\n---\n", &format!("\n{mark}\n")));
        assert!(files["helmfile.yaml"].contains("./values/todo-backend.yaml"), "{mark:?}");
        assert!(files["helmfile.yaml"].contains(&format!("\n{mark}\n")), "{mark:?} stays");
    }
}
