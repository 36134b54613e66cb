//! The few effects: to the engine, to storage, to the address. None sets what a memo could derive.

use super::storage::{self, Recent};
use super::{Inputs, Page, Workspace, without_secrets};
use crate::dom;
use leptos::prelude::*;
use session::{OpenSource, StackCard};

const UNSAVED: &str =
    "This browser saves no draft: export before you leave, or your changes are lost.";

/// Wires the workspace to the world outside.
pub fn start(workspace: Workspace) {
    // Text that is no value yet changes the draft, but neither the job nor what is stored.
    let job = Memo::new(move |_| workspace.job(false));
    let inputs = Memo::new(move |_| workspace.draft.with(|draft| draft.inputs.clone()));
    Effect::new(move |last: Option<Option<String>>| {
        let id = workspace.card.with(|card| card.as_ref().map(|card| card.id.clone()));
        let job = job.get();
        if id.is_some() {
            // A chart that has just been opened is sent whole.
            let fresh = last.flatten() != id;
            workspace.submit(session::Job { full: fresh, ..job });
        }
        id
    });
    Effect::new(move || {
        let Some(card) = workspace.card.get() else { return };
        let kept = inputs.with(|inputs| without_secrets(inputs, &card.form));
        if !storage::save(&card.id, &kept) {
            workspace.unsaved.set(Some(UNSAVED));
        }
    });
    let entry = Memo::new(move |_| {
        let card = workspace.card.get()?;
        inputs.with(|inputs| recent(workspace, &card, inputs))
    });
    Effect::new(move || {
        if let Some(entry) = entry.get() {
            storage::remember(entry);
        }
    });
    Effect::new(move |last: Option<Option<String>>| {
        let id = workspace.card.with(|card| card.as_ref().map(|card| card.id.clone()));
        if let (Some(id), true) = (&id, last.flatten() != id) {
            keep_chart(workspace, id);
        }
        id
    });
    Effect::new(move || {
        let name = workspace.card.with(|card| card.as_ref().map(|card| card.name.clone()));
        match workspace.page.get() {
            // The comparison writes its own address: it tells what is compared.
            Page::Compare => {}
            Page::Catalog => dom::set_address("#/"),
            Page::Editor => dom::set_address(&address(workspace)),
        }
        dom::set_title(&name.map_or("Chartroom".to_owned(), |name| format!("{name} · Chartroom")));
    });
}

/// Opens what the address names.
pub fn open_address(workspace: Workspace) {
    let address = dom::address();
    let name = dom::decode(address.strip_prefix("#/").unwrap_or_default());
    if name.is_empty() {
        return workspace.close();
    }
    if name == "compare" || name.starts_with("compare?") {
        return workspace.page.set(Page::Compare);
    }
    if address == self::address(workspace) && untrack(|| workspace.card.with(Option::is_some)) {
        return workspace.page.set(Page::Editor);
    }
    match name.strip_prefix("own/") {
        None => workspace.open(OpenSource::Bundled { id: name }),
        Some(id) => match storage::chart(id) {
            Some(source) => workspace.open(source),
            None => {
                workspace.tell("The chart of this address is not in this browser: drop it again.")
            }
        },
    }
}

/// The draft as the opening page lists it. A chart that was only looked at is no draft.
fn recent(workspace: Workspace, card: &StackCard, inputs: &Inputs) -> Option<Recent> {
    if inputs.overrides.is_empty() && inputs.preset.is_none() {
        return None;
    }
    let (origin, bundled) = match workspace.source.get_value()? {
        OpenSource::Bundled { id } => (id, true),
        OpenSource::Archive { name, .. } | OpenSource::Files { name, .. } => (name, false),
    };
    Some(Recent {
        id: card.id.clone(),
        name: card.name.clone(),
        origin,
        bundled,
        edits: inputs.overrides.len(),
        preset: inputs.preset.clone(),
    })
}

fn keep_chart(workspace: Workspace, id: &str) {
    let Some(source) = workspace.source.get_value() else { return };
    if !matches!(source, OpenSource::Bundled { .. }) && !storage::keep_chart(id, &source) {
        workspace.unsaved.set(Some(
            "This chart is too large for the browser to keep: after a reload, open it again to get your draft back.",
        ));
    }
}

/// Where the open deployment is found again.
fn address(workspace: Workspace) -> String {
    match workspace.source.get_value() {
        Some(OpenSource::Bundled { id }) => format!("#/{id}"),
        _ => {
            let id =
                untrack(|| workspace.card.with(|card| card.as_ref().map(|card| card.id.clone())));
            format!("#/own/{}", id.unwrap_or_default())
        }
    }
}
