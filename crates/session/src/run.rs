//! A job to a preview: values laid together and rendered; what failed keeps its last good
//! manifests. The checks come after it ([`crate::examine`]), from the same renders.

use crate::job::{Job, Overrides, ReleaseInput};
use crate::preview::{Preview, PreviewChanges, ReleasePreview, TemplateProblem};
use crate::stack::{OpenRelease, OpenStack, with_fixed};
use crate::values::{base_values, user_values};
use finding::Path;
use helm::{Capabilities, Options, Release, RenderError, Rendered};
use serde_json::Value as Json;

/// A rendered release, and with what.
pub(crate) struct Shown {
    pub(crate) name: String,
    /// The values that Helm would be given with `-f`.
    pub(crate) given: Json,
    pub(crate) rendered: Rendered,
}

impl OpenStack {
    /// Renders the page's job. Gives what differs from what the page holds; all of it where the
    /// page holds something else than what was told last.
    pub(crate) fn run(&mut self, job: Job) -> PreviewChanges {
        // Of the traces of the last render nothing may be held: the next one goes on from them.
        self.shown.clear();
        self.shown = self.render(&job);
        let releases = self.releases.iter_mut().zip(&self.shown);
        let releases = releases.map(|(release, shown)| release.preview(shown)).collect();
        let preview = Preview { revision: job.revision, releases };
        let nothing = Preview::default();
        let known = job.held.preview == self.preview.revision;
        let changes = preview.changes_since(if known { &self.preview } else { &nothing });
        self.preview = preview;
        self.unreviewed = Some(job);
        changes
    }

    /// Renders every release, whatever fails.
    pub(crate) fn render(&mut self, job: &Job) -> Vec<Shown> {
        let releases = self.releases.iter_mut().enumerate();
        let shown = |(at, release): (usize, &mut OpenRelease)| {
            let input = release.input(job, at);
            let given = release.given(job);
            let rendered = release.render(job, &input, &given, true);
            Shown { name: input.name, given, rendered }
        };
        releases.map(shown).collect()
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

    fn preview(&mut self, shown: &Shown) -> ReleasePreview {
        let rendered = &shown.rendered;
        ReleasePreview {
            name: shown.name.clone(),
            manifests: self.last.take(rendered),
            notes: rendered.notes.clone(),
            problem: rendered.errors.first().map(|error| problem(error, &self.card.at)),
        }
    }
}

/// An error as the page tells it; `at` is the release's place in the stack's values.
fn problem(error: &RenderError, at: &Path) -> TemplateProblem {
    TemplateProblem {
        message: error.message.trim_end().to_owned(),
        template: error.template.clone(),
        line: error.line,
        column: error.column,
        reads: error.reads.iter().map(|path| at.join(path)).collect(),
    }
}
