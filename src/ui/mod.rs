//! Plain components that know no workspace.

mod icon;

pub use icon::Icon;
