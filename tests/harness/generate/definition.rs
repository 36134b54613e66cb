//! Custom resource definitions with long schemas.

use crate::Random;

/// A kind of a group, as a definition names it.
pub(super) struct Kind {
    pub(super) name: String,
    pub(super) plural: String,
    pub(super) group: String,
}

/// `count` kinds of a chart's group.
pub(super) fn kinds(chart: &str, count: usize, random: &mut Random) -> Vec<Kind> {
    let words = "Monitor|Rule|Route|Receiver|Target|Application|Project|Rollout|Backup|Probe|Policy|Snapshot";
    let all: Vec<String> = words.split('|').map(str::to_owned).collect();
    let first = super::names::pascal(chart.split('-').next().unwrap_or(chart));
    let kind = |word: String| {
        let name = format!("{first}{word}");
        let plural = name.to_lowercase() + "s";
        Kind { name, plural, group: format!("{}.example.com", first.to_lowercase()) }
    };
    random.some(&all, count).into_iter().map(kind).collect()
}

/// A definition for the folder `crds/`.
pub(super) fn whole(kind: &Kind, random: &mut Random) -> String {
    let Kind { plural, group, .. } = kind;
    let head = "apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata:\n";
    format!("{head}  name: {plural}.{group}\n{}", spec(kind, random))
}

/// The `spec:` of a definition.
pub(super) fn spec(kind: &Kind, random: &mut Random) -> String {
    let Kind { name, plural, group } = kind;
    let singular = name.to_lowercase();
    let mut text = format!(
        "spec:\n  group: {group}\n  names:\n    kind: {name}\n    listKind: {name}List\n    plural: {plural}\n    singular: {singular}\n  scope: Namespaced\n  versions:\n    - name: v1\n      served: true\n      storage: true\n      subresources:\n        status: {{}}\n      schema:\n        openAPIV3Schema:\n          type: object\n          properties:\n            spec:\n              type: object\n              properties:\n"
    );
    for entry in super::settings::tree(60, 5, random) {
        property(&entry, 16, &mut text);
    }
    text.push_str("            status:\n              type: object\n              x-kubernetes-preserve-unknown-fields: true\n");
    text
}

/// A property and those inside it, indented by so many columns.
fn property(entry: &super::tree::Entry, indent: usize, text: &mut String) {
    let key = &entry.key;
    let mut line = |more: usize, words: &str| {
        text.push_str(&format!("{:width$}{words}\n", "", width = indent + more));
    };
    line(0, &format!("{key}:"));
    line(2, &format!("description: {} of the object.", super::names::title(key)));
    match &entry.node {
        super::tree::Node::Map(inside) => {
            line(2, "type: object");
            line(2, "properties:");
            inside.iter().for_each(|entry| property(entry, indent + 4, text));
        }
        _ => line(2, "type: string"),
    }
}
