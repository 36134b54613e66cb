//! The frame: header, and the catalog, the editor or a comparison. No logic.

use crate::catalog::{Catalog, files};
use crate::compare::ComparePage;
use crate::dom;
use crate::engine::{Bridge, News};
use crate::export::ExportSheet;
use crate::findings::Summary;
use crate::form::FormPane;
use crate::preview::PreviewPane;
use crate::ui::{Icon, Splitter};
use crate::workspace::{Area, Page, Tab, Workspace, open_address, start, workspace};
use leptos::prelude::*;
use session::{Reply, Severity};
use std::sync::Arc;
use web_sys::DragEvent;

#[component]
pub fn App() -> impl IntoView {
    let inbox: RwSignal<Option<Workspace>> = RwSignal::new(None);
    let bridge = Bridge::new(move |news| {
        if let Some(workspace) = inbox.get_untracked() {
            hear(workspace, news);
        }
    });
    let workspace = Workspace::new(bridge);
    inbox.set(Some(workspace));
    provide_context(workspace);
    dom::set_theme(&dom::theme());
    open_address(workspace);
    start(workspace);
    window_event_listener(leptos::ev::popstate, move |_| open_address(workspace));
    window_event_listener(leptos::ev::keydown, move |event| {
        if (event.ctrl_key() || event.meta_key()) && event.key().eq_ignore_ascii_case("z") {
            event.prevent_default();
            if event.shift_key() {
                workspace.redo();
            } else {
                workspace.undo();
            }
        }
    });
    // A file that misses its target must not take the page away.
    window_event_listener(leptos::ev::dragover, |event: DragEvent| event.prevent_default());
    window_event_listener(leptos::ev::drop, move |event: DragEvent| {
        event.prevent_default();
        files::take_drop(workspace, event.data_transfer());
    });
    let body = move || match workspace.page.get() {
        Page::Catalog => view! { <Catalog /> }.into_any(),
        Page::Editor => view! { <Editor /> }.into_any(),
        Page::Compare => view! { <ComparePage /> }.into_any(),
    };
    view! {
        <Header />
        <Notice />
        {body}
        <ExportSheet />
    }
}

/// What the engine tells, to the workspace.
fn hear(workspace: Workspace, news: News) {
    let reply = match news {
        News::Reply(reply) => reply,
        News::Restarted(why) => {
            return workspace.tell(format!(
                "The engine was started afresh because {why}. Your values are kept; the preview shows the last good result."
            ));
        }
    };
    match reply {
        Reply::Ready => {}
        Reply::Catalog { entries } => workspace.entries.set(entries),
        Reply::Opened { card } => workspace.opened(*card),
        Reply::Rendered { changes } => workspace.rendered(*changes),
        Reply::Reviewed { changes } => workspace.reviewed(*changes),
        Reply::Origins { origins } => workspace.take_origins(origins),
        Reply::Readme { readmes } => workspace.readmes.set(Some(Arc::new(readmes))),
        Reply::Exported { file } => dom::download(&file),
        Reply::Parsed { path, text, problem, value } => {
            workspace.parsed(&path, text, problem, value);
        }
        Reply::Values { values } => workspace.take_values(&values),
        Reply::Compared { comparison } => workspace.comparison.set(Some(Arc::new(*comparison))),
        Reply::Failed { failure } => workspace.tell(failure.message),
    }
}

#[component]
fn Header() -> impl IntoView {
    let workspace = workspace();
    let editing = move || workspace.page.get() == Page::Editor;
    view! {
        <header class="header">
            <button class="brand" on:click=move |_| workspace.close() aria-label="Chartroom, all deployments">
                <Icon name="logo" />
                <span>"Chartroom"</span>
            </button>
            <Show when=editing>
                <Toolbar />
            </Show>
            <span class="grow"></span>
            <Show when=editing>
                <button class="button compare-button" on:click=move |_| workspace.page.set(Page::Compare)>
                    <Icon name="compare" />
                    <span>"Compare"</span>
                </button>
                <button class="button" data-variant="primary" on:click=move |_| workspace.exporting.set(true)>
                    <Icon name="download" />
                    "Export"
                </button>
            </Show>
            <ThemeButton />
        </header>
    }
}

#[component]
fn ThemeButton() -> impl IntoView {
    let theme = RwSignal::new(dom::theme());
    let next = move |_| {
        let next = match theme.get_untracked().as_str() {
            "" => "light",
            "light" => "dark",
            _ => "",
        };
        dom::set_theme(next);
        theme.set(next.to_owned());
    };
    let name = move || match theme.get().as_str() {
        "light" => "sun",
        "dark" => "moon",
        _ => "auto",
    };
    let label = move || match theme.get().as_str() {
        "light" => "Theme: light",
        "dark" => "Theme: dark",
        _ => "Theme: as the system",
    };
    view! {
        <button class="button icon-only" on:click=next title=label aria-label=label>
            {move || view! { <Icon name=name() /> }}
        </button>
    }
}

