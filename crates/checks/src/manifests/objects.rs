//! Rendered objects, and how they are found by each other.

use super::External;
use finding::{ManifestRef, Path};
use serde_json::Value as Json;
use std::rc::Rc;

/// One rendered object.
#[derive(Clone, Debug)]
pub struct Object {
    /// Release of the stack; empty for a lone chart.
    pub release: String,
    pub reference: ManifestRef,
    pub json: Rc<Json>,
}

impl Object {
    pub(super) fn kind(&self) -> &str {
        &self.reference.kind
    }

    pub(super) fn name(&self) -> &str {
        &self.reference.name
    }

    pub(super) fn namespace(&self) -> &str {
        self.text("/metadata/namespace")
    }

    pub(super) fn text(&self, pointer: &str) -> &str {
        self.json.pointer(pointer).and_then(Json::as_str).unwrap_or_default()
    }

    /// The `spec` of the pods that this object runs.
    pub fn pod_spec(&self) -> Option<&Json> {
        self.pod()?.json.get("spec")
    }

    /// The pod that this object runs: itself, or its template, with where that stands.
    pub(super) fn pod(&self) -> Option<Pod<'_>> {
        let at: &[&str] = match self.kind() {
            "Pod" => &[],
            "Deployment"
            | "StatefulSet"
            | "DaemonSet"
            | "ReplicaSet"
            | "Job"
            | "ReplicationController" => &["spec", "template"],
            "CronJob" => &["spec", "jobTemplate", "spec", "template"],
            _ => return None,
        };
        let json = at.iter().try_fold(self.json.as_ref(), |json, key| json.get(key))?;
        let at = at.iter().fold(Path::root(), |path, key| path.key(*key));
        Some(Pod { object: self, at, json })
    }
}

/// A pod, or the template of pods.
#[derive(Clone)]
pub(super) struct Pod<'o> {
    pub(super) object: &'o Object,
    /// Where it stands in its object.
    pub(super) at: Path,
    pub(super) json: &'o Json,
}

impl<'o> Pod<'o> {
    pub(super) fn label(&self, name: &str) -> Option<&'o str> {
        self.json.get("metadata")?.get("labels")?.get(name)?.as_str()
    }

    /// Whether every pair of a selector is among the labels.
    pub(super) fn has_labels(&self, selector: &Json) -> bool {
        let pairs = selector.as_object().into_iter().flatten();
        pairs.into_iter().all(|(key, value)| self.label(key) == value.as_str())
    }

    /// Containers of all three kinds, each with where it stands.
    pub(super) fn containers(&self) -> Vec<(Path, &'o Json)> {
        let mut found = Vec::new();
        for list in ["initContainers", "containers", "ephemeralContainers"] {
            let at = self.at.key("spec").key(list);
            let items = self.json.get("spec").and_then(|spec| spec.get(list));
            for (index, item) in items.and_then(Json::as_array).into_iter().flatten().enumerate() {
                found.push((at.index(index), item));
            }
        }
        found
    }
}

/// All objects of a stack, and what exists besides.
pub(super) struct Cluster<'o> {
    pub(super) objects: &'o [Object],
    pub(super) external: &'o [External],
    pub(super) pods: Vec<Pod<'o>>,
}

impl<'o> Cluster<'o> {
    pub(super) fn new(objects: &'o [Object], external: &'o [External]) -> Self {
        Self { objects, external, pods: objects.iter().filter_map(Object::pod).collect() }
    }

    pub(super) fn of_kind(&self, kind: &str) -> impl Iterator<Item = &'o Object> {
        self.objects.iter().filter(move |object| object.kind() == kind)
    }

    /// An object by name. Namespaces are compared only where both are written: Helm fills in
    /// the release's for the rest.
    pub(super) fn find(&self, kind: &str, name: &str, beside: &Object) -> Option<&'o Object> {
        let same = |object: &&Object| object.name() == name && meets(object, beside);
        self.of_kind(kind).find(same)
    }

    pub(super) fn external(&self, kind: &str, name: &str) -> Option<&'o External> {
        self.external.iter().find(|it| it.kind == kind && it.name == name)
    }
}

/// Whether two objects can be in one namespace.
pub(super) fn meets(one: &Object, other: &Object) -> bool {
    let (one, other) = (one.namespace(), other.namespace());
    one.is_empty() || other.is_empty() || one == other
}
