//! The export sheet: what can be downloaded, how secrets leave the page, and how to get the same
//! with Helm.

mod secrets;

use crate::dom;
use crate::ui::Icon;
use crate::workspace::workspace;
use leptos::html;
use leptos::prelude::*;
use secrets::{Choice, Typed, choose};
use session::{BundleOptions, ExportKind, ReleaseCard, SecretsIn, Severity};

#[component]
pub fn ExportSheet() -> impl IntoView {
    let workspace = workspace();
    let dialog: NodeRef<html::Dialog> = NodeRef::new();
    Effect::new(move || {
        let Some(dialog) = dialog.get() else { return };
        if workspace.exporting.get() && !dialog.open() {
            // A browser that cannot show it as a modal dialog shows nothing.
            let _ = dialog.show_modal();
        }
    });
    let close = move || {
        workspace.exporting.set(false);
        if let Some(dialog) = dialog.get_untracked() {
            dialog.close();
        }
    };
    let broken = move || workspace.count(Severity::Error) > 0;
    view! {
        <dialog node_ref=dialog class="sheet" aria-labelledby="export-title" on:close=move |_| workspace.exporting.set(false)>
            <div class="sheet-head">
                <h2 id="export-title">"Export"</h2>
                <button class="button icon-only" aria-label="Close" on:click=move |_| close()>
                    <Icon name="close" />
                </button>
            </div>
            <Show when=broken>
                <p class="notice">
                    <Icon name="warning" />
                    <span>"Some rules are broken: Helm or the cluster may refuse what you export."</span>
                </p>
            </Show>
            // What is typed for Secrets lives as long as the sheet is open.
            <Show when=move || workspace.exporting.get()>
                <Body />
            </Show>
        </dialog>
    }
}

#[component]
fn Body() -> impl IntoView {
    let workspace = workspace();
    let releases = workspace.card_now().map(|card| card.releases.clone()).unwrap_or_default();
    let several = releases.len() > 1;
    let choice = Choice { secrets: RwSignal::new(SecretsIn::Values), external: Typed::default() };
    let everything = move || ExportKind::Everything {
        options: BundleOptions {
            secrets: choice.secrets.get_untracked(),
            external: choice.external.get(),
        },
    };
    view! {
        <ul class="export-list">
            <li>
                <button class="export-row" data-kind="everything" on:click=move |_| workspace.export(everything())>
                    <Icon name="package" />
                    <span>
                        <strong>"Everything, .zip"</strong>
                        <span class="muted">"Charts, values, manifests, Dockerfiles, install commands, checklist"</span>
                    </span>
                </button>
            </li>
        </ul>
        {choose(choice)}
        {releases.into_iter().map(|release| files(release, several)).collect_view()}
        <ul class="export-list">
            {row("manifests", "manifests.yaml", "What helm template prints", ExportKind::Manifests)}
        </ul>
        <p class="muted">"Values may hold secrets: they leave this page only in these files."</p>
        <Command />
    }
}

fn row(
    id: &'static str,
    title: &'static str,
    text: &'static str,
    kind: ExportKind,
) -> impl IntoView {
    let workspace = workspace();
    view! {
        <li>
            <button class="export-row" data-kind=id on:click=move |_| workspace.export(kind.clone())>
                <Icon name="download" />
                <span>
                    <strong>{title}</strong>
                    <span class="muted">{text}</span>
                </span>
            </button>
        </li>
    }
}

/// The files of one release.
fn files(release: ReleaseCard, several: bool) -> impl IntoView {
    let name = release.name;
    let of = |kind: fn(String) -> ExportKind| kind(name.clone());
    view! {
        {several.then(|| view! { <h3 class="release-name">{name.clone()}</h3> })}
        <ul class="export-list">
            {row("values", "values.yaml", "Only what differs from the chart's defaults", of(|release| ExportKind::MinimalValues { release }))}
            {row("full", "values-full.yaml", "The chart's whole values.yaml with your values in it, comments kept", of(|release| ExportKind::FullValues { release }))}
            {row("tgz", "Chart, .tgz", "As helm package makes it", of(|release| ExportKind::ChartArchive { release }))}
            {row("zip", "Chart, .zip", "The same for tools without tar", of(|release| ExportKind::ChartZip { release }))}
        </ul>
    }
}

/// How Helm prints the same.
#[component]
fn Command() -> impl IntoView {
    let workspace = workspace();
    let lines = move || {
        let cards = workspace
            .card
            .with(|card| card.as_ref().map(|card| card.releases.clone()).unwrap_or_default());
        let inputs = workspace.draft.with(|draft| draft.inputs.releases.clone());
        cards
            .iter()
            .zip(inputs)
            .map(|(card, input)| {
                format!(
                    "helm template {} {}-{}.tgz --values values.yaml --namespace {}",
                    input.name, card.chart, card.version, input.namespace
                )
            })
            .collect::<Vec<_>>()
            .join("\n")
    };
    view! {
        <div class="command-row">
            <code class="command" tabindex="0">{lines}</code>
            <button class="button icon-only" aria-label="Copy the command" on:click=move |_| dom::copy(&lines())>
                <Icon name="copy" />
            </button>
        </div>
    }
}
