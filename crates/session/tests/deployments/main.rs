//! Every bundled deployment through the session, as the page uses it: open, run, compare, export.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod comparisons;
mod deltas;
mod dialects;
mod exports;
mod folder;
mod page;
mod runs;
mod stacks;
mod support;
