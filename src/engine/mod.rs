//! The worker from the page's side: a state machine (`client`) and the browser's part (`bridge`).

mod bridge;
mod client;

pub use bridge::{Bridge, News};
pub use client::{Client, Step};
