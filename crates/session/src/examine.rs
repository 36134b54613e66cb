//! Rendered releases to a review: what the checks find, what follows from the values, and what
//! would be written into a values.yaml.

use crate::job::Job;
use crate::objects::read;
use crate::review::{LeftOut, ReleaseReview, Review, ReviewChanges};
use crate::rollout::rollouts;
use crate::run::Shown;
use crate::stack::{OpenRelease, OpenStack};
use crate::values::minimal;
use checks::Derived;
use checks::manifests::Object;
use finding::{Finding, Location, Path, Severity};
use helm::{LogLine, Provenance, RenderError};
use serde_json::{Map, Value as Json};

/// Decisions that a review tells of; who reads more?
const MAX_LEFT_OUT: usize = 200;

/// A job beside the one that the page shows.
pub(crate) struct Look {
    pub(crate) findings: Vec<Finding>,
    /// Why Helm would refuse.
    pub(crate) problem: Option<String>,
    /// Every object with its text.
    pub(crate) objects: Vec<(Object, String)>,
    /// The values that templates see; of several releases by their names.
    pub(crate) effective: Json,
}

impl OpenStack {
    /// What the checks say of the job that was rendered last, against what the page holds; `None`
    /// where it was told already.
    pub(crate) fn review(&mut self) -> Option<ReviewChanges> {
        let job = self.unreviewed.take()?;
        let shown = std::mem::take(&mut self.shown);
        let review = self.examine(&shown).0;
        let review = Review { revision: job.revision, edited: self.edited(&job), ..review };
        self.shown = shown;
        let nothing = Review::default();
        // A page that held a review of this stack when it sent the job has been told all later ones.
        let known = job.held.review > 0;
        let changes = review.changes_since(if known { &self.review } else { &nothing });
        self.review = review;
        Some(changes)
    }

    /// Renders and checks a job of which nothing is kept.
    pub(crate) fn look(&mut self, job: &Job) -> Look {
        let mut shown = self.render(&Job { provenance: false, ..job.clone() });
        let (review, objects) = self.examine(&shown);
        let manifests =
            shown.iter().flat_map(|it| it.rendered.manifests.iter().chain(&it.rendered.hooks));
        let texts = manifests.map(|manifest| manifest.text.trim_end().to_owned());
        let objects = objects.into_iter().zip(texts).collect();
        let error = shown.iter().find_map(|it| it.rendered.errors.first());
        let problem = error.map(|error| error.message.trim_end().to_owned());
        let effective = match shown.as_mut_slice() {
            [only] if self.is_lone() => std::mem::take(&mut only.rendered.values),
            _ => self.effective(&shown),
        };
        Look { findings: review.findings, problem, objects, effective }
    }

    /// The values of every release that templates see, by its name in the stack.
    fn effective(&self, shown: &[Shown]) -> Json {
        let all = self.releases.iter().zip(shown);
        let named =
            all.map(|(release, it)| (release.card.name.clone(), it.rendered.values.clone()));
        Json::Object(named.collect::<Map<_, _>>())
    }

    fn examine(&mut self, shown: &[Shown]) -> (Review, Vec<Object>) {
        let lone = self.is_lone();
        let mut review = Review { findings: self.card.findings.clone(), ..Review::default() };
        let (mut objects, mut ranges) = (Vec::new(), Vec::new());
        for (release, shown) in self.releases.iter_mut().zip(shown) {
            review.findings.extend(release.found(shown, lone));
            review.derived.extend(release.derived(&shown.rendered.values));
            review.releases.push(release.review(shown));
            let own = read(&shown.rendered, if lone { "" } else { &shown.name });
            ranges.push(objects.len()..objects.len() + own.len());
            objects.extend(own);
        }
        if !lone {
            let effective = self.effective(shown);
            review.findings.extend(self.rules.check(&effective));
        }
        for (release, own) in self.releases.iter_mut().zip(&ranges) {
            let own = objects.get(own.clone()).unwrap_or_default();
            review.findings.extend(release.objects.checked(&self.checks, own));
        }
        review.findings.extend(self.checks.check_between(&objects));
        review.rollouts = rollouts(&objects);
        review.findings.sort_by_key(|finding| std::cmp::Reverse(finding.severity));
        (review, objects)
    }
}

