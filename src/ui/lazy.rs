//! What is far from the view is not in the DOM: a placeholder keeps its place and its height, and
//! Tab and screen readers reach what it stands for.

use leptos::html;
use leptos::prelude::*;
use std::cell::RefCell;
use std::collections::HashMap;
use std::ops::Range;
use std::rc::Rc;
use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::js_sys::Array;
use web_sys::{
    Element, FocusEvent, HtmlElement, IntersectionObserver, IntersectionObserverEntry,
    IntersectionObserverInit, Node,
};

/// How far from the view something begins to be drawn.
const MARGIN: &str = "600px 0px";
/// Carries the number that a placeholder is known by to the observer.
const NUMBER: &str = "data-far";

/// What a placeholder is told by the observer.
#[derive(Clone, Copy)]
struct Place {
    near: RwSignal<bool>,
    /// Pixels that the content had when it was last seen; 0 before.
    height: RwSignal<f64>,
}

type Places = Rc<RefCell<HashMap<u32, Place>>>;

struct Watch {
    observer: IntersectionObserver,
    places: Places,
    next: u32,
}

/// A scrolling element whose far content is not drawn, by context.
#[derive(Clone, Copy)]
pub struct Scroller {
    root: NodeRef<html::Div>,
    watch: StoredValue<Option<Watch>, LocalStorage>,
}

impl Scroller {
    /// The reference belongs on the scrolling element. What is in it is told of the scroller by
    /// [`Provider`](leptos::context::Provider): a component has no context of its own.
    pub fn new() -> (Self, NodeRef<html::Div>) {
        let root = NodeRef::new();
        (Self { root, watch: StoredValue::new_local(None) }, root)
    }

    /// Begins to tell a place of its element; `None` where the browser cannot.
    fn observe(&self, element: &HtmlElement, place: Place) -> Option<u32> {
        let root = self.root.get()?;
        self.watch.try_update_value(|watch| {
            if watch.is_none() {
                *watch = watch_within(&root);
            }
            let watch = watch.as_mut()?;
            watch.next += 1;
            element.set_attribute(NUMBER, &watch.next.to_string()).ok()?;
            watch.places.borrow_mut().insert(watch.next, place);
            watch.observer.observe(element);
            Some(watch.next)
        })?
    }

    fn forget(&self, element: &Element, number: u32) {
        // The scroller itself may be gone already.
        let _ = self.watch.try_with_value(|watch| {
            if let Some(watch) = watch {
                watch.observer.unobserve(element);
                watch.places.borrow_mut().remove(&number);
            }
        });
    }
}

fn watch_within(root: &Element) -> Option<Watch> {
    let places = Places::default();
    let told = Rc::clone(&places);
    let tell = Closure::<dyn Fn(Array)>::new(move |entries: Array| {
        for entry in entries.iter() {
            let entry: IntersectionObserverEntry = entry.unchecked_into();
            let number = entry.target().get_attribute(NUMBER).and_then(|it| it.parse().ok());
            let place = number.and_then(|number| told.borrow().get(&number).copied());
            if let Some(place) = place {
                place.tell(&entry);
            }
        }
    });
    let options = IntersectionObserverInit::new();
    options.set_root(Some(root));
    options.set_root_margin(MARGIN);
    let callback = tell.as_ref().unchecked_ref();
    let observer = IntersectionObserver::new_with_options(callback, &options).ok()?;
    tell.forget();
    Some(Watch { observer, places, next: 0 })
}

impl Place {
    fn tell(self, entry: &IntersectionObserverEntry) {
        let near = entry.is_intersecting();
        let Some(was) = self.near.try_get_untracked() else { return };
        if was && !near {
            // An element that is not laid out (its pane is hidden) has no height to keep.
            let height = entry.bounding_client_rect().height();
            if height > 0.0 {
                self.height.set(height);
            }
        }
        if was != near {
            self.near.set(near);
        }
    }
}

