//! Secrets: typed in plain, masked, encoded where the chart wants base64, made on request.

use super::text::display;
use crate::dom;
use crate::ui::Icon;
use leptos::prelude::*;
use session::{Control, Encoding, Field};
use std::sync::Arc;

pub(super) fn secret(field: Arc<Field>, id: String) -> AnyView {
    let Control::Secret { encoding, generate } = field.control.clone() else {
        return ().into_any();
    };
    let (typed, edit) = display(&field);
    let reveal = RwSignal::new(false);
    let kind = move || if reveal.get() { "text" } else { "password" };
    let typing = edit.clone();
    let note = match encoding {
        Encoding::Base64 => {
            "Type plain text or paste base64; it is stored base64 encoded. Not saved in this browser."
        }
        Encoding::Plain => "Not saved in this browser.",
    };
    view! {
        <div class="input-row">
            <input
                class="input"
                id=id
                type=kind
                spellcheck="false"
                autocomplete="off"
                prop:value=move || typed.get()
                on:input=move |event| typing(event_target_value(&event))
            />
            <button
                type="button"
                class="button icon-only"
                title="Show or hide"
                aria-label="Show or hide the secret"
                aria-pressed=move || reveal.get().to_string()
                on:click=move |_| reveal.update(|shown| *shown = !*shown)
            >
                <Icon name="eye" />
            </button>
            {generate.map(|generate| {
                let edit = edit.clone();
                view! {
                    <button
                        type="button"
                        class="button"
                        title="Make a strong random value"
                        on:click=move |_| edit(format!("{}{}", generate.prefix, dom::random_text(generate.length)))
                    >
                        <Icon name="dice" />
                        "Generate"
                    </button>
                }
            })}
        </div>
        <p class="field-note">{note}</p>
    }
    .into_any()
}
