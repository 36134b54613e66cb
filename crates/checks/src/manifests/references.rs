//! What pods refer to by name: ConfigMaps and Secrets with their keys, claims, service accounts.

use super::Remark;
use super::objects::{Cluster, Object, Pod};
use finding::{Path, Severity};
use serde_json::Value as Json;

pub(super) fn check<'o>(cluster: &Cluster<'o>, remarks: &mut Vec<Remark<'o>>) {
    for pod in &cluster.pods {
        for reference in references(pod) {
            if let Some(message) = problem(cluster, pod.object, &reference) {
                remarks.push(Remark {
                    check: "reference-exists",
                    severity: Severity::Warning,
                    object: pod.object,
                    at: reference.at,
                    message,
                });
            }
        }
    }
    claims(cluster, remarks);
}

/// One name that a pod needs.
struct Reference<'o> {
    kind: &'static str,
    name: &'o str,
    keys: Vec<&'o str>,
    at: Path,
}

fn references<'o>(pod: &Pod<'o>) -> Vec<Reference<'o>> {
    let mut found = Vec::new();
    for (at, container) in pod.containers() {
        environment(&at, container, &mut found);
    }
    let Some(spec) = pod.json.get("spec") else { return found };
    let at = pod.at.key("spec");
    for (index, volume) in list(spec, "volumes") {
        volume_references(&at.key("volumes").index(index), volume, &mut found);
    }
    for (index, secret) in list(spec, "imagePullSecrets") {
        let at = at.key("imagePullSecrets").index(index);
        push(&mut found, "Secret", secret.get("name"), Vec::new(), at);
    }
    if spec.get("serviceAccountName").and_then(Json::as_str) != Some("default") {
        let at = at.key("serviceAccountName");
        push(&mut found, "ServiceAccount", spec.get("serviceAccountName"), Vec::new(), at);
    }
    found
}

fn list<'o>(json: &'o Json, key: &str) -> impl Iterator<Item = (usize, &'o Json)> + use<'o> {
    json.get(key).and_then(Json::as_array).into_iter().flatten().enumerate()
}

fn push<'o>(
    found: &mut Vec<Reference<'o>>,
    kind: &'static str,
    name: Option<&'o Json>,
    keys: Vec<&'o str>,
    at: Path,
) {
    if let Some(name) = name.and_then(Json::as_str).filter(|name| !name.is_empty()) {
        found.push(Reference { kind, name, keys, at });
    }
}

fn optional(reference: &Json) -> bool {
    reference.get("optional").and_then(Json::as_bool).unwrap_or(false)
}

fn environment<'o>(at: &Path, container: &'o Json, found: &mut Vec<Reference<'o>>) {
    for (index, source) in list(container, "envFrom") {
        for (field, kind) in [("configMapRef", "ConfigMap"), ("secretRef", "Secret")] {
            let Some(reference) = source.get(field).filter(|it| !optional(it)) else { continue };
            let at = at.key("envFrom").index(index).key(field);
            push(found, kind, reference.get("name"), Vec::new(), at);
        }
    }
    for (index, variable) in list(container, "env") {
        let Some(from) = variable.get("valueFrom") else { continue };
        for (field, kind) in [("configMapKeyRef", "ConfigMap"), ("secretKeyRef", "Secret")] {
            let Some(reference) = from.get(field).filter(|it| !optional(it)) else { continue };
            let key = reference.get("key").and_then(Json::as_str);
            let at = at.key("env").index(index).key("valueFrom").key(field);
            push(found, kind, reference.get("name"), key.into_iter().collect(), at);
        }
    }
}

fn volume_references<'o>(at: &Path, volume: &'o Json, found: &mut Vec<Reference<'o>>) {
    let keys = |source: &'o Json| -> Vec<&'o str> {
        list(source, "items").filter_map(|(_, item)| item.get("key")?.as_str()).collect()
    };
    if let Some(source) = volume.get("configMap").filter(|it| !optional(it)) {
        push(found, "ConfigMap", source.get("name"), keys(source), at.key("configMap"));
    }
    if let Some(source) = volume.get("secret").filter(|it| !optional(it)) {
        push(found, "Secret", source.get("secretName"), keys(source), at.key("secret"));
    }
    if let Some(source) = volume.get("persistentVolumeClaim") {
        let at = at.key("persistentVolumeClaim");
        push(found, "PersistentVolumeClaim", source.get("claimName"), Vec::new(), at);
    }
    for (index, source) in volume.get("projected").into_iter().flat_map(|it| list(it, "sources")) {
        for (field, kind) in [("configMap", "ConfigMap"), ("secret", "Secret")] {
            let Some(source) = source.get(field).filter(|it| !optional(it)) else { continue };
            let at = at.key("projected").key("sources").index(index).key(field);
            push(found, kind, source.get("name"), keys(source), at);
        }
    }
}

fn problem(cluster: &Cluster<'_>, user: &Object, reference: &Reference<'_>) -> Option<String> {
    let Reference { kind, name, keys, .. } = reference;
    let who = format!("{} {}", user.kind(), user.name());
    let Some(object) = cluster.find(kind, name, user) else {
        let Some(external) = cluster.external(kind, name) else {
            return Some(format!("{who} needs {kind} {name}, which is not there."));
        };
        let known =
            |key: &&&str| external.keys.is_empty() || external.keys.iter().any(|it| it == **key);
        let missing = keys.iter().find(|key| !known(key))?;
        return Some(format!(
            "{who} reads key {missing} of {kind} {name}, which is made before the install and is not said to hold it."
        ));
    };
    let holds = |key: &str| {
        let parts = ["data", "stringData", "binaryData"];
        parts.iter().any(|part| object.json.get(part).is_some_and(|data| data.get(key).is_some()))
    };
    let missing = keys.iter().find(|key| !holds(key))?;
    Some(format!("{who} reads key {missing} of {kind} {name}, which has no such key."))
}

/// A claim that nobody mounts keeps nothing.
fn claims<'o>(cluster: &Cluster<'o>, remarks: &mut Vec<Remark<'o>>) {
    for claim in cluster.of_kind("PersistentVolumeClaim") {
        let mounted = cluster.pods.iter().any(|pod| {
            let volumes = pod.json.get("spec").map(|spec| list(spec, "volumes"));
            volumes.into_iter().flatten().any(|(_, volume)| {
                let name = volume.pointer("/persistentVolumeClaim/claimName");
                name.and_then(Json::as_str) == Some(claim.name()) && is_mounted(pod, volume)
            })
        });
        if !mounted {
            remarks.push(Remark {
                check: "claim-mounted",
                severity: Severity::Warning,
                object: claim,
                at: Path::root(),
                message: format!("No container mounts the claim {}.", claim.name()),
            });
        }
    }
}

fn is_mounted(pod: &Pod<'_>, volume: &Json) -> bool {
    pod.containers().iter().any(|(_, container)| {
        list(container, "volumeMounts").any(|(_, mount)| mount.get("name") == volume.get("name"))
    })
}
