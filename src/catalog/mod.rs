//! The opening page: bundled deployments, and one's own chart by file or drop.

use crate::dom;
use crate::ui::Icon;
use crate::workspace::{Workspace, workspace};
use leptos::prelude::*;
use session::{CatalogEntry, OpenSource};
use wasm_bindgen::JsCast;
use web_sys::{DragEvent, FileList, HtmlInputElement};

#[component]
pub fn Catalog() -> impl IntoView {
    let workspace = workspace();
    let waiting = move || workspace.entries.with(Vec::is_empty);
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
            <section aria-labelledby="bundled">
                <h2 id="bundled">"Deployments"</h2>
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
    view! {
        <button class="card" on:click=open>
            <span class="card-title">
                <strong>{entry.chart}</strong>
                <span class="badge">{entry.version}</span>
            </span>
            <span class="card-id muted">{entry.id}</span>
            <span class="card-text">{entry.description}</span>
            <span class="card-presets">
                {entry.presets.into_iter().map(|name| view! { <span class="chip">{name}</span> }).collect_view()}
            </span>
        </button>
    }
}

/// Takes a `.tgz` or `.zip`.
#[component]
fn Drop() -> impl IntoView {
    let workspace = workspace();
    let over = RwSignal::new(false);
    let dropped = move |event: DragEvent| {
        event.prevent_default();
        over.set(false);
        take(workspace, event.data_transfer().and_then(|transfer| transfer.files()));
    };
    let picked = move |event: leptos::ev::Event| {
        let input: HtmlInputElement = event_target(&event);
        take(workspace, input.files());
    };
    view! {
        <label
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
            <span>
                <strong>"Drop a chart here"</strong>
                " or choose a file: "
                <code>".tgz"</code>
                " from helm package, or "
                <code>".zip"</code>
            </span>
            <input type="file" class="visually-hidden" accept=".tgz,.gz,.zip" on:change=picked />
        </label>
    }
}

fn take(workspace: Workspace, files: Option<FileList>) {
    let Some(file) = files.and_then(|files| files.item(0)) else { return };
    let name = file.name();
    let file = file.unchecked_into();
    dom::read_file(&file, move |data| {
        workspace.open(OpenSource::Archive { name: name.clone(), data });
    });
}
