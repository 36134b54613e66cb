//! What the end-to-end tests and `cargo xtask` share; no part of the product.
//!
//! - [`Site`] serves a folder on localhost, as any static host would;
//! - [`Browser`] and [`Page`] drive a real headless Chromium over the DevTools protocol;
//! - [`generate`] makes charts of public size from a seed;
//! - [`measure`] tells what a page costs: main-thread work, memory, nodes;
//! - [`oracle`] asks the real Helm, and compares our engine with what it said;
//! - [`tools`] finds programs: the project's own `.tools` first, then `PATH`.
//!
//! Few dependencies on purpose: xtask is the first thing that a fresh machine compiles.

mod base64;
mod browser;
mod cdp;
mod error;
pub mod generate;
mod input;
mod log;
pub mod measure;
pub mod oracle;
mod page;
mod random;
mod scratch;
mod site;
mod story;
pub mod tools;

pub use browser::{Browser, Download};
pub use error::{Error, Result};
pub use log::{Console, Request};
pub use page::{Page, Scheme};
pub use random::Random;
pub use scratch::Scratch;
pub use site::Site;
pub use story::{CURRENT, Story};
