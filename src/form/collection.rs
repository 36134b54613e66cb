//! Lists and maps: rows that are added, changed and removed. Items that are no single line are
//! edited as YAML.

use super::text::area;
use crate::ui::Icon;
use crate::workspace::{Workspace, workspace};
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

fn parsed(field: &Field, text: &str) -> Json {
    field.parse(text).unwrap_or_else(|_| Json::from(text))
}

fn remove_button(label: String, remove: impl Fn() + 'static) -> impl IntoView {
    view! {
        <button type="button" class="button icon-only" aria-label=label on:click=move |_| remove()>
            <Icon name="close" />
        </button>
    }
}

fn add_button(add: impl Fn() + 'static) -> impl IntoView {
    view! {
        <li>
            <button type="button" class="button" on:click=move |_| add()><Icon name="add" />"Add"</button>
        </li>
    }
}

/// The items of a list value and the one way to change them: as a whole.
#[derive(Clone)]
struct Items {
    workspace: Workspace,
    path: Path,
    item: Arc<Field>,
}

impl Items {
    fn all(&self) -> Vec<Json> {
        match self.workspace.value(&self.path) {
            Some(Json::Array(items)) => items,
            _ => Vec::new(),
        }
    }

    fn text(&self, at: usize) -> String {
        self.all().get(at).map(|value| self.item.show(value)).unwrap_or_default()
    }

    fn change(&self, change: impl FnOnce(&mut Vec<Json>)) {
        let mut all = untrack(|| self.all());
        change(&mut all);
        self.workspace.set(&self.path, Some(Json::Array(all)));
    }

    fn write(&self, at: usize, text: &str) {
        self.change(|all| {
            if let Some(place) = all.get_mut(at) {
                *place = parsed(&self.item, text);
            }
        });
    }

    fn remove(&self, at: usize) {
        self.change(|all| {
            if at < all.len() {
                all.remove(at);
            }
        });
    }
}

pub(super) fn list(field: Arc<Field>, id: String) -> AnyView {
    let Control::List { item } = field.control.clone() else { return ().into_any() };
    if !is_scalar(&item) {
        return area(field, id);
    }
    let items = Items { workspace: workspace(), path: field.path.clone(), item: Arc::new(*item) };
    let counted = items.clone();
    let count = Memo::new(move |_| counted.all().len());
    let adding = items.clone();
    view! {
        <ul class="items" id=id>
            {move || (0..count.get()).map(|at| list_row(items.clone(), at)).collect_view()}
            {add_button(move || adding.change(|all| all.push(Json::from(""))))}
        </ul>
    }
    .into_any()
}

fn list_row(items: Items, at: usize) -> impl IntoView {
    let (shown, written) = (items.clone(), items.clone());
    view! {
        <li class="input-row">
            <input
                class="input"
                aria-label=format!("Item {}", at + 1)
                prop:value=move || shown.text(at)
                on:input=move |event| written.write(at, &event_target_value(&event))
            />
            {remove_button(format!("Remove item {}", at + 1), move || items.remove(at))}
        </li>
    }
}

/// The rows of a map in the order they were made; a key that is being typed may be empty. The map
/// is written as a whole, so that a key can be renamed.
#[derive(Clone)]
struct Entries {
    workspace: Workspace,
    path: Path,
    shape: Arc<Field>,
    rows: RwSignal<Vec<(String, String)>>,
}

impl Entries {
    fn stored(&self) -> Vec<(String, String)> {
        match self.workspace.value(&self.path) {
            Some(Json::Object(map)) => {
                map.iter().map(|(key, value)| (key.clone(), self.shape.show(value))).collect()
            }
            _ => Vec::new(),
        }
    }

    /// Takes what is stored, unless the rows say the same already.
    fn follow(&self) {
        let stored = self.stored();
        let mut typed: Vec<(String, String)> =
            self.rows.get_untracked().into_iter().filter(|(key, _)| !key.is_empty()).collect();
        typed.sort();
        if typed != stored {
            self.rows.set(stored);
        }
    }

    fn change(&self, change: impl FnOnce(&mut Vec<(String, String)>)) {
        self.rows.update(change);
        let entries = self.rows.get_untracked().into_iter().filter(|(key, _)| !key.is_empty());
        let map = entries.map(|(key, text)| (key, parsed(&self.shape, &text))).collect();
        self.workspace.set(&self.path, Some(Json::Object(map)));
    }

    fn row(&self, at: usize) -> (String, String) {
        self.rows.with(|rows| rows.get(at).cloned().unwrap_or_default())
    }

    /// Changes one row, or takes it out.
    fn at(&self, at: usize, change: impl FnOnce(&mut (String, String))) {
        self.change(|rows| {
            if let Some(row) = rows.get_mut(at) {
                change(row);
            }
        });
    }

    fn remove(&self, at: usize) {
        self.change(|rows| {
            if at < rows.len() {
                rows.remove(at);
            }
        });
    }
}

/// Keys and values.
pub(super) fn map(field: Arc<Field>, id: String) -> AnyView {
    let Control::Map { value: shape } = field.control.clone() else { return ().into_any() };
    if !is_scalar(&shape) {
        return area(field, id);
    }
    let entries = Entries {
        workspace: workspace(),
        path: field.path.clone(),
        shape: Arc::new(*shape),
        rows: RwSignal::new(Vec::new()),
    };
    let following = entries.clone();
    Effect::new(move || following.follow());
    let rows = entries.rows;
    let count = Memo::new(move |_| rows.with(Vec::len));
    view! {
        <ul class="items" id=id>
            {move || (0..count.get()).map(|at| map_row(entries.clone(), at)).collect_view()}
            {add_button(move || rows.update(|rows| rows.push((String::new(), String::new()))))}
        </ul>
    }
    .into_any()
}

fn map_row(entries: Entries, at: usize) -> impl IntoView {
    let (key, value) = (entries.clone(), entries.clone());
    let (on_key, on_value) = (entries.clone(), entries.clone());
    view! {
        <li class="input-row">
            <input
                class="input"
                placeholder="key"
                aria-label=format!("Key {}", at + 1)
                prop:value=move || key.row(at).0
                on:input=move |event| on_key.at(at, |row| row.0 = event_target_value(&event))
            />
            <input
                class="input"
                placeholder="value"
                aria-label=format!("Value {}", at + 1)
                prop:value=move || value.row(at).1
                on:input=move |event| on_value.at(at, |row| row.1 = event_target_value(&event))
            />
            {remove_button(format!("Remove entry {}", at + 1), move || entries.remove(at))}
        </li>
    }
}
