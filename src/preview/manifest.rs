//! One manifest: what it is, where it came from, its lines.

use super::block::{BLOCK, Block};
use super::manifests::LINE;
use super::marks::Lines;
use crate::dom;
use crate::ui::{Far, Icon};
use crate::workspace::{Shown, workspace};
use leptos::prelude::*;
use session::ManifestHead;

#[component]
pub fn ManifestEntry(key: u32, shown: Shown) -> impl IntoView {
    let lines = Lines::of(workspace(), key, shown.clone());
    let blocks = move || 0..lines.count().div_ceil(BLOCK);
    let head = Memo::new(move |_| lines.view.with(|view| view.head.clone()));
    let id = move || head.with(|head| format!("manifest-{}/{}#{key}", head.kind, head.name));
    view! {
        <article class="manifest" id=id data-key=key data-stale=move || head.with(|head| head.stale).to_string()>
            <Head head=head copied=move || lines.view.with_untracked(|view| view.text.clone()) />
            <div class="code" tabindex="0" role="region" aria-label=move || head.with(|head| head.name.clone())>
                <For each=blocks key=|at| *at let:at>
                    <Stretch lines=lines at=at />
                </For>
            </div>
        </article>
    }
}

/// The header, on one line whatever the names: of the path the middle gives way first.
#[component]
fn Head(head: Memo<ManifestHead>, copied: impl Fn() -> String + Send + 'static) -> impl IntoView {
    let kind = move || head.with(|head| head.kind.clone());
    let name = move || head.with(|head| head.name.clone());
    let hooks = Memo::new(move |_| head.with(|head| head.hooks.join(", ")));
    let source = Memo::new(move |_| head.with(|head| head.source.clone()));
    let folder = move || source.with(|source| split(source).0.to_owned());
    let file = move || source.with(|source| split(source).1.to_owned());
    view! {
        <header class="manifest-head">
            <span class="kind" data-kind=kind>{kind}</span>
            <strong class="manifest-name" title=name>{name}</strong>
            <Show when=move || !hooks.with(String::is_empty)><span class="chip">{hooks}</span></Show>
            <Show when=move || head.with(|head| head.stale)><span class="chip" data-severity="warning">"last good"</span></Show>
            <span class="grow"></span>
            <span class="manifest-source" title=source>
                <span class="path-start">{folder}</span>
                <span class="path-end">{file}</span>
            </span>
            <button class="button icon-only" title="Copy" aria-label="Copy the manifest" on:click=move |_| dom::copy(&copied())>
                <Icon name="copy" />
            </button>
        </header>
    }
}

/// A path as its folder and its file.
fn split(path: &str) -> (&str, &str) {
    path.split_at(path.rfind('/').unwrap_or_default())
}

#[component]
fn Stretch(lines: Lines, at: usize) -> impl IntoView {
    let workspace = workspace();
    let tall = Memo::new(move |_| lines.count().saturating_sub(at * BLOCK).min(BLOCK) * LINE);
    let wanted = Memo::new(move |_| {
        workspace
            .line
            .with(|line| line.is_some_and(|line| line.key == lines.key && line.line / BLOCK == at))
    });
    view! {
        <Far height=tall label="" first={at == 0} wanted=wanted>
            <Block lines=lines at=at />
        </Far>
    }
}
