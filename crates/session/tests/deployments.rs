//! Every bundled deployment through the session, as the page uses it: open, run, compare, export.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use serde_json::json;
use session::{
    BundleOptions, ExportKind, InputFile, Job, OpenSource, PreviewWorld, Reply, Report, Request,
    SecretsIn, Session, Severity, Side, StackCard, Timestamp,
};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::rc::Rc;

fn charts() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../charts")
}

fn names() -> Vec<String> {
    let folders = std::fs::read_dir(charts()).unwrap();
    let mut names: Vec<String> =
        folders.map(|it| it.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

fn walk(root: &Path, folder: &Path, files: &mut Vec<InputFile>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            walk(root, &path, files);
        } else {
            let name = path.strip_prefix(root).unwrap().to_str().unwrap().to_owned();
            files.push(InputFile { name, data: std::fs::read(path).unwrap() });
        }
    }
}

fn source(name: &str) -> OpenSource {
    let mut files = Vec::new();
    walk(&charts(), &charts().join(name), &mut files);
    OpenSource::Files { name: name.to_owned(), files }
}

struct Open {
    session: Session,
    card: StackCard,
}

fn open(name: &str) -> Open {
    let world = PreviewWorld { now: Timestamp { seconds: 1_700_000_000, nanoseconds: 0 }, seed: 7 };
    let mut session = Session::new(Rc::new(world), &[]);
    match session.handle(Request::Open { source: source(name) }) {
        Reply::Opened { card } => Open { session, card: *card },
        other => panic!("{name}: {other:?}"),
    }
}

impl Open {
    fn run(&mut self, job: &Job) -> Report {
        match self.session.handle(Request::Run { job: job.clone() }) {
            Reply::Report { report } => *report,
            other => panic!("{other:?}"),
        }
    }

    fn export(&mut self, job: &Job, kind: ExportKind) -> Vec<u8> {
        match self.session.handle(Request::Export { job: job.clone(), kind }) {
            Reply::Exported { file } => file.data,
            other => panic!("{other:?}"),
        }
    }

    fn everything(&mut self, job: &Job, options: BundleOptions) -> BTreeMap<String, String> {
        let zip = self.export(job, ExportKind::Everything { options });
        let files = helm::unpack(&zip, &helm::Limits::default()).unwrap();
        files.into_iter().map(|file| (file.name.clone(), file.text())).collect()
    }

    fn presets(&self) -> Vec<Option<String>> {
        let names = self.card.presets.iter().map(|preset| Some(preset.name.clone()));
        std::iter::once(None).chain(names).collect()
    }
}

#[test]
fn every_preset_of_every_deployment_holds_all_rules() {
    for name in names() {
        let mut open = open(&name);
        assert!(open.presets().len() >= 4, "{name} has its presets");
        for preset in open.presets() {
            let report = open.run(&Job { preset: preset.clone(), ..Job::default() });
            assert_eq!(report.findings, [], "{name} {preset:?}");
            assert!(report.releases.iter().all(|it| it.problem.is_none()), "{name} {preset:?}");
            assert!(report.releases.iter().all(|it| !it.manifests.is_empty()), "{name} {preset:?}");
        }
    }
}

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
    let report = open.run(&Job { overrides, provenance: true, ..Job::default() });
    let backend = &report.releases[1];
    let deployment = backend.manifests.iter().find(|it| it.kind == "Deployment").unwrap();
    let text = deployment.text.as_deref().unwrap();
    let line = text.lines().position(|line| line == "  replicas: 3").unwrap();
    assert!(deployment.origins[line].reads.contains(&path), "{:?}", deployment.origins[line]);
    assert_eq!(backend.values_yaml.trim().lines().count(), 1, "{}", backend.values_yaml);
}

#[test]
fn a_rule_between_releases_points_at_its_field() {
    let mut open = open("003-cloud-native-deployment");
    let overrides = BTreeMap::from([("todo-database.service.port".parse().unwrap(), json!(5433))]);
    let report = open.run(&Job { overrides, ..Job::default() });
    let found = report.findings.iter().find(|it| it.rule.as_deref() == Some("D7"));
    let found = found.unwrap_or_else(|| panic!("{:?}", report.findings));
    assert_eq!(found.severity, Severity::Error);
    assert!(found.values_path().unwrap().to_string().starts_with("todo-"));
}