/// The numbers of a list's stretches of so many items.
pub fn stretches<T: Send + Sync + 'static>(
    all: Memo<Vec<T>>,
    size: usize,
) -> impl Fn() -> Range<usize> + Copy {
    move || 0..all.with(|all| all.len().div_ceil(size))
}

/// The items of one stretch of a list.
pub fn stretch<T>(all: Memo<Vec<T>>, at: usize, size: usize) -> Memo<Vec<T>>
where
    T: Clone + PartialEq + Send + Sync + 'static,
{
    Memo::new(move |_| all.with(|all| all.iter().skip(at * size).take(size).cloned().collect()))
}

/// Content that is drawn only near the view, where the focus is, or where it is wanted.
#[component]
pub fn Far(
    /// Pixels that the content will about have.
    #[prop(into)]
    height: Signal<usize>,
    /// What stands here, for those who come by Tab; empty where nothing in it takes the focus.
    #[prop(into)]
    label: Signal<String>,
    /// Drawn at once: it is on the first screen.
    #[prop(optional)]
    first: bool,
    /// Drawn wherever it is.
    #[prop(into, optional)]
    wanted: Signal<bool>,
    children: ChildrenFn,
) -> impl IntoView {
    let element: NodeRef<html::Div> = NodeRef::new();
    let place = Place { near: RwSignal::new(first), height: RwSignal::new(0.0) };
    let focused = RwSignal::new(false);
    let shown = Memo::new(move |_| place.near.get() || wanted.get() || focused.get());
    observe(element, place);
    let kept = move || {
        let measured = place.height.get();
        let height = if measured > 0.0 { measured } else { height.get() as f64 };
        (!shown.get()).then(|| format!("{height}px"))
    };
    let reached = move || !shown.get() && label.with(|label| !label.is_empty());
    let enter = move |event: FocusEvent| {
        let from = event.related_target();
        if !shown.get_untracked() {
            let back = comes_from_below(element, from.as_ref());
            request_animation_frame(move || focus_within(element, back));
        }
        focused.set(true);
    };
    view! {
        <div
            class="far"
            node_ref=element
            style:min-height=kept
            tabindex=move || reached().then_some("0")
            role=move || reached().then_some("group")
            aria-label=move || reached().then(|| label.get())
            on:focusin=enter
            on:focusout=move |_| focused.set(false)
        >
            {move || shown.get().then(|| children())}
        </div>
    }
}

fn observe(element: NodeRef<html::Div>, place: Place) {
    let Some(scroller) = use_context::<Scroller>() else {
        return place.near.set(true);
    };
    Effect::new(move || {
        let Some(element) = element.get() else { return };
        let element: HtmlElement = (*element).clone();
        match scroller.observe(&element, place) {
            Some(number) => {
                let element = StoredValue::new_local(element);
                on_cleanup(move || {
                    // The element is gone from the page, the reference to it is not.
                    let _ = element.try_with_value(|element| scroller.forget(element, number));
                });
            }
            None if scroller.root.get().is_some() => place.near.set(true),
            None => {}
        }
    });
}

fn comes_from_below(element: NodeRef<html::Div>, from: Option<&web_sys::EventTarget>) -> bool {
    let from = from.and_then(|from| from.dyn_ref::<Node>());
    let (Some(element), Some(from)) = (element.get_untracked(), from) else { return false };
    element.compare_document_position(from) & Node::DOCUMENT_POSITION_FOLLOWING != 0
}

/// Gives the focus to the first thing that takes it, or to the last where one comes from below.
fn focus_within(element: NodeRef<html::Div>, back: bool) {
    let Some(element) = element.get_untracked() else { return };
    let Ok(found) = element.query_selector_all("input,select,textarea,button,[tabindex='0']")
    else {
        return;
    };
    let at = if back { found.length().saturating_sub(1) } else { 0 };
    if let Some(input) = found.get(at).and_then(|it| it.dyn_into::<HtmlElement>().ok()) {
        // An input that cannot take the focus leaves it where it is.
        let _ = input.focus();
    }
}
