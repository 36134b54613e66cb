//! Checks on rendered objects: each built-in check finds what is broken and leaves alone what is
//! not; policies say what the API server would say.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use checks::manifests::{ManifestChecks, Object};
use finding::{Finding, ManifestRef, Severity};
use serde_json::{Value as Json, json};
use std::rc::Rc;

fn objects(yaml: &str) -> Vec<Object> {
    let documents = yaml.split("---\n").filter(|text| !text.trim().is_empty());
    documents
        .map(|text| {
            let json: Json = yaml::from_str(text).unwrap();
            let text = |pointer: &str| json.pointer(pointer).unwrap().as_str().unwrap().to_owned();
            let reference = ManifestRef {
                source: String::new(),
                kind: text("/kind"),
                name: text("/metadata/name"),
            };
            Object { release: String::new(), reference, json: Rc::new(json) }
        })
        .collect()
}

fn between(yaml: &str) -> Vec<(String, String)> {
    found(&ManifestChecks::default(), yaml)
}

fn found(checks: &ManifestChecks, yaml: &str) -> Vec<(String, String)> {
    let place = |finding: &Finding| match &finding.location {
        finding::Location::Manifest { manifest, path } => {
            format!("{}/{} {path}", manifest.kind, manifest.name)
        }
        other => format!("{other:?}"),
    };
    let found = checks.check_between(&objects(yaml));
    found.iter().map(|finding| (finding.code.to_string(), place(finding))).collect()
}

fn pair(code: &str, place: &str) -> (String, String) {
    (format!("manifest/{code}"), place.to_owned())
}

const APP: &str = "\
apiVersion: apps/v1
kind: Deployment
metadata: {name: app}
spec:
  selector: {matchLabels: {app: app}}
  template:
    metadata: {labels: {app: app, tier: web}}
    spec:
      containers:
        - name: app
          ports: [{name: http, containerPort: 8080}]
";

#[test]
fn a_service_finds_its_pods_and_their_port() {
    let service = |selector: &str, target: &str| {
        format!(
            "{APP}---\nkind: Service\nmetadata: {{name: web}}\nspec:\n  selector: {selector}\n  ports: [{{port: 80, targetPort: {target}}}]\n"
        )
    };
    assert_eq!(between(&service("{app: app}", "http")), []);
    assert_eq!(between(&service("{app: app}", "8080")), []);
    let target = "Service/web spec.ports[0].targetPort";
    assert_eq!(between(&service("{tier: web}", "9090")), [pair("service-target-port", target)]);
    assert_eq!(between(&service("{app: app}", "https")), [pair("service-target-port", target)]);
    let selector = pair("service-selects-pods", "Service/web spec.selector");
    assert_eq!(between(&service("{app: other}", "http")), [selector]);
    assert_eq!(between(&service("{}", "http")), []);
}

#[test]
fn a_workload_selects_its_own_pods() {
    let broken = APP.replace("matchLabels: {app: app}", "matchLabels: {app: wrong}");
    let place = "Deployment/app spec.selector.matchLabels";
    assert_eq!(between(&broken), [pair("selector-matches-template", place)]);
}

#[test]
fn an_ingress_routes_to_services_that_are_there() {
    let ingress = |service: &str, port: &str| {
        format!(
            "{APP}---\nkind: Service\nmetadata: {{name: web}}\nspec: {{selector: {{app: app}}, ports: [{{name: http, port: 80, targetPort: http}}]}}\n---\nkind: Ingress\nmetadata: {{name: in}}\nspec:\n  rules:\n    - http:\n        paths:\n          - backend: {{service: {{name: {service}, port: {port}}}}}\n"
        )
    };
    let place = "Ingress/in spec.rules[0].http.paths[0].backend";
    assert_eq!(between(&ingress("web", "{number: 80}")), []);
    assert_eq!(between(&ingress("web", "{name: http}")), []);
    assert_eq!(between(&ingress("web", "{number: 81}")), [pair("ingress-backend-exists", place)]);
    assert_eq!(between(&ingress("api", "{number: 80}")), [pair("ingress-backend-exists", place)]);
}

#[test]
fn node_ports_are_taken_once() {
    let yaml = "kind: Service\nmetadata: {name: a}\nspec: {ports: [{port: 1, nodePort: 30000}]}\n---\nkind: Service\nmetadata: {name: b}\nspec: {ports: [{port: 1, nodePort: 30000}]}\n";
    assert_eq!(between(yaml), [pair("node-port-unique", "Service/b spec.ports[0].nodePort")]);
}

fn job(env: &str) -> String {
    format!(
        "kind: Job\nmetadata: {{name: job}}\nspec:\n  template:\n    spec:\n      containers:\n        - name: job\n          {env}\n"
    )
}

#[test]
fn references_resolve_to_objects_and_keys() {
    let secret = "---\nkind: Secret\nmetadata: {name: s}\ndata: {a: YQ==}\nstringData: {b: x}\n";
    let key = |key: &str, more: &str| {
        job(&format!(
            "env: [{{name: X, valueFrom: {{secretKeyRef: {{name: s, key: {key}{more}}}}}}}]"
        )) + secret
    };
    let place = "Job/job spec.template.spec.containers[0].env[0].valueFrom.secretKeyRef";
    assert_eq!(between(&key("a", "")), []);
    assert_eq!(between(&key("b", "")), []);
    assert_eq!(between(&key("c", "")), [pair("reference-exists", place)]);
    assert_eq!(between(&key("c", ", optional: true")), []);
    let from = job("envFrom: [{configMapRef: {name: c}}]");
    let place = "Job/job spec.template.spec.containers[0].envFrom[0].configMapRef";
    assert_eq!(between(&from), [pair("reference-exists", place)]);
}

