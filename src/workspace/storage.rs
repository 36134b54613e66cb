//! Drafts in the browser's storage: written at once, read back after a reload. No secrets.

use super::Inputs;

/// Changes with the shape of what is stored.
const VERSION: &str = "1";

fn storage() -> Option<web_sys::Storage> {
    web_sys::window()?.local_storage().ok()?
}

fn key(id: &str) -> String {
    format!("chartroom.draft.{VERSION}.{id}")
}

pub(super) fn load(id: &str) -> Option<Inputs> {
    let text = storage()?.get_item(&key(id)).ok()??;
    serde_json::from_str(&text).ok()
}

/// False where it could not be written: the person must be told.
pub(super) fn save(id: &str, inputs: &Inputs) -> bool {
    let Ok(text) = serde_json::to_string(inputs) else { return false };
    storage().is_some_and(|storage| storage.set_item(&key(id), &text).is_ok())
}
