//! The page (skeleton): proves that Trunk builds and Chromium runs the page's wasm and the Worker's.

use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use web_sys::{MessageEvent, Worker, WorkerOptions, WorkerType};

/// Mounts the page on `<body>`.
pub fn mount() {
    leptos::mount::mount_to_body(App);
}

/// Greets, and shows what the Worker answers.
#[component]
fn App() -> impl IntoView {
    let answer = RwSignal::new(String::from("waiting for the worker"));
    if let Err(error) = ask_worker(answer) {
        answer.set(format!("{error:?}"));
    }
    view! {
        <main>
            <h1>"Chartroom"</h1>
            <p id="answer">{move || answer.get()}</p>
        </main>
    }
}

/// Starts the Worker and writes its first message into `answer`.
fn ask_worker(answer: RwSignal<String>) -> Result<(), JsValue> {
    let options = WorkerOptions::new();
    options.set_type(WorkerType::Module);
    let worker = Worker::new_with_options(&format!("worker-boot.js?v={}", build()), &options)?;
    let receive = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
        answer.set(event.data().as_string().unwrap_or_default());
    });
    worker.set_onmessage(Some(receive.as_ref().unchecked_ref()));
    receive.forget();
    Ok(())
}

/// The Worker's build, which `cargo xtask` stamps into index.html.
fn build() -> String {
    document()
        .query_selector("meta[name=worker-build]")
        .ok()
        .flatten()
        .and_then(|meta| meta.get_attribute("content"))
        .unwrap_or_default()
}
