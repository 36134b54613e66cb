//! Plain components that know no workspace.

pub mod icon;
pub mod splitter;

pub use icon::Icon;
pub use splitter::Splitter;