#[test]
fn what_is_made_before_the_install_is_no_loose_end() {
    let mut checks = ManifestChecks::default();
    checks.add_schema(&json!({"x-external": [{"kind": "Secret", "name": "s", "keys": ["a"]}]}));
    let key = |key: &str| {
        job(&format!("env: [{{name: X, valueFrom: {{secretKeyRef: {{name: s, key: {key}}}}}}}]"))
    };
    assert_eq!(found(&checks, &key("a")), []);
    assert_eq!(found(&checks, &key("b")).len(), 1);
}

#[test]
fn a_claim_is_mounted() {
    let claim = "kind: PersistentVolumeClaim\nmetadata: {name: data}\n---\n";
    let pod = |mount: &str| {
        format!(
            "{claim}kind: Pod\nmetadata: {{name: db}}\nspec:\n  volumes: [{{name: v, persistentVolumeClaim: {{claimName: data}}}}]\n  containers: [{{name: db, volumeMounts: [{{name: {mount}, mountPath: /x}}]}}]\n"
        )
    };
    assert_eq!(between(&pod("v")), []);
    assert_eq!(between(&pod("w")), [pair("claim-mounted", "PersistentVolumeClaim/data ")]);
}

#[test]
fn secrets_are_base64_and_config_maps_hold_none() {
    let yaml = "kind: Secret\nmetadata: {name: s}\ndata: {a: YQ==, b: plain-text}\n---\nkind: ConfigMap\nmetadata: {name: c}\ndata: {LOG_LEVEL: INFO, DB_PASSWORD: hush}\n";
    assert_eq!(
        between(yaml),
        [
            pair("secret-encoding", "Secret/s data.b"),
            pair("configmap-without-secrets", "ConfigMap/c data.DB_PASSWORD"),
        ]
    );
}

#[test]
fn a_check_becomes_the_documented_rule() {
    let mut checks = ManifestChecks::default();
    checks.add_schema(&json!({"x-checks": [{
        "id": "A9", "check": "service-selects-pods", "source": "doc §1", "message": "Change it."
    }]}));
    let service = "kind: Service\nmetadata: {name: web}\nspec: {selector: {app: x}}\n";
    let findings = checks.check_between(&objects(service));
    assert_eq!(findings[0].rule.as_deref(), Some("A9"));
    assert_eq!(findings[0].severity, Severity::Error);
    assert!(findings[0].message.ends_with("Change it."));
}

fn policy(extra: &str) -> ManifestChecks {
    let text = format!(
        "apiVersion: admissionregistration.k8s.io/v1\nkind: ValidatingAdmissionPolicy\nmetadata:\n  name: limits\n  annotations: {{chartroom.dev/rule: C3, chartroom.dev/source: doc §3}}\nspec:\n  matchConstraints:\n    resourceRules: [{{apiGroups: [apps], apiVersions: [v1], operations: [CREATE], resources: [deployments]}}]\n{extra}"
    );
    let mut checks = ManifestChecks::default();
    checks.add_policies(&[yaml::from_str(&text).unwrap()]);
    checks
}

#[test]
fn a_policy_denies_as_the_cluster_would() {
    let checks = policy(
        "  variables:\n  - {name: containers, expression: object.spec.template.spec.containers}\n  validations:\n  - {expression: 'variables.containers.all(c, has(c.resources))', message: Set resources.}\n",
    );
    let [object] = objects(APP).try_into().unwrap();
    let findings = checks.check_object(&object);
    assert_eq!(findings.len(), 1);
    assert_eq!(findings[0].message, "Set resources.");
    assert_eq!(findings[0].rule.as_deref(), Some("C3"));
    assert_eq!(findings[0].source.as_ref().unwrap().text, "doc §3");
    let [service] =
        objects("apiVersion: v1\nkind: Service\nmetadata: {name: x}\n").try_into().unwrap();
    assert_eq!(checks.check_object(&service), []);
}

#[test]
fn a_policy_says_its_expression_and_computes_its_message() {
    let [object] = objects(APP).try_into().unwrap();
    let said = |extra: &str| policy(extra).check_object(&object)[0].message.clone();
    assert_eq!(said("  validations: [{expression: 'false'}]\n"), "failed expression: false");
    let computed = "  validations: [{expression: 'false', messageExpression: '\"no \" + object.metadata.name'}]\n";
    assert_eq!(said(computed), "no app");
}

#[test]
fn conditions_leave_objects_out_and_parameters_cannot_be_known() {
    let [object] = objects(APP).try_into().unwrap();
    let left = "  matchConditions: [{name: other, expression: object.metadata.name == 'other'}]\n  validations: [{expression: 'false'}]\n";
    assert_eq!(policy(left).check_object(&object), []);
    let params =
        "  paramKind: {apiVersion: v1, kind: ConfigMap}\n  validations: [{expression: 'false'}]\n";
    assert_eq!(policy(params).check_object(&object)[0].severity, Severity::Unchecked);
}
