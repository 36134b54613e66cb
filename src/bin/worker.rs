//! The Worker's entry point: a second wasm, so that the page stays small and a hanging engine can be ended.

use wasm_bindgen::{JsCast, JsValue};
use web_sys::DedicatedWorkerGlobalScope;

fn main() {
    let scope: DedicatedWorkerGlobalScope = js_sys::global().unchecked_into();
    // Nobody is there to read the error but the console: the page waits for `Ready` and times out.
    if let Err(error) = scope.post_message(&JsValue::from_str("hello from the worker")) {
        web_sys::console::error_1(&error);
    }
}
