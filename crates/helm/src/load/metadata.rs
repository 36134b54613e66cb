//! Chart.yaml (and a v1 chart's requirements.yaml) into [`Metadata`], with what Helm refuses.

use super::LoadError;
use crate::chart::{File, Metadata};
use crate::decode::{Shape, Struct, decode};
use crate::strict::strictly;
use serde_json::Value as Json;
use std::collections::BTreeSet;

const TEXTS: Shape = Shape::List(&Shape::Text);

const MAINTAINER: Struct = Struct {
    name: "v2.Maintainer",
    fields: &[("name", Shape::Text), ("email", Shape::Text), ("url", Shape::Text)],
};

const DEPENDENCY: Struct = Struct {
    name: "v2.Dependency",
    fields: &[
        ("name", Shape::Text),
        ("version", Shape::Text),
        ("repository", Shape::Text),
        ("condition", Shape::Text),
        ("tags", TEXTS),
        ("enabled", Shape::Bool),
        ("import-values", Shape::List(&Shape::Any)),
        ("alias", Shape::Text),
    ],
};

/// What Helm reads first, to know which kind of chart the rest is of.
const BASE: Struct = Struct { name: "loader.chartBase", fields: &[("apiVersion", Shape::Text)] };

const METADATA: Struct = Struct {
    name: "v2.Metadata",
    fields: &[
        ("name", Shape::Text),
        ("home", Shape::Text),
        ("sources", TEXTS),
        ("version", Shape::Text),
        ("description", Shape::Text),
        ("keywords", TEXTS),
        ("maintainers", Shape::List(&Shape::Struct(&MAINTAINER))),
        ("icon", Shape::Text),
        ("apiVersion", Shape::Text),
        ("condition", Shape::Text),
        ("tags", Shape::Text),
        ("appVersion", Shape::Text),
        ("deprecated", Shape::Bool),
        ("annotations", Shape::Texts(&Shape::Text)),
        ("kubeVersion", Shape::Text),
        ("dependencies", Shape::List(&Shape::Struct(&DEPENDENCY))),
        ("type", Shape::Text),
    ],
};

/// Chart.yaml in its shape, not validated: nulls are left out, except in lists.
///
/// # Errors
/// What Helm says of a text that is not YAML or of another shape.
pub(crate) fn unchecked(data: &[u8]) -> Result<Json, String> {
    let json = yaml::from_slice(data).map_err(|error| error.to_string())?;
    decode(&json, &Shape::Struct(&METADATA))
}

/// What a strict reading of Chart.yaml refuses: keys given twice, keys that nobody knows.
pub(crate) fn strict(data: &[u8]) -> Result<(), String> {
    strictly(data, &Shape::Struct(&METADATA))
}

/// What Chart.yaml says, before Helm validates it.
pub(super) struct Read {
    pub(super) metadata: Metadata,
    /// The list that holds a null, which is refused.
    nulls: Option<&'static str>,
}

/// The metadata of a chart with these files.
pub(super) fn of(files: &[File]) -> Result<Read, LoadError> {
    let file = |name: &str| files.iter().find(|file| file.name == name);
    let chart = file("Chart.yaml").ok_or(LoadError::NoChartYaml)?;
    let (mut json, mut source) = (read(chart)?, chart);
    if let Some(requirements) = file("requirements.yaml") {
        source = requirements;
        // Helm decodes it over what Chart.yaml gave.
        if let (Json::Object(json), Json::Object(more)) = (&mut json, read(requirements)?) {
            json.extend(more);
        }
    }
    let nulls = take_nulls(&mut json);
    let declares = json.get("dependencies").is_some_and(Json::is_array);
    let fail = |error: serde_json::Error| LoadError::File {
        file: source.name.clone(),
        reason: error.to_string(),
    };
    let mut metadata: Metadata = serde_json::from_value(without_nulls(json)).map_err(fail)?;
    metadata.declares = declares;
    if metadata.api_version.is_empty() {
        metadata.api_version = "v1".to_owned();
    }
    Ok(Read { metadata, nulls })
}

