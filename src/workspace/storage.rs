//! Drafts in the browser's storage: written at once, read back after a reload. No secrets.
//!
//! Beside each draft stands how its chart is opened again: the name of a bundled deployment, or
//! the files of one's own chart where they are small enough to be kept.

use super::Inputs;
use serde::{Deserialize, Serialize};
use session::OpenSource;

/// Changes with the shape of what is stored.
const VERSION: &str = "2";
/// Drafts that the opening page offers.
const MAX_RECENT: usize = 6;
/// Longest chart that is kept, in characters of its JSON: browsers give a page 5 MB in all.
const MAX_CHART: usize = 1_500_000;

/// A draft that can be opened again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recent {
    pub id: String,
    pub name: String,
    /// Name of the bundled deployment, or of the file that was opened.
    pub origin: String,
    pub bundled: bool,
    /// Values that differ from the preset.
    pub edits: usize,
    pub preset: Option<String>,
}

fn storage() -> Option<web_sys::Storage> {
    web_sys::window()?.local_storage().ok()?
}

fn key(part: &str, id: &str) -> String {
    format!("chartroom.{part}.{VERSION}.{id}")
}

fn read<T: for<'de> Deserialize<'de>>(key: &str) -> Option<T> {
    let text = storage()?.get_item(key).ok()??;
    serde_json::from_str(&text).ok()
}

/// False where it could not be written.
fn write<T: Serialize>(key: &str, value: &T) -> bool {
    let Ok(text) = serde_json::to_string(value) else { return false };
    storage().is_some_and(|storage| storage.set_item(key, &text).is_ok())
}

fn remove(key: &str) {
    if let Some(storage) = storage() {
        // What cannot be removed only takes room.
        let _ = storage.remove_item(key);
    }
}

pub(super) fn load(id: &str) -> Option<Inputs> {
    read(&key("draft", id))
}

/// False where it could not be written: the person must be told.
pub(super) fn save(id: &str, inputs: &Inputs) -> bool {
    write(&key("draft", id), inputs)
}

/// The drafts, newest first.
pub fn recent() -> Vec<Recent> {
    read(&key("recent", "all")).unwrap_or_default()
}

/// Puts a draft first among the recent ones; the oldest is forgotten with its chart.
pub(super) fn remember(entry: Recent) {
    let mut all = recent();
    all.retain(|known| known.id != entry.id);
    all.insert(0, entry);
    for gone in all.drain(MAX_RECENT.min(all.len())..) {
        remove(&key("draft", &gone.id));
        remove(&key("chart", &gone.id));
    }
    write(&key("recent", "all"), &all);
}

/// Takes a draft from the list and from storage.
pub fn discard(id: &str) {
    let mut all = recent();
    all.retain(|known| known.id != id);
    write(&key("recent", "all"), &all);
    remove(&key("draft", id));
    remove(&key("chart", id));
}

/// Keeps one's own chart; false where it is too large or the browser refuses.
pub(super) fn keep_chart(id: &str, source: &OpenSource) -> bool {
    let bytes = match source {
        OpenSource::Archive { data, .. } => data.len(),
        OpenSource::Files { files, .. } => files.iter().map(|file| file.data.len()).sum(),
        OpenSource::Bundled { .. } => 0,
    };
    if bytes > MAX_CHART {
        return false;
    }
    let Ok(text) = serde_json::to_string(source) else { return false };
    text.len() <= MAX_CHART
        && storage().is_some_and(|storage| storage.set_item(&key("chart", id), &text).is_ok())
}

/// One's own chart as it was kept.
pub fn chart(id: &str) -> Option<OpenSource> {
    read(&key("chart", id))
}
