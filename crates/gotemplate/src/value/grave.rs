//! Freeing nested values one after the other: a template can nest lists and maps a million deep,
//! deeper than any stack is.

use super::Value;
use std::cell::{Cell, RefCell};

#[derive(Default)]
struct Grave {
    waiting: RefCell<Vec<Value>>,
    busy: Cell<bool>,
}

thread_local! {
    static GRAVE: Grave = Grave::default();
}

/// Whether freeing the value may free others.
pub(super) fn nests(value: &Value) -> bool {
    matches!(value, Value::List(_) | Value::Map(_))
}

/// Frees values; those that they hold follow in a loop of the outermost call.
pub(super) fn bury(values: impl Iterator<Item = Value>) {
    // While a thread ends there is no grave: what is still alive then is freed as Rust does it.
    let _ = GRAVE.try_with(|grave| {
        grave.waiting.borrow_mut().extend(values);
        if grave.busy.replace(true) {
            return;
        }
        loop {
            // The borrow must end before the value is freed.
            let next = grave.waiting.borrow_mut().pop();
            let Some(value) = next else { break };
            drop(value);
        }
        grave.busy.set(false);
    });
}
