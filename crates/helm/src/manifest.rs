//! What templates printed, cut into manifests and put in Helm's order: hooks apart.

use crate::head;
use crate::install_order;
use serde_json::Value as Json;
use std::collections::HashMap;
use std::rc::Rc;

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
    /// The document, read.
    pub json: Rc<Json>,
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

/// Documents of the last render by their text: what a keystroke does not change is not read again.
#[derive(Default)]
pub(crate) struct Documents(HashMap<String, Document>);

#[derive(Clone)]
struct Document {
    json: Rc<Json>,
    /// What Helm decodes of it, or its complaint and the line.
    head: Result<Rc<Json>, (String, u32)>,
}

impl Document {
    fn read(text: &str) -> Self {
        let json = match yaml::from_str(text) {
            Ok(json) => json,
            Err(error) => {
                let head = Err((error.to_string(), error.line));
                return Self { json: Rc::default(), head };
            }
        };
        let head = head::read(&json).map(Rc::new).map_err(|message| (message, 0));
        Self { json: Rc::new(json), head }
    }
}

/// Cuts and sorts; `files` are template names and what they printed.
pub(crate) fn sort(files: &[(String, String)], documents: &mut Documents) -> Sorted {
    let mut before = std::mem::take(&mut documents.0);
    let mut known = |text: &str| {
        let (key, document) =
            before.remove_entry(text).unwrap_or_else(|| (text.to_owned(), Document::read(text)));
        documents.0.entry(key).or_insert(document).clone()
    };
    let mut sorted = Sorted::default();
    let mut files: Vec<&(String, String)> = files.iter().collect();
    files.sort_by(|a, b| a.0.cmp(&b.0));
    for (source, text) in files {
        let base = source.rsplit('/').next().unwrap_or(source);
        if base.starts_with('_') || text.trim().is_empty() {
            continue;
        }
        for (offset, document) in split(text) {
            let read = known(document);
            place(source, offset, document, &read, &mut sorted);
        }
    }
    sorted.manifests.sort_by(|a, b| install_order::compare(&a.kind, &b.kind));
    sorted.hooks.sort_by(|a, b| install_order::compare(&a.kind, &b.kind));
    sorted
}

/// Documents with their offsets: a line that begins with `---` ends one, white space before a
/// document goes, empty ones are dropped.
pub fn split(text: &str) -> Vec<(usize, &str)> {
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

fn place(source: &str, offset: usize, text: &str, document: &Document, sorted: &mut Sorted) {
    let head = match &document.head {
        Ok(head) => head,
        Err((message, line)) => {
            let message = format!("YAML parse error on {source}: {message}");
            sorted.bad.push(BadManifest { source: source.to_owned(), message, line: *line });
            return;
        }
    };
    let namespace = document.json.pointer("/metadata/namespace").and_then(Json::as_str);
    let namespace = namespace.unwrap_or_default().to_owned();
    let field = |path: &[&str]| {
        let found = path.iter().try_fold(head.as_ref(), |value, key| value.get(key));
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
        json: Rc::clone(&document.json),
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
