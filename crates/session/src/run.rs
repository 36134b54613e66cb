//! A job to a report: values laid together, checked and rendered; what failed keeps its last good
//! manifests.

use crate::job::{Job, ReleaseInput};
use crate::report::{LineOrigin, ManifestView, ReleaseReport, Report, TemplateProblem};
use crate::session::{Fnv, OpenRelease, Session};
use crate::values::{minimal, user_values};
use finding::{Finding, Location, Severity};
use helm::{Capabilities, LineSource, Manifest, Options, Release, RenderError, Rendered};
use serde_json::Value as Json;
use std::collections::HashMap;

/// What the last reports gave.
#[derive(Default)]
pub(crate) struct Last {
    /// Manifests of the last render that failed nowhere, by template.
    good: Vec<ManifestView>,
    /// Digests of the manifests whose text the page has, by id.
    sent: HashMap<String, u64>,
}

impl Session {
    pub(crate) fn run(&mut self, job: &Job) -> Report {
        let mut report = Report { revision: job.revision, ..Report::default() };
        for (at, release) in self.open.iter_mut().enumerate() {
            let input = release.input(job, at);
            let (part, findings) = release.run(job, &input);
            report.findings.extend(findings);
            report.releases.push(part);
        }
        report.findings.sort_by_key(|finding| std::cmp::Reverse(finding.severity));
        report
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
        .and_then(|version| capabilities.clone().with_kube_version(version));
    (release, chosen.unwrap_or(capabilities))
}

impl OpenRelease {
    /// The inputs for the release at a place of the stack; its own defaults where the job has none.
    pub(crate) fn input(&self, job: &Job, at: usize) -> ReleaseInput {
        job.releases.get(at).cloned().unwrap_or_else(|| ReleaseInput {
            name: self.card.name.clone(),
            namespace: self.card.namespace.clone(),
            ..ReleaseInput::default()
        })
    }

    /// The values that Helm would be given with `-f`.
    pub(crate) fn given(&self, job: &Job, input: &ReleaseInput) -> Json {
        let preset = job.preset.as_ref();
        let preset =
            preset.and_then(|name| self.card.presets.iter().find(|card| card.name == *name));
        let preset = preset.map(|card| &card.values);
        let base = crate::values::base_values(&self.card.defaults, preset);
        user_values(&base, preset, &input.overrides)
    }

    pub(crate) fn render(&mut self, job: &Job, input: &ReleaseInput, keep_going: bool) -> Rendered {
        let given = self.given(job, input);
        let (release, capabilities) = settings(job, input);
        let options = Options { provenance: job.provenance, keep_going, ..Options::default() };
        self.renderer.render(&given, &release, &capabilities, &options)
    }

    fn run(&mut self, job: &Job, input: &ReleaseInput) -> (ReleaseReport, Vec<Finding>) {
        let given = self.given(job, input);
        let rendered = self.render(job, input, true);
        let mut findings = self.checker.check_values(&rendered.values, &self.card.form);
        let refused = rendered.errors.iter().any(|error| error.file.is_empty());
        findings.extend(rendered.errors.iter().filter(|error| !error.file.is_empty()).map(finding));
        let minimal = minimal(&self.card.defaults, &given);
        let mut report = ReleaseReport {
            name: input.name.clone(),
            manifests: views(&rendered),
            notes: rendered.notes.clone(),
            problem: rendered.errors.first().map(problem),
            values_yaml: yaml::to_string(&minimal).unwrap_or_default(),
            unread: rendered.provenance.as_ref().map(|it| it.unread.clone()).unwrap_or_default(),
            effective: rendered.values,
        };
        if refused {
            report.manifests = stale(&self.last.good, |_| true);
        } else if rendered.errors.is_empty() {
            self.last.good.clone_from(&report.manifests);
        } else {
            let failed =
                |view: &ManifestView| rendered.errors.iter().any(|error| error.file == view.source);
            report.manifests.retain(|view| !failed(view));
            report.manifests.extend(stale(&self.last.good, failed));
        }
        self.last.spare(&mut report.manifests, job.full);
        (report, findings)
    }
}

impl Last {
    /// Leaves out the texts that the page has.
    fn spare(&mut self, views: &mut [ManifestView], full: bool) {
        let sent = std::mem::take(&mut self.sent);
        for view in views {
            self.sent.insert(view.id.clone(), view.digest);
            if !full && sent.get(&view.id) == Some(&view.digest) {
                view.text = None;
                view.origins.clear();
            }
        }
    }
}

fn stale(good: &[ManifestView], which: impl Fn(&ManifestView) -> bool) -> Vec<ManifestView> {
    let kept = good.iter().filter(|view| which(view)).cloned();
    kept.map(|view| ManifestView { stale: true, ..view }).collect()
}

fn views(rendered: &Rendered) -> Vec<ManifestView> {
    let origins = rendered.provenance.as_ref().map(|provenance| provenance.manifests.as_slice());
    let mut seen: HashMap<String, usize> = HashMap::new();
    let all = rendered.manifests.iter().chain(&rendered.hooks).enumerate();
    all.map(|(at, manifest)| {
        let sources = origins.and_then(|origins| origins.get(at));
        view(manifest, sources.map(Vec::as_slice).unwrap_or_default(), &mut seen)
    })
    .collect()
}

fn view(
    manifest: &Manifest,
    sources: &[LineSource],
    seen: &mut HashMap<String, usize>,
) -> ManifestView {
    let (kind, name, source) = (&manifest.kind, &manifest.name, &manifest.source);
    let mut id = format!("{kind}/{name}@{source}");
    let count = seen.entry(id.clone()).or_insert(0);
    *count += 1;
    if *count > 1 {
        id = format!("{id}#{count}");
    }
    let mut digest = Fnv::default();
    digest.write(manifest.text.as_bytes());
    let origin = |source: &LineSource| LineOrigin {
        chain: source.chain.clone(),
        reads: source.reads.clone(),
    };
    ManifestView {
        id,
        kind: kind.clone(),
        name: name.clone(),
        namespace: manifest.namespace.clone(),
        source: source.clone(),
        hooks: manifest.hooks.clone(),
        // JSON numbers are exact to 53 bits in a browser.
        digest: digest.finish() >> 11,
        text: Some(manifest.text.trim_end().to_owned()),
        origins: sources.iter().map(origin).collect(),
        stale: false,
    }
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
