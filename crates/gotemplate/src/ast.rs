//! The syntax tree of one parsed text: nodes in an arena, so that trees of any depth are dropped
//! without recursion and errors can name a node by its index.
//!
//! Follows Go's `text/template/parse`: same nodes, same positions, same `String()` texts.

/// Index of a node in its [`Tree`].
pub(crate) type NodeId = u32;

/// A number with every form it has, as Go's `NumberNode`.
#[derive(Clone, Debug, Default)]
pub(crate) struct Number {
    pub(crate) int: Option<i64>,
    pub(crate) uint: Option<u64>,
    pub(crate) float: Option<f64>,
    /// Imaginary part of a constant such as `1i`.
    pub(crate) imaginary: Option<f64>,
    pub(crate) text: String,
}

/// A pipeline: declarations, then commands.
#[derive(Clone, Debug, Default)]
pub(crate) struct Pipe {
    pub(crate) assign: bool,
    /// Names with their `$`.
    pub(crate) decl: Vec<String>,
    pub(crate) commands: Vec<NodeId>,
}

/// `if`, `range` or `with`.
#[derive(Clone, Debug)]
pub(crate) struct Control {
    pub(crate) pipe: NodeId,
    pub(crate) list: Vec<NodeId>,
    pub(crate) otherwise: Option<Vec<NodeId>>,
}

#[derive(Clone, Debug)]
pub(crate) enum NodeKind {
    /// Byte range of the source.
    Text(usize, usize),
    Action(NodeId),
    If(Control),
    Range(Control),
    With(Control),
    Template {
        name: String,
        pipe: Option<NodeId>,
    },
    Break,
    Continue,
    Pipe(Pipe),
    Command(Vec<NodeId>),
    Identifier(String),
    /// `$x.a.b`: the variable's name with its `$`, then fields.
    Variable(Vec<String>),
    Dot,
    Nil,
    /// `.a.b`.
    Field(Vec<String>),
    /// `(…).a.b`.
    Chain(NodeId, Vec<String>),
    Bool(bool),
    Number(Number),
    /// The text as written, quotes included, and its value.
    String {
        quoted: String,
        value: Vec<u8>,
    },
}

#[derive(Clone, Debug)]
pub(crate) struct Node {
    pub(crate) pos: u32,
    pub(crate) kind: NodeKind,
}

/// All nodes of one source text.
#[derive(Debug, Default)]
pub(crate) struct Tree {
    pub(crate) nodes: Vec<Node>,
}

impl Tree {
    pub(crate) fn add(&mut self, pos: u32, kind: NodeKind) -> NodeId {
        let id = self.nodes.len() as NodeId;
        self.nodes.push(Node { pos, kind });
        id
    }

    pub(crate) fn node(&self, id: NodeId) -> &Node {
        // Ids come only from `add` of this very tree.
        &self.nodes[id as usize]
    }

    pub(crate) fn kind(&self, id: NodeId) -> &NodeKind {
        &self.node(id).kind
    }

    /// Go's `Node.String()` for nodes that errors show.
    pub(crate) fn text(&self, id: NodeId) -> String {
        let mut out = String::new();
        self.write(id, &mut out);
        out
    }

    fn write(&self, id: NodeId, out: &mut String) {
        match self.kind(id) {
            NodeKind::Action(pipe) => {
                out.push_str("{{");
                self.write(*pipe, out);
                out.push_str("}}");
            }
            NodeKind::Pipe(pipe) => self.write_pipe(pipe, out),
            NodeKind::Command(args) => self.write_command(args, out),
            NodeKind::Identifier(name) => out.push_str(name),
            NodeKind::Variable(names) => out.push_str(&names.join(".")),
            NodeKind::Dot => out.push('.'),
            NodeKind::Nil => out.push_str("nil"),
            NodeKind::Field(names) => write_fields(names, out),
            NodeKind::Chain(node, names) => {
                self.write_argument(*node, out);
                write_fields(names, out);
            }
            NodeKind::Bool(value) => out.push_str(if *value { "true" } else { "false" }),
            NodeKind::Number(number) => out.push_str(&number.text),
            NodeKind::String { quoted, .. } => out.push_str(quoted),
            NodeKind::Template { name, pipe } => {
                out.push_str("{{template ");
                out.push_str(&crate::fmt::quote(name.as_bytes()));
                if let Some(pipe) = pipe {
                    out.push(' ');
                    self.write(*pipe, out);
                }
                out.push_str("}}");
            }
            NodeKind::Break => out.push_str("{{break}}"),
            NodeKind::Continue => out.push_str("{{continue}}"),
            // Errors never show text or whole control structures.
            NodeKind::Text(..) | NodeKind::If(_) | NodeKind::Range(_) | NodeKind::With(_) => {}
        }
    }

    fn write_pipe(&self, pipe: &Pipe, out: &mut String) {
        if !pipe.decl.is_empty() {
            out.push_str(&pipe.decl.join(", "));
            out.push_str(if pipe.assign { " = " } else { " := " });
        }
        for (index, command) in pipe.commands.iter().enumerate() {
            if index > 0 {
                out.push_str(" | ");
            }
            self.write(*command, out);
        }
    }

    fn write_command(&self, args: &[NodeId], out: &mut String) {
        for (index, arg) in args.iter().enumerate() {
            if index > 0 {
                out.push(' ');
            }
            self.write_argument(*arg, out);
        }
    }

    fn write_argument(&self, id: NodeId, out: &mut String) {
        if matches!(self.kind(id), NodeKind::Pipe(_)) {
            out.push('(');
            self.write(id, out);
            out.push(')');
        } else {
            self.write(id, out);
        }
    }
}

fn write_fields(names: &[String], out: &mut String) {
    for name in names {
        out.push('.');
        out.push_str(name);
    }
}
