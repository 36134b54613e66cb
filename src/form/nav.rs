//! The sections beside the form: a search, and a tree with counts of edits and findings.

use super::section::Counts;
use crate::ui::{Far, Icon, Scroller, SearchBox, stretch, stretches};
use crate::workspace::{Node, workspace};
use leptos::context::Provider;
use leptos::prelude::*;
use session::Path;
use std::collections::BTreeSet;
use std::sync::Arc;

/// Entries that are drawn or left out together.
const CHUNK: usize = 24;
/// Height of an entry, as `.section-link` in style/components.css.
const ENTRY: usize = 34;

/// A line of the list.
#[derive(Clone, PartialEq)]
enum Line {
    Release(String),
    Section { path: Path, depth: usize },
}

#[derive(Clone)]
struct Entry {
    line: Line,
    node: Option<Arc<Node>>,
}

impl PartialEq for Entry {
    fn eq(&self, other: &Self) -> bool {
        self.line == other.line
    }
}

#[component]
pub fn SectionsNav() -> impl IntoView {
    let workspace = workspace();
    let (scroller, element) = Scroller::new();
    let open: RwSignal<BTreeSet<Path>> = RwSignal::default();
    let entries = Memo::new(move |_| {
        let search = workspace.sought.get();
        workspace.tree.with(|tree| {
            let mut entries = Vec::new();
            for part in &tree.parts {
                if let Some(name) = &part.name {
                    entries.push(Entry { line: Line::Release(name.clone()), node: None });
                }
                open.with(|open| list(&part.sections, 0, open, &search, &mut entries));
            }
            entries
        })
    });
    view! {
        <nav class="sections" aria-label="Sections">
            <SearchBox text=workspace.search hint="Find a field" label="Find a field" />
            <div class="sections-list" node_ref=element><Provider value=scroller>
                <For each=stretches(entries, CHUNK) key=|at| *at let:at>
                    <Chunk entries=entries at=at open=open />
                </For>
            </Provider></div>
        </nav>
    }
}

fn list(
    nodes: &[Arc<Node>],
    depth: usize,
    open: &BTreeSet<Path>,
    search: &str,
    entries: &mut Vec<Entry>,
) {
    for node in nodes.iter().filter(|node| node.holds(search)) {
        let path = node.field.path.clone();
        let unfolded = open.contains(&path);
        let line = Line::Section { path, depth };
        entries.push(Entry { line, node: Some(Arc::clone(node)) });
        if unfolded {
            let groups: Vec<Arc<Node>> = groups(node).cloned().collect();
            list(&groups, depth + 1, open, search, entries);
        }
    }
}

fn groups(node: &Node) -> impl Iterator<Item = &Arc<Node>> {
    node.children.iter().filter(|child| child.is_group())
}

#[component]
fn Chunk(entries: Memo<Vec<Entry>>, at: usize, open: RwSignal<BTreeSet<Path>>) -> impl IntoView {
    let own = stretch(entries, at, CHUNK);
    let tall = Memo::new(move |_| own.with(Vec::len) * ENTRY);
    let words = Memo::new(move |_| {
        own.with(|entries| {
            let first = entries.iter().find_map(|entry| entry.node.as_ref());
            let name = first.map(|node| node.field.title.clone()).unwrap_or_default();
            format!("{} sections from {name}", entries.len())
        })
    });
    view! {
        <Far height=tall label=words first={at == 0}>
            <ul>
                <For
                    each=move || own.get()
                    key=|entry| match &entry.line {
                        Line::Release(name) => format!("release {name}"),
                        Line::Section { path, .. } => path.to_string(),
                    }
                    let:entry
                >
                    <li>{line(entry, open)}</li>
                </For>
            </ul>
        </Far>
    }
}

fn line(entry: Entry, open: RwSignal<BTreeSet<Path>>) -> AnyView {
    let workspace = workspace();
    let (path, depth, node) = match (entry.line, entry.node) {
        (Line::Section { path, depth }, Some(node)) => (path, depth, node),
        (Line::Release(name), _) => {
            return view! { <p class="release-name">{name}</p> }.into_any();
        }
        (Line::Section { .. }, None) => return ().into_any(),
    };
    let title = node.field.title.clone();
    let unfold = groups(&node).next().is_some().then(|| {
        let (path, own, title) = (path.clone(), path.clone(), title.clone());
        let toggle = move |_| {
            open.update(|open| {
                if !open.remove(&path) {
                    open.insert(path.clone());
                }
            });
        };
        view! {
            <button
                class="unfold"
                aria-label=format!("Groups of {title}")
                aria-expanded=move || open.with(|open| open.contains(&own)).to_string()
                on:click=toggle
            >
                <Icon name="chevron" />
            </button>
        }
    });
    view! {
        <div class="section-entry" data-depth=depth.min(6).to_string()>
            <button class="section-link" on:click=move |_| workspace.reveal_section(&path)>
                <span class="section-name">{title}</span>
                <Counts node=node />
            </button>
            {unfold}
        </div>
    }
    .into_any()
}
