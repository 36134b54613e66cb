//! Kubernetes types on manifests: each kind, wrong types, unknown fields; what the real Helm prints
//! of every bundled chart; and the same verdict as k8s-openapi's own deserialisers.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use checks::manifests::{ManifestChecks, Object};
use finding::{Finding, Location, ManifestRef, Severity};
use serde::de::DeserializeOwned;
use serde_json::{Value as Json, json};
use std::path::Path;
use std::rc::Rc;

fn object(json: Json) -> Object {
    let text =
        |pointer| json.pointer(pointer).and_then(Json::as_str).unwrap_or_default().to_owned();
    let reference =
        ManifestRef { source: String::new(), kind: text("/kind"), name: text("/metadata/name") };
    Object { release: String::new(), reference, json: Rc::new(json) }
}

fn check(json: &Json) -> Vec<Finding> {
    ManifestChecks::default().check_object(&object(json.clone()))
}

fn at(finding: &Finding) -> String {
    match &finding.location {
        Location::Manifest { path, .. } => path.to_string(),
        other => panic!("{other:?} is no place in a manifest"),
    }
}

/// Code and place of what is found in a YAML text.
fn found(yaml: &str) -> Vec<(String, String)> {
    let findings = check(&yaml::from_str(yaml).unwrap());
    findings.iter().map(|finding| (finding.code.to_string(), at(finding))).collect()
}

fn pair(code: &str, path: &str) -> (String, String) {
    (format!("kube/{code}"), path.to_owned())
}

/// What k8s-openapi says: fields that it does not know, or why it cannot read the object.
type Verdict = Result<Vec<String>, String>;
type Reader = fn(&Json) -> Verdict;

fn read<K: DeserializeOwned>(json: &Json) -> Verdict {
    let mut unknown = Vec::new();
    let mut note = |path: serde_ignored::Path<'_>| unknown.push(path.to_string());
    match serde_ignored::deserialize::<_, _, K>(json, &mut note) {
        Ok(_) => Ok(unknown),
        Err(error) => Err(error.to_string()),
    }
}

/// Every kind that is judged, with k8s-openapi's reader of it.
macro_rules! readers {
    ($($group:ident::$version:ident::$kind:ident)*) => {
        [$({
            type Kind = k8s_openapi::api::$group::$version::$kind;
            let version = <Kind as k8s_openapi::Resource>::API_VERSION;
            (version, stringify!($kind), read::<Kind> as Reader)
        }),*]
    };
}

fn readers() -> Vec<(&'static str, &'static str, Reader)> {
    readers! {
        core::v1::ConfigMap core::v1::LimitRange core::v1::Namespace core::v1::PersistentVolume
        core::v1::PersistentVolumeClaim core::v1::Pod core::v1::ReplicationController
        core::v1::ResourceQuota core::v1::Secret core::v1::Service core::v1::ServiceAccount
        apps::v1::DaemonSet apps::v1::Deployment apps::v1::ReplicaSet apps::v1::StatefulSet
        batch::v1::CronJob batch::v1::Job autoscaling::v2::HorizontalPodAutoscaler
        networking::v1::Ingress networking::v1::IngressClass networking::v1::NetworkPolicy
        policy::v1::PodDisruptionBudget rbac::v1::ClusterRole rbac::v1::ClusterRoleBinding
        rbac::v1::Role rbac::v1::RoleBinding storage::v1::StorageClass
        admissionregistration::v1::ValidatingAdmissionPolicy
        admissionregistration::v1::ValidatingAdmissionPolicyBinding
    }
    .to_vec()
}

fn reader(json: &Json) -> Reader {
    let readers = readers();
    let same = |(version, kind, _): &&(&str, &str, _)| {
        json["apiVersion"] == *version && json["kind"] == *kind
    };
    readers.iter().find(same).unwrap_or_else(|| panic!("{} has no reader", json["kind"])).2
}

#[test]
fn each_kind_is_judged_in_its_version_only() {
    for (version, kind, _) in readers() {
        let metadata = json!({"name": "x", "lables": {"a": "b"}});
        let json = json!({"apiVersion": version, "kind": kind, "metadata": metadata});
        let findings = check(&json);
        let unknown = findings.iter().find(|it| it.code == "kube/unknown-field").unwrap();
        assert_eq!(at(unknown), "metadata.lables", "{kind}");
        assert_eq!(unknown.severity, Severity::Warning);
        assert_eq!(
            unknown.message,
            format!("{kind} has no field metadata.lables. Did you mean labels?")
        );
        let other = json!({"apiVersion": "example.com/v1", "kind": kind, "metadata": 1});
        assert_eq!(check(&other), [], "{kind}");
    }
}

