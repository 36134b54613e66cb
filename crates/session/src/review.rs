//! What the checks say of a job, and what of it differs from what the page holds. It follows the
//! preview of the same job: a person sees the manifests first.

use crate::delta::{Hunk, apply, apply_lines, changed_items, changed_lines};
use crate::edited::Edited;
use crate::rollout::Rollout;
use checks::Derived;
use finding::{Finding, Path};
use serde::{Deserialize, Serialize};

/// Findings and facts of a stack.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Review {
    /// Of the job; 0 before the first.
    pub revision: u64,
    /// Of all releases, worst first.
    pub findings: Vec<Finding>,
    /// Of every workload, in the order of the manifests.
    pub rollouts: Vec<Rollout>,
    /// What the schema derives from the values (`x-derived`), for the form.
    pub derived: Vec<Derived>,
    /// What the edits did to the manifests.
    pub edited: Edited,
    pub releases: Vec<ReleaseReview>,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub struct ReleaseReview {
    pub name: String,
    /// The minimal values.yaml, as it would be downloaded.
    pub values_yaml: String,
    /// Values that no template read: misspelt keys, dead switches.
    pub unread: Vec<Path>,
    /// What other values would bring: decisions that left something out.
    pub left_out: Vec<LeftOut>,
}

/// A branch of a template that was not taken because of values.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LeftOut {
    /// `app/templates/ingress.yaml:1`.
    pub at: String,
    /// `if .Values.ingress.enabled`, as the template has it.
    pub condition: String,
    /// Whether it must hold, or must not, for the branch to be taken.
    pub wants: bool,
    /// The values that decide.
    pub reads: Vec<Path>,
}

/// What leads from one review to another.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ReviewChanges {
    pub revision: u64,
    /// Revision of the review that must be there; 0 is the empty one.
    pub since: u64,
    pub findings: Vec<Hunk<Finding>>,
    pub rollouts: Vec<Hunk<Rollout>>,
    pub derived: Vec<Hunk<Derived>>,
    pub edited: Edited,
    pub releases: Vec<ReleaseReviewChanges>,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ReleaseReviewChanges {
    pub name: String,
    pub values_yaml: Vec<Hunk<String>>,
    pub unread: Vec<Hunk<Path>>,
    pub left_out: Vec<Hunk<LeftOut>>,
}

impl Review {
    /// What leads from `old` to this review.
    pub fn changes_since(&self, old: &Self) -> ReviewChanges {
        let empty = ReleaseReview::default();
        let release = |(at, new): (usize, &ReleaseReview)| {
            let old = old.releases.get(at).unwrap_or(&empty);
            ReleaseReviewChanges {
                name: new.name.clone(),
                values_yaml: changed_lines(&old.values_yaml, &new.values_yaml),
                unread: changed_items(&old.unread, &new.unread),
                left_out: changed_items(&old.left_out, &new.left_out),
            }
        };
        ReviewChanges {
            revision: self.revision,
            since: old.revision,
            findings: changed_items(&old.findings, &self.findings),
            rollouts: changed_items(&old.rollouts, &self.rollouts),
            derived: changed_items(&old.derived, &self.derived),
            edited: self.edited.clone(),
            releases: self.releases.iter().enumerate().map(release).collect(),
        }
    }

    /// Takes changes that were made since this review.
    pub fn apply(&mut self, changes: ReviewChanges) {
        if changes.since == 0 {
            *self = Self::default();
        }
        self.revision = changes.revision;
        apply(&mut self.findings, changes.findings);
        apply(&mut self.rollouts, changes.rollouts);
        apply(&mut self.derived, changes.derived);
        self.edited = changes.edited;
        self.releases.resize_with(changes.releases.len(), ReleaseReview::default);
        for (release, changes) in self.releases.iter_mut().zip(changes.releases) {
            release.name = changes.name;
            release.values_yaml = apply_lines(&release.values_yaml, &changes.values_yaml);
            apply(&mut release.unread, changes.unread);
            apply(&mut release.left_out, changes.left_out);
        }
    }
}
