//! The form: the release's settings, and the chart's fields by section. Only what is near the view
//! is in the DOM.

mod choice;
mod collection;
pub mod field;
pub mod nav;
pub mod release;
pub mod rows;
mod secret;
pub mod section;
mod text;
mod widgets;

use crate::ui::Scroller;
use crate::workspace::{Node, workspace};
use leptos::context::Provider;
use leptos::prelude::*;
use nav::SectionsNav;
use release::ReleaseBar;
use section::Section;
use session::Path;
use std::sync::Arc;

#[component]
pub fn FormPane() -> impl IntoView {
    view! {
        <SectionsNav />
        <Fields />
    }
}

/// What stands below each other in the form.
#[derive(Clone)]
enum Entry {
    /// The name of a release, and what its chart says of itself.
    Release(String, String),
    /// A section, and its place among all.
    Section(Arc<Node>, usize),
}

impl Entry {
    fn key(&self) -> (bool, Path) {
        match self {
            Self::Release(name, _) => (true, Path::root().key(name.as_str())),
            Self::Section(node, _) => (false, node.field.path.clone()),
        }
    }
}

#[component]
fn Fields() -> impl IntoView {
    let workspace = workspace();
    let (scroller, element) = Scroller::new();
    let entries = move || {
        let (tree, search) = (workspace.tree.get(), workspace.sought.get());
        let mut entries = Vec::new();
        for part in &tree.parts {
            let found: Vec<&Arc<Node>> =
                part.sections.iter().filter(|node| node.holds(&search)).collect();
            if let (Some(name), false) = (&part.name, found.is_empty()) {
                entries.push(Entry::Release(name.clone(), part.text.clone()));
            }
            for node in found {
                entries.push(Entry::Section(Arc::clone(node), entries.len()));
            }
        }
        entries
    };
    let found = Memo::new(move |_| {
        let search = workspace.sought.get();
        workspace.tree.with(|tree| tree.sections().any(|node| node.holds(&search)))
    });
    view! {
        <div class="form" node_ref=element><Provider value=scroller>
            <form on:submit=|event| event.prevent_default() autocomplete="off">
                <ReleaseBar />
                <For each=entries key=Entry::key let:entry>
                    {match entry {
                        Entry::Release(name, text) => view! {
                            <header class="release-head">
                                <h2>{name}</h2>
                                <span class="muted">{text}</span>
                            </header>
                        }.into_any(),
                        Entry::Section(node, at) => view! { <Section node=node at=at /> }.into_any(),
                    }}
                </For>
                <Show when=move || !found.get() && !workspace.sought.with(String::is_empty)>
                    <p class="empty">"No field says this in its name, its path or its text."</p>
                </Show>
            </form>
        </Provider></div>
    }
}
