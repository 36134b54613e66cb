//! A job to a report: values laid together, checked and rendered; what failed keeps its last good
//! manifests.

use crate::job::{Job, Overrides, ReleaseInput};
use crate::objects::read;
use crate::report::{LeftOut, ReleaseReport, Report, TemplateProblem};
use crate::rollout::rollouts;
use crate::stack::{OpenRelease, OpenStack, with_fixed};
use crate::values::{base_values, minimal, user_values};
use crate::views::Last;
use checks::Derived;
use checks::manifests::Object;
use finding::{Finding, Location, Path, Severity};
use helm::{Capabilities, LogLine, Options, Provenance, Release, RenderError, Rendered};
use serde_json::{Map, Value as Json};

/// Decisions that a report tells of; who reads more?
const MAX_LEFT_OUT: usize = 200;

/// What one release gave.
struct Part {
    report: ReleaseReport,
    findings: Vec<Finding>,
    objects: Vec<Object>,
    effective: Json,
}

impl OpenStack {
    pub(crate) fn run(&mut self, job: &Job) -> Report {
        self.examine(job).0
    }

    /// A job beside the one that the page shows: nothing is kept of it. Gives the report, every
    /// object with its text, and the values that templates see.
    pub(crate) fn look(&mut self, job: &Job) -> (Report, Vec<(Object, String)>, Json) {
        let kept: Vec<Last> =
            self.releases.iter_mut().map(|release| std::mem::take(&mut release.last)).collect();
        let (report, objects, effective) = self.examine(job);
        for (release, last) in self.releases.iter_mut().zip(kept) {
            release.last = last;
        }
        let texts = report.releases.iter().flat_map(|release| &release.manifests);
        let texts = texts.map(|view| view.text.clone().unwrap_or_default());
        let effective = match (self.is_lone(), effective) {
            (true, Json::Object(map)) => map.into_values().next().unwrap_or_default(),
            (_, effective) => effective,
        };
        let objects = objects.into_iter().zip(texts).collect();
        (report, objects, effective)
    }

    fn examine(&mut self, job: &Job) -> (Report, Vec<Object>, Json) {
        let lone = self.is_lone();
        let mut report = Report { revision: job.revision, ..Report::default() };
        report.findings.clone_from(&self.card.findings);
        let (mut objects, mut ranges, mut effective) = (Vec::new(), Vec::new(), Map::new());
        for (at, release) in self.releases.iter_mut().enumerate() {
            let input = release.input(job, at);
            let part = release.run(job, &input, lone);
            report.findings.extend(part.findings);
            report.derived.extend(release.derived(&part.effective));
            report.releases.push(part.report);
            ranges.push(objects.len()..objects.len() + part.objects.len());
            objects.extend(part.objects);
            effective.insert(release.card.name.clone(), part.effective);
        }
        let effective = Json::Object(effective);
        if !lone {
            report.findings.extend(self.rules.check(&effective));
        }
        for (release, own) in self.releases.iter_mut().zip(&ranges) {
            let own = objects.get(own.clone()).unwrap_or_default();
            report.findings.extend(release.objects.checked(&self.checks, own));
        }
        report.findings.extend(self.checks.check_between(&objects));
        report.rollouts = rollouts(&objects);
        report.findings.sort_by_key(|finding| std::cmp::Reverse(finding.severity));
        (report, objects, effective)
    }
}

/// How a job wants a release to be rendered.
pub(crate) fn settings(job: &Job, input: &ReleaseInput) -> (Release, Capabilities) {
    let release = Release {
        name: input.name.clone(),
        namespace: input.namespace.clone(),
        ..Release::default()
    };
    let capabilities = Capabilities::default();
    let chosen = job
        .kube_version
        .as_ref()
        .and_then(|version| capabilities.clone().with_kube_version(version).ok());
    (release, chosen.unwrap_or(capabilities))
}

impl OpenRelease {
    /// The inputs for the release at a place of the stack; its own defaults where the job has none.
    pub(crate) fn input(&self, job: &Job, at: usize) -> ReleaseInput {
        job.releases.get(at).cloned().unwrap_or_else(|| ReleaseInput {
            name: self.card.name.clone(),
            namespace: self.card.namespace.clone(),
        })
    }

    /// The edits of this release, paths without its name.
    pub(crate) fn overrides(&self, job: &Job) -> Overrides {
        let above = self.card.at.segments().len();
        let own = job.overrides.iter().filter(|(path, _)| self.card.at.contains(path));
        own.map(|(path, value)| (Path::from(path.segments()[above..].to_vec()), value.clone()))
            .collect()
    }

    fn preset(&self, job: &Job) -> Option<&Json> {
        self.presets.get(job.preset.as_ref()?)
    }

    /// The values before an edit.
    pub(crate) fn base(&self, job: &Job) -> Json {
        base_values(&self.defaults, self.preset(job))
    }

    /// The values that Helm would be given with `-f`.
    pub(crate) fn given(&self, job: &Job) -> Json {
        let preset = with_fixed(&self.fixed, self.preset(job));
        user_values(&self.base(job), Some(&preset), &self.overrides(job))
    }

    fn derived(&self, effective: &Json) -> Vec<Derived> {
        let at = &self.card.at;
        let placed = |value: Derived| Derived { path: at.join(&value.path), ..value };
        self.checker.derive(effective).into_iter().map(placed).collect()
    }

    /// Renders with the values that Helm would be given ([`OpenRelease::given`]).
    pub(crate) fn render(
        &mut self,
        job: &Job,
        input: &ReleaseInput,
        given: &Json,
        keep_going: bool,
    ) -> Rendered {
        let (release, capabilities) = settings(job, input);
        let options = Options {
            provenance: job.provenance,
            keep_going,
            limits: self.limits.clone(),
            ..Options::default()
        };
        self.renderer.render(given, &release, &capabilities, &options)
    }

    fn run(&mut self, job: &Job, input: &ReleaseInput, lone: bool) -> Part {
        let given = self.given(job);
        let rendered = self.render(job, input, &given, true);
        let at = &self.card.at;
        let mut findings = self.checker.check_values(&rendered.values, &self.form);
        findings.extend(rendered.errors.iter().filter(|error| !error.file.is_empty()).map(finding));
        findings.extend(logged(&rendered.log));
        if !lone {
            findings.iter_mut().for_each(|finding| place(finding, at, &self.card.name));
        }
        let below = |paths: Vec<Path>| paths.iter().map(|path| at.join(path)).collect::<Vec<_>>();
        let minimal = minimal(&self.defaults, &given);
        let provenance = rendered.provenance.as_ref();
        let mut report = ReleaseReport {
            name: input.name.clone(),
            manifests: self.last.take(&rendered, at, job.full),
            notes: rendered.notes.clone(),
            problem: rendered.errors.first().map(problem),
            values_yaml: yaml::to_string(&minimal).unwrap_or_default(),
            left_out: left_out(provenance, at),
            unread: below(provenance.map(|it| it.unread.clone()).unwrap_or_default()),
        };
        if let Some(problem) = &mut report.problem {
            problem.reads = below(std::mem::take(&mut problem.reads));
        }
        let objects = read(&rendered, if lone { "" } else { &input.name });
        Part { report, findings, objects, effective: rendered.values }
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

fn problem(error: &RenderError) -> TemplateProblem {
    TemplateProblem {
        message: error.message.trim_end().to_owned(),
        template: error.template.clone(),
        line: error.line,
        column: error.column,
        reads: error.reads.clone(),
    }
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
