//! What a person has open: one or more releases, in install order. A lone chart is a stack of
//! one; several come from the static part of a `helmfile.yaml`, beside the charts it names.
//!
//! Followed: helmfile's documented keys `environments`, `releases[].name, namespace, chart,
//! needs, values, condition`, in one part or in several: helmfile 1 wants a `---` line between
//! environments and releases. Templates in it are not run, but for the two names that stand in
//! file paths: `{{ .Environment.Name }}` and `{{ .Release.Name }}`.

use crate::chart::{Chart, File};
use crate::layer::layer;
use crate::limits::Limits;
use crate::load::{LoadError, load_files};
use crate::manifest::split;
use serde::Deserialize;
use serde_json::{Map, Value as Json};
use std::collections::BTreeMap;

/// The file that makes a folder a stack.
pub const HELMFILE: &str = "helmfile.yaml";
/// Beside it: title, description and the rules between releases.
pub const STACK_SCHEMA: &str = "stack.schema.json";

/// Releases in install order, and what stands beside their charts.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Stack {
    /// Empty for a lone chart.
    pub environments: Vec<String>,
    pub releases: Vec<StackRelease>,
    /// Names of releases that need each other in a ring; their order is as written.
    pub cycle: Vec<String>,
    /// Needs that no release of the stack is: who needs, and what.
    pub missing: Vec<(String, String)>,
    /// `stack.schema.json`, where there is one.
    pub schema: Option<Vec<u8>>,
    /// Every file as it was opened, charts included; empty for a lone chart, which has its own.
    pub files: Vec<File>,
}

/// One release of a stack.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct StackRelease {
    pub name: String,
    pub namespace: String,
    /// Folder of the chart, relative to the helmfile; empty for a lone chart.
    pub folder: String,
    pub needs: Vec<String>,
    pub chart: Chart,
    /// Values of each environment, laid together; key is the environment's name.
    pub environments: BTreeMap<String, Json>,
    /// Values that every environment gets.
    pub values: Json,
}

#[derive(Deserialize)]
#[serde(default)]
#[derive(Default)]
struct Helmfile {
    environments: BTreeMap<String, Option<Environment>>,
    releases: Vec<HelmfileRelease>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Environment {
    values: Vec<Json>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct HelmfileRelease {
    name: String,
    namespace: String,
    chart: String,
    needs: Vec<String>,
    values: Vec<Json>,
    condition: String,
}

impl Stack {
    /// A stack of one.
    pub fn of(chart: Chart) -> Self {
        let release = StackRelease { chart, values: empty(), ..StackRelease::default() };
        Self { releases: vec![release], ..Self::default() }
    }

    /// Whether the folder's files are a stack: a helmfile and no chart of their own.
    pub fn is_stack(files: &[File]) -> bool {
        let has = |name: &str| files.iter().any(|file| file.name == name);
        has(HELMFILE) && !has("Chart.yaml")
    }

    /// Loads the folder's files, names relative to the helmfile.
    ///
    /// # Errors
    /// What is wrong with the helmfile, or with a chart that it names.
    pub fn load(files: Vec<File>, limits: &Limits) -> Result<Self, LoadError> {
        let helmfile: Helmfile = typed(&files)?;
        if helmfile.releases.is_empty() {
            return Err(broken("it names no releases"));
        }
        let environments: Vec<String> = helmfile.environments.keys().cloned().collect();
        let mut releases = Vec::new();
        for release in &helmfile.releases {
            if installed(release, &helmfile, &files) {
                releases.push(open(release, &environments, &files, limits)?);
            }
        }
        let missing = missing(&releases);
        let (releases, cycle) = in_order(releases);
        let schema = find(&files, STACK_SCHEMA).map(|file| file.data.clone());
        let environments = by_stage(environments);
        Ok(Self { environments, releases, cycle, missing, schema, files })
    }
}

/// Names of presets or environments as people speak of them: production last, staging before it.
pub fn by_stage(mut names: Vec<String>) -> Vec<String> {
    let stage = |name: &String| match name.as_str() {
        "staging" | "stage" | "test" => 1,
        "production" | "prod" => 2,
        _ => 0,
    };
    names.sort_by(|a, b| stage(a).cmp(&stage(b)).then_with(|| a.cmp(b)));
    names
}

fn empty() -> Json {
    Json::Object(Map::new())
}

fn broken(reason: impl Into<String>) -> LoadError {
    LoadError::File { file: HELMFILE.to_owned(), reason: reason.into() }
}

fn find<'f>(files: &'f [File], name: &str) -> Option<&'f File> {
    files.iter().find(|file| file.name == name)
}