/// Whether Chart.yaml can be read as far as Helm reads it to know which kind of chart it is.
pub(super) fn base(files: &[File]) -> Result<(), LoadError> {
    let Some(file) = files.iter().find(|file| file.name == "Chart.yaml") else { return Ok(()) };
    let fail = |reason: String| LoadError::File { file: file.name.clone(), reason };
    let json = yaml::from_slice(&file.data).map_err(|error| fail(error.to_string()))?;
    decode(&json, &Shape::Struct(&BASE)).map_err(fail)?;
    Ok(())
}

fn read(file: &File) -> Result<Json, LoadError> {
    let fail = |reason: String| LoadError::File { file: file.name.clone(), reason };
    match unchecked(&file.data).map_err(fail)? {
        Json::Null => Ok(Json::Object(serde_json::Map::new())),
        json => Ok(json),
    }
}

/// Takes nulls out of the lists of structs; tells the first list that held one.
fn take_nulls(json: &mut Json) -> Option<&'static str> {
    let mut found = None;
    for list in ["maintainers", "dependencies"] {
        if let Some(items) = json.get_mut(list).and_then(Json::as_array_mut) {
            let before = items.len();
            items.retain(|item| !item.is_null());
            if items.len() < before {
                found = found.or(Some(list));
            }
        }
    }
    found
}

/// Nulls in lists of texts are empty texts in Go.
fn without_nulls(json: Json) -> Json {
    match json {
        Json::Object(map) => {
            let below = |(key, value): (String, Json)| {
                let value = if key == "import-values" { value } else { without_nulls(value) };
                (key, value)
            };
            Json::Object(map.into_iter().map(below).collect())
        }
        Json::Array(items) => Json::Array(items.into_iter().map(without_nulls).collect()),
        Json::Null => Json::String(String::new()),
        other => other,
    }
}

/// Whether this Helm loads charts of this `apiVersion`.
pub(super) fn loaded_version(metadata: &Metadata) -> Result<(), LoadError> {
    match metadata.api_version.as_str() {
        "v1" | "v2" | "v3" => Ok(()),
        _ => Err(LoadError::Refused("unsupported chart version")),
    }
}

/// Whether this Helm renders a chart it has loaded: it validates v3 before it refuses it.
pub(super) fn rendered_version(metadata: &Metadata) -> Result<(), LoadError> {
    match metadata.api_version.as_str() {
        "v3" => Err(LoadError::Refused("invalid chart apiVersion")),
        _ => Ok(()),
    }
}

/// Helm's `Validate`, which it asks once all files of the chart are read.
pub(super) fn validate(Read { metadata, nulls }: &Read) -> Result<(), LoadError> {
    let invalid = |text: String| Err(LoadError::Invalid(text));
    let name = &metadata.name;
    if name.is_empty() {
        return invalid("chart.metadata.name is required".to_owned());
    }
    if matches!(name.as_str(), "." | "..") {
        return invalid(format!("chart.metadata.name {name:?} is not allowed"));
    }
    if name.contains('/') {
        return invalid(format!("chart.metadata.name {name:?} is invalid"));
    }
    if metadata.version.is_empty() {
        return invalid("chart.metadata.version is required".to_owned());
    }
    if sprig::semver::Version::parse(&metadata.version).is_none() {
        return invalid(format!("chart.metadata.version {:?} is invalid", metadata.version));
    }
    if !matches!(metadata.kind.as_str(), "" | "application" | "library") {
        return invalid("chart.metadata.type must be application or library".to_owned());
    }
    if let Some(list) = nulls {
        return invalid(format!("{list} must not contain empty or null nodes"));
    }
    dependencies(metadata)
}

fn dependencies(metadata: &Metadata) -> Result<(), LoadError> {
    let mut known = BTreeSet::new();
    for dependency in &metadata.dependencies {
        let alias = &dependency.alias;
        if !alias.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_-".contains(&byte)) {
            let name = &dependency.name;
            let text = format!("dependency {name:?} has disallowed characters in the alias");
            return Err(LoadError::Invalid(text));
        }
        let key = if alias.is_empty() { &dependency.name } else { alias };
        if !known.insert(key) {
            let text = format!("more than one dependency with name or alias {key:?}");
            return Err(LoadError::Invalid(text));
        }
    }
    Ok(())
}
