//! What the dot of each chart's templates holds: `.Values`, `.Release`, `.Chart`, `.Files`, ….
//!
//! Templates of one chart share one dot, and a subchart's `.Values` is the very map that its
//! parent holds under its name: what one sets, the others see.

use super::Release;
use crate::capabilities::Capabilities;
use crate::chart::{Chart, Dependency, Metadata};
use crate::files::Files;
use finding::{Path, Segment};
use gotemplate::{Map, MapType, Value};
use serde_json::Value as Json;
use sprig::json::to_value;
use std::collections::HashMap;

/// The dots by their charts' paths.
pub(super) struct Scopes {
    dots: HashMap<String, Map>,
    /// The root's `.Values`.
    pub(super) values: Value,
}

impl Scopes {
    /// The dot of a chart, with `.Template` telling the template that is next.
    pub(super) fn dot(&self, chart: &str, name: &str, base: &str) -> Option<Value> {
        let dot = self.dots.get(chart)?;
        let template = Map::of(MapType::Named("common.Values"));
        template.insert("Name", name);
        template.insert("BasePath", base);
        dot.insert("Template", template);
        Some(Value::Map(dot.clone()))
    }

    /// Every chart's dot.
    pub(super) fn dots(&self) -> Vec<Value> {
        self.dots.values().cloned().map(Value::Map).collect()
    }
}

pub(super) fn scopes(
    chart: &Chart,
    values: &Json,
    release: &Release,
    capabilities: &Capabilities,
    integers: &[Path],
) -> Scopes {
    let integers: Vec<&[Segment]> = integers.iter().map(Path::segments).collect();
    let root = named(with_integers(values, &integers));
    let shared = Shared { release: release_map(release), capabilities: capabilities.to_value() };
    let mut dots = HashMap::new();
    scope(chart, chart.name(), root.clone(), true, &shared, &mut dots);
    Scopes { dots, values: root }
}

struct Shared {
    release: Map,
    capabilities: Value,
}

/// The values, with int64 at these paths where all other numbers are float64.
fn with_integers(values: &Json, paths: &[&[Segment]]) -> Value {
    if paths.is_empty() {
        return to_value(values);
    }
    let below = |step: &Segment| -> Vec<&[Segment]> {
        let steps = paths.iter().filter_map(|path| path.split_first());
        steps.filter(|(first, _)| *first == step).map(|(_, rest)| rest).collect()
    };
    match values {
        Json::Number(number) if paths.iter().any(|path| path.is_empty()) => {
            number.as_i64().map_or_else(|| to_value(values), Value::int64)
        }
        Json::Array(items) => Value::list(
            items
                .iter()
                .enumerate()
                .map(|(at, item)| with_integers(item, &below(&Segment::Index(at))))
                .collect(),
        ),
        Json::Object(map) => {
            let entries = map.iter().map(|(key, value)| {
                let paths = below(&Segment::Key(key.clone()));
                (key.as_str(), with_integers(value, &paths))
            });
            Value::Map(entries.collect::<Map>())
        }
        _ => to_value(values),
    }
}

/// The root's values are `common.Values`, a named map type.
fn named(value: Value) -> Value {
    let Value::Map(map) = value else {
        return Value::Map(Map::of(MapType::Named("common.Values")));
    };
    let entries = map.snapshot().into_iter().collect();
    Value::Map(Map::from_entries(entries, MapType::Named("common.Values")))
}

fn release_map(release: &Release) -> Map {
    let map = Map::new();
    map.insert("Name", release.name.as_str());
    map.insert("Namespace", release.namespace.as_str());
    map.insert("IsUpgrade", release.is_upgrade);
    map.insert("IsInstall", !release.is_upgrade && release.revision > 0);
    map.insert("Revision", Value::int(release.revision));
    map.insert("Service", "Helm");
    map
}

