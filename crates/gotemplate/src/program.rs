//! What the machine in `vm` runs: a template as a list of operations, made by `compile`.

use crate::ast::{NodeId, Tree};
use crate::func::Function;
use crate::observer::Branch;
use crate::value::Value;
use std::rc::Rc;

/// A source text and its tree: what positions and contexts are told from.
#[derive(Debug)]
pub(crate) struct Source {
    /// Go's parse name.
    pub(crate) file: String,
    pub(crate) text: Vec<u8>,
    pub(crate) tree: Tree,
    /// Byte offsets at which lines start.
    pub(crate) lines: Vec<u32>,
}

/// One executable template.
pub(crate) struct Program {
    pub(crate) name: String,
    pub(crate) source: Rc<Source>,
    pub(crate) ops: Vec<Op>,
    pub(crate) constants: Vec<Value>,
    /// What it calls, call by call.
    pub(crate) functions: Vec<Function>,
    /// Variable slots and loop and dot registers that a frame needs.
    pub(crate) slots: usize,
    pub(crate) dots: usize,
}

/// One operation of the machine; targets are indices of operations.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Op {
    /// Go's `s.at(node)`.
    At(NodeId),
    /// Literal text, a byte range of the source.
    Text {
        start: u32,
        end: u32,
    },
    /// An action starts.
    Action(NodeId),
    /// Pops and prints.
    Print(NodeId),
    /// Pops and forgets: an action that declares or assigns.
    Pop,
    /// Pushes a constant.
    Constant(u32),
    /// Pushes the dot register.
    Dot(u32),
    /// Pushes a variable.
    Variable(u32),
    /// Pops into a variable and pushes again: a declaration or an assignment.
    Assign {
        slot: u32,
    },
    /// Unwraps an interface: what a pipeline does with each command's value.
    Unbox,
    /// Pops a receiver and pushes its field, key or method's result. Behind parentheses Go stays
    /// `at` what they ended with.
    Field {
        node: NodeId,
        chained: bool,
        name: u32,
    },
    /// As `Field` of a last name with arguments: begins a method call.
    BeginMethod {
        node: NodeId,
        name: u32,
        args: u32,
        piped: bool,
    },
    /// Begins a call: checks the number of arguments.
    BeginCall {
        node: NodeId,
        function: u32,
        args: u32,
        piped: bool,
    },
    /// Pops an argument, checks its type.
    Argument,
    /// A literal argument, converted to the parameter's type.
    Literal(NodeId),
    /// Calls; takes the piped value from below the arguments.
    EndCall,
    /// `and` and `or`: decides on the argument on top; jumps with it, or pops it.
    ShortCircuit {
        or: bool,
        piped: bool,
        target: u32,
    },
    /// Fails with Go's complaint: the text is a constant.
    Fail {
        message: u32,
    },
    Jump(u32),
    /// Pops; jumps where it is not true; `with` sets the dot register.
    Branch {
        node: NodeId,
        branch: Branch,
        dot: u32,
        target: u32,
    },
    /// Pops what to iterate; jumps where it is empty.
    RangeBegin {
        node: NodeId,
        names: u8,
        target: u32,
    },
    /// Takes the next element or jumps, ending the loop.
    RangeNext {
        dot: u32,
        index: Option<u32>,
        element: Option<u32>,
        target: u32,
    },
    /// Ends the loop: `break`.
    RangeEnd,
    /// Fails if there is no such template, before its dot is evaluated.
    Known {
        node: NodeId,
        name: u32,
    },
    /// Pops the new dot and executes a template.
    Template {
        node: NodeId,
        name: u32,
    },
    Return,
}