/// Chart, preset, undo and redo.
#[component]
fn Toolbar() -> impl IntoView {
    let workspace = workspace();
    let title = move || {
        workspace.card.with(|card| {
            card.as_ref().map(|card| (card.name.clone(), card.version.clone())).unwrap_or_default()
        })
    };
    view! {
        <div class="toolbar">
            <span class="chart-title">
                <strong>{move || title().0}</strong>
                <span class="muted">{move || title().1}</span>
            </span>
            <PresetSelect />
            <button
                class="button icon-only"
                title="Undo (Ctrl+Z)"
                aria-label="Undo"
                disabled=move || !workspace.draft.with(|draft| draft.can_undo())
                on:click=move |_| workspace.undo()
            >
                <Icon name="undo" />
            </button>
            <button
                class="button icon-only"
                title="Redo (Ctrl+Shift+Z)"
                aria-label="Redo"
                disabled=move || !workspace.draft.with(|draft| draft.can_redo())
                on:click=move |_| workspace.redo()
            >
                <Icon name="redo" />
            </button>
            <Summary />
        </div>
    }
}

#[component]
fn PresetSelect() -> impl IntoView {
    let workspace = workspace();
    let names = Memo::new(move |_| {
        workspace.card.with(|card| {
            let presets = card.iter().flat_map(|card| &card.presets);
            presets.map(|preset| preset.name.clone()).collect::<Vec<_>>()
        })
    });
    let chosen = Memo::new(move |_| {
        workspace.draft.with(|draft| draft.inputs.preset.clone().unwrap_or_default())
    });
    let choose = move |event| {
        let name = event_target_value(&event);
        workspace.choose_preset((!name.is_empty()).then_some(name));
    };
    view! {
        <label class="preset">
            <span class="muted">"Preset"</span>
            <select class="input" on:change=choose>
                <option value="" selected=move || chosen.get().is_empty()>"Chart defaults"</option>
                {move || names.get().into_iter().map(|name| {
                    let (own, value) = (name.clone(), name.clone());
                    view! {
                        <option value=value selected=move || chosen.get() == own>{name}</option>
                    }
                }).collect_view()}
            </select>
        </label>
    }
}

/// Lines for the person, until they are closed.
#[component]
fn Notice() -> impl IntoView {
    let workspace = workspace();
    let line = |text: String, close: Box<dyn Fn() + Send>| {
        view! {
            <div class="notice">
                <Icon name="warning" />
                <span class="grow">{text}</span>
                <button class="button icon-only" aria-label="Close" on:click=move |_| close()>
                    <Icon name="close" />
                </button>
            </div>
        }
    };
    view! {
        <div class="notice-area" role="status" aria-live="polite">
            {move || workspace.unsaved.get().map(|text| line(text.to_owned(), Box::new(move || workspace.unsaved.set(None))))}
            {move || workspace.notice.get().map(|text| line(text, Box::new(move || workspace.notice.set(None))))}
        </div>
    }
}

/// Errors, on the bar of a narrow screen.
#[component]
fn FindingCount() -> impl IntoView {
    let workspace = workspace();
    let errors = Memo::new(move |_| workspace.count(Severity::Error));
    move || (errors.get() > 0).then(|| view! { <span class="count">{errors.get()}</span> })
}

#[component]
fn Editor() -> impl IntoView {
    let workspace = workspace();
    let area = move || match workspace.area.get() {
        Area::Form => "form",
        Area::Preview => "preview",
        Area::Findings => "findings",
    };
    let go = move |area: Area| {
        workspace.area.set(area);
        match area {
            Area::Findings => workspace.tab.set(Tab::Findings),
            Area::Preview => workspace.tab.set(Tab::Manifests),
            Area::Form => {}
        }
    };
    let tab = move |area: Area, name: &'static str, icon: &'static str| {
        view! {
            <button
                class="bar-tab"
                aria-current=move || (workspace.area.get() == area).then_some("page")
                on:click=move |_| go(area)
            >
                <Icon name=icon />
                <span>{name}</span>
                {(area == Area::Findings).then(|| view! { <FindingCount /> })}
            </button>
        }
    };
    view! {
        <main class="editor" data-area=area>
            <FormPane />
            <Splitter />
            <PreviewPane />
        </main>
        <nav class="bar" aria-label="Areas">
            {tab(Area::Form, "Form", "form")}
            {tab(Area::Preview, "Preview", "preview")}
            {tab(Area::Findings, "Findings", "findings")}
        </nav>
    }
}