#[test]
fn what_the_server_cannot_decode_is_an_error() {
    let yaml = "\
apiVersion: apps/v1
kind: Deployment
metadata: {name: x, annotations: {prometheus.io/scrape: true}}
spec:
  replicas: \"3\"
  paused: \"true\"
  minReadySeconds: 3000000000
  selector: [app]
  template:
    metadata: {labels: {app: x}}
    spec:
      terminationGracePeriodSeconds: 3000000000
      containers:
        - name: x
          command: run
          env: [{name: PORT, value: 8080}]
          resources: {limits: {cpu: 1, memory: 1 GB}}
          livenessProbe: {httpGet: {port: 80.5}}
";
    let findings = check(&yaml::from_str(yaml).unwrap());
    assert!(findings.iter().all(|finding| finding.severity == Severity::Error));
    let messages: Vec<&str> = findings.iter().map(|finding| finding.message.as_str()).collect();
    let container = "spec.template.spec.containers[0]";
    assert_eq!(
        messages,
        [
            "metadata.annotations.\"prometheus.io/scrape\" must be a string, not the boolean true: put it in quotes.",
            "spec.minReadySeconds must be an integer of 32 bits, not the number 3000000000.",
            "spec.paused must be true or false, not the string \"true\": leave the quotes away.",
            "spec.replicas must be an integer of 32 bits, not the string \"3\": leave the quotes away.",
            "spec.selector must be a map of fields, not a list.",
            &format!("{container}.command must be a list, not the string \"run\"."),
            &format!(
                "{container}.env[0].value must be a string, not the number 8080: put it in quotes."
            ),
            &format!(
                "{container}.livenessProbe.httpGet.port must be an integer or a string, not the number 80.5."
            ),
            &format!(
                "{container}.resources.limits.memory must be a quantity such as 500m or 128Mi, not the string \"1 GB\"."
            ),
        ]
    );
}

#[test]
fn unknown_and_missing_fields_have_their_place() {
    let yaml = "\
apiVersion: v1
kind: Pod
metadata: {name: x}
spec:
  restartpolicy: Never
  somethingElse: 1
  containers:
    - image: x
      ports: [{name: http}]
      securityContext: {runAsNonroot: true}
";
    assert_eq!(
        found(yaml),
        [
            pair("required", "spec.containers[0].ports[0].containerPort"),
            pair("unknown-field", "spec.containers[0].securityContext.runAsNonroot"),
            pair("required", "spec.containers[0].name"),
            pair("unknown-field", "spec.restartpolicy"),
            pair("unknown-field", "spec.somethingElse"),
        ]
    );
}

#[test]
fn null_is_as_absent_and_numbers_may_be_written_in_any_way() {
    let yaml = "\
apiVersion: apps/v1
kind: StatefulSet
metadata: {name: x, creationTimestamp: null, labels: {a: null}}
spec:
  replicas: 3.0
  serviceName: null
  selector: {matchLabels: null}
  updateStrategy: {rollingUpdate: {maxUnavailable: 50%}}
  template:
    spec:
      nodeSelector:
      containers:
        - {name: x, resources: {limits: {cpu: 0.5, memory: 64Mi}, requests: {cpu: '1'}}}
";
    assert_eq!(found(yaml), []);
}

#[test]
fn a_secret_is_not_quoted() {
    let secret = json!({"apiVersion": "v1", "kind": "Secret", "metadata": {"name": "x"},
        "stringData": {"pin": 1234}});
    let findings = check(&secret);
    assert_eq!(findings.len(), 1);
    assert_eq!(
        findings[0].message,
        "stringData.pin must be a string, not a number: put it in quotes."
    );
}

#[test]
fn a_documented_rule_can_stand_for_it() {
    let mut checks = ManifestChecks::default();
    checks.add_schema(&json!({"x-checks": [{
        "id": "K1", "check": "kubernetes-types", "source": "a document", "message": "Mend it.",
    }]}));
    let wrong = object(json!({"apiVersion": "v1", "kind": "ConfigMap", "data": {"a": 1}}));
    let findings = checks.check_object(&wrong);
    assert_eq!(findings[0].rule.as_deref(), Some("K1"));
    assert_eq!(
        findings[0].message,
        "data.a must be a string, not the number 1: put it in quotes. Mend it."
    );
}

