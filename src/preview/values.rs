//! The values that an export holds: what differs from the charts' defaults.

use super::highlight;
use crate::dom;
use crate::ui::Icon;
use crate::workspace::workspace;
use leptos::prelude::*;
use session::{LeftOut, Path};

#[component]
pub fn Values() -> impl IntoView {
    let workspace = workspace();
    let all = workspace.told.values;
    let unread = workspace.told.unread;
    view! {
        <p class="section-text">"What differs from the chart's defaults: the values.yaml that you export."</p>
        {move || all.get().into_iter().map(|(name, text)| {
            let copied = text.clone();
            view! {
                <article class="manifest">
                    <header class="manifest-head">
                        <strong class="manifest-name">{name}</strong>
                        <span class="grow"></span>
                        <button class="button icon-only" title="Copy" aria-label="Copy the values" on:click=move |_| dom::copy(&copied)>
                            <Icon name="copy" />
                        </button>
                    </header>
                    <div class="code">
                        {text.lines().map(|line| view! { <div class="line">{highlight::line(line)}</div> }).collect_view()}
                    </div>
                </article>
            }
        }).collect_view()}
        <LeftOutList />
        <Show when=move || !unread.with(Vec::is_empty)>
            <h3>"Read by no template"</h3>
            <p class="section-text">"Nothing that is rendered now depends on these: a switch that is off, or a misspelt key."</p>
            <ul class="paths">
                {move || unread.get().into_iter().map(|path| view! { <li>{path_button(path)}</li> }).collect_view()}
            </ul>
        </Show>
    }
}

/// What is not rendered now, and the fields that decide it.
#[component]
fn LeftOutList() -> impl IntoView {
    let workspace = workspace();
    let all = workspace.told.left_out;
    view! {
        <Show when=move || !all.with(|all| all.is_empty())>
            <h3>"Left out now"</h3>
            <p class="section-text">"Parts of the templates that other values would bring, with the fields that decide."</p>
            <ul class="left-out">{move || all.get().iter().cloned().map(left_out).collect_view()}</ul>
        </Show>
    }
}

fn left_out(decision: LeftOut) -> impl IntoView {
    let LeftOut { at, condition, wants, reads } = decision;
    let condition = if wants { condition } else { format!("{condition} … else") };
    view! {
        <li class="left-out-row">
            <code>{condition}</code>
            <span class="finding-place">{at}</span>
            <span class="paths">{reads.into_iter().map(path_button).collect_view()}</span>
        </li>
    }
}

fn path_button(path: Path) -> impl IntoView {
    let workspace = workspace();
    let text = path.to_string();
    view! { <button class="path" on:click=move |_| workspace.reveal(&path, true)>{text}</button> }
}
