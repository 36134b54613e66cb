//! Plain components that know no workspace.

pub mod icon;

pub use icon::Icon;
