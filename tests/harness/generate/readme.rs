//! The README of a chart: how to install it, and every value in a table.

use super::tree::{Entry, Node, each_leaf};

/// The text for a chart and its values.
pub(super) fn text(chart: &str, version: &str, entries: &[Entry]) -> String {
    let title = super::names::title(chart);
    let mut text = format!(
        "# {title}\n\n![Version: {version}](https://img.shields.io/badge/Version-{version}-informational)\n\n\
        A chart that installs **{title}** on a [Kubernetes](https://kubernetes.io) cluster with [Helm](https://helm.sh).\n\n\
        ## Requirements\n\n- Kubernetes 1.25 or newer\n- Helm 3.12 or newer\n- A storage class, unless:\n  - persistence is off, or\n  - a claim exists already\n\n\
        ## Install\n\n```console\nhelm repo add example https://charts.example.com\nhelm install my-{chart} example/{chart} --version {version}\n```\n\n\
        ## Upgrade\n\n1. Read the *release notes*.\n2. Compare the values:\n\n   ```yaml\n   commonLabels:\n     team: platform\n   ```\n\n3. Run `helm upgrade`.\n\n> Definitions of custom resources are not upgraded by Helm.\n\n"
    );
    for entry in entries.iter().filter(|entry| matches!(entry.node, Node::Map(_))) {
        text.push_str(&format!("## {}\n\n", super::names::title(&entry.key)));
        table(std::slice::from_ref(entry), &mut text);
    }
    let top = entries.iter().filter(|entry| !matches!(entry.node, Node::Map(_))).cloned();
    text.push_str("## Other values\n\n");
    table(&top.collect::<Vec<_>>(), &mut text);
    text.push_str("---\n\nLicensed under the [Apache License](https://www.apache.org/licenses/LICENSE-2.0).\n");
    text
}

fn table(entries: &[Entry], text: &mut String) {
    text.push_str(
        "| Key | Type | Default | Description |\n|-----|------|---------|-------------|\n",
    );
    each_leaf(entries, "", &mut |path, entry| {
        let (kind, default) = match &entry.node {
            Node::List(_) => ("list", "see `values.yaml`".to_owned()),
            Node::Leaf(value) => (kind(value), format!("`{value}`")),
            Node::Map(_) => return,
        };
        text.push_str(&format!("| {path} | {kind} | {default} | {} |\n", entry.doc));
    });
    text.push('\n');
}

fn kind(value: &str) -> &'static str {
    match value {
        "true" | "false" => "bool",
        "{}" => "object",
        _ if value.starts_with('[') => "list",
        _ if value.parse::<i64>().is_ok() => "int",
        _ if value.parse::<f64>().is_ok() => "float",
        _ => "string",
    }
}
