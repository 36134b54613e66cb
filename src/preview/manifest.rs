//! One manifest: what it is, where it came from, its lines. Only lines that changed are redrawn.

use super::{highlight, lazy};
use crate::dom;
use crate::ui::Icon;
use crate::workspace::workspace;
use leptos::prelude::*;
use session::{LineOrigin, ManifestView, Path};
use std::collections::{BTreeSet, HashMap};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;

/// Lines that are drawn or left out together.
const BLOCK: usize = 120;

#[component]
pub fn ManifestEntry(id: String) -> impl IntoView {
    let workspace = workspace();
    let wanted = id.clone();
    let entry: Memo<Arc<ManifestView>> = Memo::new_with_compare(
        move |_| {
            workspace.manifests.with(|views| {
                views.iter().find(|view| view.id == wanted).cloned().unwrap_or_default()
            })
        },
        |old: Option<&Arc<ManifestView>>, new: Option<&Arc<ManifestView>>| match (old, new) {
            (Some(old), Some(new)) => !Arc::ptr_eq(old, new),
            _ => true,
        },
    );
    let text = move || entry.with(|entry| entry.text.clone().unwrap_or_default());
    let lines = Memo::new(move |_| {
        entry.with(|entry| entry.text.as_deref().map_or(0, |text| text.lines().count()))
    });
    let blocks = Memo::new(move |_| lines.get().div_ceil(BLOCK));
    let kind = move || entry.with(|entry| entry.kind.clone());
    let name = move || entry.with(|entry| entry.name.clone());
    let source = move || entry.with(|entry| entry.source.clone());
    let hooks = move || entry.with(|entry| entry.hooks.join(", "));
    view! {
        <article class="manifest" id=format!("manifest-{id}") data-stale=move || entry.with(|entry| entry.stale).to_string()>
            <header class="manifest-head">
                <span class="kind" data-kind=kind>{kind}</span>
                <strong class="manifest-name">{name}</strong>
                <Show when=move || !hooks().is_empty()><span class="chip">{hooks}</span></Show>
                <Show when=move || entry.with(|entry| entry.stale)><span class="chip" data-severity="warning">"last good"</span></Show>
                <span class="grow"></span>
                <span class="manifest-source" title=source>{source}</span>
                <button class="button icon-only" title="Copy" aria-label="Copy the manifest" on:click=move |_| dom::copy(&text())>
                    <Icon name="copy" />
                </button>
            </header>
            <div class="code" tabindex="0" role="region" aria-label=name>
                {move || (0..blocks.get()).map(|at| view! { <Block entry=entry lines=lines at=at /> }).collect_view()}
            </div>
        </article>
    }
}

/// A stretch of lines; far from what is seen it is only as high as its lines would be.
#[component]
fn Block(entry: Memo<Arc<ManifestView>>, lines: Memo<usize>, at: usize) -> impl IntoView {
    let rows = Memo::new(move |_| entry.with(|entry| rows(entry, at)));
    let (element, seen) = lazy::near(move || (lines.get().saturating_sub(at * BLOCK)).min(BLOCK));
    view! {
        <div class="block" node_ref=element data-first=at * BLOCK>
            <For
                each=move || if seen.get() { rows.get() } else { Vec::new() }
                key=|row| row.key
                let:row
            >
                {line(row)}
            </For>
        </div>
    }
}

#[derive(Clone, PartialEq)]
struct Row {
    /// What the line says and where it came from, and which of the lines that say so it is: a
    /// line that only moves is not drawn again.
    key: (u64, usize),
    text: String,
    origin: LineOrigin,
}

fn rows(view: &ManifestView, block: usize) -> Vec<Row> {
    let text = view.text.as_deref().unwrap_or_default();
    let mut seen: HashMap<u64, usize> = HashMap::new();
    let row = |(at, line): (usize, &str)| {
        let origin = view.origins.get(at).cloned().unwrap_or_default();
        let mut hasher = DefaultHasher::new();
        (line, &origin.reads).hash(&mut hasher);
        let hash = hasher.finish();
        let nth = seen.entry(hash).or_insert(0);
        *nth += 1;
        Row { key: (hash, *nth), text: line.to_owned(), origin }
    };
    text.lines().enumerate().skip(block * BLOCK).take(BLOCK).map(row).collect()
}

fn line(row: Row) -> impl IntoView {
    let workspace = workspace();
    let reads = StoredValue::new(row.origin.reads);
    let marked = move || {
        let touches =
            |path: &Path| reads.with_value(|reads| reads.iter().any(|read| related(read, path)));
        workspace.focus.with(|focus| focus.as_ref().is_some_and(touches)).then_some("true")
    };
    let choose = move |_| {
        let fields: BTreeSet<Path> = reads.with_value(|reads| reads.iter().cloned().collect());
        if let Some(first) = fields.iter().next() {
            dom::show(&format!("field-{first}"));
        }
        workspace.marked.set(fields);
    };
    let title = row.origin.chain.join(" < ");
    view! {
        <div class="line" data-marked=marked title=title on:click=choose>
            {highlight::line(&row.text)}
        </div>
    }
}

/// A line that read a whole map belongs to every field in it.
fn related(read: &Path, field: &Path) -> bool {
    !read.is_root() && read.contains(field)
}
