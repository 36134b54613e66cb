//! The Worker's entry point: a second wasm that owns one session. It keeps the page small, and a
//! hanging engine can be ended.

use js_sys::Uint8Array;
use session::{PreviewWorld, Reply, Session, wire};
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use web_sys::{DedicatedWorkerGlobalScope, MessageEvent};

include!(concat!(env!("OUT_DIR"), "/catalog.rs"));

fn main() {
    let scope: DedicatedWorkerGlobalScope = js_sys::global().unchecked_into();
    let now = js_sys::Date::now();
    let world = PreviewWorld {
        now: session::Timestamp { seconds: (now / 1000.0) as i64, nanoseconds: 0 },
        seed: (js_sys::Math::random() * 9.0e15) as u64,
    };
    let session = RefCell::new(Session::new(Rc::new(world), CATALOG));
    let answering = scope.clone();
    let answer = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
        let message = Uint8Array::new(&event.data()).to_vec();
        let reply = match wire::decode_request(&message) {
            Ok(request) => session.borrow_mut().handle(request),
            Err(error) => session::failed(&format!("the request cannot be read: {error}")),
        };
        post(&answering, &reply);
    });
    scope.set_onmessage(Some(answer.as_ref().unchecked_ref()));
    answer.forget();
    post(&scope, &Reply::Ready);
}

/// Nobody is there to read an error but the console: the page waits for `Ready` and times out.
fn post(scope: &DedicatedWorkerGlobalScope, reply: &Reply) {
    let sent = match wire::encode_reply(reply) {
        Ok(message) => scope.post_message(&Uint8Array::from(message.as_slice())),
        Err(error) => Err(JsValue::from_str(&error.to_string())),
    };
    if let Err(error) = sent {
        web_sys::console::error_1(&error);
    }
}
