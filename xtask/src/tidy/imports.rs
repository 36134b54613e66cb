//! Imports run one way: `src` > session > checks, schema, helm > validate > sprig > yaml, gotemplate.

use harness::Result;
use serde_json::Value;

use crate::steps::{cargo, output};

/// Every package and the packages of ours that it may depend on. `gotemplate` knows no YAML, Helm or Kubernetes;
/// `schema` and `checks` know no templates; the page sees only `session`'s data and `schema`'s fields.
const MAY_IMPORT: [(&str, &[&str]); 13] = [
    ("finding", &[]),
    ("gotemplate", &[]),
    ("validate", &["gotemplate", "sprig", "finding"]),
    ("yaml", &["gotemplate", "finding"]),
    ("sprig", &["gotemplate", "yaml"]),
    ("helm", &["gotemplate", "yaml", "sprig", "validate", "finding"]),
    ("schema", &["yaml", "validate", "finding"]),
    ("checks", &["yaml", "schema", "validate", "finding"]),
    ("session", &["gotemplate", "yaml", "helm", "schema", "checks", "validate", "finding"]),
    ("chartroom", &["session", "schema", "finding"]),
    ("end-to-end", &[]),
    ("differential", &["end-to-end", "helm"]),
    ("xtask", &["end-to-end"]),
];

pub(super) fn check() -> Result<Vec<String>> {
    let metadata =
        output(cargo().args(["metadata", "--no-deps", "--offline", "--format-version", "1"]))?;
    Ok(broken(&serde_json::from_str(&metadata)?))
}

/// The imports that run the wrong way. Dev-dependencies are a test's business.
fn broken(metadata: &Value) -> Vec<String> {
    let mut broken = Vec::new();
    for package in metadata["packages"].as_array().into_iter().flatten() {
        let name = package["name"].as_str().unwrap_or_default();
        let Some((_, allowed)) = MAY_IMPORT.iter().find(|(known, _)| *known == name) else {
            broken.push(format!(
                "{name}: a new package; say in xtask/src/tidy/imports.rs what it may import"
            ));
            continue;
        };
        for dependency in package["dependencies"].as_array().into_iter().flatten() {
            let other = dependency["name"].as_str().unwrap_or_default();
            let ours = MAY_IMPORT.iter().any(|(known, _)| *known == other);
            if ours && dependency["kind"] != "dev" && !allowed.contains(&other) {
                broken.push(format!("{name} imports {other}: the README's map runs the other way"));
            }
        }
    }
    broken
}

#[cfg(test)]
mod tests {
    use super::broken;
    use serde_json::json;

    #[test]
    fn only_the_wrong_way_is_broken() {
        let package = |name: &str, other: &str, kind: &str| {
            let kind = (!kind.is_empty()).then_some(kind);
            json!({ "packages": [{ "name": name, "dependencies": [{ "name": other, "kind": kind }] }] })
        };
        assert!(broken(&package("helm", "sprig", "")).is_empty());
        assert!(broken(&package("sprig", "serde_json", "")).is_empty());
        assert!(broken(&package("gotemplate", "yaml", "dev")).is_empty());
        assert_eq!(broken(&package("gotemplate", "yaml", "")).len(), 1);
        assert_eq!(broken(&package("newcomer", "yaml", "")).len(), 1);
    }
}
