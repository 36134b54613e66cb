//! The few effects: to the engine, to storage, to the address. None sets what a memo could derive.

use super::storage::{self, Recent};
use super::{Inputs, Page, Workspace, without_secrets};
use crate::dom;
use leptos::leptos_dom::helpers::TimeoutHandle;
use leptos::prelude::*;
use session::{OpenSource, StackCard};
use std::time::Duration;

/// Time without a key after which a draft is written.
const IDLE: Duration = Duration::from_millis(250);
/// Time after which a chart that was opened is kept for a reload.
const AFTER_OPENING: Duration = Duration::from_millis(300);

const UNSAVED: &str =
    "This browser saves no draft: export before you leave, or your changes are lost.";

/// Wires the workspace to the world outside.
pub fn start(workspace: Workspace) {
    // Text that is no value yet changes the draft, but neither the job nor what is stored.
    let job = Memo::new(move |_| workspace.job());
    let inputs = Memo::new(move |_| workspace.draft.with(|draft| draft.inputs.clone()));
    let id =
        Memo::new(move |_| workspace.card.with(|card| card.as_ref().map(|card| card.id.clone())));
    Effect::new(move || {
        let job = job.get();
        if id.with(Option::is_some) {
            workspace.submit(job);
        }
    });
    save_when_idle(workspace, inputs);
    Effect::new(move || {
        if let Some(id) = id.get() {
            // The form comes first.
            set_timeout(move || keep_chart(workspace, &id), AFTER_OPENING);
        }
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

/// Writes the draft once nothing has been typed for a moment, and before the page goes away.
fn save_when_idle(workspace: Workspace, inputs: Memo<Inputs>) {
    let pending: StoredValue<Option<TimeoutHandle>> = StoredValue::new(None);
    let save = move || {
        if pending.try_update_value(Option::take).flatten().is_some() {
            save(workspace, &inputs.get_untracked());
        }
    };
    Effect::new(move || {
        inputs.track();
        if workspace.card.with(Option::is_none) {
            return;
        }
        pending.update_value(|pending| {
            if let Some(earlier) = pending.take() {
                earlier.clear();
            }
            *pending = set_timeout_with_handle(save, IDLE).ok();
        });
    });
    window_event_listener(leptos::ev::pagehide, move |_| save());
}

/// Writes the draft of what is open: something else is about to be.
pub(super) fn save_now(workspace: Workspace) {
    let inputs = workspace.draft.with_untracked(|draft| draft.inputs.clone());
    save(workspace, &inputs);
}

fn save(workspace: Workspace, inputs: &Inputs) {
    let Some(card) = workspace.card.get_untracked() else { return };
    let kept = workspace.tree.with_untracked(|tree| without_secrets(inputs, tree));
    if !storage::save(&card.id, &kept) {
        workspace.unsaved.set(Some(UNSAVED));
    }
    if let Some(entry) = recent(workspace, &card, inputs) {
        storage::remember(entry);
    }
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
    if workspace.card.with_untracked(|card| card.as_ref().is_none_or(|card| card.id != id)) {
        return;
    }
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
