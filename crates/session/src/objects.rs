//! Rendered manifests as objects for the checks; a text that has not changed is neither read nor
//! checked by itself again.

use crate::views::digest;
use checks::manifests::{ManifestChecks, Object};
use finding::{Finding, ManifestRef};
use helm::{Manifest, Rendered};
use serde_json::Value as Json;
use std::collections::HashMap;
use std::rc::Rc;

/// What is known of the texts of the last job.
#[derive(Default)]
pub(crate) struct Objects(HashMap<u64, Known>);

struct Known {
    json: Rc<Json>,
    /// What types and policies found in it alone, once they were asked.
    findings: Option<Vec<Finding>>,
}

impl Objects {
    /// The objects that a render gave. What is no YAML was refused by the render itself.
    pub(crate) fn read(&mut self, rendered: &Rendered, release: &str) -> Vec<Object> {
        let mut known = std::mem::take(&mut self.0);
        let mut objects = Vec::new();
        for manifest in rendered.manifests.iter().chain(&rendered.hooks) {
            let key = key(manifest);
            let entry = known.remove(&key).or_else(|| {
                let json = Rc::new(yaml::from_str(&manifest.text).ok()?);
                Some(Known { json, findings: None })
            });
            let Some(entry) = entry else { continue };
            objects.push(object(manifest, release, Rc::clone(&entry.json)));
            self.0.insert(key, entry);
        }
        objects
    }

    /// What types and policies find in this release's objects, each by itself.
    pub(crate) fn checked(
        &mut self,
        checks: &ManifestChecks,
        release: &str,
        objects: &[Object],
    ) -> Vec<Finding> {
        let mut found = Vec::new();
        for known in self.0.values_mut() {
            let own = |object: &&Object| {
                Rc::ptr_eq(&object.json, &known.json)
                    && (object.release.is_empty() || object.release == release)
            };
            let Some(object) = objects.iter().find(own) else { continue };
            let findings = known.findings.get_or_insert_with(|| checks.check_object(object));
            found.extend(findings.iter().cloned());
        }
        found.sort_by(|a, b| a.location.cmp(&b.location));
        found
    }
}

/// Of the text and where it came from: two templates may print the same object.
fn key(manifest: &Manifest) -> u64 {
    digest(&manifest.text) ^ digest(&manifest.source).rotate_left(17)
}

fn object(manifest: &Manifest, release: &str, json: Rc<Json>) -> Object {
    let reference = ManifestRef {
        source: manifest.source.clone(),
        kind: manifest.kind.clone(),
        name: manifest.name.clone(),
    };
    Object { release: release.to_owned(), reference, json }
}