fn typed(files: &[File]) -> Result<Helmfile, LoadError> {
    let file = find(files, HELMFILE).ok_or_else(|| broken("there is none"))?;
    let text = std::str::from_utf8(&file.data).map_err(|error| broken(error.to_string()))?;
    let mut whole = Helmfile::default();
    for (_, part) in split(text) {
        let json = yaml::from_str(part).map_err(|error| broken(error.to_string()))?;
        let json = if json.is_null() { empty() } else { json };
        let part: Helmfile =
            serde_json::from_value(json).map_err(|error| broken(error.to_string()))?;
        whole.environments.extend(part.environments);
        whole.releases.extend(part.releases);
    }
    Ok(whole)
}

/// `condition: database.enabled` is looked up in the environments' values; what none sets is on.
fn installed(release: &HelmfileRelease, helmfile: &Helmfile, files: &[File]) -> bool {
    if release.condition.is_empty() {
        return true;
    }
    let pointer = format!("/{}", release.condition.replace('.', "/"));
    let environments = helmfile.environments.values().flatten();
    let mut set = environments
        .flat_map(|environment| &environment.values)
        .filter_map(|entry| entry_values(entry, files, "", "").ok())
        .filter_map(|values| values.pointer(&pointer).and_then(Json::as_bool));
    set.next_back().unwrap_or(true)
}

fn open(
    release: &HelmfileRelease,
    environments: &[String],
    files: &[File],
    limits: &Limits,
) -> Result<StackRelease, LoadError> {
    if release.name.is_empty() {
        return Err(broken("a release has no name"));
    }
    let folder = relative(&release.chart);
    let prefix = format!("{folder}/");
    let inside = |file: &File| {
        let name = file.name.strip_prefix(&prefix)?;
        Some(File { name: name.to_owned(), data: file.data.clone() })
    };
    let chart: Vec<File> = files.iter().filter_map(inside).collect();
    if chart.is_empty() {
        let (name, chart) = (&release.name, &release.chart);
        return Err(broken(format!(
            "the chart {chart} of release {name} is not in this folder; only charts beside the helmfile can be opened"
        )));
    }
    let (fixed, staged): (Vec<&Json>, Vec<&Json>) =
        release.values.iter().partition(|entry| !names_environment(entry));
    let mut by_environment = BTreeMap::new();
    for environment in environments {
        let mut values = empty();
        for entry in &staged {
            layer(&mut values, entry_values(entry, files, environment, &release.name)?);
        }
        by_environment.insert(environment.clone(), values);
    }
    let mut values = empty();
    for entry in fixed {
        layer(&mut values, entry_values(entry, files, "default", &release.name)?);
    }
    Ok(StackRelease {
        name: release.name.clone(),
        namespace: release.namespace.clone(),
        needs: release.needs.iter().map(|need| need_name(need)).collect(),
        chart: load_files(chart, limits)
            .map_err(|error| LoadError::File { file: folder.clone(), reason: error.to_string() })?,
        folder,
        environments: by_environment,
        values,
    })
}

fn names_environment(entry: &Json) -> bool {
    entry.as_str().is_some_and(|file| file.contains(".Environment.Name"))
}

/// One entry of `values`: a file beside the helmfile, or the values themselves.
fn entry_values(
    entry: &Json,
    files: &[File],
    environment: &str,
    release: &str,
) -> Result<Json, LoadError> {
    let Json::String(name) = entry else { return Ok(entry.clone()) };
    let name = relative(&fill(name, environment, release));
    let file = find(files, &name)
        .ok_or_else(|| broken(format!("the values file {name} is not in this folder")))?;
    match yaml::from_slice(&file.data) {
        Ok(Json::Null) => Ok(empty()),
        Ok(values) => Ok(values),
        Err(error) => Err(LoadError::File { file: name, reason: error.to_string() }),
    }
}

fn fill(text: &str, environment: &str, release: &str) -> String {
    let mut text = text.to_owned();
    for (name, value) in [(".Environment.Name", environment), (".Release.Name", release)] {
        for action in [format!("{{{{ {name} }}}}"), format!("{{{{{name}}}}}")] {
            text = text.replace(&action, value);
        }
    }
    text
}

fn relative(path: &str) -> String {
    path.trim_start_matches("./").trim_end_matches('/').to_owned()
}

