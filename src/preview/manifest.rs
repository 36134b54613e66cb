//! One manifest: what it is, where it came from, its lines. Only lines that changed are redrawn.

use super::highlight;
use crate::dom;
use crate::ui::Icon;
use crate::workspace::workspace;
use leptos::prelude::*;
use session::{LineOrigin, ManifestView, Path};
use std::collections::BTreeSet;

#[component]
pub fn ManifestEntry(id: String) -> impl IntoView {
    let workspace = workspace();
    let wanted = id.clone();
    let entry = Memo::new_with_compare(
        move |_| {
            workspace.report.with(|report| {
                let mut views = report.releases.iter().flat_map(|release| &release.manifests);
                views.find(|view| view.id == wanted).cloned().unwrap_or_default()
            })
        },
        |old: Option<&ManifestView>, new: Option<&ManifestView>| match (old, new) {
            (Some(old), Some(new)) => old.digest != new.digest || old.stale != new.stale,
            _ => true,
        },
    );
    let text = move || entry.with(|entry| entry.text.clone().unwrap_or_default());
    // A row is known by its place, its text and where it came from.
    let lines = move || -> Vec<(usize, String, LineOrigin)> {
        entry.with(|entry| {
            let text = entry.text.as_deref().unwrap_or_default();
            let origin = |at: usize| entry.origins.get(at).cloned().unwrap_or_default();
            text.lines().enumerate().map(|(at, line)| (at, line.to_owned(), origin(at))).collect()
        })
    };
    let kind = move || entry.with(|entry| entry.kind.clone());
    let name = move || entry.with(|entry| entry.name.clone());
    let source = move || entry.with(|entry| entry.source.clone());
    let hooks = move || entry.with(|entry| entry.hooks.join(", "));
    view! {
        <article class="manifest" data-stale=move || entry.with(|entry| entry.stale).to_string()>
            <header class="manifest-head">
                <span class="kind" data-kind=kind>{kind}</span>
                <strong class="manifest-name">{name}</strong>
                <Show when=move || !hooks().is_empty()><span class="chip">{hooks}</span></Show>
                <Show when=move || entry.with(|entry| entry.stale)><span class="chip" data-severity="warning">"last good"</span></Show>
                <span class="grow"></span>
                <span class="manifest-source">{source}</span>
                <button class="button icon-only" title="Copy" aria-label="Copy the manifest" on:click=move |_| dom::copy(&text())>
                    <Icon name="copy" />
                </button>
            </header>
            <div class="code">
                <For
                    each=lines
                    key=|(at, line, origin)| (*at, line.clone(), origin.reads.clone())
                    let:row
                >
                    <Line at=row.0 text=row.1 origin=row.2 />
                </For>
            </div>
        </article>
    }
}

#[component]
fn Line(at: usize, text: String, origin: LineOrigin) -> impl IntoView {
    let workspace = workspace();
    let reads = StoredValue::new(origin.reads);
    let marked = move || {
        let focus = workspace.focus.get();
        let touches =
            |path: &Path| reads.with_value(|reads| reads.iter().any(|read| related(read, path)));
        focus.is_some_and(|path| touches(&path)).to_string()
    };
    let choose = move |_| {
        let fields: BTreeSet<Path> = reads.with_value(|reads| reads.iter().cloned().collect());
        if let Some(first) = fields.iter().next() {
            dom::show(&format!("field-{first}"));
        }
        workspace.marked.set(fields);
    };
    let title = origin.chain.join(" < ");
    view! {
        <div class="line" data-marked=marked title=title on:click=choose>
            <span class="number">{at + 1}</span>
            {highlight::line(&text)}
        </div>
    }
}

/// A line that read a whole map belongs to every field in it.
fn related(read: &Path, field: &Path) -> bool {
    !read.is_root() && read.contains(field)
}
