//! What Helm prints, live: manifests, values, notes, findings.

mod highlight;
pub mod manifest;

use crate::findings::FindingsList;
use crate::ui::Icon;
use crate::workspace::{Tab, workspace};
use leptos::prelude::*;
use manifest::ManifestEntry;

#[component]
pub fn PreviewPane() -> impl IntoView {
    let workspace = workspace();
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
    let body = move || match workspace.tab.get() {
        Tab::Manifests => view! { <Manifests /> }.into_any(),
        Tab::Values => view! { <Values /> }.into_any(),
        Tab::Notes => view! { <Notes /> }.into_any(),
        Tab::Findings => view! { <FindingsList /> }.into_any(),
    };
    view! {
        <section class="preview" aria-label="Preview" data-stale=move || workspace.stale.get().to_string()>
            <div class="tabs" role="tablist">
                {tab(Tab::Manifests, "Manifests")}
                {tab(Tab::Values, "Values")}
                {tab(Tab::Notes, "Notes")}
                {tab(Tab::Findings, "Findings")}
            </div>
            <Problem />
            <div class="preview-body" role="tabpanel">{body}</div>
        </section>
    }
}

/// Why Helm would refuse, in Helm's words; the manifests below are the last good ones.
#[component]
fn Problem() -> impl IntoView {
    let workspace = workspace();
    let problem = move || {
        workspace
            .report
            .with(|report| report.releases.first().and_then(|release| release.problem.clone()))
    };
    move || {
        problem().map(|problem| view! {
        <div class="problem" role="alert">
            <p><Icon name="error" /><strong>"Helm would refuse this. Below is the last good result."</strong></p>
            <pre>{problem.message}</pre>
            {(!problem.reads.is_empty()).then(|| view! {
                <p class="muted">"Values involved: "{problem.reads.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")}</p>
            })}
        </div>
    })
    }
}

#[component]
fn Manifests() -> impl IntoView {
    let workspace = workspace();
    let ids = Memo::new(move |_| {
        workspace.report.with(|report| {
            let views = report.releases.iter().flat_map(|release| &release.manifests);
            views.map(|view| view.id.clone()).collect::<Vec<_>>()
        })
    });
    view! {
        <Show when=move || ids.with(Vec::is_empty)>
            <p class="empty">"Nothing is rendered yet."</p>
        </Show>
        <For each=move || ids.get() key=|id| id.clone() let:id>
            <ManifestEntry id=id />
        </For>
    }
}

#[component]
fn Values() -> impl IntoView {
    let workspace = workspace();
    let text = Memo::new(move |_| {
        workspace.report.with(|report| {
            report.releases.first().map(|release| release.values_yaml.clone()).unwrap_or_default()
        })
    });
    view! {
        <p class="section-text">"What differs from the chart's defaults: the values.yaml that you export."</p>
        <div class="code">
            {move || text.get().lines().map(|line| view! { <div class="line">{highlight::line(line)}</div> }).collect_view()}
        </div>
    }
}

#[component]
fn Notes() -> impl IntoView {
    let workspace = workspace();
    let notes = move || {
        workspace
            .report
            .with(|report| report.releases.first().and_then(|release| release.notes.clone()))
    };
    view! { <pre class="notes">{move || notes().unwrap_or_else(|| "This chart has no notes.".to_owned())}</pre> }
}
