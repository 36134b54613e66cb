//! From `values.schema.json` (and values.yaml with its comments) to the [`Field`]s of a form.
//!
//! [`Field::parse`] and [`Field::check`] are what the page calls in the tick of a keystroke, so
//! nothing here may reach a full JSON Schema validator or a regex engine: the page links this.

pub mod base64;
mod block;
mod build;
mod check;
mod comments;
mod field;
mod infer;
mod quantity;

pub use field::{
    Catalog, Choice, Constraints, Control, Encoding, Field, Form, Generate, ImageSpec, Problem,
    QuantityKind, RuleText, Told,
};
pub use quantity::Quantity;
