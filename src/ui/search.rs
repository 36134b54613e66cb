//! A text that a list is searched for.

use super::Icon;
use leptos::prelude::*;

/// The box keeps the text as it is typed: who searches makes of it what they need.
#[component]
pub fn SearchBox(text: RwSignal<String>, hint: &'static str, label: &'static str) -> impl IntoView {
    view! {
        <label class="search">
            <Icon name="search" />
            <input
                class="input"
                type="search"
                placeholder=hint
                aria-label=label
                prop:value=move || text.get()
                on:input=move |event| text.set(event_target_value(&event))
            />
        </label>
    }
}
