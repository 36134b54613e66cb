//! The opening page: bundled deployments, recent drafts, and one's own chart by file, folder or
//! drop.

pub mod files;

use crate::ui::Icon;
use crate::workspace::storage::{self, Recent};
use crate::workspace::{Page, workspace};
use leptos::html;
use leptos::prelude::*;
use session::{CatalogEntry, OpenSource};
use web_sys::{DragEvent, HtmlInputElement};

#[component]
pub fn Catalog() -> impl IntoView {
    let workspace = workspace();
    let waiting = move || workspace.entries.with(Vec::is_empty);
    let recent = RwSignal::new(storage::recent());
    view! {
        <main class="catalog">
            <section class="hero">
                <h1>"Configure a Helm chart, see what Helm prints"</h1>
                <p>
                    "Fill in a form made from the chart's own schema. Every documented rule is checked as you type, and the preview is what "
                    <code>"helm template"</code>
                    " prints, byte for byte. Nothing leaves this page."
                </p>
            </section>
            <Show when=move || !recent.with(Vec::is_empty)>
                <section aria-labelledby="recent">
                    <h2 id="recent">"Go on where you were"</h2>
                    <ul class="recent">
                        <For each=move || recent.get() key=|entry| entry.id.clone() let:entry>
                            <li><Draft entry=entry recent=recent /></li>
                        </For>
                    </ul>
                </section>
            </Show>
            <section aria-labelledby="bundled">
                <div class="section-head">
                    <h2 id="bundled">"Deployments"</h2>
                    <button class="button" on:click=move |_| workspace.page.set(Page::Compare)>
                        <Icon name="compare" />
                        "Compare presets"
                    </button>
                </div>
                <Show when=waiting>
                    <p class="muted">"Starting the engine …"</p>
                </Show>
                <ul class="cards">
                    <For each=move || workspace.entries.get() key=|entry| entry.id.clone() let:entry>
                        <li><Card entry=entry /></li>
                    </For>
                </ul>
            </section>
            <section aria-labelledby="own">
                <h2 id="own">"Your own chart"</h2>
                <Drop />
            </section>
        </main>
    }
}

#[component]
fn Card(entry: CatalogEntry) -> impl IntoView {
    let workspace = workspace();
    let id = entry.id.clone();
    let open = move |_| workspace.open(OpenSource::Bundled { id: id.clone() });
    let stack = entry.releases.len() > 1;
    let id = entry.id.clone();
    view! {
        <button class="card" data-id=id on:click=open>
            <span class="card-title">
                <strong>{entry.id}</strong>
            </span>
            <span class="card-id muted">
                {if stack { format!("{} · {} releases", entry.title, entry.releases.len()) } else { format!("{} {}", entry.title, entry.version) }}
            </span>
            <span class="card-text">{entry.description}</span>
            {stack.then(|| view! { <span class="card-releases muted">{entry.releases.join(" → ")}</span> })}
            <span class="card-presets">
                {entry.presets.into_iter().map(|name| view! { <span class="chip">{name}</span> }).collect_view()}
            </span>
        </button>
    }
}

/// A draft that this browser keeps.
#[component]
fn Draft(entry: Recent, recent: RwSignal<Vec<Recent>>) -> impl IntoView {
    let workspace = workspace();
    let (id, origin, bundled) = (entry.id.clone(), entry.origin.clone(), entry.bundled);
    let open = move |_| {
        let source = match bundled {
            true => Some(OpenSource::Bundled { id: origin.clone() }),
            false => storage::chart(&id),
        };
        match source {
            Some(source) => workspace.open(source),
            None => workspace.tell(format!(
                "Drop {origin} again: it was too large for the browser to keep, your draft was not."
            )),
        }
    };
    let gone = entry.id.clone();
    let discard = move |_| {
        storage::discard(&gone);
        recent.set(storage::recent());
    };
    let edits = match entry.edits {
        0 => "no edits".to_owned(),
        1 => "1 edit".to_owned(),
        edits => format!("{edits} edits"),
    };
    let preset = entry.preset.map_or_else(String::new, |preset| format!(" on {preset}"));
    let label = format!("Discard the draft of {}", entry.name);
    view! {
        <div class="recent-row">
            <button class="recent-open" on:click=open>
                <Icon name="form" />
                <span>
                    <strong>{entry.name}</strong>
                    <span class="muted">{entry.origin}</span>
                </span>
                <span class="muted recent-edits">{edits}{preset}</span>
            </button>
            <button class="button icon-only" title="Discard" aria-label=label on:click=discard>
                <Icon name="close" />
            </button>
        </div>
    }
}

/// Takes a `.tgz`, a `.zip` or a folder.
#[component]
fn Drop() -> impl IntoView {
    let workspace = workspace();
    let over = RwSignal::new(false);
    let folder: NodeRef<html::Input> = NodeRef::new();
    Effect::new(move || {
        if let Some(folder) = folder.get() {
            // Leptos has no name for it; a browser without it picks files.
            let _ = folder.set_attribute("webkitdirectory", "");
        }
    });
    let dropped = move |event: DragEvent| {
        event.prevent_default();
        event.stop_propagation();
        over.set(false);
        files::take_drop(workspace, event.data_transfer());
    };
    let picked = move |event: leptos::ev::Event| {
        let input: HtmlInputElement = event_target(&event);
        files::take_list(workspace, input.files());
        // The same file can be picked again.
        input.set_value("");
    };
    view! {
        <div
            class="drop"
            data-over=move || over.get().to_string()
            on:dragover=move |event: DragEvent| {
                event.prevent_default();
                over.set(true);
            }
            on:dragleave=move |_| over.set(false)
            on:drop=dropped
        >
            <Icon name="folder" />
            <p class="drop-text">
                <strong>"Drop a chart here"</strong>
                ": its folder, a "
                <code>".tgz"</code>
                " from helm package, a "
                <code>".zip"</code>
                ", or a folder with a "
                <code>"helmfile.yaml"</code>
            </p>
            <label class="button">
                "Choose a file"
                <input type="file" class="visually-hidden" data-pick="file" accept=".tgz,.gz,.zip" on:change=picked />
            </label>
            <label class="button">
                "Choose a folder"
                <input type="file" class="visually-hidden" data-pick="folder" node_ref=folder on:change=picked />
            </label>
        </div>
    }
}
