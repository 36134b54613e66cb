//! Find in all output: every line of every manifest, drawn or not.

use crate::dom;
use crate::ui::Icon;
use crate::workspace::{LineTarget, Tab, Workspace, workspace};
use leptos::prelude::*;
use session::ManifestView;
use std::collections::HashMap;
use std::sync::Arc;
use web_sys::KeyboardEvent;

/// Where the text is typed.
const INPUT: &str = "find-in-output";

/// What is searched for and where it is.
#[derive(Clone, Copy)]
pub struct Find {
    workspace: Workspace,
    /// As it was typed.
    query: RwSignal<String>,
    pub(super) hits: Memo<Hits>,
    /// Which of the hits the person is at.
    at: RwSignal<Option<usize>>,
}

/// Lines that hold the query.
#[derive(Clone, Default)]
pub struct Hits {
    /// In lower case.
    query: String,
    /// In Helm's order.
    order: Vec<u32>,
    by_manifest: HashMap<u32, (Arc<ManifestView>, Arc<Vec<usize>>)>,
    count: usize,
}

impl PartialEq for Hits {
    fn eq(&self, other: &Self) -> bool {
        let lines = |hits: &Self, key| hits.by_manifest.get(key).map(|it| Arc::clone(&it.1));
        self.query == other.query
            && self.order == other.order
            && self.order.iter().all(|key| lines(self, key) == lines(other, key))
    }
}

impl Hits {
    /// Looks again where the query or the manifest is another one than before.
    fn new(query: String, views: &[Arc<ManifestView>], old: Option<&Self>) -> Self {
        let old = old.filter(|old| old.query == query);
        let mut hits = Self { query, ..Self::default() };
        if hits.query.is_empty() {
            return hits;
        }
        for view in views {
            let key = view.head.key;
            let known = old.and_then(|old| old.by_manifest.get(&key));
            let lines = match known.filter(|(known, _)| Arc::ptr_eq(known, view)) {
                Some((_, lines)) => Arc::clone(lines),
                None => Arc::new(lines_with(&view.text, &hits.query)),
            };
            hits.count += lines.len();
            hits.order.push(key);
            hits.by_manifest.insert(key, (Arc::clone(view), lines));
        }
        hits
    }

    pub(super) fn of(&self, key: u32) -> Arc<Vec<usize>> {
        self.by_manifest.get(&key).map(|it| Arc::clone(&it.1)).unwrap_or_default()
    }

    fn nth(&self, nth: usize) -> Option<LineTarget> {
        let mut before = 0;
        for key in &self.order {
            let lines = &self.by_manifest.get(key)?.1;
            if let Some(line) = lines.get(nth - before) {
                return Some(LineTarget { key: *key, line: *line });
            }
            before += lines.len();
        }
        None
    }
}

/// Numbers of the lines that hold a text, capital letters or not.
fn lines_with(text: &str, query: &str) -> Vec<usize> {
    let text = text.to_lowercase();
    let (mut lines, mut line, mut from) = (Vec::new(), 0, 0);
    for (at, _) in text.match_indices(query) {
        line += text[from..at].matches('\n').count();
        from = at;
        if lines.last() != Some(&line) {
            lines.push(line);
        }
    }
    lines
}

impl Find {
    pub(super) fn provide(workspace: Workspace) -> Self {
        let query = RwSignal::new(String::new());
        let hits = Memo::new(move |old: Option<&Hits>| {
            let query = query.get().to_lowercase();
            if query.is_empty() {
                return Hits::default();
            }
            workspace.told.manifests.with(|views| Hits::new(query, views, old))
        });
        let find = Self { workspace, query, hits, at: RwSignal::new(None) };
        provide_context(find);
        find
    }

    /// Ctrl or Cmd F in the preview.
    pub(super) fn key(&self, event: &KeyboardEvent) {
        if (event.ctrl_key() || event.meta_key()) && event.key().eq_ignore_ascii_case("f") {
            event.prevent_default();
            self.workspace.tab.set(Tab::Manifests);
            request_animation_frame(|| dom::select(INPUT));
        }
    }

    fn typed(&self, text: &str) {
        self.query.set(text.to_owned());
        self.at.set(None);
        self.workspace.line.set(None);
        self.step(true);
    }