/// Everything that is exported of the stack with a file changed.
fn exported_with(name: &str, change: impl Fn(&str) -> String) -> BTreeMap<String, String> {
    let world = PreviewWorld { now: Timestamp { seconds: 0, nanoseconds: 0 }, seed: 7 };
    let mut session = Session::new(Rc::new(world), &[]);
    match session.handle(Request::Open { source: source_with(name, change) }) {
        Reply::Opened { card } => {
            Open { session, card: *card }.everything(&Job::default(), BundleOptions::default())
        }
        other => panic!("{other:?}"),
    }
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
fn unchanged_manifests_travel_without_their_text() {
    let mut open = open("004-phase4-kubernetes");
    let first = open.run(&Job { full: true, ..Job::default() });
    assert!(first.releases[0].manifests.iter().all(|it| it.text.is_some()));
    let overrides = BTreeMap::from([("frontend.replicas".parse().unwrap(), json!(4))]);
    let second = open.run(&Job { revision: 1, overrides, ..Job::default() });
    let sent: Vec<&str> = second.releases[0]
        .manifests
        .iter()
        .filter(|it| it.text.is_some())
        .map(|it| it.name.as_str())
        .collect();
    assert_eq!(sent, ["frontend-deployment"]);
}

#[test]
fn the_last_good_manifests_stay_when_helm_refuses() {
    let mut open = open("004-phase4-kubernetes");
    let good = open.run(&Job { full: true, ..Job::default() });
    let overrides = BTreeMap::from([("frontend.replicas".parse().unwrap(), json!("many"))]);
    let bad = open.run(&Job { revision: 1, overrides, ..Job::default() });
    assert!(bad.releases[0].problem.is_some());
    assert_eq!(bad.releases[0].manifests.len(), good.releases[0].manifests.len());
    assert!(bad.releases[0].manifests.iter().all(|it| it.stale));
    let again = open.run(&Job { revision: 2, ..Job::default() });
    assert!(again.releases[0].manifests.iter().all(|it| !it.stale));
}

#[test]
fn everything_holds_charts_values_images_and_commands() {
    for name in names() {
        let mut open = open(&name);
        let job = Job { preset: Some("production".to_owned()), ..Job::default() };
        let files = open.everything(&job, BundleOptions::default());
        for wanted in ["README.md", "install.sh", "manifests.yaml", "images/build.sh"] {
            assert!(files.contains_key(wanted), "{name}: {wanted} in {:?}", files.keys());
        }
        let dockerfiles = files.keys().filter(|it| it.ends_with("/Dockerfile")).count();
        assert_eq!(dockerfiles, open.card.form.images.len(), "{name}");
        let releases = open.card.releases.iter();
        assert!(releases.clone().all(|it| files.contains_key(&format!("values/{}.yaml", it.name))));
        let order: Vec<usize> = releases
            .map(|it| files["install.sh"].find(&format!("install {} ", it.name)).unwrap())
            .collect();
        assert!(order.is_sorted(), "{name}: {}", files["install.sh"]);
        for rule in &open.card.form.told {
            assert!(files["README.md"].contains(&rule.message), "{name}: {}", rule.id);
        }
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

/// Bytes that must be nowhere but where the person chose.
const CANARY: &str = "canary-canary-canary-canary-canary-1";
const CANARY_BASE64: &str = "Y2FuYXJ5LWNhbmFyeS1jYW5hcnktY2FuYXJ5LWNhbmFyeS0x";

#[test]
fn secrets_leave_only_as_chosen() {
    let mut open = open("004-phase4-kubernetes");
    let path: session::Path = "secrets.secretKey".parse().unwrap();
    let overrides = BTreeMap::from([(path, json!(CANARY_BASE64))]);
    let job = Job { overrides, ..Job::default() };
    let mut holding = |secrets| {
        let options = BundleOptions { secrets, ..BundleOptions::default() };
        let files = open.everything(&job, options);
        let holds = |text: &String| text.contains(CANARY) || text.contains(CANARY_BASE64);
        files.into_iter().filter(|(_, text)| holds(text)).map(|(name, _)| name).collect::<Vec<_>>()
    };
    assert_eq!(holding(SecretsIn::Values), ["manifests.yaml", "values/todo.yaml"]);
    assert_eq!(holding(SecretsIn::Manifest), ["secrets/secrets.yaml"]);
    assert_eq!(holding(SecretsIn::Command), ["secrets/create-secrets.sh"]);
    assert_eq!(holding(SecretsIn::Reference), Vec::<String>::new());
}

#[test]
fn a_secret_made_before_the_install_is_in_the_command_only() {
    let mut open = open("001-k8s-deployment");
    let card = open.card.external.iter().find(|it| it.name == "app-secrets").unwrap();
    assert_eq!(card.keys, ["COHERE_API_KEY", "DATABASE_URL", "JWT_SECRET"]);
    let typed = BTreeMap::from([("JWT_SECRET".to_owned(), CANARY.to_owned())]);
    let external = BTreeMap::from([("app-secrets".to_owned(), typed)]);
    let options = BundleOptions { secrets: SecretsIn::Command, external };
    let archive = open.everything(&Job::default(), options.clone());
    assert!(archive.values().all(|text| !text.contains(CANARY)), "no archive holds what was typed");
    assert!(
        archive["secrets/create-secrets.sh"].contains("--from-literal='JWT_SECRET=<JWT_SECRET>'")
    );
    let mut alone = |secrets| {
        let options = BundleOptions { secrets, ..options.clone() };
        let file = open.export(&Job::default(), ExportKind::Secrets { options });
        String::from_utf8(file).unwrap()
    };
    let script = alone(SecretsIn::Command);
    assert!(script.contains(&format!("--from-literal=JWT_SECRET={CANARY}")), "{script}");
    assert!(script.contains("--from-literal='COHERE_API_KEY=<COHERE_API_KEY>'"), "{script}");
    assert!(script.contains("--namespace todo-app"), "{script}");
    assert!(alone(SecretsIn::Manifest).contains(&format!("JWT_SECRET: {CANARY_BASE64}")));
}

fn side(name: &str, preset: &str) -> Side {
    Side {
        source: Some(source(name)),
        label: preset.to_owned(),
        preset: Some(preset.to_owned()),
        ..Side::default()
    }
}

fn compare(sides: Vec<Side>) -> session::Comparison {
    let mut open = open("004-phase4-kubernetes");
    match open.session.handle(Request::Compare { sides }) {
        Reply::Compared { comparison } => *comparison,
        other => panic!("{other:?}"),
    }
}

#[test]
fn presets_of_one_deployment_are_compared() {
    let name = "004-phase4-kubernetes";
    let comparison = compare(vec![side(name, "local"), side(name, "production")]);
    let value = |path: &str| {
        let row = comparison.values.iter().find(|row| row.path.to_string() == path).unwrap();
        (row.cells.clone(), row.differs)
    };
    assert_eq!(value("backend.replicas"), (vec![Some("1".to_owned()), Some("3".to_owned())], true));
    assert!(!value("backend.service.port").1);
    assert!(value("secrets.secretKey").0.iter().flatten().all(|text| text.starts_with('•')));
    let fact = comparison
        .facts
        .iter()
        .find(|row| row.subject == "Deployment backend" && row.fact == "replicas")
        .unwrap();
    assert_eq!(fact.cells, [Some("1".to_owned()), Some("3".to_owned())]);
    let row = comparison
        .manifests
        .iter()
        .find(|row| row.names[0].as_deref() == Some("backend-deployment"))
        .unwrap();
    let added: Vec<&str> = row.diffs[0]
        .iter()
        .filter(|line| line.mark == session::Mark::Added)
        .map(|line| line.text.trim())
        .collect();
    assert!(added.contains(&"replicas: 3"), "{added:?}");
    assert!(comparison.markdown.contains("| Deployment backend: replicas | 1 | 3 |"));
}

#[test]
fn deployments_are_matched_by_kind_and_component() {
    let comparison =
        compare(vec![side("004-phase4-kubernetes", "local"), side("001-k8s-deployment", "local")]);
    let row = comparison
        .manifests
        .iter()
        .find(|row| row.kind == "Deployment" && row.component == "backend")
        .unwrap();
    assert!(row.names.iter().all(Option::is_some), "{row:?}");
    assert!(row.differs);
}

#[test]
fn a_values_file_is_a_side() {
    let name = "004-phase4-kubernetes";
    let values = Some("backend:\n  replicas: 9\n".to_owned());
    let comparison = compare(vec![side(name, "local"), Side { values, ..side(name, "local") }]);
    let rows: Vec<String> = comparison
        .values
        .iter()
        .filter(|row| row.differs)
        .map(|row| format!("{} {:?}", row.path, row.cells[1]))
        .collect();
    assert_eq!(rows, ["backend.replicas Some(\"9\")"]);
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
fn what_a_switch_would_bring_is_told_with_the_switch() {
    let mut open = open("004-phase4-kubernetes");
    let path: session::Path = "ingress.enabled".parse().unwrap();
    let overrides = BTreeMap::from([(path.clone(), json!(false))]);
    let report = open.run(&Job { overrides, provenance: true, ..Job::default() });
    let decision = report.releases[0]
        .left_out
        .iter()
        .find(|it| it.at.ends_with("templates/ingress.yaml:1"))
        .unwrap_or_else(|| panic!("{:?}", report.releases[0].left_out));
    assert!(decision.reads.contains(&path), "{decision:?}");
    assert!(decision.wants);
}