fn scope(
    chart: &Chart,
    path: &str,
    values: Value,
    root: bool,
    shared: &Shared,
    dots: &mut HashMap<String, Map>,
) -> Map {
    let subcharts = Map::new();
    for child in &chart.dependencies {
        let below = match &values {
            Value::Map(map) => map.get(child.name().as_bytes()),
            _ => None,
        };
        let below = below.unwrap_or_else(|| Value::Map(Map::new()));
        share_globals(&values, &below);
        let child_path = format!("{path}/charts/{}", child.name());
        let dot = scope(child, &child_path, below, false, shared, dots);
        subcharts.insert(child.name(), dot);
    }
    let dot = Map::of(MapType::Named("common.Values"));
    dot.insert("Chart", chart_map(&chart.metadata, root));
    dot.insert("Files", Files::value(&chart.files));
    dot.insert("Release", shared.release.clone());
    dot.insert("Capabilities", shared.capabilities.clone());
    dot.insert("Values", values);
    dot.insert("Subcharts", subcharts);
    dots.insert(path.to_owned(), dot.clone());
    dot
}

/// Of `global`, Go copies the tables for a subchart and shares what is in them: what a template
/// sets in `global.one.two`, templates of all charts see, and numbers keep the type that they have.
fn share_globals(above: &Value, below: &Value) {
    let (Some(above), Some(below)) = (field(above, b"global"), field(below, b"global")) else {
        return;
    };
    for (key, value) in above.snapshot() {
        match (value, below.get(key.as_bytes())) {
            (Value::Map(above), Some(Value::Map(below))) => {
                for (name, value) in above.snapshot() {
                    if below.contains_key(name.as_bytes()) {
                        below.insert(name, value);
                    }
                }
            }
            (Value::Map(_), _) | (_, None | Some(Value::Map(_))) => {}
            (value, Some(_)) => below.insert(key, value),
        }
    }
}

fn field(values: &Value, name: &[u8]) -> Option<Map> {
    let Value::Map(values) = values else { return None };
    match values.get(name) {
        Some(Value::Map(field)) => Some(field),
        _ => None,
    }
}

/// `.Chart`: a map of the metadata under Go's field names.
fn chart_map(metadata: &Metadata, root: bool) -> Map {
    let map = Map::new();
    let texts = [
        ("Name", &metadata.name),
        ("Home", &metadata.home),
        ("Version", &metadata.version),
        ("Description", &metadata.description),
        ("Icon", &metadata.icon),
        ("APIVersion", &metadata.api_version),
        ("Condition", &metadata.condition),
        ("Tags", &metadata.tags),
        ("AppVersion", &metadata.app_version),
        ("KubeVersion", &metadata.kube_version),
        ("Type", &metadata.kind),
    ];
    for (name, text) in texts {
        map.insert(name, text.as_str());
    }
    map.insert("Deprecated", metadata.deprecated);
    map.insert("IsRoot", root);
    map.insert("Sources", texts_of(&metadata.sources));
    map.insert("Keywords", texts_of(&metadata.keywords));
    let maintainers = metadata.maintainers.iter().map(|maintainer| {
        let entry = Map::new();
        entry.insert("Name", maintainer.name.as_str());
        entry.insert("Email", maintainer.email.as_str());
        entry.insert("URL", maintainer.url.as_str());
        Value::Map(entry)
    });
    map.insert("Maintainers", Value::list(maintainers.collect()));
    let dependencies = metadata.dependencies.iter().map(dependency).collect();
    map.insert("Dependencies", Value::list(dependencies));
    let annotations = metadata.annotations.iter();
    let annotations =
        annotations.map(|(key, text)| (key.as_str().into(), Value::from(text.as_str())));
    if metadata.annotations.is_empty() {
        map.insert("Annotations", Map::nil(MapType::Str));
    } else {
        map.insert("Annotations", Map::from_entries(annotations.collect(), MapType::Str));
    }
    map
}

/// Helm's chart has gone through a `map[string]interface {}`: its lists hold anything.
fn texts_of(texts: &[String]) -> Value {
    Value::list(texts.iter().map(|text| Value::from(text.as_str())).collect())
}

fn dependency(dependency: &Dependency) -> Value {
    let entry = Map::new();
    entry.insert("Name", dependency.name.as_str());
    entry.insert("Version", dependency.version.as_str());
    entry.insert("Repository", dependency.repository.as_str());
    entry.insert("Condition", dependency.condition.as_str());
    entry.insert("Alias", dependency.alias.as_str());
    entry.insert("Enabled", dependency.enabled);
    entry.insert(
        "ImportValues",
        Value::list(dependency.import_values.iter().map(to_value).collect()),
    );
    entry.insert("Tags", texts_of(&dependency.tags));
    Value::Map(entry)
}
