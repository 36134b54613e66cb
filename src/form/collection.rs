//! Lists of values and maps with free keys; lists and maps of anything else are edited as YAML.

use super::text::area;
use crate::ui::Icon;
use crate::workspace::workspace;
use leptos::prelude::*;
use serde_json::Value as Json;
use session::{Control, Field, Path};
use std::sync::Arc;

fn is_scalar(field: &Field) -> bool {
    !matches!(
        field.control,
        Control::Section
            | Control::Image
            | Control::List { .. }
            | Control::Map { .. }
            | Control::Yaml
    )
}

/// A row of a collection: its own field, so that text goes through the item's kind.
fn item_text(field: &Field, value: &Json) -> String {
    field.show(value)
}

fn parsed(field: &Field, text: &str) -> Json {
    field.parse(text).unwrap_or_else(|_| Json::from(text))
}

pub(super) fn list(field: Arc<Field>, id: String) -> AnyView {
    let Control::List { item } = field.control.clone() else { return ().into_any() };
    if !is_scalar(&item) {
        return area(field, id);
    }
    let path = field.path.clone();
    let items = move |path: &Path| match workspace().value(path) {
        Some(Json::Array(items)) => items,
        _ => Vec::new(),
    };
    let shown = path.clone();
    let rows = Memo::new(move |_| items(&shown).len());
    let item = Arc::new(*item);
    let add = {
        let path = path.clone();
        move |_| {
            let mut all = untrack(|| items(&path));
            all.push(Json::from(""));
            workspace().set(&path, Some(Json::Array(all)));
        }
    };
    let workspace_now = workspace();
    view! {
        <ul class="items" id=id>
            {move || (0..rows.get()).map(|at| {
                let (path, item) = (path.clone(), Arc::clone(&item));
                let (change, remove) = (path.clone(), path.clone());
                let text = {
                    let item = Arc::clone(&item);
                    move || items(&path).get(at).map(|value| item_text(&item, value)).unwrap_or_default()
                };
                view! {
                    <li class="input-row">
                        <input
                            class="input"
                            aria-label=format!("Item {}", at + 1)
                            prop:value=text
                            on:input=move |event| {
                                let mut all = untrack(|| items(&change));
                                if let Some(place) = all.get_mut(at) {
                                    *place = parsed(&item, &event_target_value(&event));
                                }
                                workspace_now.set(&change, Some(Json::Array(all)));
                            }
                        />
                        <button
                            type="button"
                            class="button icon-only"
                            aria-label=format!("Remove item {}", at + 1)
                            on:click=move |_| {
                                let mut all = untrack(|| items(&remove));
                                if at < all.len() {
                                    all.remove(at);
                                }
                                workspace_now.set(&remove, Some(Json::Array(all)));
                            }
                        >
                            <Icon name="close" />
                        </button>
                    </li>
                }
            }).collect_view()}
            <li>
                <button type="button" class="button" on:click=add><Icon name="add" />"Add"</button>
            </li>
        </ul>
    }
    .into_any()
}

/// Keys and values; the map is written as a whole, so that a key can be renamed.
pub(super) fn map(field: Arc<Field>, id: String) -> AnyView {
    let Control::Map { value: shape } = field.control.clone() else { return ().into_any() };
    if !is_scalar(&shape) {
        return area(field, id);
    }
    let workspace = workspace();
    let path = field.path.clone();
    let shape = Arc::new(*shape);
    // Rows are kept here in the order they were made; a key that is being typed may be empty.
    let rows: RwSignal<Vec<(String, String)>> = RwSignal::new(Vec::new());
    let read = {
        let (path, shape) = (path.clone(), Arc::clone(&shape));
        move || match workspace.value(&path) {
            Some(Json::Object(map)) => {
                map.iter().map(|(key, value)| (key.clone(), shape.show(value))).collect()
            }
            _ => Vec::new(),
        }
    };
    Effect::new(move || {
        let stored: Vec<(String, String)> = read();
        let mut typed: Vec<(String, String)> =
            rows.get_untracked().into_iter().filter(|(key, _)| !key.is_empty()).collect();
        typed.sort();
        if typed != stored {
            rows.set(stored);
        }
    });
    let write = move || {
        let entries = rows.get_untracked().into_iter().filter(|(key, _)| !key.is_empty());
        let map = entries.map(|(key, text)| (key, parsed(&shape, &text))).collect();
        workspace.set(&path, Some(Json::Object(map)));
    };
    let count = Memo::new(move |_| rows.with(Vec::len));
    view! {
        <ul class="items" id=id>
            {move || (0..count.get()).map(|at| {
                let part = move |key: bool| rows.with(|rows| {
                    rows.get(at).map(|row| if key { row.0.clone() } else { row.1.clone() }).unwrap_or_default()
                });
                let write = write.clone();
                let (on_key, on_value, on_remove) = (write.clone(), write.clone(), write);
                view! {
                    <li class="input-row">
                        <input
                            class="input"
                            placeholder="key"
                            aria-label=format!("Key {}", at + 1)
                            prop:value=move || part(true)
                            on:input=move |event| {
                                rows.update(|rows| if let Some(row) = rows.get_mut(at) { row.0 = event_target_value(&event) });
                                on_key();
                            }
                        />
                        <input
                            class="input"
                            placeholder="value"
                            aria-label=format!("Value {}", at + 1)
                            prop:value=move || part(false)
                            on:input=move |event| {
                                rows.update(|rows| if let Some(row) = rows.get_mut(at) { row.1 = event_target_value(&event) });
                                on_value();
                            }
                        />
                        <button
                            type="button"
                            class="button icon-only"
                            aria-label=format!("Remove entry {}", at + 1)
                            on:click=move |_| {
                                rows.update(|rows| if at < rows.len() { rows.remove(at); });
                                on_remove();
                            }
                        >
                            <Icon name="close" />
                        </button>
                    </li>
                }
            }).collect_view()}
            <li>
                <button
                    type="button"
                    class="button"
                    on:click=move |_| rows.update(|rows| rows.push((String::new(), String::new())))
                >
                    <Icon name="add" />
                    "Add"
                </button>
            </li>
        </ul>
    }
    .into_any()
}
