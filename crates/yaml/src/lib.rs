//! YAML exactly as Helm reads and writes it: `sigs.k8s.io/yaml` over go-yaml v2.
//!
//! Reading: text to tokens (`scan`), tokens to a [`Node`] tree with marks (`compose`), nodes to
//! JSON values by YAML 1.1's rules (`resolve`). Writing: JSON values to text (`emit`).
//! [`edit`] changes a file as text, so that nothing else in it moves.

mod compose;
mod decode;
pub mod edit;
mod emit;
mod error;
mod node;
mod resolve;
mod scan;

pub use emit::{Part, Step, to_string, to_string_pretty, to_string_with_parts, verbatim};
pub use error::Error;
pub use node::{Mark, Node, NodeKind, Style};
pub use resolve::{number, short_float};

use serde_json::Value;

/// Deepest nesting read and written. go-yaml's own limit is 10,000, which the 1 MiB stack of a
/// browser's worker would not bear; JSON between page and worker ends at 128, too.
pub const MAX_DEPTH: usize = 128;

/// Most values of one document. go-yaml has no such limit; a node takes fifty times the bytes of
/// the shortest text for it.
pub const MAX_NODES: usize = 500_000;

/// Reads the first document, as `yaml.Unmarshal` into `interface{}` does; an empty text is null.
///
/// # Errors
/// In go-yaml's words; `Display` has the prefix that `sigs.k8s.io/yaml` adds.
pub fn from_str(text: &str) -> Result<Value, Error> {
    match parse(text)? {
        Some(node) => resolve::to_json(&node),
        None => Ok(Value::Null),
    }
}

/// As [`from_str`] for the bytes of a file: UTF-8, or UTF-16 with its byte order mark.
///
/// # Errors
/// As [`from_str`], and for bytes that are no characters.
pub fn from_slice(bytes: &[u8]) -> Result<Value, Error> {
    from_str(&decode::decode(bytes)?)
}

/// The first document as nodes with their places in the text; `None` where there is none.
pub fn parse(text: &str) -> Result<Option<Node>, Error> {
    compose::first(text)
}
