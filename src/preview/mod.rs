//! What Helm prints, live: manifests, values, rollout, notes, findings.

mod highlight;
mod lazy;
pub mod manifest;
pub mod rollout;
pub mod values;

use crate::findings::FindingsList;
use crate::ui::Icon;
use crate::workspace::{Tab, workspace};
use lazy::TotalLines;
use leptos::prelude::*;
use manifest::ManifestEntry;
use rollout::Rollout;
use values::Values;

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
        Tab::Rollout => view! { <Rollout /> }.into_any(),
        Tab::Notes => view! { <Notes /> }.into_any(),
        Tab::Findings => view! { <FindingsList /> }.into_any(),
    };
    view! {
        <section class="preview" aria-label="Preview" data-stale=move || workspace.stale.get().to_string()>
            <div class="tabs" role="tablist" aria-label="What the preview shows">
                {tab(Tab::Manifests, "Manifests")}
                {tab(Tab::Values, "Values")}
                {tab(Tab::Rollout, "Rollout")}
                {tab(Tab::Notes, "Notes")}
                {tab(Tab::Findings, "Findings")}
            </div>
            <Problem />
            <div class="preview-body" role="tabpanel" tabindex="0" aria-label="Preview">{body}</div>
        </section>
    }
}

/// Why Helm would refuse, in Helm's words; the manifests below are the last good ones.
#[component]
fn Problem() -> impl IntoView {
    let workspace = workspace();
    let problems = Memo::new(move |_| {
        workspace.report.with(|report| {
            let broken = report
                .releases
                .iter()
                .filter_map(|release| Some((release.name.clone(), release.problem.clone()?)));
            let several = report.releases.len() > 1;
            broken.map(|(name, it)| (several.then_some(name), it)).collect::<Vec<_>>()
        })
    });
    move || {
        problems.get().into_iter().map(|(release, problem)| view! {
            <div class="problem" role="alert">
                <p>
                    <Icon name="error" />
                    <strong>
                        {release.map(|release| format!("{release}: "))}
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
fn Manifests() -> impl IntoView {
    let workspace = workspace();
    let ids = Memo::new(move |_| {
        workspace
            .manifests
            .with(|views| views.iter().map(|view| view.id.clone()).collect::<Vec<_>>())
    });
    let total = Memo::new(move |_| {
        let lines = |text: &Option<String>| text.as_deref().map_or(0, |text| text.lines().count());
        workspace.manifests.with(|views| views.iter().map(|view| lines(&view.text)).sum())
    });
    provide_context(TotalLines(total));
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
fn Notes() -> impl IntoView {
    let workspace = workspace();
    let notes = Memo::new(move |_| {
        workspace.report.with(|report| {
            let notes = report.releases.iter();
            notes.map(|it| (it.name.clone(), it.notes.clone())).collect::<Vec<_>>()
        })
    });
    let one = move || notes.with(Vec::len) < 2;
    move || {
        notes.get().into_iter().map(|(name, notes)| view! {
            {(!one()).then(|| view! { <h3 class="release-name">{name}</h3> })}
            <pre class="notes">{notes.unwrap_or_else(|| "This chart has no notes.".to_owned())}</pre>
        }).collect_view()
    }
}
