//! Rendered manifests as objects for the checks; a text that has not changed is neither read nor
//! checked by itself again.

use checks::manifests::{ManifestChecks, Object};
use finding::{Finding, ManifestRef};
use helm::{Manifest, Rendered};
use serde_json::Value as Json;
use std::collections::HashMap;
use std::rc::Rc;

/// What types and policies found in each object of the last job, by itself. A text that has not
/// changed is the same document as before (`helm::Manifest::json`): one that is kept here is known
/// by its address, and two templates that print it by where it came from.
#[derive(Default)]
pub(crate) struct Objects(HashMap<(*const Json, String), Checked>);

struct Checked {
    /// Kept, so that its address stays its own.
    object: Object,
    findings: Vec<Finding>,
}

impl Objects {
    /// What types and policies find in a release's objects, each by itself.
    pub(crate) fn checked(&mut self, checks: &ManifestChecks, objects: &[Object]) -> Vec<Finding> {
        let mut before = std::mem::take(&mut self.0);
        let mut found = Vec::new();
        for object in objects {
            let key = (Rc::as_ptr(&object.json), object.reference.source.clone());
            let same = |known: &Checked| known.object.release == object.release;
            let known = before.remove(&key).filter(same).unwrap_or_else(|| Checked {
                findings: checks.check_object(object),
                object: object.clone(),
            });
            found.extend(known.findings.iter().cloned());
            self.0.insert(key, known);
        }
        found
    }
}

/// The objects that a render gave.
pub(crate) fn read(rendered: &Rendered, release: &str) -> Vec<Object> {
    let manifests = rendered.manifests.iter().chain(&rendered.hooks);
    manifests.map(|manifest| object(manifest, release)).collect()
}

fn object(manifest: &Manifest, release: &str) -> Object {
    let reference = ManifestRef {
        source: manifest.source.clone(),
        kind: manifest.kind.clone(),
        name: manifest.name.clone(),
    };
    Object { release: release.to_owned(), reference, json: Rc::clone(&manifest.json) }
}
