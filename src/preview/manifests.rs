//! All manifests, below each other. Far ones are placeholders as high as their lines.

use super::manifest::ManifestEntry;
use crate::ui::Far;
use crate::workspace::workspace;
use leptos::prelude::*;

/// Height of a line, as `--line-height` in style/tokens.css.
pub(super) const LINE: usize = 20;
/// Pixels that a manifest has besides its lines.
const FRAME: usize = 76;
/// Manifests that are drawn at once when a chart is opened.
const FIRST: usize = 3;

#[component]
pub fn Manifests() -> impl IntoView {
    let workspace = workspace();
    let told = workspace.told;
    let first = move |key: u32| {
        told.order.with_untracked(|order| order.iter().take(FIRST).any(|known| *known == key))
    };
    view! {
        <Show when=move || told.order.with(|order| order.is_empty())>
            <p class="empty">"Nothing is rendered yet."</p>
        </Show>
        <For each=move || told.order.get().to_vec() key=|key| *key let:key>
            <Placed key=key first=first(key) />
        </For>
    }
}

#[component]
fn Placed(key: u32, first: bool) -> impl IntoView {
    let workspace = workspace();
    let shown = workspace.told.manifest(key);
    let view = shown.clone();
    let tall = Memo::new(move |_| view.with(|view| view.text.lines().count()) * LINE + FRAME);
    let view = shown.clone();
    let label =
        Memo::new(move |_| view.with(|view| format!("{} {}", view.head.kind, view.head.name)));
    let wanted =
        Memo::new(move |_| workspace.line.with(|line| line.is_some_and(|line| line.key == key)));
    view! {
        <Far height=tall label=label first=first wanted=wanted>
            <ManifestEntry key=key shown=shown.clone() />
        </Far>
    }
}
