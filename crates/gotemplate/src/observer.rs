//! Provenance: who wants to know where output came from is told by the executor.
//!
//! The observer is a type parameter of the executor; with [`NoObserver`] every call is empty
//! and compiled away, so rendering costs what it cost before.

use crate::ast::{Control, NodeId, NodeKind, Tree};
use crate::value::Value;

/// A place in a template's source.
#[derive(Clone, Copy, Debug)]
pub struct Site<'a> {
    /// File the text came from: `app/templates/x.yaml` (Go's parse name).
    pub file: &'a str,
    /// Byte offset in that text.
    pub offset: u32,
    /// Byte offsets at which lines start.
    lines: &'a [u32],
}

impl<'a> Site<'a> {
    pub(crate) fn new(file: &'a str, offset: u32, lines: &'a [u32]) -> Self {
        Self { file, offset, lines }
    }

    /// From 1; counted when it is asked, since most sites are passed by.
    pub fn line(&self) -> u32 {
        self.lines.partition_point(|start| *start <= self.offset) as u32
    }
}

/// How a template came to be executed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Entry {
    /// By the host.
    Main,
    /// By a `template` or `block` action; prints into the caller's output.
    Template,
    /// By a function (`include`); prints into an output of its own.
    Include,
    /// By a function with a text of its own (`tpl`).
    Text,
}

/// A decision of `if`, `with` or `range`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Branch {
    If,
    With,
    Range,
}

/// What a branch hangs on; its text is made only for those who ask.
#[derive(Clone, Copy)]
pub struct Condition<'a> {
    tree: &'a Tree,
    node: NodeId,
}

impl<'a> Condition<'a> {
    pub(crate) fn new(tree: &'a Tree, node: NodeId) -> Self {
        Self { tree, node }
    }

    fn control(&self) -> Option<&'a Control> {
        match self.tree.kind(self.node) {
            NodeKind::If(control) | NodeKind::With(control) | NodeKind::Range(control) => {
                Some(control)
            }
            _ => None,
        }
    }

    /// The pipeline as Go prints it: `and .Values.a (not .Values.b)`.
    pub fn text(&self) -> String {
        self.control().map_or_else(String::new, |control| self.tree.text(control.pipe))
    }

    /// Whether there is an `else`.
    pub fn has_else(&self) -> bool {
        self.control().is_some_and(|control| control.otherwise.is_some())
    }
}

/// Told what the executor does, in order. Output ranges are byte offsets in the output of the
/// innermost template entered by [`Entry::Main`], [`Entry::Include`] or [`Entry::Text`].
pub trait Observer {
    /// False promises that all methods are empty: the executor may skip what it would compute
    /// only to call them.
    const ENABLED: bool = true;

    fn enter(&mut self, _entry: Entry, _name: &str, _at: Site<'_>) {}

    /// `output` is what the template printed where it had an output of its own, else empty.
    fn leave(&mut self, _entry: Entry, _output: &[u8]) {}

    /// An action starts: reads until [`Observer::printed`] or the next action belong to it.
    fn action(&mut self, _at: Site<'_>) {}

    /// Literal text went to the output as `start..end`.
    fn text(&mut self, _at: Site<'_>, _start: usize, _end: usize) {}

    /// An action's value went to the output as `start..end`.
    fn printed(&mut self, _at: Site<'_>, _start: usize, _end: usize) {}

    /// `key` was read of the map, list or object `from`. Identify maps and lists by `identity()`.
    fn read(&mut self, _at: Site<'_>, _from: &Value, _key: &Value, _got: &Value) {}

    /// The variable in `slot` was declared or assigned: it carries what has been read since the
    /// action began. Slots are unique among the variables alive.
    fn assigned(&mut self, _slot: usize) {}

    /// The variable in `slot` was used.
    fn used(&mut self, _slot: usize) {}

    /// A branch was decided on what has been read since the action began.
    fn branch(&mut self, _at: Site<'_>, _branch: Branch, _taken: bool, _on: Condition<'_>) {}

    /// A function made `to` from `from` (`deepCopy`, `merge`, …): what `to` holds came from there.
    fn derived(&mut self, _from: &Value, _to: &Value) {}
}

/// Wants to know nothing.
#[derive(Clone, Copy, Debug, Default)]
pub struct NoObserver;

impl Observer for NoObserver {
    const ENABLED: bool = false;
}