    /// Goes to the next hit, or to the one before.
    fn step(&self, forward: bool) {
        let count = self.hits.with_untracked(|hits| hits.count);
        if count == 0 {
            return;
        }
        let next = match (self.at.get_untracked(), forward) {
            (None, _) => 0,
            (Some(at), true) => (at + 1) % count,
            (Some(at), false) => (at.min(count) + count - 1) % count,
        };
        self.at.set(Some(next));
        if let Some(target) = self.hits.with_untracked(|hits| hits.nth(next)) {
            self.workspace.show_line(target);
        }
    }

    fn clear(&self) {
        self.query.set(String::new());
        self.at.set(None);
        self.workspace.line.set(None);
    }

    /// `3 of 120`.
    fn told(&self) -> String {
        let count = self.hits.with(|hits| hits.count);
        match (self.query.with(String::is_empty), self.at.get(), count) {
            (true, ..) => String::new(),
            (_, _, 0) => "not found".to_owned(),
            (_, Some(at), _) => format!("{} of {count}", at.min(count - 1) + 1),
            (_, None, _) => format!("{count} lines"),
        }
    }
}

/// How many manifests there are, the way to their outline, and the search.
#[component]
pub fn FindBar(outlined: RwSignal<bool>) -> impl IntoView {
    let workspace = workspace();
    let find: Find = expect_context();
    let count = move || match workspace.told.order.with(|order| order.len()) {
        1 => "1 manifest".to_owned(),
        count => format!("{count} manifests"),
    };
    let key = move |event: KeyboardEvent| match event.key().as_str() {
        "Enter" => {
            event.prevent_default();
            find.step(!event.shift_key());
        }
        "Escape" => find.clear(),
        _ => {}
    };
    let idle = move || find.hits.with(|hits| hits.count == 0);
    view! {
        <div class="find-bar">
            <button
                class="button outline-button"
                aria-expanded=move || outlined.get().to_string()
                on:click=move |_| outlined.update(|shown| *shown = !*shown)
            >
                <Icon name="list" />
                <span>{count}</span>
            </button>
            <label class="search find">
                <Icon name="search" />
                <input
                    id=INPUT
                    class="input"
                    type="search"
                    placeholder="Find in the output"
                    title="Ctrl+F in the preview; Enter goes on, Shift+Enter back"
                    aria-label="Find in the output"
                    spellcheck="false"
                    prop:value=move || find.query.get()
                    on:input=move |event| find.typed(&event_target_value(&event))
                    on:keydown=key
                />
            </label>
            <span class="find-count muted" role="status">{move || find.told()}</span>
            <button class="button icon-only" aria-label="The hit before" disabled=idle on:click=move |_| find.step(false)>
                <Icon name="up" />
            </button>
            <button class="button icon-only" aria-label="The next hit" disabled=idle on:click=move |_| find.step(true)>
                <Icon name="down" />
            </button>
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use session::ManifestHead;

    fn view(key: u32, text: &str) -> Arc<ManifestView> {
        let head = ManifestHead { key, ..ManifestHead::default() };
        Arc::new(ManifestView { head, text: text.to_owned() })
    }

    #[test]
    fn a_line_is_found_once_whatever_its_letters() {
        assert_eq!(lines_with("a: Ab\nb: 1\n\nAB ab", "ab"), [0, 3]);
        assert_eq!(lines_with("", "ab"), [0; 0]);
    }

    #[test]
    fn hits_are_counted_through_all_manifests() {
        let views = [view(7, "x\nhit"), view(3, "none"), view(9, "hit\nhit")];
        let hits = Hits::new("hit".to_owned(), &views, None);
        let targets: Vec<(u32, usize)> =
            (0..4).filter_map(|nth| hits.nth(nth)).map(|it| (it.key, it.line)).collect();
        assert_eq!((hits.count, targets), (3, vec![(7, 1), (9, 0), (9, 1)]));
    }

    #[test]
    fn a_manifest_that_stayed_is_not_searched_again() {
        let (kept, old) = (view(1, "hit"), view(2, "hit"));
        let before = Hits::new("hit".to_owned(), &[Arc::clone(&kept), old], None);
        let after = Hits::new("hit".to_owned(), &[kept, view(2, "no")], Some(&before));
        assert!(Arc::ptr_eq(&before.of(1), &after.of(1)));
        assert_eq!((after.of(2).len(), after.count), (0, 1));
    }
}
