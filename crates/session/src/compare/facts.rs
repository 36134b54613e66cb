//! The facts that reviewers ask for: replicas, images and tags, ports and service types, hosts,
//! resources, probes, referenced secrets.

use super::manifests::{Cell, component};
use super::{FactRow, differ};
use checks::manifests::Object;
use serde_json::Value as Json;

pub(super) fn rows(matched: &[Vec<Cell<'_>>]) -> Vec<FactRow> {
    let mut rows: Vec<FactRow> = Vec::new();
    for cells in matched {
        let Some((object, _)) = cells.iter().flatten().next() else { continue };
        let subject = format!("{} {}", object.reference.kind, component(object));
        let start = rows.len();
        for (at, cell) in cells.iter().enumerate() {
            let Some((object, _)) = cell else { continue };
            for (fact, text) in facts(object) {
                let known = rows[start..].iter_mut().find(|row| row.fact == fact);
                match known {
                    Some(row) => row.cells[at] = Some(text),
                    None => {
                        let mut row = FactRow {
                            subject: subject.clone(),
                            fact,
                            cells: vec![None; cells.len()],
                            differs: false,
                        };
                        row.cells[at] = Some(text);
                        rows.push(row);
                    }
                }
            }
        }
    }
    for row in &mut rows {
        row.differs = differ(&row.cells);
    }
    rows
}

fn plain(value: &Json) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

fn items<'j>(json: &'j Json, key: &str) -> impl Iterator<Item = &'j Json> {
    json.get(key).and_then(Json::as_array).into_iter().flatten()
}

fn facts(object: &Object) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let json = object.json.as_ref();
    let spec = json.get("spec").unwrap_or(&Json::Null);
    match object.reference.kind.as_str() {
        "Service" => service(spec, &mut found),
        "Ingress" => ingress(spec, &mut found),
        "PersistentVolumeClaim" => {
            let size = spec.pointer("/resources/requests/storage");
            found.extend(size.map(|size| ("size".to_owned(), plain(size))));
        }
        _ => {
            let replicas = spec.get("replicas");
            found.extend(replicas.map(|count| ("replicas".to_owned(), plain(count))));
        }
    }
    if let Some(pod) = object.pod_spec() {
        let containers: Vec<&Json> = items(pod, "containers").collect();
        for container in &containers {
            let name = container.get("name").map(plain).unwrap_or_default();
            let prefix = if containers.len() > 1 { format!("{name} ") } else { String::new() };
            self::container(container, &prefix, &mut found);
        }
        let secrets = secrets(pod);
        if !secrets.is_empty() {
            found.push(("secrets".to_owned(), secrets.join(", ")));
        }
    }
    found
}

fn service(spec: &Json, found: &mut Vec<(String, String)>) {
    let kind = spec.get("type").map_or("ClusterIP".to_owned(), plain);
    found.push(("type".to_owned(), kind));
    let port = |port: &Json| {
        let mut text = port.get("port").map(plain).unwrap_or_default();
        if let Some(target) = port.get("targetPort") {
            text = format!("{text} → {}", plain(target));
        }
        match port.get("nodePort") {
            Some(node) => format!("{text} (node {})", plain(node)),
            None => text,
        }
    };
    let ports: Vec<String> = items(spec, "ports").map(port).collect();
    found.push(("ports".to_owned(), ports.join(", ")));
}

fn ingress(spec: &Json, found: &mut Vec<(String, String)>) {
    let hosts: Vec<String> =
        items(spec, "rules").filter_map(|rule| rule.get("host").map(plain)).collect();
    found.push(("hosts".to_owned(), hosts.join(", ")));
    let tls = items(spec, "tls").next().is_some();
    found.push(("TLS".to_owned(), if tls { "on" } else { "off" }.to_owned()));
}

fn container(container: &Json, prefix: &str, found: &mut Vec<(String, String)>) {
    let mut add = |fact: &str, text: String| found.push((format!("{prefix}{fact}"), text));
    if let Some(image) = container.get("image") {
        add("image", plain(image));
    }
    if let Some(policy) = container.get("imagePullPolicy") {
        add("pull policy", plain(policy));
    }
    let ports: Vec<String> =
        items(container, "ports").filter_map(|it| it.get("containerPort").map(plain)).collect();
    if !ports.is_empty() {
        add("container ports", ports.join(", "));
    }
    for part in ["requests", "limits"] {
        let amounts = container.pointer(&format!("/resources/{part}")).and_then(Json::as_object);
        let amounts: Vec<String> = amounts
            .into_iter()
            .flatten()
            .map(|(name, amount)| format!("{name} {}", plain(amount)))
            .collect();
        if !amounts.is_empty() {
            add(part, amounts.join(", "));
        }
    }
    for probe in ["startupProbe", "livenessProbe", "readinessProbe"] {
        if let Some(spec) = container.get(probe) {
            add(probe.trim_end_matches("Probe"), self::probe(spec));
        }
    }
}

fn probe(spec: &Json) -> String {
    let action = if let Some(http) = spec.get("httpGet") {
        http.get("path").map(plain).unwrap_or_default()
    } else if let Some(tcp) = spec.get("tcpSocket") {
        format!("tcp {}", tcp.get("port").map(plain).unwrap_or_default())
    } else {
        "command".to_owned()
    };
    let number = |key: &str, default: &str| spec.get(key).map_or(default.to_owned(), plain);
    format!(
        "{action} after {}s, every {}s",
        number("initialDelaySeconds", "0"),
        number("periodSeconds", "10")
    )
}

/// Names of the Secrets that a pod reads.
fn secrets(pod: &Json) -> Vec<String> {
    let mut found = Vec::new();
    collect(pod, &mut found);
    found.sort();
    found.dedup();
    found
}

fn collect(json: &Json, found: &mut Vec<String>) {
    match json {
        Json::Object(map) => {
            for (key, below) in map {
                let name = match key.as_str() {
                    "secretRef" | "secretKeyRef" => below.get("name"),
                    "secret" => below.get("secretName"),
                    _ => None,
                };
                found.extend(name.map(plain));
                collect(below, found);
            }
        }
        Json::Array(items) => items.iter().for_each(|item| collect(item, found)),
        _ => {}
    }
}
