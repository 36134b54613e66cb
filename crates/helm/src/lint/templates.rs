//! `templates/`: they render, and what they print are objects that Kubernetes could take.

use super::documents::{Object, documents};
use super::{LintOptions, Linter, Loaded, Severity, deprecated, names};
use crate::decode::{Shape, Struct, decode};
use crate::render::{Options, Release, Stop, outputs};
use crate::{Capabilities, Chart, LogLine};
use serde_json::Value as Json;
use sprig::World;
use std::rc::Rc;

const FOLDER: &str = "templates/";

pub(super) fn run(
    linter: &mut Linter<'_>,
    chart: &Loaded,
    given: &Json,
    world: &Rc<dyn World>,
    options: &LintOptions,
    log: &mut Vec<LogLine>,
) {
    if linter.file("templates").is_some() {
        return linter.say(Severity::Error, FOLDER, "not a directory");
    }
    if !linter.is_folder("templates") {
        return linter.say(Severity::Warning, FOLDER, "directory does not exist");
    }
    let chart = match chart {
        Ok(chart) => chart,
        Err(error) => return linter.say(Severity::Error, FOLDER, error.to_string()),
    };
    match render(chart, given, world, options, log) {
        Ok(files) => all(linter, chart, &files, options),
        Err(Stop::Silent) => {}
        Err(Stop::Said(error)) => linter.say(Severity::Error, FOLDER, error.message),
    }
}

fn render(
    chart: &Chart,
    given: &Json,
    world: &Rc<dyn World>,
    options: &LintOptions,
    log: &mut Vec<LogLine>,
) -> Result<Vec<(String, String)>, Stop> {
    let namespace = if options.namespace.is_empty() { "default" } else { &options.namespace };
    let release = Release {
        name: "test-release".to_owned(),
        namespace: namespace.to_owned(),
        is_upgrade: false,
        revision: 0,
    };
    let capabilities = Capabilities::default();
    // A version that is none has been refused by the command line.
    let capabilities = match &options.kube_version {
        Some(version) => capabilities.clone().with_kube_version(version).unwrap_or(capabilities),
        None => capabilities,
    };
    let how = Options {
        skip_schema: options.skip_schema,
        integers: options.integers.clone(),
        limits: options.limits.clone(),
        ..Options::default()
    };
    outputs(chart, given, world, &release, &capabilities, &how, log)
}

/// Every template of the chart itself, in the order of its files; one whose output cannot be read
/// ends the rule.
fn all(linter: &mut Linter<'_>, chart: &Chart, files: &[(String, String)], options: &LintOptions) {
    for template in &chart.templates {
        let name = template.name.as_str();
        let extension = extension(name);
        if !matches!(extension, ".yaml" | ".yml" | ".tpl" | ".txt") {
            let text = format!(
                "file extension '{extension}' not valid. Valid extensions are .yaml, .yml, .tpl, or .txt"
            );
            linter.say(Severity::Error, name, text);
        }
        if !matches!(extension.to_lowercase().as_str(), ".yaml" | ".yml") {
            continue;
        }
        let whole = format!("{}/{name}", chart.name());
        let text = files.iter().find(|(file, _)| *file == whole).map(|(_, text)| text.as_str());
        let text = text.filter(|text| !text.trim().is_empty());
        if text.is_some_and(|text| !output(linter, name, text, options)) {
            return;
        }
    }
}

/// Go's `filepath.Ext`.
fn extension(name: &str) -> &str {
    let base = name.rsplit('/').next().unwrap_or(name);
    base.rfind('.').map_or("", |at| &base[at..])
}

fn output(linter: &mut Linter<'_>, name: &str, text: &str, options: &LintOptions) -> bool {
    let first = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    if first.starts_with([' ', '\t']) {
        let line = gotemplate::fmt::quote(first.as_bytes());
        let said = format!(
            "document starts with an illegal indent: {line}, which may cause parsing problems"
        );
        linter.say(Severity::Warning, name, said);
    }
    for document in documents(text) {
        match document {
            Ok(object) => object_rules(linter, name, &object, text, options),
            Err(reason) => {
                linter.say(Severity::Error, name, format!("unable to parse YAML: {reason}"));
                return false;
            }
        }
    }
    true
}

fn object_rules(
    linter: &mut Linter<'_>,
    file: &str,
    object: &Object,
    text: &str,
    options: &LintOptions,
) {
    let Object { api_version, kind, name } = object;
    if let Some(said) = names::refuse(kind, name) {
        linter.say(Severity::Warning, file, said);
    }
    let kubernetes = options.kube_version.as_deref();
    if let Some(said) = deprecated::warning(api_version, kind, kubernetes) {
        linter.say(Severity::Warning, file, said);
    }
    let workload =
        matches!(kind.as_str(), "Deployment" | "ReplicaSet" | "DaemonSet" | "StatefulSet");
    if workload && !text.contains("matchLabels") && !text.contains("matchExpressions") {
        let name = gotemplate::fmt::quote(name.as_bytes());
        let said =
            format!("a {kind} must contain matchLabels or matchExpressions, and {name} does not");
        linter.say(Severity::Error, file, said);
    }
    if kind == "List" {
        linter.rule(Severity::Error, file, list(text));
    }
}

const METADATA: Struct = Struct {
    name: "struct { Annotations map[string]string }",
    fields: &[("annotations", Shape::Texts(&Shape::Text))],
};
const ITEM: Struct = Struct {
    name: "struct { Metadata struct { Annotations map[string]string } }",
    fields: &[("metadata", Shape::Struct(&METADATA))],
};
const LIST: Struct = Struct {
    name: "struct { Items []struct { Metadata struct { Annotations map[string]string } } }",
    fields: &[("items", Shape::List(&Shape::Struct(&ITEM)))],
};

/// Helm does not heed its resource policy inside a list. Only the first document is looked at.
fn list(text: &str) -> Result<(), String> {
    let unreadable = |reason: String| format!("unable to parse YAML: {reason}");
    let json = yaml::from_str(text).map_err(|error| unreadable(error.to_string()))?;
    let list = decode(&json, &Shape::Struct(&LIST)).map_err(unreadable)?;
    let items = list.get("items").and_then(Json::as_array).map_or(&[][..], Vec::as_slice);
    let kept = |item: &Json| {
        let annotations = item.pointer("/metadata/annotations");
        annotations.is_some_and(|all| all.get("helm.sh/resource-policy").is_some())
    };
    if items.iter().any(kept) {
        return Err("annotation 'helm.sh/resource-policy' within List objects are ignored".into());
    }
    Ok(())
}
