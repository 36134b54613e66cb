//! Who reaches whom: services find pods and their ports, ingresses find services, selectors find
//! their own templates, node ports are each taken once.

use super::Remark;
use super::objects::{Cluster, Object, Pod, meets};
use finding::{Path, Severity};
use serde_json::Value as Json;
use std::collections::HashMap;

pub(super) fn check<'o>(cluster: &Cluster<'o>, remarks: &mut Vec<Remark<'o>>) {
    for service in cluster.of_kind("Service") {
        self::service(cluster, service, remarks);
    }
    for pod in &cluster.pods {
        own_selector(pod, remarks);
    }
    for ingress in cluster.of_kind("Ingress") {
        backends(cluster, ingress, remarks);
    }
    node_ports(cluster, remarks);
}

fn key(path: &str) -> Path {
    path.split('.').fold(Path::root(), |path, key| path.key(key))
}

fn service<'o>(cluster: &Cluster<'o>, service: &'o Object, remarks: &mut Vec<Remark<'o>>) {
    let selector = service.json.pointer("/spec/selector").filter(|it| it.is_object());
    let Some(selector) = selector.filter(|it| it != &&Json::Object(serde_json::Map::new())) else {
        return;
    };
    let found: Vec<&Pod> = cluster
        .pods
        .iter()
        .filter(|pod| meets(pod.object, service) && pod.has_labels(selector))
        .collect();
    if found.is_empty() {
        let message = format!(
            "The selector of service {} finds no pod: no pod template has the labels {}.",
            service.name(),
            pairs(selector)
        );
        let (check, at) = ("service-selects-pods", key("spec.selector"));
        remarks.push(Remark { check, severity: Severity::Warning, object: service, at, message });
        return;
    }
    let ports = service.json.pointer("/spec/ports").and_then(Json::as_array);
    for (index, port) in ports.into_iter().flatten().enumerate() {
        let (name, target) = match port.get("targetPort") {
            Some(target) => ("targetPort", target),
            None => ("port", port.get("port").unwrap_or(&Json::Null)),
        };
        if found.iter().any(|pod| has_port(pod, target)) {
            continue;
        }
        let message = format!(
            "Service {} targets port {}, which no container of its pods declares.",
            service.name(),
            plain(target)
        );
        let at = key("spec.ports").index(index).key(name);
        let severity = if target.is_string() { Severity::Error } else { Severity::Warning };
        remarks.push(Remark {
            check: "service-target-port",
            severity,
            object: service,
            at,
            message,
        });
    }
}

fn has_port(pod: &Pod<'_>, target: &Json) -> bool {
    let declares = |port: &Json| {
        let field = if target.is_string() { "name" } else { "containerPort" };
        port.get(field) == Some(target)
    };
    pod.containers().iter().any(|(_, container)| {
        let ports = container.get("ports").and_then(Json::as_array);
        ports.into_iter().flatten().any(declares)
    })
}

/// A workload must select the pods that it makes; the API server refuses it otherwise.
fn own_selector<'o>(pod: &Pod<'o>, remarks: &mut Vec<Remark<'o>>) {
    let object = pod.object;
    let Some(selector) = object.json.pointer("/spec/selector/matchLabels") else { return };
    if object.kind() == "Pod" || pod.has_labels(selector) {
        return;
    }
    let message = format!(
        "{} {} selects {}, which its own pod template does not have.",
        object.kind(),
        object.name(),
        pairs(selector)
    );
    remarks.push(Remark {
        check: "selector-matches-template",
        severity: Severity::Error,
        object,
        at: key("spec.selector.matchLabels"),
        message,
    });
}

fn backends<'o>(cluster: &Cluster<'o>, ingress: &'o Object, remarks: &mut Vec<Remark<'o>>) {
    let mut found = Vec::new();
    if let Some(backend) = ingress.json.pointer("/spec/defaultBackend") {
        found.push((key("spec.defaultBackend"), backend));
    }
    let rules = ingress.json.pointer("/spec/rules").and_then(Json::as_array);
    for (rule_at, rule) in rules.into_iter().flatten().enumerate() {
        let paths = rule.pointer("/http/paths").and_then(Json::as_array);
        for (path_at, path) in paths.into_iter().flatten().enumerate() {
            let at = key("spec.rules").index(rule_at).key("http").key("paths").index(path_at);
            found.extend(path.get("backend").map(|backend| (at.key("backend"), backend)));
        }
    }
    for (at, backend) in found {
        if let Some(message) = backend_problem(cluster, ingress, backend) {
            remarks.push(Remark {
                check: "ingress-backend-exists",
                severity: Severity::Warning,
                object: ingress,
                at,
                message,
            });
        }
    }
}

fn backend_problem(cluster: &Cluster<'_>, ingress: &Object, backend: &Json) -> Option<String> {
    let service = backend.get("service")?;
    let name = service.get("name")?.as_str()?;
    let ingress_name = ingress.name();
    let Some(target) = cluster.find("Service", name, ingress) else {
        if cluster.external("Service", name).is_some() {
            return None;
        }
        return Some(format!(
            "Ingress {ingress_name} routes to service {name}, which is not there."
        ));
    };
    let (field, wanted) = match (service.pointer("/port/number"), service.pointer("/port/name")) {
        (Some(number), _) => ("port", number),
        (None, Some(name)) => ("name", name),
        (None, None) => return None,
    };
    let ports = target.json.pointer("/spec/ports").and_then(Json::as_array);
    let has = ports.into_iter().flatten().any(|port| port.get(field) == Some(wanted));
    (!has).then(|| {
        format!(
            "Ingress {ingress_name} routes to port {} of service {name}, which has no such port.",
            plain(wanted)
        )
    })
}

fn node_ports<'o>(cluster: &Cluster<'o>, remarks: &mut Vec<Remark<'o>>) {
    let mut taken: HashMap<u64, &str> = HashMap::new();
    for service in cluster.of_kind("Service") {
        let ports = service.json.pointer("/spec/ports").and_then(Json::as_array);
        for (index, port) in ports.into_iter().flatten().enumerate() {
            let Some(number) = port.get("nodePort").and_then(Json::as_u64) else { continue };
            if let Some(other) = taken.insert(number, service.name()) {
                let message = format!(
                    "Services {other} and {} both want node port {number}; a node has it once.",
                    service.name()
                );
                remarks.push(Remark {
                    check: "node-port-unique",
                    severity: Severity::Error,
                    object: service,
                    at: key("spec.ports").index(index).key("nodePort"),
                    message,
                });
            }
        }
    }
}

fn pairs(selector: &Json) -> String {
    let pairs = selector.as_object().into_iter().flatten();
    pairs.map(|(key, value)| format!("{key}={}", plain(value))).collect::<Vec<_>>().join(", ")
}

pub(super) fn plain(value: &Json) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}
