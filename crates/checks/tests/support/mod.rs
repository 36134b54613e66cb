//! A bundled chart as the page checks it: its values, its form, and what it renders.

use checks::Checker;
use checks::manifests::{ManifestChecks, Object};
use finding::{Finding, ManifestRef};
use helm::{
    Capabilities, Chart, File, Limits, Options, Place, Release, Renderer, Timestamp, World,
};
use schema::Form;
use serde_json::Value as Json;
use std::path::{Path, PathBuf};
use std::rc::Rc;

/// The repository's folder.
pub(crate) fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// Lays `over` over `base`, as a values file over the defaults: null removes.
pub(crate) fn layer(base: &mut Json, over: &Json) {
    match (base, over) {
        (Json::Object(base), Json::Object(over)) => {
            for (key, value) in over {
                if value.is_null() {
                    base.remove(key);
                    continue;
                }
                layer(base.entry(key).or_insert(Json::Null), value);
            }
        }
        (base, over) => *base = over.clone(),
    }
}

/// No chart of the catalog asks for time or random bytes.
struct Still;

impl World for Still {
    fn now(&self) -> Timestamp {
        Timestamp::default()
    }

    fn fill_random(&self, _: Place<'_>, out: &mut [u8]) {
        out.fill(0);
    }
}

pub(crate) struct Deployment {
    pub(crate) form: Form,
    pub(crate) schema: Json,
    pub(crate) values: Json,
    checker: Checker,
    manifests: ManifestChecks,
    pub(crate) policies: Vec<Json>,
    renderer: Renderer,
}

impl Deployment {
    pub(crate) fn open(name: &str) -> Self {
        let chart = helm::load_files(files(name), &Limits::default()).unwrap();
        let bytes = chart.schema.clone().unwrap();
        let schema: Json = serde_json::from_slice(&bytes).unwrap();
        let mut manifests = ManifestChecks::default();
        manifests.add_schema(&schema);
        let policies = policies(&chart);
        manifests.add_policies(&policies);
        Self {
            form: Form::build(Some(&schema), &chart.values, &chart.values_text),
            schema,
            values: chart.values.clone(),
            checker: Checker::new(Some(&bytes)),
            manifests,
            policies,
            renderer: Renderer::new(chart, Rc::new(Still)),
        }
    }

    /// What is laid over the defaults: nothing, or one of the chart's presets.
    pub(crate) fn presets(&self) -> Vec<(String, Json)> {
        let presets = self.renderer.chart().presets.iter();
        let presets = presets.map(|preset| (preset.name.clone(), preset.values.clone()));
        std::iter::once(("defaults".to_owned(), Json::Null)).chain(presets).collect()
    }

    /// The defaults with `over` laid over them.
    pub(crate) fn values(&self, over: &Json) -> Json {
        let mut values = self.values.clone();
        if !over.is_null() {
            layer(&mut values, over);
        }
        values
    }

    pub(crate) fn check_values(&self, over: &Json) -> Vec<Finding> {
        self.checker.check_values(&self.values(over), &self.form)
    }

    /// Everything that is rendered with `over`, hooks too.
    pub(crate) fn objects(&mut self, over: &Json) -> Vec<Object> {
        let over = if over.is_null() { serde_json::json!({}) } else { over.clone() };
        let (release, options) = (Release::default(), Options::default());
        let rendered = self.renderer.render(&over, &release, &Capabilities::default(), &options);
        assert_eq!(rendered.errors.first().map(|error| &error.message), None);
        let manifests = rendered.manifests.iter().chain(&rendered.hooks);
        manifests
            .map(|manifest| Object {
                release: String::new(),
                reference: ManifestRef {
                    source: manifest.source.clone(),
                    kind: manifest.kind.clone(),
                    name: manifest.name.clone(),
                },
                json: Rc::new(yaml::from_str(&manifest.text).unwrap()),
            })
            .collect()
    }

    pub(crate) fn check_objects(&self, objects: &[Object]) -> Vec<Finding> {
        let alone = objects.iter().flat_map(|object| self.manifests.check_object(object));
        alone.chain(self.manifests.check_between(objects)).collect()
    }
}

fn policies(chart: &Chart) -> Vec<Json> {
    let files = chart.files.iter().filter(|file| file.name.starts_with("policies/"));
    files.map(|file| yaml::from_str(&file.text()).unwrap()).collect()
}

/// Every file of a deployment, by its name in the folder.
pub(crate) fn files(name: &str) -> Vec<File> {
    let folder = root().join("charts").join(name);
    let mut files = Vec::new();
    walk(&folder, &folder, &mut files);
    files
}

fn walk(root: &Path, folder: &Path, files: &mut Vec<File>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            walk(root, &path, files);
        } else {
            let name = path.strip_prefix(root).unwrap().to_str().unwrap().replace('\\', "/");
            files.push(File { name, data: std::fs::read(&path).unwrap() });
        }
    }
}

/// Sets or, with null, removes what stands at a JSON pointer of one object.
pub(crate) fn patch(objects: &mut [Object], change: &Json) {
    let object = objects.iter_mut().find(|object| {
        change["kind"] == object.reference.kind.as_str()
            && change["name"] == object.reference.name.as_str()
    });
    let object = object.unwrap_or_else(|| panic!("{change} names an object"));
    let mut json = object.json.as_ref().clone();
    let (parent, key) = change["pointer"].as_str().unwrap().rsplit_once('/').unwrap();
    let key = &key.replace("~1", "/").replace("~0", "~");
    match (json.pointer_mut(parent).unwrap(), &change["value"]) {
        (Json::Object(parent), Json::Null) => drop(parent.remove(key).unwrap()),
        (Json::Array(items), Json::Null) => drop(items.remove(key.parse().unwrap())),
        (Json::Object(parent), value) => drop(parent.insert(key.to_owned(), value.clone())),
        (parent, value) => parent[key.parse::<usize>().unwrap()] = value.clone(),
    }
    let text = |pointer: &str| json.pointer(pointer).and_then(Json::as_str).map(str::to_owned);
    object.reference.kind = text("/kind").unwrap_or_default();
    object.reference.name = text("/metadata/name").unwrap_or_default();
    object.json = Rc::new(json);
}
