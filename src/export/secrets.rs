//! How secrets leave the page: where they go, and the values of Secrets that are made before the
//! install. These are typed here, used for the export, and forgotten.

use crate::dom;
use crate::ui::Icon;
use crate::workspace::workspace;
use leptos::prelude::*;
use session::{BundleOptions, ExportKind, External, SecretsIn};
use std::collections::BTreeMap;

/// Characters of a secret that is made on request.
const LENGTH: usize = 48;

/// What the person chose.
#[derive(Clone, Copy)]
pub(super) struct Choice {
    pub(super) secrets: RwSignal<SecretsIn>,
    pub(super) external: Typed,
}

/// Name of a Secret, to key, to value: in memory only.
#[derive(Clone, Copy, Default)]
pub(super) struct Typed(RwSignal<BTreeMap<String, BTreeMap<String, String>>>);

impl Typed {
    pub(super) fn get(self) -> BTreeMap<String, BTreeMap<String, String>> {
        self.0.get_untracked()
    }

    fn value(self, secret: &str, key: &str) -> String {
        self.0.with(|all| all.get(secret).and_then(|it| it.get(key)).cloned().unwrap_or_default())
    }

    fn set(self, secret: &str, key: &str, value: String) {
        self.0.update(|all| {
            all.entry(secret.to_owned()).or_default().insert(key.to_owned(), value);
        });
    }
}

const PLACES: &[(SecretsIn, &str, &str, &str)] = &[
    (SecretsIn::Values, "values", "In the values", "As the chart reads them"),
    (SecretsIn::Manifest, "manifest", "As Secret manifests", "In a file of their own"),
    (SecretsIn::Command, "command", "As commands", "kubectl create secret"),
    (SecretsIn::Reference, "reference", "Not at all", "Only what must exist"),
];

pub(super) fn choose(choice: Choice) -> impl IntoView {
    let workspace = workspace();
    let external: Vec<External> = workspace
        .card_now()
        .map(|card| card.external.iter().filter(|it| it.kind == "Secret").cloned().collect())
        .unwrap_or_default();
    view! {
        <fieldset class="secret-choice">
            <legend>"Secrets in it"</legend>
            <div class="choices">
                {PLACES.iter().map(|(place, name, title, text)| {
                    let place = *place;
                    view! {
                        <label class="choice">
                            <input
                                type="radio"
                                name="secrets"
                                value=*name
                                prop:checked=move || choice.secrets.get() == place
                                on:change=move |_| choice.secrets.set(place)
                            />
                            <span><strong>{*title}</strong><span class="muted">{*text}</span></span>
                        </label>
                    }
                }).collect_view()}
            </div>
            {(!external.is_empty()).then(|| alone(choice.external))}
            {external.into_iter().map(|card| secret(&card, choice.external)).collect_view()}
        </fieldset>
    }
}

/// Downloads of what was typed for Secrets that are made before the install.
fn alone(typed: Typed) -> impl IntoView {
    let workspace = workspace();
    let download = move |secrets: SecretsIn| {
        let options = BundleOptions { secrets, external: typed.get() };
        workspace.export(ExportKind::Secrets { options });
    };
    view! {
        <div class="alone">
            <p class="muted">"Secrets made before the install go into a file of their own, never into the archive."</p>
            <button type="button" class="button" data-kind="secret-command" on:click=move |_| download(SecretsIn::Command)>
                <Icon name="download" />
                "kubectl command"
            </button>
            <button type="button" class="button" data-kind="secret-manifest" on:click=move |_| download(SecretsIn::Manifest)>
                <Icon name="download" />
                "Secret manifest"
            </button>
        </div>
    }
}

/// The keys of a Secret that is made before the install.
fn secret(card: &External, typed: Typed) -> impl IntoView + use<> {
    let name = card.name.clone();
    let keys: Vec<(String, String)> = card
        .keys
        .iter()
        .map(|key| (key.clone(), card.values.get(key).cloned().unwrap_or_default()))
        .collect();
    view! {
        <form class="external" autocomplete="off" on:submit=|event| event.prevent_default()>
            <p>
                <strong>"Secret "<code>{name.clone()}</code></strong>
                <span class="muted">" is made before the install. Type its values to get them in the file; they are kept nowhere."</span>
            </p>
            {keys.into_iter().map(|(key, text)| input(&name, key, text, typed)).collect_view()}
        </form>
    }
}

fn input(secret: &str, key: String, text: String, typed: Typed) -> impl IntoView + use<> {
    let id = format!("external-{secret}-{key}");
    let (shown, written, made) = (
        (secret.to_owned(), key.clone()),
        (secret.to_owned(), key.clone()),
        (secret.to_owned(), key.clone()),
    );
    view! {
        <div class="field">
            <label for=id.clone()>{key}</label>
            <div class="input-row">
                <input
                    id=id
                    class="input"
                    type="password"
                    autocomplete="off"
                    prop:value=move || typed.value(&shown.0, &shown.1)
                    on:input=move |event| typed.set(&written.0, &written.1, event_target_value(&event))
                />
                <button
                    type="button"
                    class="button icon-only"
                    title="Make a strong random value"
                    aria-label="Make a strong random value"
                    on:click=move |_| typed.set(&made.0, &made.1, dom::random_text(LENGTH))
                >
                    <Icon name="dice" />
                </button>
            </div>
            <p class="field-help">{text}</p>
        </div>
    }
}
