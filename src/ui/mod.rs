//! Plain components that know no workspace.

pub mod icon;
pub mod lazy;
pub mod search;
pub mod splitter;

pub use icon::Icon;
pub use lazy::{Far, Scroller, stretch, stretches};
pub use search::SearchBox;
pub use splitter::Splitter;
