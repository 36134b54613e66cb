//! What happens when a workload is installed or changed, in seconds: how long a container may
//! take to start, when it is asked, when it is restarted, how many pods there are meanwhile.
//!
//! Followed: Kubernetes' documented defaults of probes and of the rolling update.

use checks::manifests::Object;
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

/// One workload's rollout.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rollout {
    pub release: String,
    pub kind: String,
    pub name: String,
    pub replicas: u64,
    /// Most pods at once, and fewest that answer; `None` where pods are not replaced in turn.
    pub pods: Option<(u64, u64)>,
    /// Seconds that a pod may take to end.
    pub grace: u64,
    pub containers: Vec<ContainerRollout>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContainerRollout {
    pub name: String,
    pub startup: Option<Probe>,
    pub readiness: Option<Probe>,
    pub liveness: Option<Probe>,
}

/// A probe with Kubernetes' defaults filled in; times in seconds.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Probe {
    /// `GET /health on http`, `tcp 5432`, `command`.
    pub action: String,
    pub delay: u64,
    pub period: u64,
    pub timeout: u64,
    pub failures: u64,
}

impl Probe {
    /// From the first failure to what it leads to.
    pub fn window(&self) -> u64 {
        self.period.saturating_mul(self.failures)
    }
}

/// The rollouts of all workloads that have probes or replicas.
pub(crate) fn rollouts(objects: &[Object]) -> Vec<Rollout> {
    objects.iter().filter_map(rollout).collect()
}

fn rollout(object: &Object) -> Option<Rollout> {
    let kind = object.reference.kind.as_str();
    if !matches!(kind, "Deployment" | "StatefulSet" | "DaemonSet") {
        return None;
    }
    let spec = object.json.get("spec")?;
    let pod = object.pod_spec()?;
    let replicas = number(spec, "replicas").unwrap_or(1);
    let containers = pod.get("containers").and_then(Json::as_array).into_iter().flatten();
    Some(Rollout {
        release: object.release.clone(),
        kind: kind.to_owned(),
        name: object.reference.name.clone(),
        replicas,
        pods: (kind == "Deployment").then(|| pods(spec, replicas)).flatten(),
        grace: number(pod, "terminationGracePeriodSeconds").unwrap_or(30),
        containers: containers.map(container).collect(),
    })
}

fn number(json: &Json, key: &str) -> Option<u64> {
    json.get(key).and_then(Json::as_u64)
}

/// A share of the replicas is rounded up for the surge and down for what may be missing.
fn pods(spec: &Json, replicas: u64) -> Option<(u64, u64)> {
    let strategy = spec.get("strategy");
    let kind = strategy.and_then(|it| it.get("type")).and_then(Json::as_str);
    if kind == Some("Recreate") {
        return None;
    }
    let part = |key: &str, up: bool| {
        let value = strategy.and_then(|it| it.get("rollingUpdate")).and_then(|it| it.get(key));
        match value {
            Some(Json::Number(number)) => number.as_u64().unwrap_or(0),
            Some(Json::String(text)) => share(text, replicas, up),
            _ => share("25%", replicas, up),
        }
    };
    let surge = part("maxSurge", true);
    let mut missing = part("maxUnavailable", false);
    if surge == 0 && missing == 0 {
        missing = 1;
    }
    Some((replicas + surge, replicas.saturating_sub(missing)))
}

fn share(text: &str, of: u64, up: bool) -> u64 {
    let percent: u64 = text.trim_end_matches('%').parse().unwrap_or(0);
    let whole = of.saturating_mul(percent);
    if up { whole.div_ceil(100) } else { whole / 100 }
}

fn container(container: &Json) -> ContainerRollout {
    let probe = |key: &str| container.get(key).map(probe);
    ContainerRollout {
        name: container.get("name").and_then(Json::as_str).unwrap_or_default().to_owned(),
        startup: probe("startupProbe"),
        readiness: probe("readinessProbe"),
        liveness: probe("livenessProbe"),
    }
}

fn probe(spec: &Json) -> Probe {
    let plain = |value: &Json| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    let port = |action: &Json| action.get("port").map(plain).unwrap_or_default();
    let action = if let Some(http) = spec.get("httpGet") {
        let path = http.get("path").map(plain).unwrap_or_else(|| "/".to_owned());
        format!("GET {path} on {}", port(http))
    } else if let Some(tcp) = spec.get("tcpSocket") {
        format!("TCP {}", port(tcp))
    } else if let Some(grpc) = spec.get("grpc") {
        format!("gRPC {}", port(grpc))
    } else {
        "a command".to_owned()
    };
    Probe {
        action,
        delay: number(spec, "initialDelaySeconds").unwrap_or(0),
        period: number(spec, "periodSeconds").unwrap_or(10),
        timeout: number(spec, "timeoutSeconds").unwrap_or(1),
        failures: number(spec, "failureThreshold").unwrap_or(3),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn shares_are_rounded_as_kubernetes_rounds_them() {
        let spec = |surge: Json, missing: Json| json!({"strategy": {"rollingUpdate": {"maxSurge": surge, "maxUnavailable": missing}}});
        assert_eq!(pods(&json!({}), 1), Some((2, 1)));
        assert_eq!(pods(&json!({}), 10), Some((13, 8)));
        assert_eq!(pods(&spec(json!(1), json!(0)), 3), Some((4, 3)));
        assert_eq!(pods(&spec(json!("50%"), json!("50%")), 3), Some((5, 2)));
        assert_eq!(pods(&json!({"strategy": {"type": "Recreate"}}), 3), None);
    }

    #[test]
    fn a_probe_has_the_defaults_of_kubernetes() {
        let probe = probe(&json!({"httpGet": {"path": "/health", "port": "http"}}));
        assert_eq!((probe.delay, probe.period, probe.timeout, probe.failures), (0, 10, 1, 3));
        assert_eq!(probe.window(), 30);
        assert_eq!(probe.action, "GET /health on http");
    }
}