/// Every object that the real Helm prints of the bundled charts.
fn goldens() -> Vec<Json> {
    let mut texts = Vec::new();
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/golden");
    collect(&root, &mut texts);
    assert!(texts.len() > 20, "every chart with every preset");
    let documents = texts.iter().flat_map(|text| text.split("---\n"));
    let objects = documents.filter(|text| text.contains("kind:"));
    objects.map(|text| yaml::from_str(text).unwrap()).collect()
}

fn collect(folder: &Path, texts: &mut Vec<String>) {
    let mut entries: Vec<_> = std::fs::read_dir(folder).unwrap().map(Result::unwrap).collect();
    entries.sort_by_key(std::fs::DirEntry::path);
    for entry in entries {
        if entry.path().is_dir() {
            collect(&entry.path(), texts);
        } else if entry.file_name() == "stdout.txt" {
            texts.push(std::fs::read_to_string(entry.path()).unwrap());
        }
    }
}

#[test]
fn what_helm_prints_of_the_bundled_charts_is_well_typed() {
    for json in goldens() {
        assert_eq!(check(&json), [], "{}", json["metadata"]["name"]);
        assert_eq!(reader(&json)(&json), Ok(vec![]), "{}", json["metadata"]["name"]);
    }
}

/// Every place of every golden gets a value of each other type, and every map a field that nobody
/// knows: k8s-openapi refuses the same ones, and knows the same ones not.
#[test]
fn verdicts_are_those_of_k8s_openapi() {
    let mut seen = std::collections::BTreeSet::new();
    let mut compared = 0;
    for json in goldens() {
        let read = reader(&json);
        for pointer in pointers(&json) {
            // One of each kind's places is enough; the catalog prints them many times.
            let place: String = pointer.split(|c: char| c.is_ascii_digit()).collect();
            if !seen.insert((json["kind"].to_string(), place)) {
                continue;
            }
            for other in others() {
                let mut changed = json.clone();
                *changed.pointer_mut(&pointer).unwrap() = other;
                compare(&changed, read, &pointer);
                compared += 1;
            }
        }
    }
    assert!(compared > 3_000, "{compared}");
}

/// A value of each type. The text is a quantity, base64 and a number at once.
fn others() -> Vec<Json> {
    vec![
        json!("1234"),
        json!(7),
        json!(7.5),
        json!(3_000_000_000_u64),
        json!(true),
        json!([]),
        json!({}),
        json!({"nobodyKnows": "1234"}),
        json!(["1234"]),
        json!([[]]),
    ]
}

/// Where something stands in an object, its kind and version apart.
fn pointers(json: &Json) -> Vec<String> {
    let mut all = Vec::new();
    below(json, "", &mut all);
    all.retain(|pointer| pointer != "/kind" && pointer != "/apiVersion");
    all
}

fn below(json: &Json, at: &str, all: &mut Vec<String>) {
    let children: Vec<(String, &Json)> = match json {
        Json::Object(map) => map
            .iter()
            .map(|(key, value)| (key.replace('~', "~0").replace('/', "~1"), value))
            .collect(),
        Json::Array(items) => {
            items.iter().enumerate().map(|(index, item)| (index.to_string(), item)).collect()
        }
        _ => Vec::new(),
    };
    for (key, value) in children {
        let pointer = format!("{at}/{key}");
        below(value, &pointer, all);
        all.push(pointer);
    }
}

fn compare(json: &Json, read: Reader, pointer: &str) {
    let findings = check(json);
    let of = |code: &str| {
        let found = findings.iter().filter(|finding| finding.code == code);
        let mut found: Vec<String> = found.map(at).collect();
        found.sort();
        found
    };
    let mistyped = of("kube/type");
    match read(json) {
        Err(error) => assert!(!mistyped.is_empty(), "{pointer} in {json}: {error}"),
        Ok(mut unknown) => {
            unknown.sort();
            assert_eq!(mistyped, [""; 0], "{pointer} in {json}");
            // serde_ignored writes `a.0.b` and an optional step as `?`.
            let plain = |path: &String| path.replace('[', ".").replace([']', '"'], "");
            let ours: Vec<String> = of("kube/unknown-field").iter().map(plain).collect();
            let theirs: Vec<String> = unknown.iter().map(|path| path.replace(".?", "")).collect();
            assert_eq!(ours, theirs, "{pointer} in {json}");
        }
    }
}
