//! Files to download, from the same inputs as a preview.

mod bundle;
mod guide;
mod images;
mod secrets;

use crate::job::Job;
use crate::open::ExportKind;
use crate::outcome::Exported;
use crate::stack::{OpenRelease, OpenStack};
use crate::values::{differences, minimal};
use finding::Segment;
use serde_json::Value as Json;
use yaml::edit::Step;

const YAML: &str = "application/yaml";
const ZIP: &str = "application/zip";

/// Makes the file.
///
/// # Errors
/// One line that says why there is none.
pub(crate) fn export(
    open: &mut OpenStack,
    job: &Job,
    kind: &ExportKind,
) -> Result<Exported, String> {
    // Where lines came from is the preview's business: its record must stay its own.
    let job = &Job { provenance: false, ..job.clone() };
    let file = |name: String, media: &str, data: Vec<u8>| {
        Ok(Exported { name, media: media.to_owned(), data })
    };
    match kind {
        ExportKind::MinimalValues { release } => {
            let release = find(open, release)?;
            let tree = minimal(&release.defaults, &release.given(job));
            file("values.yaml".to_owned(), YAML, to_yaml(&tree)?.into_bytes())
        }
        ExportKind::FullValues { release } => {
            let text = full_values(find(open, release)?, job)?;
            file("values-full.yaml".to_owned(), YAML, text.into_bytes())
        }
        ExportKind::ChartArchive { release } => {
            let chart = find(open, release)?.renderer.chart();
            let data = helm::package(chart).map_err(|error| error.to_string())?;
            let name = format!("{}-{}.tgz", chart.metadata.name, chart.metadata.version);
            file(name, "application/gzip", data)
        }
        ExportKind::ChartZip { release } => {
            let chart = find(open, release)?.renderer.chart();
            let data = helm::package_zip(chart).map_err(|error| error.to_string())?;
            let name = format!("{}-{}.zip", chart.metadata.name, chart.metadata.version);
            file(name, ZIP, data)
        }
        ExportKind::Manifests => {
            let mut stream = String::new();
            for rendered in render_all(open, job)? {
                stream.push_str(&helm::to_stream(&rendered));
            }
            file("manifests.yaml".to_owned(), YAML, stream.into_bytes())
        }
        ExportKind::Secrets { options } => {
            let (name, text) = bundle::secrets_alone(open, job, options)?;
            let media = if name.ends_with(".yaml") { YAML } else { "text/plain" };
            file(name, media, text.into_bytes())
        }
        ExportKind::Everything { options } => {
            let data = bundle::everything(open, job, options)?;
            file(format!("{}.zip", slug(&open.card.name)), ZIP, data)
        }
    }
}

/// Renders every release as Helm does: the first error ends it.
fn render_all(open: &mut OpenStack, job: &Job) -> Result<Vec<helm::Rendered>, String> {
    let mut all = Vec::new();
    for (at, release) in open.releases.iter_mut().enumerate() {
        let input = release.input(job, at);
        let given = release.given(job);
        let rendered = release.render(job, &input, &given, false);
        if let Some(error) = rendered.errors.first() {
            return Err(error.message.clone());
        }
        all.push(rendered);
    }
    Ok(all)
}

fn find<'s>(open: &'s OpenStack, name: &str) -> Result<&'s OpenRelease, String> {
    let named = open.releases.iter().find(|release| release.card.name == name);
    named.or(open.releases.first()).ok_or_else(|| "no chart is open".to_owned())
}

fn to_yaml(tree: &Json) -> Result<String, String> {
    yaml::to_string(tree).map_err(|error| error.to_string())
}

/// values.yaml with the preset and the edits written into its text.
fn full_values(release: &OpenRelease, job: &Job) -> Result<String, String> {
    let step = |segment: &Segment| match segment {
        Segment::Key(key) => Step::Key(key.clone()),
        Segment::Index(index) => Step::Index(*index),
    };
    let changes: Vec<_> = differences(&release.defaults, &release.given(job))
        .into_iter()
        .map(|(path, value)| (path.segments().iter().map(step).collect(), value))
        .collect();
    yaml::edit::apply(&release.values_text, &changes).map_err(|error| error.to_string())
}

/// A name that is a file's name everywhere.
fn slug(name: &str) -> String {
    let letter = |c: char| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '-' };
    name.chars().map(letter).collect::<String>().trim_matches('-').to_owned()
}
