//! Hostile charts through the session, one threat a test: each must end within the limits, with an
//! error that says what happened, on a small stack.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod archives;
mod documents;
mod execution;
#[path = "../deployments/page.rs"]
mod page;
mod rules;
mod support;
mod templates;
