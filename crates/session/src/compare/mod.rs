//! Two or more presets side by side: values, manifests with line diffs, the facts reviewers ask
//! for, and the findings each has. Secrets are told apart, never shown.

mod facts;
mod manifests;
mod markdown;
mod values;

use crate::job::Job;
use crate::open::{Bundle, OpenSource};
use crate::stack::OpenStack;
use checks::manifests::Object;
use finding::{Finding, Path};
use helm::World;
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;
use std::rc::Rc;

/// One column of a comparison.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Side {
    /// `None`: what is open.
    pub source: Option<OpenSource>,
    /// What the column is called.
    pub label: String,
    pub preset: Option<String>,
    /// A values file laid over the preset, as text.
    pub values: Option<String>,
    /// The open draft's edits, over all else.
    pub job: Option<Job>,
}

/// The sides against each other. Every row has one cell a side.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Comparison {
    pub sides: Vec<SideCard>,
    pub values: Vec<ValueRow>,
    pub facts: Vec<FactRow>,
    pub manifests: Vec<ManifestRow>,
    /// The summary for a pull request.
    pub markdown: String,
}

/// A column's head.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct SideCard {
    pub label: String,
    pub chart: String,
    pub findings: Vec<Finding>,
    /// Why Helm would refuse this side.
    pub problem: Option<String>,
}

/// One value.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ValueRow {
    pub path: Path,
    pub title: String,
    /// YAML of the value; `None` where it is not set.
    pub cells: Vec<Option<String>>,
    pub differs: bool,
}

/// One fact of a workload, service or ingress.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FactRow {
    /// `Deployment backend`.
    pub subject: String,
    /// `replicas`, `image`, …
    pub fact: String,
    pub cells: Vec<Option<String>>,
    pub differs: bool,
}

/// One object, matched across the sides by kind and component.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ManifestRow {
    pub kind: String,
    pub component: String,
    /// The object's name on each side; `None` where it is not rendered.
    pub names: Vec<Option<String>>,
    pub differs: bool,
    /// For each side but the first: its lines against the first's. Empty where they are equal.
    pub diffs: Vec<Vec<DiffLine>>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DiffLine {
    pub mark: Mark,
    pub text: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Mark {
    Same,
    Removed,
    Added,
    /// Lines that are equal and left out; the text says how many.
    Gap,
}

/// A side once rendered.
struct Rendered {
    card: SideCard,
    /// The values that templates see.
    effective: Json,
    /// Paths of secret fields.
    secrets: Vec<Path>,
    titles: Vec<(Path, String)>,
    objects: Vec<(Object, String)>,
}

/// Renders and compares.
///
/// # Errors
/// One line: which side cannot be opened, and why.
pub(crate) fn compare(
    sides: &[Side],
    catalog: &[Bundle],
    world: &Rc<dyn World>,
    open: Option<&mut OpenStack>,
) -> Result<Comparison, String> {
    let mut open = open;
    let mut all = Vec::new();
    for side in sides {
        let rendered = match (&side.source, &mut open) {
            (Some(source), _) => {
                let stack =
                    OpenStack::open(source.clone(), catalog, world, &helm::Limits::default());
                let mut stack = stack.map_err(|error| format!("{}: {error}", side.label))?;
                render(side, &mut stack)?
            }
            (None, Some(open)) => render(side, open)?,
            (None, None) => return Err("No chart is open: choose one first.".to_owned()),
        };
        all.push(rendered);
    }
    let values = values::rows(&all);
    let matched = manifests::matched(&all);
    let facts = facts::rows(&matched);
    let manifests = manifests::rows(&matched);
    let cards: Vec<SideCard> = all.into_iter().map(|side| side.card).collect();
    let markdown = markdown::summary(&cards, &values, &facts, &manifests);
    Ok(Comparison { sides: cards, values, facts, manifests, markdown })
}

fn render(side: &Side, open: &mut OpenStack) -> Result<Rendered, String> {
    let mut job = side.job.clone().unwrap_or_default();
    if side.job.is_none() {
        job.preset.clone_from(&side.preset);
    }
    if let Some(text) = &side.values {
        let values = yaml::from_str(text).map_err(|error| format!("{}: {error}", side.label))?;
        for (path, value) in crate::values::differences(&open.card.defaults, &values) {
            job.overrides.entry(path).or_insert(value);
        }
    }
    let look = open.look(&job);
    let charts: Vec<String> = open
        .releases
        .iter()
        .map(|release| format!("{} {}", release.card.chart, release.card.version))
        .collect();
    let (mut secrets, mut titles) = (Vec::new(), Vec::new());
    fields(&open.card.form.root, &mut secrets, &mut titles);
    Ok(Rendered {
        card: SideCard {
            label: side.label.clone(),
            chart: charts.join(", "),
            findings: look.findings,
            problem: look.problem,
        },
        effective: look.effective,
        secrets,
        titles,
        objects: look.objects,
    })
}

fn fields(field: &schema::Field, secrets: &mut Vec<Path>, titles: &mut Vec<(Path, String)>) {
    if field.secret {
        secrets.push(field.path.clone());
    }
    titles.push((field.path.clone(), field.title.clone()));
    for child in &field.children {
        fields(child, secrets, titles);
    }
}

/// Whether not all cells are the same.
fn differ<T: PartialEq>(cells: &[T]) -> bool {
    cells.windows(2).any(|pair| pair[0] != pair[1])
}
