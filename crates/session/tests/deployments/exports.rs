//! What leaves: everything in one archive, and secrets only as chosen.

use serde_json::json;
use session::{BundleOptions, ExportKind, Job, SecretsIn};
use std::collections::BTreeMap;

use crate::support::{names, open};

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
