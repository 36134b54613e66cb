//! Files to download, from the same inputs as a report.

use crate::job::{Job, ReleaseInput};
use crate::open::ExportKind;
use crate::report::Exported;
use crate::session::{OpenRelease, Session};
use crate::values::{differences, minimal};
use finding::Segment;
use yaml::edit::Step;

const YAML: &str = "application/yaml";

/// Makes the file.
///
/// # Errors
/// One line that says why there is none.
pub(crate) fn export(
    session: &mut Session,
    job: &Job,
    kind: &ExportKind,
) -> Result<Exported, String> {
    let file = |name: String, media: &str, data: Vec<u8>| {
        Ok(Exported { name, media: media.to_owned(), data })
    };
    match kind {
        ExportKind::MinimalValues { release } => {
            let (release, input) = find(session, job, release)?;
            let tree = minimal(&release.card.defaults, &release.given(job, &input));
            let text = yaml::to_string(&tree).map_err(|error| error.to_string())?;
            file("values.yaml".to_owned(), YAML, text.into_bytes())
        }
        ExportKind::FullValues { release } => {
            let (release, input) = find(session, job, release)?;
            let text = full_values(release, job, &input)?;
            file("values-full.yaml".to_owned(), YAML, text.into_bytes())
        }
        ExportKind::ChartArchive { release } => {
            let (release, _) = find(session, job, release)?;
            let chart = release.renderer.chart();
            let data = helm::package(chart).map_err(|error| error.to_string())?;
            let name = format!("{}-{}.tgz", chart.metadata.name, chart.metadata.version);
            file(name, "application/gzip", data)
        }
        ExportKind::ChartZip { release } => {
            let (release, _) = find(session, job, release)?;
            let chart = release.renderer.chart();
            let data = helm::package_zip(chart).map_err(|error| error.to_string())?;
            let name = format!("{}-{}.zip", chart.metadata.name, chart.metadata.version);
            file(name, "application/zip", data)
        }
        ExportKind::Manifests => {
            let mut stream = String::new();
            for (at, release) in session.open.iter_mut().enumerate() {
                let input = release.input(job, at);
                let rendered = release.render(job, &input, false);
                if let Some(error) = rendered.errors.first() {
                    return Err(error.message.clone());
                }
                stream.push_str(&helm::to_stream(&rendered));
            }
            file("manifests.yaml".to_owned(), YAML, stream.into_bytes())
        }
    }
}

fn find<'s>(
    session: &'s Session,
    job: &Job,
    name: &str,
) -> Result<(&'s OpenRelease, ReleaseInput), String> {
    let at = session.open.iter().position(|release| release.card.name == name).unwrap_or(0);
    let release = session.open.get(at).ok_or("no chart is open")?;
    Ok((release, release.input(job, at)))
}

/// values.yaml with the preset and the edits written into its text.
fn full_values(release: &OpenRelease, job: &Job, input: &ReleaseInput) -> Result<String, String> {
    let step = |segment: &Segment| match segment {
        Segment::Key(key) => Step::Key(key.clone()),
        Segment::Index(index) => Step::Index(*index),
    };
    let changes: Vec<_> = differences(&release.card.defaults, &release.given(job, input))
        .into_iter()
        .map(|(path, value)| (path.segments().iter().map(step).collect(), value))
        .collect();
    yaml::edit::apply(&release.card.values_text, &changes).map_err(|error| error.to_string())
}
