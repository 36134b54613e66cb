//! Control structures to jumps: `if`, `with`, `range` and `template`, with the scopes they open.

use super::{Compiler, Loop};
use crate::ast::{Control, NodeId, NodeKind};
use crate::observer::Branch;
use crate::program::Op;
use crate::value::Value;

impl<'c> Compiler<'c> {
    /// `if` or `with`. What stands alone in an `{{else}}` is compiled in the same loop: chains of
    /// branches are nested there, as long as the text is.
    pub(super) fn branch(&mut self, node: NodeId, control: &'c Control, branch: Branch) {
        let scope = self.scope.len();
        let mut ends = Vec::new();
        let mut arm = (node, control, branch);
        loop {
            let skip = self.arm(arm);
            let Some(list) = &arm.1.otherwise else {
                self.patch(skip);
                break;
            };
            ends.push(self.emit(Op::Jump(0)));
            self.patch(skip);
            match self.only_branch(list) {
                Some(next) => arm = next,
                None => {
                    self.list(list);
                    break;
                }
            }
        }
        ends.into_iter().for_each(|jump| self.patch(jump));
        self.scope.truncate(scope);
    }

    /// Condition and body of one branch; gives the jump past it.
    fn arm(&mut self, (node, control, branch): (NodeId, &'c Control, Branch)) -> usize {
        self.emit(Op::Action(node));
        self.emit(Op::At(node));
        self.pipe(control.pipe);
        let outer = self.dot;
        if branch == Branch::With {
            self.dot = self.dots;
            self.dots += 1;
        }
        let skip = self.emit(Op::Branch { node, branch, dot: self.dot, target: 0 });
        let inner = self.scope.len();
        self.list(&control.list);
        // The parser still knows in the else what the body declares; nothing has declared it there.
        self.scope.truncate(inner);
        self.dot = outer;
        skip
    }

    fn only_branch(&self, list: &[NodeId]) -> Option<(NodeId, &'c Control, Branch)> {
        let [node] = list else { return None };
        match self.source.tree.kind(*node) {
            NodeKind::If(control) => Some((*node, control, Branch::If)),
            NodeKind::With(control) => Some((*node, control, Branch::With)),
            _ => None,
        }
    }

    pub(super) fn range(&mut self, node: NodeId, control: &Control) {
        let scope = self.scope.len();
        self.emit(Op::Action(node));
        self.emit(Op::At(node));
        self.pipe(control.pipe);
        let (index, element) = self.range_slots(control.pipe);
        let names = u8::from(index.is_some()) + u8::from(element.is_some());
        let begin = self.emit(Op::RangeBegin { node, names, target: 0 });
        let outer = self.dot;
        self.dot = self.dots;
        self.dots += 1;
        let next = self.here();
        let step = self.emit(Op::RangeNext { dot: self.dot, index, element, target: 0 });
        self.loops.push(Loop { next, breaks: Vec::new() });
        let inner = self.scope.len();
        self.list(&control.list);
        self.scope.truncate(inner);
        self.emit(Op::Jump(next));
        self.dot = outer;
        let breaks = self.loops.pop().map(|done| done.breaks).unwrap_or_default();
        if !breaks.is_empty() {
            breaks.into_iter().for_each(|jump| self.patch(jump));
            self.emit(Op::RangeEnd);
        }
        let end = self.emit(Op::Jump(0));
        self.patch(begin);
        if let Some(list) = &control.otherwise {
            self.list(list);
        }
        self.patch(end);
        self.patch(step);
        // The exhausted loop jumps past the `{{else}}`, to where `end` goes.
        self.scope.truncate(scope);
    }

    /// Slots of the index and of the element that a range's pipeline declares.
    fn range_slots(&self, pipe: NodeId) -> (Option<u32>, Option<u32>) {
        let NodeKind::Pipe(pipe) = self.source.tree.kind(pipe) else { return (None, None) };
        let slot = |name: &String| self.slot(name);
        match pipe.decl.as_slice() {
            [element] => (None, slot(element)),
            [index, element] => (slot(index), slot(element)),
            _ => (None, None),
        }
    }

    pub(super) fn template(&mut self, node: NodeId, name: &str, pipe: Option<NodeId>) {
        self.emit(Op::Action(node));
        self.emit(Op::At(node));
        let name = self.text(name);
        match pipe {
            Some(pipe) => {
                self.emit(Op::Known { node, name });
                self.pipe(pipe);
            }
            None => {
                let nil = self.constant(Value::Nil);
                self.emit(Op::Constant(nil));
            }
        }
        self.emit(Op::Template { node, name });
    }
}
