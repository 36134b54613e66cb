//! Rendered manifests as objects for the checks; a text that has not changed is neither read nor
//! checked by itself again.

use checks::manifests::{ManifestChecks, Object};
use finding::{Finding, ManifestRef};
use helm::{Manifest, Rendered};
use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::rc::Rc;

/// What types and policies found in each object of the last job, by itself.
#[derive(Default)]
pub(crate) struct Objects(HashMap<u64, Vec<Finding>>);

impl Objects {
    /// What types and policies find in a release's objects, each by itself.
    pub(crate) fn checked(&mut self, checks: &ManifestChecks, objects: &[Object]) -> Vec<Finding> {
        let mut before = std::mem::take(&mut self.0);
        let mut found = Vec::new();
        for object in objects {
            let key = key(object);
            let known = before.remove(&key).unwrap_or_else(|| checks.check_object(object));
            found.extend(known.iter().cloned());
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

/// Of what it says and where it came from: two templates may print the same object.
fn key(object: &Object) -> u64 {
    let mut hasher = DefaultHasher::new();
    object.json.hash(&mut hasher);
    (&object.release, &object.reference.source).hash(&mut hasher);
    hasher.finish()
}

fn object(manifest: &Manifest, release: &str) -> Object {
    let reference = ManifestRef {
        source: manifest.source.clone(),
        kind: manifest.kind.clone(),
        name: manifest.name.clone(),
    };
    Object { release: release.to_owned(), reference, json: Rc::clone(&manifest.json) }
}
