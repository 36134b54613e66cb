//! A field's menu: the chart's example, the empty values it may have, its path. Its entries exist
//! only while it is open.

use crate::dom;
use crate::ui::Icon;
use crate::workspace::workspace;
use leptos::ev::{FocusEvent, KeyboardEvent};
use leptos::html;
use leptos::prelude::*;
use serde_json::Value as Json;
use session::{Empty, Field};
use std::sync::Arc;

pub(in crate::form) fn field_menu(field: Arc<Field>) -> impl IntoView {
    let open = RwSignal::new(false);
    let button: NodeRef<html::Button> = NodeRef::new();
    let around: NodeRef<html::Div> = NodeRef::new();
    let left = move |event: FocusEvent| {
        if dom::has_left(&event, around.get()) {
            open.set(false);
        }
    };
    let pressed = move |event: KeyboardEvent| match event.key().as_str() {
        "Escape" if open.get_untracked() => {
            open.set(false);
            if let Some(button) = button.get() {
                let _ = button.focus();
            }
        }
        "ArrowDown" | "ArrowUp" if open.get_untracked() => {
            event.prevent_default();
            if let Some(around) = around.get() {
                dom::step_focus(&around, event.key() == "ArrowDown");
            }
        }
        _ => {}
    };
    let label = format!("More for {}", field.title);
    view! {
        <div class="field-menu" node_ref=around on:focusout=left on:keydown=pressed>
            <button
                type="button"
                class="menu-button"
                node_ref=button
                aria-haspopup="menu"
                aria-expanded=move || open.get().to_string()
                aria-label=label
                on:click=move |_| open.update(|open| *open = !*open)
            ></button>
            {move || open.get().then(|| entries(&field, open))}
        </div>
    }
}

fn entries(field: &Arc<Field>, open: RwSignal<bool>) -> impl IntoView + use<> {
    let workspace = workspace();
    let set = |value: Json| {
        let path = field.path.clone();
        move |_| {
            workspace.set(&path, Some(value.clone()));
            open.set(false);
        }
    };
    let example = field.examples.first().map(|example| {
        view! {
            <button type="button" role="menuitem" on:click=set(example.clone())>
                <span>"Set to the chart's example"</span>
            </button>
        }
    });
    let empties = field.empties().into_iter().map(|empty| {
        view! {
            <button type="button" role="menuitem" on:click=set(empty.value())>
                <span>"Set to "<code>{empty.text()}</code></span>
                <small>{empty.meaning()}</small>
            </button>
        }
    });
    let reset = {
        let path = field.path.clone();
        move |_| {
            workspace.reset(&path);
            open.set(false);
        }
    };
    let copy = {
        let path = field.path.to_string();
        move |_| {
            dom::copy(&path);
            open.set(false);
        }
    };
    view! {
        <button type="button" class="menu-shade" tabindex="-1" aria-hidden="true" on:click=move |_| open.set(false)></button>
        <div class="menu" role="menu">
            {example}
            {empties.collect_view()}
            <button type="button" role="menuitem" on:click=reset><span>"Back to the default"</span></button>
            <button type="button" role="menuitem" on:click=copy>
                <span>"Copy the path"</span>
                <small>{field.path.to_string()}</small>
            </button>
        </div>
    }
}

/// Offers the chart's example while the value says nothing.
pub(in crate::form) fn add_example(field: &Arc<Field>) -> impl IntoView + use<> {
    let workspace = workspace();
    let example = field.examples.first().filter(|_| field.is_yaml()).cloned();
    example.map(|example| {
        let path = field.path.clone();
        let empty = Memo::new(move |_| {
            workspace.value(&path).is_none_or(|value| Empty::of(&value).is_some())
        });
        let path = field.path.clone();
        let add = move |_| workspace.set(&path, Some(example.clone()));
        view! {
            <Show when=move || empty.get()>
                <button type="button" class="add-example" on:click=add.clone()>
                    <Icon name="add" />
                    "Add an example"
                </button>
            </Show>
        }
    })
}