/// `namespace/name` and `context/namespace/name` name a release too.
fn need_name(need: &str) -> String {
    need.rsplit('/').next().unwrap_or(need).to_owned()
}

/// Needs that name no release.
fn missing(releases: &[StackRelease]) -> Vec<(String, String)> {
    let known = |need: &&String| releases.iter().any(|release| release.name == **need);
    let of = |release: &StackRelease| {
        let gone = release.needs.iter().filter(|need| !known(need)).cloned();
        gone.map(|need| (release.name.clone(), need)).collect::<Vec<_>>()
    };
    releases.iter().flat_map(of).collect()
}

/// What is needed comes first, else the written order; and the names left in a ring.
fn in_order(mut waiting: Vec<StackRelease>) -> (Vec<StackRelease>, Vec<String>) {
    let mut done: Vec<StackRelease> = Vec::new();
    loop {
        let names: Vec<String> = waiting.iter().map(|release| release.name.clone()).collect();
        let ready = waiting
            .iter()
            .position(|release| !release.needs.iter().any(|need| names.contains(need)));
        let Some(ready) = ready else { break };
        done.push(waiting.remove(ready));
    }
    let ring = waiting.iter().map(|release| release.name.clone()).collect();
    done.extend(waiting);
    (done, ring)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(name: &str, text: &str) -> File {
        File { name: name.to_owned(), data: text.as_bytes().to_vec() }
    }

    fn chart(name: &str) -> Vec<File> {
        let metadata = format!("apiVersion: v2\nname: {name}\nversion: 0.1.0\n");
        vec![file(&format!("{name}/Chart.yaml"), &metadata)]
    }

    fn stack(helmfile: &str) -> Result<Stack, LoadError> {
        let mut files = vec![
            file(HELMFILE, helmfile),
            file("a/values-prod.yaml", "replicas: 3\n"),
            file("a/values-local.yaml", "replicas: 1\n"),
        ];
        files.extend(chart("a"));
        files.extend(chart("b"));
        Stack::load(files, &Limits::default())
    }

    #[test]
    fn what_is_needed_comes_first() {
        let stack = stack(
            "environments: {local: {}, prod: {}}\nreleases:\n- {name: one, chart: ./a, needs: [default/two], values: ['./a/values-{{ .Environment.Name }}.yaml', {x: 1}]}\n- {name: two, chart: ./b}\n",
        )
        .unwrap();
        let names: Vec<&str> = stack.releases.iter().map(|it| it.name.as_str()).collect();
        assert_eq!(names, ["two", "one"]);
        assert_eq!(stack.environments, ["local", "prod"]);
        assert_eq!(stack.releases[1].environments["prod"], serde_json::json!({"replicas": 3}));
        assert_eq!(stack.releases[1].values, serde_json::json!({"x": 1}));
        assert!(stack.cycle.is_empty());
    }

    #[test]
    fn environments_and_releases_may_stand_in_parts_of_their_own() {
        let stack = stack(
            "# The stack.\nenvironments:\n  local: {}\n\n---\nreleases:\n- {name: one, chart: ./a}\n",
        )
        .unwrap();
        assert_eq!(stack.environments, ["local"]);
        assert_eq!(stack.releases[0].name, "one");
    }

    #[test]
    fn a_ring_is_told() {
        let stack = stack(
            "releases:\n- {name: one, chart: ./a, needs: [two]}\n- {name: two, chart: ./b, needs: [one]}\n",
        )
        .unwrap();
        assert_eq!(stack.cycle, ["one", "two"]);
    }

    #[test]
    fn a_need_that_is_no_release_is_told() {
        let stack = stack("releases:\n- {name: one, chart: ./a, needs: [x/cache]}\n").unwrap();
        assert_eq!(stack.missing, [("one".to_owned(), "cache".to_owned())]);
    }

    #[test]
    fn a_release_can_be_switched_off() {
        let stack = stack(
            "environments: {default: {values: [{b: {enabled: false}}]}}\nreleases:\n- {name: one, chart: a}\n- {name: two, chart: b, condition: b.enabled}\n",
        )
        .unwrap();
        assert_eq!(stack.releases.len(), 1);
    }

    #[test]
    fn a_chart_elsewhere_is_refused_with_its_name() {
        let error = stack("releases:\n- {name: one, chart: stable/x}\n").unwrap_err();
        assert!(error.to_string().contains("stable/x"), "{error}");
    }
}
