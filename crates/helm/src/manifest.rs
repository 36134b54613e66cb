//! What templates printed, cut into manifests and put in Helm's order: hooks apart.

use crate::head;
use crate::install_order;
use serde_json::Value as Json;

/// One rendered document.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Manifest {
    /// Template it came from: `app/templates/x.yaml`.
    pub source: String,
    pub api_version: String,
    pub kind: String,
    pub name: String,
    pub namespace: String,
    /// The document as Helm prints it below its `# Source` line, without the last line break.
    pub text: String,
    /// Hook events (`pre-install`); empty for what is no hook.
    pub hooks: Vec<String>,
    pub hook_weight: i64,
    /// Byte offset of `text` in what its template printed.
    pub offset: usize,
}

/// A document that is not YAML.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct BadManifest {
    pub(crate) source: String,
    pub(crate) message: String,
    pub(crate) line: u32,
}

/// Manifests and hooks.
#[derive(Debug, Default)]
pub(crate) struct Sorted {
    pub(crate) manifests: Vec<Manifest>,
    pub(crate) hooks: Vec<Manifest>,
    pub(crate) bad: Vec<BadManifest>,
    /// Hook events that Helm does not know, whose manifests it leaves out.
    pub(crate) unknown_hooks: Vec<String>,
}

const HOOKS: [&str; 10] = [
    "pre-install",
    "post-install",
    "pre-delete",
    "post-delete",
    "pre-upgrade",
    "post-upgrade",
    "pre-rollback",
    "post-rollback",
    "test",
    "test-success",
];

/// Cuts and sorts; `files` are template names and what they printed.
pub(crate) fn sort(files: &[(String, String)]) -> Sorted {
    let mut sorted = Sorted::default();
    let mut files: Vec<&(String, String)> = files.iter().collect();
    files.sort_by(|a, b| a.0.cmp(&b.0));
    for (source, text) in files {
        let base = source.rsplit('/').next().unwrap_or(source);
        if base.starts_with('_') || text.trim().is_empty() {
            continue;
        }
        for (offset, document) in split(text) {
            place(source, offset, document, &mut sorted);
        }
    }
    sorted.manifests.sort_by(|a, b| install_order::compare(&a.kind, &b.kind));
    sorted.hooks.sort_by(|a, b| install_order::compare(&a.kind, &b.kind));
    sorted
}

/// Documents with their offsets: a line that begins with `---` ends one, white space before a
/// document goes, empty ones are dropped.
pub(crate) fn split(text: &str) -> Vec<(usize, &str)> {
    let mut documents = Vec::new();
    let mut start = 0;
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        if line.starts_with("---") {
            documents.push((start, &text[start..at]));
            start = at + 3;
        }
        at += line.len();
    }
    documents.push((start, &text[start..]));
    let trim = |(offset, document): (usize, &'_ str)| {
        let trimmed = document.trim_start();
        (offset + document.len() - trimmed.len(), trimmed.len())
    };
    let cut = documents.into_iter().map(trim).filter(|(_, length)| *length > 0);
    cut.map(|(offset, length)| (offset, &text[offset..offset + length])).collect()
}

fn place(source: &str, offset: usize, text: &str, sorted: &mut Sorted) {
    let mut refuse = |message: String, line: u32| {
        let message = format!("YAML parse error on {source}: {message}");
        sorted.bad.push(BadManifest { source: source.to_owned(), message, line });
    };
    let document = match yaml::from_str(text) {
        Ok(document) => document,
        Err(error) => return refuse(error.to_string(), error.line),
    };
    let namespace = document.pointer("/metadata/namespace").and_then(Json::as_str);
    let namespace = namespace.unwrap_or_default().to_owned();
    let head = match head::read(document) {
        Ok(head) => head,
        Err(message) => return refuse(message, 0),
    };
    let field = |path: &[&str]| {
        let found = path.iter().try_fold(&head, |value, key| value.get(key));
        found.and_then(Json::as_str).unwrap_or_default().to_owned()
    };
    let mut manifest = Manifest {
        source: source.to_owned(),
        api_version: field(&["apiVersion"]),
        kind: field(&["kind"]),
        name: field(&["metadata", "name"]),
        namespace,
        text: text.to_owned(),
        offset,
        ..Manifest::default()
    };
    let annotations = head.pointer("/metadata/annotations");
    if annotations.and_then(|annotations| annotations.get("helm.sh/hook")).is_none() {
        sorted.manifests.push(manifest);
        return;
    }
    let events = field(&["metadata", "annotations", "helm.sh/hook"]);
    manifest.hooks = events.split(',').map(|event| event.trim().to_lowercase()).collect();
    manifest.hook_weight =
        field(&["metadata", "annotations", "helm.sh/hook-weight"]).parse().unwrap_or(0);
    if manifest.hooks.iter().all(|event| HOOKS.contains(&event.as_str())) {
        sorted.hooks.push(manifest);
    } else {
        sorted.unknown_hooks.push(events);
    }
}
