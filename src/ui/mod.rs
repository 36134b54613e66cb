//! Plain components that know no workspace.

pub mod icon;
pub mod lazy;
pub mod splitter;

pub use icon::Icon;
pub use lazy::{Far, Scroller};
pub use splitter::Splitter;
