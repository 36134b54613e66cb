//! The page: what a person sees. Leptos, in the browser only.
//!
//! It links `session`'s plain data and the schema's field checks; the engine runs in the worker.

pub mod app;
pub mod catalog;
pub mod compare;
pub mod dom;
pub mod engine;
pub mod export;
pub mod findings;
pub mod form;
pub mod preview;
pub mod ui;
pub mod workspace;

/// Mounts the page on `<body>`.
pub fn mount() {
    leptos::mount::mount_to_body(app::App);
}
