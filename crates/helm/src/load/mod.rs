//! Bytes to a [`Chart`]: a folder's files, a `.tgz` or a `.zip`, subcharts included.

mod archive;
pub(crate) mod glob;
mod ignore;
pub(crate) mod metadata;
mod values;

use crate::chart::{Chart, File, Preset};
use crate::limits::Limits;
use serde_json::Value as Json;
use std::collections::BTreeMap;
use thiserror::Error;

pub(crate) use ignore::file_match;

pub use archive::unpack;
pub use values::read_values;

/// Why something is no chart: what, where, and what to do.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum LoadError {
    #[error("Chart.yaml file is missing")]
    NoChartYaml,
    #[error("cannot load {file}: {reason}")]
    File { file: String, reason: String },
    #[error("validation: {0}")]
    Invalid(String),
    /// An `apiVersion` that this Helm does not render.
    #[error("{0}")]
    Refused(&'static str),
    #[error("{0}")]
    Archive(String),
    #[error(
        "this archive unpacks to more than {limit} MiB (stopped at {file}); Helm's own limit is 100 MiB"
    )]
    TooLarge { limit: usize, file: String },
    #[error("more than {limit} files; a chart has fewer")]
    TooMany { limit: usize },
    #[error("error unpacking subchart {name} in {parent}: {source}")]
    Subchart { name: String, parent: String, source: Box<LoadError> },
}

/// Loads a folder's files, names relative to the chart's folder; `.helmignore` is heeded. A name
/// that ends in `/` is an empty folder, of which a chart knows nothing.
pub fn load_files(files: Vec<File>, limits: &Limits) -> Result<Chart, LoadError> {
    load(files, limits, true)
}

fn load(files: Vec<File>, limits: &Limits, rendered: bool) -> Result<Chart, LoadError> {
    let rules = files.iter().find(|file| file.name == ".helmignore");
    let rules = ignore::Rules::parse(rules.map(File::text).as_deref().unwrap_or_default())?;
    let kept = |file: &File| !file.name.ends_with('/') && !rules.ignore(&file.name);
    let kept = files.into_iter().filter(kept).collect();
    let mut budget = limits.unpacked;
    build(kept, limits, &mut budget, 0, rendered)
}

/// [`load_files`] for `helm lint`, which judges the `apiVersion` itself.
pub(crate) fn load_any_version(files: Vec<File>, limits: &Limits) -> Result<Chart, LoadError> {
    load(files, limits, false)
}

/// Loads a `.tgz` or `.zip`, told apart by content.
pub fn load_archive(bytes: &[u8], limits: &Limits) -> Result<Chart, LoadError> {
    let mut budget = limits.unpacked;
    let files = archive::chart_files(bytes, limits, &mut budget)?;
    build(files, limits, &mut budget, 0, true)
}

/// `budget` is what all archives inside may still unpack to together. `rendered`: the `apiVersion`
/// must be one that this Helm renders, which it asks of the chart itself but not of its subcharts.
fn build(
    mut files: Vec<File>,
    limits: &Limits,
    budget: &mut usize,
    depth: usize,
    rendered: bool,
) -> Result<Chart, LoadError> {
    if files.len() > limits.entries {
        return Err(LoadError::TooMany { limit: limits.entries });
    }
    for file in &mut files {
        if file.data.starts_with(b"\xef\xbb\xbf") {
            file.data.drain(..3);
        }
    }
    let mut chart = Chart { raw: files.clone(), values: empty(), ..Chart::default() };
    if rendered {
        metadata::base(&files)?;
    }
    let read = metadata::of(&files)?;
    if rendered {
        metadata::loaded_version(&read.metadata)?;
    }
    chart.metadata = read.metadata.clone();
    let mut below: BTreeMap<String, Vec<File>> = BTreeMap::new();
    for file in files {
        sort(file, &mut chart, &mut below)?;
    }
    metadata::validate(&read)?;
    if rendered {
        metadata::rendered_version(&read.metadata)?;
    }
    for (name, files) in below {
        let subchart = subchart(&name, files, limits, budget, depth, &chart)?;
        chart.dependencies.push(subchart);
    }
    Ok(chart)
}

fn empty() -> Json {
    Json::Object(serde_json::Map::new())
}

/// Puts a file where it belongs in the chart.
fn sort(
    file: File,
    chart: &mut Chart,
    below: &mut BTreeMap<String, Vec<File>>,
) -> Result<(), LoadError> {
    if let Some(rest) = file.name.strip_prefix("charts/") {
        let name = rest.split('/').next().unwrap_or_default().to_owned();
        if !name.starts_with(['_', '.']) {
            let data = file.data;
            let inner = rest.strip_prefix(&name).unwrap_or_default().trim_start_matches('/');
            below.entry(name).or_default().push(File { name: inner.to_owned(), data });
        }
        return Ok(());
    }
    match file.name.as_str() {
        "Chart.yaml" | "Chart.lock" => return Ok(()),
        "requirements.yaml" | "requirements.lock" if chart.metadata.api_version != "v1" => {
            return Ok(());
        }
        "values.yaml" => {
            chart.values = values(&file)?;
            chart.values_text = file.text();
            return Ok(());
        }
        "values.schema.json" => {
            chart.schema = Some(file.data);
            return Ok(());
        }
        _ => {}
    }
    if file.name.starts_with("templates/") {
        chart.templates.push(file);
        return Ok(());
    }
    if let Some(name) = preset_name(&file.name) {
        // A preset that cannot be read is only a file; Helm does not read it either.
        if let Ok(values) = values(&file) {
            let (name, text) = (name.to_owned(), file.text());
            chart.presets.push(Preset { name, file: file.name.clone(), text, values });
        }
    }
    let manifest = [".yaml", ".yml", ".json"].iter().any(|end| file.name.ends_with(end));
    if file.name.starts_with("crds/") && manifest {
        chart.crds.push(file.clone());
    }
    chart.files.push(file);
    Ok(())
}

fn values(file: &File) -> Result<Json, LoadError> {
    read_values(&file.data).map_err(|reason| LoadError::File { file: file.name.clone(), reason })
}

fn preset_name(file: &str) -> Option<&str> {
    let name = file.strip_suffix(".yaml").or_else(|| file.strip_suffix(".yml"))?;
    if let Some(name) = name.strip_prefix("ci/") {
        return name.strip_suffix("-values");
    }
    let name = name.strip_prefix("values")?.strip_prefix(['-', '.', '_'])?;
    (!name.is_empty() && !name.contains('/')).then_some(name)
}

fn subchart(
    name: &str,
    files: Vec<File>,
    limits: &Limits,
    budget: &mut usize,
    depth: usize,
    parent: &Chart,
) -> Result<Chart, LoadError> {
    let wrap = |source: LoadError| LoadError::Subchart {
        name: name.to_owned(),
        parent: parent.name().to_owned(),
        source: Box::new(source),
    };
    if depth >= limits.nesting {
        return Err(wrap(LoadError::Archive(format!(
            "charts are nested more than {} deep",
            limits.nesting
        ))));
    }
    if let [File { name: inner, data }] = files.as_slice()
        && inner.is_empty()
    {
        if !name.ends_with(".tgz") {
            return Err(wrap(LoadError::NoChartYaml));
        }
        let files = archive::chart_files(data, limits, budget).map_err(wrap)?;
        return build(files, limits, budget, depth + 1, false).map_err(wrap);
    }
    build(files, limits, budget, depth + 1, false).map_err(wrap)
}
