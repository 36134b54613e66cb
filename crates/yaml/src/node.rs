//! A YAML document as a tree that knows where each part stands in the text.

use std::rc::Rc;

/// A place in a text: byte offset, line and column from 0.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Mark {
    pub offset: usize,
    pub line: u32,
    pub column: u32,
}

/// How a scalar is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    Plain,
    SingleQuoted,
    DoubleQuoted,
    Literal,
    Folded,
}

/// What a node is. Collections are shared: an anchored one is kept beside its place.
#[derive(Clone, Debug, PartialEq)]
pub enum NodeKind {
    Scalar {
        value: String,
        style: Style,
    },
    /// `flow` for `[a, b]`.
    Sequence {
        items: Rc<Vec<Node>>,
        flow: bool,
    },
    /// `flow` for `{a: b}`.
    Mapping {
        pairs: Rc<Vec<(Node, Node)>>,
        flow: bool,
    },
    /// `*name`, with the anchored node.
    Alias {
        name: String,
        target: Rc<Node>,
    },
}

/// A node and the text it stands on, `start..end`, properties (anchor, tag) left out.
#[derive(Clone, Debug, PartialEq)]
pub struct Node {
    pub kind: NodeKind,
    /// As written: `!!str`, `!local`; empty for none.
    pub tag: String,
    pub start: Mark,
    pub end: Mark,
}
