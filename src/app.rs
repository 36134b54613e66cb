//! The frame: header, and either the catalog or the editor. No logic.

use crate::catalog::Catalog;
use crate::dom;
use crate::engine::{Bridge, News};
use crate::export::ExportSheet;
use crate::findings::Summary;
use crate::form::FormPane;
use crate::preview::PreviewPane;
use crate::ui::Icon;
use crate::workspace::{Area, EngineState, Tab, Workspace, start, workspace};
use leptos::prelude::*;
use session::{OpenSource, Reply};

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
    start(workspace);
    if let Some(id) = dom::address().strip_prefix("#/").filter(|id| !id.is_empty()) {
        workspace.open(OpenSource::Bundled { id: id.to_owned() });
    }
    window_event_listener(leptos::ev::keydown, move |event| {
        if (event.ctrl_key() || event.meta_key()) && event.key().eq_ignore_ascii_case("z") {
            event.prevent_default();
            workspace
                .draft
                .update(|draft| if event.shift_key() { draft.redo() } else { draft.undo() });
        }
    });
    let open = move || workspace.card.with(Option::is_some);
    view! {
        <Header />
        <Notice />
        <Show when=open fallback=|| view! { <Catalog /> }>
            <Editor />
        </Show>
        <ExportSheet />
    }
}

/// What the engine tells, to the workspace.
fn hear(workspace: Workspace, news: News) {
    match news {
        News::Busy => workspace.engine.set(EngineState::Busy),
        News::Restarted(why) => {
            workspace.engine.set(EngineState::Restarted(why.clone()));
            workspace.notice.set(Some(format!(
                "The engine was started afresh because {why}. Your values are kept; the preview shows the last good result."
            )));
        }
        News::Reply(reply) => {
            workspace.engine.set(EngineState::Idle);
            match reply {
                Reply::Ready => {}
                Reply::Catalog { entries } => workspace.entries.set(entries),
                Reply::Opened { card } => workspace.opened(*card),
                Reply::Report { report } => workspace.accept(*report),
                Reply::Exported { file } => dom::download(&file),
                Reply::Failed { failure } => workspace.notice.set(Some(failure.message)),
            }
        }
    }
}

#[component]
fn Header() -> impl IntoView {
    let workspace = workspace();
    let open = move || workspace.card.with(Option::is_some);
    view! {
        <header class="header">
            <button class="brand" on:click=move |_| workspace.close() aria-label="Chartroom, all deployments">
                <Icon name="logo" />
                <span>"Chartroom"</span>
            </button>
            <Show when=open>
                <Toolbar />
            </Show>
            <span class="grow"></span>
            <Show when=open>
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
        let release = workspace.card.get().and_then(|card| card.releases.first().cloned());
        release.map(|release| (release.chart, release.version)).unwrap_or_default()
    };
    let presets = move || {
        let release = workspace.card.get().and_then(|card| card.releases.first().cloned());
        release.map(|release| release.presets).unwrap_or_default()
    };
    let chosen =
        move || workspace.draft.with(|draft| draft.inputs.preset.clone().unwrap_or_default());
    let choose = move |event| {
        let name = event_target_value(&event);
        workspace.choose_preset((!name.is_empty()).then_some(name));
    };
    view! {
        <div class="toolbar">
            <span class="chart-title">
                <strong>{move || title().0}</strong>
                <span class="muted">{move || title().1}</span>
            </span>
            <label class="preset">
                <span class="muted">"Preset"</span>
                <select class="input" on:change=choose prop:value=chosen>
                    <option value="">"Chart defaults"</option>
                    {move || presets()
                        .into_iter()
                        .map(|preset| {
                            let name = preset.name.clone();
                            let selected = chosen() == name;
                            view! { <option value=name selected=selected>{preset.name}</option> }
                        })
                        .collect_view()}
                </select>
            </label>
            <button
                class="button icon-only"
                title="Undo (Ctrl+Z)"
                aria-label="Undo"
                disabled=move || !workspace.draft.with(|draft| draft.can_undo())
                on:click=move |_| workspace.draft.update(|draft| draft.undo())
            >
                <Icon name="undo" />
            </button>
            <button
                class="button icon-only"
                title="Redo (Ctrl+Shift+Z)"
                aria-label="Redo"
                disabled=move || !workspace.draft.with(|draft| draft.can_redo())
                on:click=move |_| workspace.draft.update(|draft| draft.redo())
            >
                <Icon name="redo" />
            </button>
            <Summary />
        </div>
    }
}

/// One line for the person, until it is closed.
#[component]
fn Notice() -> impl IntoView {
    let workspace = workspace();
    view! {
        <div class="notice-area" role="status" aria-live="polite">
            {move || workspace.notice.get().map(|text| view! {
                <div class="notice">
                    <Icon name="warning" />
                    <span class="grow">{text}</span>
                    <button class="button icon-only" aria-label="Close" on:click=move |_| workspace.notice.set(None)>
                        <Icon name="close" />
                    </button>
                </div>
            })}
        </div>
    }
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
            </button>
        }
    };
    view! {
        <main class="editor" data-area=area>
            <FormPane />
            <PreviewPane />
        </main>
        <nav class="bar" aria-label="Areas">
            {tab(Area::Form, "Form", "form")}
            {tab(Area::Preview, "Preview", "preview")}
            {tab(Area::Findings, "Findings", "findings")}
        </nav>
    }
}
