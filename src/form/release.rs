//! How Helm is called: release names, namespaces, the cluster's version; in a stack also what
//! needs what.

use crate::workspace::workspace;
use leptos::prelude::*;
use session::ReleaseCard;

#[component]
pub fn Releases() -> impl IntoView {
    let workspace = workspace();
    let cards = move || {
        workspace
            .card
            .with(|card| card.as_ref().map(|card| card.releases.clone()))
            .unwrap_or_default()
    };
    let several =
        move || workspace.card.with(|card| card.as_ref().is_some_and(|it| it.releases.len() > 1));
    view! {
        <section class="section" id="section-release">
            <h2>{move || if several() { "Releases" } else { "Release" }}</h2>
            <p class="section-text">
                {move || if several() {
                    "Installed in this order: each after what it needs."
                } else {
                    "How Helm is called: the chart's templates see both."
                }}
            </p>
            <Show when=several>
                <ol class="stack">{move || cards().into_iter().map(step).collect_view()}</ol>
            </Show>
            <div class="fields">
                {move || cards().into_iter().enumerate().map(|(at, card)| inputs(at, card, several())).collect_view()}
                <KubeVersion />
            </div>
        </section>
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

fn inputs(at: usize, card: ReleaseCard, several: bool) -> impl IntoView {
    let workspace = workspace();
    let of = move |part: fn(&session::ReleaseInput) -> &String| {
        workspace.draft.with(|draft| draft.inputs.releases.get(at).map(|it| part(it).clone()))
    };
    let change = move |edit: Box<dyn FnOnce(&mut session::ReleaseInput)>| {
        workspace.draft.update(|draft| {
            draft.change(|inputs| {
                if let Some(release) = inputs.releases.get_mut(at) {
                    edit(release);
                }
            });
        });
    };
    let (name_id, namespace_id) = (format!("release-name-{at}"), format!("release-namespace-{at}"));
    let label = match several {
        true => format!("Namespace of {}", card.name),
        false => "Namespace given to Helm".to_owned(),
    };
    view! {
        {(!several).then(|| view! {
            <div class="field">
                <label for=name_id.clone()>"Release name"</label>
                <input
                    id=name_id.clone()
                    class="input"
                    spellcheck="false"
                    prop:value=move || of(|it| &it.name).unwrap_or_default()
                    on:input=move |event| {
                        let text = event_target_value(&event);
                        change(Box::new(|release| release.name = text));
                    }
                />
            </div>
        })}
        <div class="field">
            <label for=namespace_id.clone()>{label}</label>
            <input
                id=namespace_id.clone()
                class="input"
                spellcheck="false"
                prop:value=move || of(|it| &it.namespace).unwrap_or_default()
                on:input=move |event| {
                    let text = event_target_value(&event);
                    change(Box::new(|release| release.namespace = text));
                }
            />
        </div>
    }
}

#[component]
fn KubeVersion() -> impl IntoView {
    let workspace = workspace();
    let version = move || workspace.draft.with(|draft| draft.inputs.kube_version.clone());
    view! {
        <div class="field">
            <label for="kube-version">"Kubernetes version"</label>
            <div class="input-row" data-size="short">
                <input
                    id="kube-version"
                    class="input"
                    spellcheck="false"
                    placeholder="as helm template"
                    prop:value=move || version().unwrap_or_default()
                    on:input=move |event| {
                        let text = event_target_value(&event).trim().to_owned();
                        let version = (!text.is_empty()).then_some(text);
                        workspace.draft.update(|draft| draft.change(|inputs| inputs.kube_version = version));
                    }
                />
            </div>
            <p class="field-help">"What templates see in .Capabilities, such as 1.31; empty is what helm template takes."</p>
        </div>
    }
}
