//! From `values.schema.json` (and values.yaml with its comments) to the [`Field`]s of a form.
//!
//! [`Field::parse`] and [`Field::check`] are what the page calls in the tick of a keystroke, so
//! nothing here may reach a full JSON Schema validator or a regex engine: the page links this.

pub mod base64;
mod block;
mod build;
mod check;
mod condition;
mod empty;
mod field;
mod infer;
mod inline;
mod kinds;
mod labels;
mod notes;
mod quantity;
mod shape;
mod uses;
mod words;

pub use build::Sources;
pub use condition::Condition;
pub use empty::Empty;
pub use field::{
    Catalog, Choice, Constraints, Control, Encoding, Field, Form, Generate, ImageSpec, Problem,
    QuantityKind, RuleText, Told,
};
pub use inline::{Span, spans};
pub use kinds::{Kind, Place};
pub use notes::{Note, Notes};
pub use quantity::Quantity;
pub use shape::{Completion, Known, Shape};
pub use uses::{Use, Uses};