impl OpenRelease {
    /// What is wrong with the values and the templates of a release.
    fn found(&mut self, shown: &Shown, lone: bool) -> Vec<Finding> {
        let rendered = &shown.rendered;
        let mut findings = self.checker.check_values(&rendered.values, &self.form);
        findings.extend(rendered.errors.iter().filter(|error| !error.file.is_empty()).map(finding));
        findings.extend(logged(&rendered.log));
        if !lone {
            let place = |finding: &mut Finding| place(finding, &self.card.at, &self.card.name);
            findings.iter_mut().for_each(place);
        }
        findings
    }

    fn derived(&self, effective: &Json) -> Vec<Derived> {
        let at = &self.card.at;
        let placed = |value: Derived| Derived { path: at.join(&value.path), ..value };
        self.checker.derive(effective).into_iter().map(placed).collect()
    }

    fn review(&self, shown: &Shown) -> ReleaseReview {
        let provenance = shown.rendered.provenance.as_ref();
        let unread = provenance.into_iter().flat_map(|it| &it.unread);
        ReleaseReview {
            name: shown.name.clone(),
            values_yaml: yaml::to_string(&minimal(&self.defaults, &shown.given))
                .unwrap_or_default(),
            unread: unread.map(|path| self.card.at.join(path)).collect(),
            left_out: left_out(provenance, &self.card.at),
        }
    }
}

/// What Helm logs while it lays values together, each line once.
fn logged(log: &[LogLine]) -> Vec<Finding> {
    let mut messages: Vec<String> = Vec::new();
    for line in log {
        let attributes = line.attributes.iter().map(|(name, value)| format!(" {name}={value}"));
        let text = line.message.trim_start_matches("warning: ");
        let message = format!("Helm logs: {text}{}", attributes.collect::<String>());
        if !messages.contains(&message) {
            messages.push(message);
        }
    }
    let finding =
        |message| Finding::new("values/logged", Severity::Warning, Location::Chart, message);
    messages.into_iter().map(finding).collect()
}

/// Puts a finding of one release where it stands in the stack.
fn place(finding: &mut Finding, at: &Path, release: &str) {
    release.clone_into(&mut finding.release);
    if let Location::Values { path } = &mut finding.location {
        *path = at.join(path);
    }
    if let Some(fix) = &mut finding.fix {
        fix.path = at.join(&fix.path);
    }
}

/// Decisions on values, each once: a helper that is called for every object decides as often.
fn left_out(provenance: Option<&Provenance>, at: &Path) -> Vec<LeftOut> {
    let mut found: Vec<LeftOut> = Vec::new();
    for branch in provenance.into_iter().flat_map(|it| &it.untaken) {
        let place = branch.chain.first().cloned().unwrap_or_default();
        let known = |it: &LeftOut| it.at == place && it.wants == branch.wants;
        if branch.reads.is_empty() || found.len() >= MAX_LEFT_OUT || found.iter().any(known) {
            continue;
        }
        found.push(LeftOut {
            at: place,
            condition: format!("{} {}", branch.keyword, branch.condition),
            wants: branch.wants,
            reads: branch.reads.iter().map(|path| at.join(path)).collect(),
        });
    }
    found
}

fn finding(error: &RenderError) -> Finding {
    let location = match error.reads.last() {
        Some(path) => Location::Values { path: path.clone() },
        None => {
            Location::File { file: error.template.clone(), line: error.line, column: error.column }
        }
    };
    let message = error.message.lines().map(str::trim).collect::<Vec<_>>().join(" ");
    Finding::new("template/failed", Severity::Error, location, message)
}
