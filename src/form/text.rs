//! Text, numbers, ports, quantities, URLs: one line; and several lines.

use super::widgets::placeholder;
use crate::workspace::workspace;
use leptos::prelude::*;
use session::{Control, Field};
use std::sync::Arc;

/// What the input shows: a text that means the value already is left as it was typed.
pub(super) fn display(field: &Arc<Field>) -> (RwSignal<String>, impl Fn(String) + Clone + use<>) {
    let workspace = workspace();
    let typed = RwSignal::new(untrack(|| workspace.shown(field)));
    let own = Arc::clone(field);
    Effect::new(move || {
        let now = workspace.shown(&own);
        let means_it = || own.parse(&typed.get_untracked()).is_ok_and(|it| own.show(&it) == now);
        let same = !own.is_yaml() && means_it();
        if !same && typed.get_untracked() != now {
            typed.set(now);
        }
    });
    let own = Arc::clone(field);
    let edit = move |text: String| {
        typed.set(text.clone());
        match text.trim().is_empty() && own.goes_back() {
            true => workspace.reset(&own.path),
            false => workspace.edit(&own, &text),
        }
    };
    (typed, edit)
}

pub(super) fn line(field: Arc<Field>, id: String) -> AnyView {
    let (typed, edit) = display(&field);
    let numeric = matches!(field.control, Control::Number { .. } | Control::Port);
    let mode = if numeric { "numeric" } else { "text" };
    let example = field.examples.first().map(|example| field.show(example)).unwrap_or_default();
    let list_id = format!("{id}-examples");
    let examples = field.examples.iter().map(|example| field.show(example)).collect::<Vec<_>>();
    let has_examples = !examples.is_empty();
    let unit = field.unit.clone();
    let size = if numeric { "short" } else { "long" };
    let control = control_name(&field.control);
    view! {
        <div class="input-row" data-size=size data-control=control>
            <input
                class="input"
                id=id
                type="text"
                inputmode=mode
                spellcheck="false"
                placeholder=placeholder(&field, example)
                list=has_examples.then(|| list_id.clone())
                prop:value=move || typed.get()
                on:input=move |event| edit(event_target_value(&event))
            />
            {(!unit.is_empty()).then(|| view! { <span class="unit">{unit}</span> })}
            {has_examples.then(|| view! {
                <datalist id=list_id>
                    {examples.into_iter().map(|text| view! { <option value=text></option> }).collect_view()}
                </datalist>
            })}
        </div>
    }
    .into_any()
}

fn control_name(control: &Control) -> &'static str {
    match control {
        Control::Quantity { .. } => "quantity",
        Control::Port => "port",
        Control::Number { .. } => "number",
        _ => "text",
    }
}

pub(super) fn area(field: Arc<Field>, id: String) -> AnyView {
    let (typed, edit) = display(&field);
    view! {
        <textarea
            class="input"
            id=id
            rows="4"
            spellcheck="false"
            placeholder=placeholder(&field, String::new())
            prop:value=move || typed.get()
            on:input=move |event| edit(event_target_value(&event))
        ></textarea>
    }
    .into_any()
}
