//! The export sheet: what can be downloaded, and how to get the same with Helm.

use crate::dom;
use crate::ui::Icon;
use crate::workspace::workspace;
use leptos::html;
use leptos::prelude::*;
use session::{ExportKind, Severity};

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
    let release = move || workspace.release().map(|release| release.name).unwrap_or_default();
    let row = move |title: &'static str, text: &'static str, kind: fn(String) -> ExportKind| {
        view! {
            <li>
                <button class="export-row" on:click=move |_| workspace.export(kind(release()))>
                    <Icon name="download" />
                    <span>
                        <strong>{title}</strong>
                        <span class="muted">{text}</span>
                    </span>
                </button>
            </li>
        }
    };
    let command = move || {
        let card = workspace.release();
        let (name, version) = card.map(|card| (card.chart, card.version)).unwrap_or_default();
        let (release, namespace) = workspace
            .draft
            .with(|draft| (draft.inputs.release.clone(), draft.inputs.namespace.clone()));
        format!(
            "helm template {release} {name}-{version}.tgz --values values.yaml --namespace {namespace}"
        )
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
            <ul class="export-list">
                {row("values.yaml", "Only what differs from the chart's defaults", |release| ExportKind::MinimalValues { release })}
                {row("values-full.yaml", "The chart's whole values.yaml with your values in it, comments kept", |release| ExportKind::FullValues { release })}
                {row("Chart, .tgz", "As helm package makes it", |release| ExportKind::ChartArchive { release })}
                {row("Chart, .zip", "The same for tools without tar", |release| ExportKind::ChartZip { release })}
                {row("manifests.yaml", "What helm template prints", |_| ExportKind::Manifests)}
            </ul>
            <p class="muted">"Values may hold secrets: they leave this page only in these files."</p>
            <div class="command-row">
                <code class="command">{command}</code>
                <button class="button icon-only" aria-label="Copy the command" on:click=move |_| dom::copy(&command())>
                    <Icon name="copy" />
                </button>
            </div>
        </dialog>
    }
}
