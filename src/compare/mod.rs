//! Presets side by side, for reviewers: facts, values, manifests with line diffs, findings, and a
//! summary to copy.

pub mod columns;
mod manifests;
pub mod sides;
mod tables;

use crate::dom;
use crate::ui::Icon;
use crate::workspace::{Page, workspace};
use columns::Columns;
use leptos::prelude::*;
use session::Comparison;
use sides::Choice;
use std::sync::Arc;

/// What of the comparison is shown.
#[derive(Clone, Copy, PartialEq, Eq)]
enum View {
    Facts,
    Values,
    Manifests,
    Findings,
}

#[component]
pub fn ComparePage() -> impl IntoView {
    let workspace = workspace();
    let choices: RwSignal<Vec<Choice>> = RwSignal::new(sides::from_address(&dom::address()));
    let view_now = RwSignal::new(View::Facts);
    let all = RwSignal::new(false);
    // The first choice waits for the catalog; after it the choices are the person's.
    Effect::new(move || {
        let entries = workspace.entries.get();
        if !entries.is_empty() && choices.with_untracked(Vec::is_empty) {
            choices.set(sides::at_first(sides::open(workspace), &entries));
        }
    });
    Effect::new(move || {
        let choices = choices.get();
        if choices.len() < 2 {
            return;
        }
        dom::replace_address(&sides::to_address(&choices));
        workspace.compare(untrack(|| sides::sides(workspace, &choices)));
    });
    let comparison = move || workspace.comparison.get();
    let tab = move |view: View, name: &'static str| {
        view! {
            <button
                role="tab"
                class="tab"
                aria-selected=move || (view_now.get() == view).to_string()
                on:click=move |_| view_now.set(view)
            >
                {name}
            </button>
        }
    };
    view! {
        <main class="compare">
            <div class="compare-head">
                <Head />
                <Columns choices=choices />
                <div class="compare-bar">
                    <div class="tabs" role="tablist" aria-label="What is compared">
                        {tab(View::Facts, "Facts")}
                        {tab(View::Values, "Values")}
                        {tab(View::Manifests, "Manifests")}
                        {tab(View::Findings, "Findings")}
                    </div>
                    <label class="check">
                        <input type="checkbox" prop:checked=move || all.get() on:change=move |event| all.set(event_target_checked(&event)) />
                        "Show what is the same, too"
                    </label>
                </div>
            </div>
            <div class="compare-body" tabindex="0" role="region" aria-label="Comparison">
                {move || comparison().map(|comparison| body(view_now.get(), &comparison, all.get()))}
            </div>
        </main>
    }
}

fn body(view: View, comparison: &Arc<Comparison>, all: bool) -> AnyView {
    match view {
        View::Facts => tables::facts(comparison, all).into_any(),
        View::Values => tables::values(comparison, all).into_any(),
        View::Manifests => manifests::list(comparison, all).into_any(),
        View::Findings => tables::findings(comparison).into_any(),
    }
}

/// Title, the way back, and what can be taken along.
#[component]
fn Head() -> impl IntoView {
    let workspace = workspace();
    let markdown = move || {
        workspace
            .comparison
            .with(|it| it.as_ref().map(|it| it.markdown.clone()))
            .unwrap_or_default()
    };
    let back = move |_| {
        let open = workspace.card.with_untracked(Option::is_some);
        workspace.page.set(if open { Page::Editor } else { Page::Catalog });
    };
    view! {
        <div class="section-head">
            <h1>"Compare presets"</h1>
            <span class="grow"></span>
            <button class="button" on:click=back>"Back"</button>
            <button class="button" on:click=move |_| dom::copy(&dom::whole_address())>
                <Icon name="link" />
                "Copy link"
            </button>
            <button class="button" data-variant="primary" on:click=move |_| dom::copy(&markdown())>
                <Icon name="copy" />
                "Copy as Markdown"
            </button>
        </div>
    }
}
