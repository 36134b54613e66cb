//! Selects and switches.

use crate::workspace::workspace;
use leptos::prelude::*;
use serde_json::Value as Json;
use session::{Control, Field};
use std::sync::Arc;

pub(super) fn select(field: Arc<Field>, id: String) -> AnyView {
    let workspace = workspace();
    let Control::Select { options } = field.control.clone() else { return ().into_any() };
    let own = Arc::clone(&field);
    let current = Memo::new(move |_| workspace.shown(&own));
    let own = Arc::clone(&field);
    let options = options
        .into_iter()
        .map(|choice| {
            let value = field.show(&choice.value);
            let chosen = value.clone();
            view! { <option value=value selected=move || current.get() == chosen>{choice.label}</option> }
        })
        .collect_view();
    view! {
        <div class="input-row" data-size="short">
            <select
                class="input"
                id=id
                prop:value=move || current.get()
                on:change=move |event| workspace.edit(&own, &event_target_value(&event))
            >
                {options}
            </select>
        </div>
    }
    .into_any()
}

pub(super) fn switch(field: Arc<Field>, id: String) -> AnyView {
    let workspace = workspace();
    let path = field.path.clone();
    let on = Memo::new(move |_| workspace.value(&path) == Some(Json::Bool(true)));
    let path = field.path.clone();
    view! {
        <input
            class="switch"
            id=id
            type="checkbox"
            role="switch"
            prop:checked=move || on.get()
            on:change=move |event| workspace.set(&path, Some(Json::Bool(event_target_checked(&event))))
        />
    }
    .into_any()
}
