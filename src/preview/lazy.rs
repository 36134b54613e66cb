//! What is far from the screen is not drawn: a chart may print ten thousand lines.

use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::js_sys::Array;
use web_sys::{
    HtmlElement, IntersectionObserver, IntersectionObserverEntry, IntersectionObserverInit,
};

/// How far from the screen an element begins to be drawn.
const MARGIN: &str = "1200px 0px";
/// Height of a line, as `--line-height` in style/components.css.
const LINE: usize = 20;
/// Everything is drawn as long as all that is shown has fewer lines than this.
const FEW: usize = 1500;

/// The lines of all manifests, by context: whether laziness is worth its while.
#[derive(Clone, Copy)]
pub(super) struct TotalLines(pub(super) Memo<usize>);

/// Whether an element of `lines` lines is near the screen; before it is, it has their height.
pub(super) fn near(
    lines: impl Fn() -> usize + Copy + Send + Sync + 'static,
) -> (NodeRef<html::Div>, Memo<bool>) {
    let element: NodeRef<html::Div> = NodeRef::new();
    let close = RwSignal::new(false);
    let total = use_context::<TotalLines>();
    let few = move || total.is_none_or(|total| total.0.get() < FEW);
    let seen = Memo::new(move |_| few() || close.get());
    Effect::new(move || {
        let Some(element) = element.get() else { return };
        let height = if seen.get() { String::new() } else { format!("{}px", lines() * LINE) };
        let element: &HtmlElement = &element;
        // A height that is not set only makes the scrollbar jump.
        let _ = element.style().set_property("min-height", &height);
    });
    Effect::new(move || {
        let Some(element) = element.get() else { return };
        if few() {
            return;
        }
        observe(&element, close);
    });
    (element, seen)
}

fn observe(element: &HtmlElement, close: RwSignal<bool>) {
    let told = Closure::<dyn Fn(Array)>::new(move |entries: Array| {
        let last = entries.pop();
        if let Some(entry) = last.dyn_ref::<IntersectionObserverEntry>() {
            // The element may be gone when the browser tells.
            let _ = close.try_set(entry.is_intersecting());
        }
    });
    let options = IntersectionObserverInit::new();
    options.set_root_margin(MARGIN);
    let callback = told.as_ref().unchecked_ref();
    let Ok(observer) = IntersectionObserver::new_with_options(callback, &options) else {
        close.set(true);
        return;
    };
    told.forget();
    observer.observe(element);
    let observer = StoredValue::new_local(observer);
    on_cleanup(move || observer.with_value(IntersectionObserver::disconnect));
}
