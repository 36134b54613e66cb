//! Ways to a place: a field of the form, a line of a manifest. What is folded or not drawn there is
//! shown first.

use super::{Area, Tab, Workspace};
use crate::dom;
use leptos::prelude::*;
use session::Path;

/// A line of a manifest.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LineTarget {
    /// The manifest's key.
    pub key: u32,
    /// From 0.
    pub line: usize,
}

impl Workspace {
    /// Shows a field, and gives it the focus where that is wanted.
    pub fn reveal(&self, path: &Path, focus: bool) {
        self.area.set(Area::Form);
        self.unfold(path);
        self.search.set(String::new());
        self.target.set(Some(path.clone()));
        let id = format!("field-{path}");
        // By the next frame it is drawn.
        request_animation_frame(move || match focus {
            true => dom::show_field(&id),
            false => dom::show(&id),
        });
    }

    /// Shows a section or a group of the form.
    pub fn reveal_section(&self, path: &Path) {
        self.unfold(path);
        self.target.set(Some(path.clone()));
        let id = format!("section-{path}");
        request_animation_frame(move || dom::show(&id));
    }

    /// Unfolds all that a path is in.
    fn unfold(&self, path: &Path) {
        self.folds.update(|folds| {
            for length in 0..=path.segments().len() {
                folds.insert(Path::from(path.segments()[..length].to_vec()), false);
            }
            self.tree.with_untracked(|tree| {
                let around = tree.sections().filter(|section| section.contains(path));
                folds.extend(around.map(|section| (section.field.path.clone(), false)));
            });
        });
    }

    /// Shows a line of a manifest.
    pub fn show_line(&self, target: LineTarget) {
        self.tab.set(Tab::Manifests);
        self.area.set(Area::Preview);
        self.line.set(Some(target));
        let selector = format!("[data-key='{}'] [data-current]", target.key);
        let manifest = format!("[data-key='{}']", target.key);
        request_animation_frame(move || dom::show_first(&[&selector, &manifest]));
    }
}
