//! What Helm prints, live: manifests, values, rollout, notes, findings; and the chart's README.

pub mod block;
pub mod find;
mod highlight;
pub mod manifest;
pub mod manifests;
pub mod marks;
pub mod outline;
pub mod readme;
pub mod rollout;
pub mod values;

use crate::findings::FindingsList;
use crate::ui::{Icon, Scroller};
use crate::workspace::{Tab, workspace};
use find::{Find, FindBar};
use leptos::context::Provider;
use leptos::prelude::*;
use manifests::Manifests;
use marks::Asked;
use outline::Outline;
use readme::ReadmePage;
use rollout::Rollout;
use std::time::Duration;
use values::Values;

/// Time after which a preview that is out of date says so.
const PATIENCE: Duration = Duration::from_millis(250);

#[component]
pub fn PreviewPane() -> impl IntoView {
    let workspace = workspace();
    let find = Find::provide(workspace);
    Asked::provide();
    let outlined = RwSignal::new(false);
    let tab = move |tab: Tab, name: &'static str| {
        view! {
            <button
                role="tab"
                class="tab"
                aria-selected=move || (workspace.tab.get() == tab).to_string()
                on:click=move |_| workspace.tab.set(tab)
            >
                {name}
            </button>
        }
    };
    let manifests = move || workspace.tab.get() == Tab::Manifests;
    let late = late(workspace.stale);
    view! {
        <section
            class="preview"
            aria-label="Preview"
            data-stale=move || workspace.stale.get().to_string()
            data-late=move || late.get().to_string()
            on:keydown=move |event| find.key(&event)
        >
            <div class="tabs" role="tablist" aria-label="What the preview shows">
                {tab(Tab::Manifests, "Manifests")}
                {tab(Tab::Values, "Values")}
                {tab(Tab::Rollout, "Rollout")}
                {tab(Tab::Notes, "Notes")}
                {tab(Tab::Findings, "Findings")}
                {tab(Tab::Readme, "README")}
            </div>
            <Problem />
            <Show when=manifests>
                <FindBar outlined=outlined />
                <Show when=move || outlined.get()>
                    <Outline />
                </Show>
            </Show>
            <Body />
        </section>
    }
}

/// Whether the preview has been out of date for so long that a person should know. It fades then;
/// a preview that faded at every key would flicker.
fn late(stale: Memo<bool>) -> ReadSignal<bool> {
    let (late, tell) = signal(false);
    Effect::new(move || {
        let timer = match stale.get() {
            true => set_timeout_with_handle(move || tell.set(true), PATIENCE).ok(),
            false => {
                if late.get_untracked() {
                    tell.set(false);
                }
                None
            }
        };
        on_cleanup(move || {
            if let Some(timer) = timer {
                timer.clear();
            }
        });
    });
    late
}

#[component]
fn Body() -> impl IntoView {
    let workspace = workspace();
    let (scroller, element) = Scroller::new();
    let body = move || match workspace.tab.get() {
        Tab::Manifests => view! { <Manifests /> }.into_any(),
        Tab::Values => view! { <Values /> }.into_any(),
        Tab::Rollout => view! { <Rollout /> }.into_any(),
        Tab::Notes => view! { <Notes /> }.into_any(),
        Tab::Readme => view! { <ReadmePage /> }.into_any(),
        Tab::Findings => view! { <FindingsList /> }.into_any(),
    };
    view! {
        <div class="preview-body" node_ref=element role="tabpanel" tabindex="0" aria-label="Preview">
            <Provider value=scroller>{body}</Provider>
        </div>
    }
}

/// Why Helm would refuse, in Helm's words; the manifests below are the last good ones.
#[component]
fn Problem() -> impl IntoView {
    let workspace = workspace();
    let several =
        move || workspace.card.with(|card| card.as_ref().is_some_and(|it| it.releases.len() > 1));
    move || {
        workspace.told.problems.get().into_iter().map(|(release, problem)| view! {
            <div class="problem" role="alert">
                <p>
                    <Icon name="error" />
                    <strong>
                        {several().then(|| format!("{release}: "))}
                        "Helm would refuse this. Below is the last good result."
                    </strong>
                </p>
                <pre>{problem.message}</pre>
                {(!problem.reads.is_empty()).then(|| view! {
                    <p class="muted">"Values involved: "{problem.reads.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")}</p>
                })}
            </div>
        }).collect_view()
    }
}

#[component]
fn Notes() -> impl IntoView {
    let workspace = workspace();
    let notes = workspace.told.notes;
    let one = move || notes.with(Vec::len) < 2;
    move || {
        notes.get().into_iter().map(|(name, notes)| view! {
            {(!one()).then(|| view! { <h3 class="release-name">{name}</h3> })}
            <pre class="notes">{notes.unwrap_or_else(|| "This chart has no notes.".to_owned())}</pre>
        }).collect_view()
    }
}
