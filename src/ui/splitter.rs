//! A bar between two panes that can be moved by hand or keyboard; the browser keeps its place.

use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, KeyboardEvent, PointerEvent};

const KEY: &str = "chartroom.split";
/// Share of the width that the right pane may take, in percent.
const LEAST: f64 = 25.0;
const MOST: f64 = 70.0;
const STEP: f64 = 2.0;
/// The property that style/layout.css reads.
const PROPERTY: &str = "--preview-share";

fn stored() -> f64 {
    let storage = window().local_storage().ok().flatten();
    let text = storage.and_then(|storage| storage.get_item(KEY).ok().flatten());
    text.and_then(|text| text.parse().ok()).unwrap_or(48.0)
}

fn store(share: f64) {
    if let Ok(Some(storage)) = window().local_storage() {
        // A place that is not kept is only the usual place after a reload.
        let _ = storage.set_item(KEY, &share.to_string());
    }
}

#[component]
pub fn Splitter() -> impl IntoView {
    let bar: NodeRef<html::Div> = NodeRef::new();
    let share = RwSignal::new(stored());
    let dragging = RwSignal::new(false);
    let frame = move || -> Option<HtmlElement> { bar.get()?.parent_element()?.dyn_into().ok() };
    Effect::new(move || {
        let Some(frame) = frame() else { return };
        let _ = frame.style().set_property(PROPERTY, &format!("{}%", share.get()));
    });
    let set = move |value: f64| {
        let value = value.clamp(LEAST, MOST);
        share.set(value);
        store(value);
    };
    let down = move |event: PointerEvent| {
        event.prevent_default();
        dragging.set(true);
        if let Some(bar) = bar.get_untracked() {
            let _ = bar.set_pointer_capture(event.pointer_id());
        }
    };
    let moved = move |event: PointerEvent| {
        let Some(frame) = dragging.get_untracked().then(|| untrack(frame)).flatten() else {
            return;
        };
        let area = frame.get_bounding_client_rect();
        if area.width() > 0.0 {
            set((area.right() - f64::from(event.client_x())) / area.width() * 100.0);
        }
    };
    let key = move |event: KeyboardEvent| {
        let step = match event.key().as_str() {
            "ArrowLeft" => STEP,
            "ArrowRight" => -STEP,
            _ => return,
        };
        event.prevent_default();
        set(share.get_untracked() + step);
    };
    view! {
        <div
            node_ref=bar
            class="splitter"
            role="separator"
            tabindex="0"
            aria-label="Width of the preview"
            aria-orientation="vertical"
            aria-valuemin=LEAST
            aria-valuemax=MOST
            aria-valuenow=move || share.get().round()
            data-dragging=move || dragging.get().to_string()
            on:pointerdown=down
            on:pointermove=moved
            on:pointerup=move |_| dragging.set(false)
            on:pointercancel=move |_| dragging.set(false)
            on:keydown=key
        ></div>
    }
}
