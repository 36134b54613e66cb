//! The Worker's entry point: a second wasm that owns one session. It keeps the page small, and a
//! hanging engine can be ended.

use js_sys::Uint8Array;
use session::{PreviewWorld, Reply, Session, wire};
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use web_sys::{DedicatedWorkerGlobalScope, MessageEvent};

include!(concat!(env!("OUT_DIR"), "/catalog.rs"));

/// Milliseconds without a newer job after which the checks run.
const IDLE: i32 = 24;

fn main() {
    let scope: DedicatedWorkerGlobalScope = js_sys::global().unchecked_into();
    let now = js_sys::Date::now();
    let world = PreviewWorld {
        now: session::Timestamp { seconds: (now / 1000.0) as i64, nanoseconds: 0 },
        seed: (js_sys::Math::random() * 9.0e15) as u64,
    };
    let session = Rc::new(RefCell::new(Session::new(Rc::new(world), CATALOG)));
    let answering = scope.clone();
    let reviewing = review_later(&scope, &session);
    let answer = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
        let message = Uint8Array::new(&event.data()).to_vec();
        let reply = match wire::decode_request(&message) {
            Ok(request) => session.borrow_mut().handle(request),
            Err(error) => session::failed(&format!("the request cannot be read: {error}")),
        };
        post(&answering, &reply);
        if matches!(reply, Reply::Rendered { .. }) {
            reviewing();
        }
    });
    scope.set_onmessage(Some(answer.as_ref().unchecked_ref()));
    answer.forget();
    post(&scope, &Reply::Ready);
}

/// What lets the checks run once the worker has been idle for a moment: a job that is there by then
/// is rendered first.
fn review_later(
    scope: &DedicatedWorkerGlobalScope,
    session: &Rc<RefCell<Session>>,
) -> impl Fn() + use<> {
    let (telling, session) = (scope.clone(), Rc::clone(session));
    let review = Closure::<dyn Fn()>::new(move || {
        if let Some(reply) = session.borrow_mut().review() {
            post(&telling, &reply);
        }
    });
    let (scope, pending) = (scope.clone(), Cell::new(None));
    move || {
        if let Some(earlier) = pending.take() {
            scope.clear_timeout_with_handle(earlier);
        }
        let callback = review.as_ref().unchecked_ref();
        let timer = scope.set_timeout_with_callback_and_timeout_and_arguments_0(callback, IDLE);
        pending.set(timer.ok());
    }
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
