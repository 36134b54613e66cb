//! How Helm is called, in a small bar above the fields: release names, namespaces, the cluster's
//! version; in a stack also what needs what.

use crate::ui::Icon;
use crate::workspace::workspace;
use leptos::prelude::*;
use session::{ReleaseCard, ReleaseInput};

#[component]
pub fn ReleaseBar() -> impl IntoView {
    let workspace = workspace();
    let cards = Memo::new(move |_| {
        workspace
            .card
            .with(|card| card.as_ref().map(|card| card.releases.clone()))
            .unwrap_or_default()
    });
    view! {
        <section class="release-bar" id="section-release" aria-label="How Helm is called">
            {move || match cards.get() {
                cards if cards.len() > 1 => stack(cards).into_any(),
                _ => view! {
                    <div class="release-inputs">
                        {text(0, "release-name-0", "Release".to_owned(), |it| &it.name, |it| &mut it.name)}
                        {namespace(0, "Namespace".to_owned())}
                        <KubeVersion />
                    </div>
                }.into_any(),
            }}
        </section>
    }
}

/// Several releases: their order, folded, above their namespaces.
fn stack(cards: Vec<ReleaseCard>) -> impl IntoView {
    let order = cards.iter().map(|card| card.name.as_str()).collect::<Vec<_>>().join(" → ");
    let count = cards.len();
    let namespaces = cards.iter().enumerate();
    let namespaces: Vec<_> =
        namespaces.map(|(at, card)| namespace(at, format!("Namespace of {}", card.name))).collect();
    view! {
        <details class="releases" open>
            <summary>
                <Icon name="chevron" />
                <strong>{count}" releases"</strong>
                <span class="muted release-order">{order}</span>
            </summary>
            <ol class="stack">{cards.into_iter().map(step).collect_view()}</ol>
            <div class="release-inputs">
                {namespaces}
                <KubeVersion />
            </div>
        </details>
    }
}

/// One release of the graph: what it is, what it needs, how it stands.
fn step(card: ReleaseCard) -> impl IntoView {
    let needs = match card.needs.is_empty() {
        true => "needs nothing".to_owned(),
        false => format!("needs {}", card.needs.join(", ")),
    };
    view! {
        <li class="stack-step">
            <strong>{card.name}</strong>
            <span class="muted">{card.chart}" "{card.version}</span>
            <span class="muted">{needs}</span>
            <span class="chip" title="Revision 1 is what the first install makes">"not installed yet"</span>
        </li>
    }
}

fn namespace(at: usize, label: String) -> impl IntoView {
    let id = format!("release-namespace-{at}");
    text(at, id, label, |it| &it.namespace, |it| &mut it.namespace)
}

/// One line of text of how a release is called.
fn text(
    at: usize,
    id: impl Into<String>,
    label: String,
    of: fn(&ReleaseInput) -> &String,
    place: fn(&mut ReleaseInput) -> &mut String,
) -> impl IntoView {
    let workspace = workspace();
    let id: String = id.into();
    let value = move || {
        workspace.draft.with(|draft| draft.inputs.releases.get(at).map(|it| of(it).clone()))
    };
    let write = move |text: String| {
        workspace.draft.update(|draft| {
            draft.change(|inputs| {
                if let Some(release) = inputs.releases.get_mut(at) {
                    *place(release) = text;
                }
            });
        });
    };
    view! {
        <div class="release-input">
            <label for=id.clone()>{label}</label>
            <input
                id=id
                class="input"
                spellcheck="false"
                prop:value=move || value().unwrap_or_default()
                on:input=move |event| write(event_target_value(&event))
            />
        </div>
    }
}

#[component]
fn KubeVersion() -> impl IntoView {
    let workspace = workspace();
    let version = move || workspace.draft.with(|draft| draft.inputs.kube_version.clone());
    view! {
        <div class="release-input" data-size="short">
            <label for="kube-version">"Kubernetes"</label>
            <input
                id="kube-version"
                class="input"
                spellcheck="false"
                placeholder="as helm"
                title="What templates see in .Capabilities, such as 1.31; empty is what helm template takes."
                prop:value=move || version().unwrap_or_default()
                on:input=move |event| {
                    let text = event_target_value(&event).trim().to_owned();
                    let version = (!text.is_empty()).then_some(text);
                    workspace.draft.update(|draft| draft.change(|inputs| inputs.kube_version = version));
                }
            />
        </div>
    }
}
