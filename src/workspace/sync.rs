//! The few effects: to the engine, to storage, to the address. None sets what a memo could derive.

use super::{Workspace, storage, without_secrets};
use crate::dom;
use leptos::prelude::*;
use session::OpenSource;

/// Wires the workspace to the world outside.
pub fn start(workspace: Workspace) {
    Effect::new(move |last: Option<Option<String>>| {
        let id = workspace.card.with(|card| card.as_ref().map(|card| card.id.clone()));
        let job = workspace.job(false);
        if id.is_some() {
            // A chart that has just been opened is sent whole.
            let fresh = last.flatten() != id;
            workspace.submit(session::Job { full: fresh, ..job });
        }
        id
    });
    Effect::new(move || {
        let card = workspace.card.get();
        let inputs = workspace.draft.with(|draft| draft.inputs.clone());
        let Some(card) = card else { return };
        let Some(release) = card.releases.first() else { return };
        if !storage::save(&card.id, &without_secrets(&inputs, &release.form)) {
            dom::warn("The draft cannot be saved in this browser: export before you leave.");
        }
    });
    Effect::new(move || {
        let open = workspace.card.with(Option::is_some);
        let address = match workspace.source.get_value() {
            Some(OpenSource::Bundled { id }) if open => format!("#/{id}"),
            _ => "#/".to_owned(),
        };
        dom::set_address(&address);
        let title = workspace.card.with(|card| card.as_ref().map(|card| card.name.clone()));
        dom::set_title(&title.map_or("Chartroom".to_owned(), |name| format!("{name} · Chartroom")));
    });
}
