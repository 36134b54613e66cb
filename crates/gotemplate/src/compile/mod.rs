//! A parsed body to a linear [`Program`] for the machine in `vm`.
//!
//! Frames must live on the heap, so control structures become jumps and pipelines become
//! operations on an operand stack. Operations carry the node that Go's executor would be `at`,
//! so that errors show the same place and context. Control structures stand in `control`, what they
//! evaluate here.

mod control;

use crate::ast::{NodeId, NodeKind, Pipe};
use crate::func::{FuncMap, Function, Native};
use crate::observer::Branch;
use crate::program::{Op, Program, Source};
use crate::value::{Str, Value};
use std::rc::Rc;

struct Compiler<'c> {
    source: &'c Source,
    funcs: &'c FuncMap,
    ops: Vec<Op>,
    constants: Vec<Value>,
    functions: Vec<Function>,
    scope: Vec<String>,
    slots: usize,
    dot: u32,
    dots: u32,
    loops: Vec<Loop>,
}

/// A loop being compiled: where `continue` goes, and the jumps that `break` left to patch.
struct Loop {
    next: u32,
    breaks: Vec<usize>,
}

pub(crate) fn compile(
    name: &str,
    list: &[NodeId],
    source: &Rc<Source>,
    funcs: &FuncMap,
) -> Program {
    let mut compiler = Compiler {
        source,
        funcs,
        ops: Vec::new(),
        constants: Vec::new(),
        functions: Vec::new(),
        scope: vec!["$".to_owned()],
        slots: 1,
        dot: 0,
        dots: 1,
        loops: Vec::new(),
    };
    compiler.list(list);
    compiler.emit(Op::Return);
    Program {
        name: name.to_owned(),
        source: Rc::clone(source),
        ops: compiler.ops,
        constants: compiler.constants,
        functions: compiler.functions,
        slots: compiler.slots,
        dots: compiler.dots as usize,
    }
}

impl Compiler<'_> {
    fn emit(&mut self, op: Op) -> usize {
        self.ops.push(op);
        self.ops.len() - 1
    }

    fn here(&self) -> u32 {
        self.ops.len() as u32
    }

    fn constant(&mut self, value: Value) -> u32 {
        self.constants.push(value);
        self.constants.len() as u32 - 1
    }

    fn text(&mut self, text: &str) -> u32 {
        self.constant(Value::String(Str::from(text)))
    }

    fn patch(&mut self, at: usize) {
        let here = self.here();
        match &mut self.ops[at] {
            Op::Jump(target)
            | Op::Branch { target, .. }
            | Op::RangeBegin { target, .. }
            | Op::RangeNext { target, .. }
            | Op::ShortCircuit { target, .. } => *target = here,
            _ => {}
        }
    }

    fn list(&mut self, nodes: &[NodeId]) {
        nodes.iter().for_each(|node| self.node(*node));
    }

    fn node(&mut self, node: NodeId) {
        match self.source.tree.kind(node) {
            NodeKind::Text(start, end) => {
                self.emit(Op::Text { start: *start as u32, end: *end as u32 });
            }
            NodeKind::Action(pipe) => {
                self.emit(Op::Action(node));
                self.emit(Op::At(node));
                self.pipe(*pipe);
                let declares = matches!(self.source.tree.kind(*pipe), NodeKind::Pipe(pipe) if !pipe.decl.is_empty());
                self.emit(if declares { Op::Pop } else { Op::Print(node) });
            }
            NodeKind::If(control) => self.branch(node, control, Branch::If),
            NodeKind::With(control) => self.branch(node, control, Branch::With),
            NodeKind::Range(control) => self.range(node, control),
            NodeKind::Template { name, pipe } => self.template(node, name, *pipe),
            NodeKind::Break => {
                let jump = self.emit(Op::Jump(0));
                if let Some(innermost) = self.loops.last_mut() {
                    innermost.breaks.push(jump);
                }
            }
            NodeKind::Continue => {
                let next = self.loops.last().map_or(0, |innermost| innermost.next);
                self.emit(Op::Jump(next));
            }
            // The parser puts nothing else into a list.
            _ => {}
        }
    }

    fn slot(&self, name: &str) -> Option<u32> {
        self.scope.iter().rposition(|known| known == name).map(|slot| slot as u32)
    }

    /// Leaves one value, unboxed, and declares or assigns what the pipeline says.
    fn pipe(&mut self, node: NodeId) {
        self.emit(Op::At(node));
        let NodeKind::Pipe(Pipe { assign, decl, commands }) = self.source.tree.kind(node) else {
            return;
        };
        for (index, command) in commands.iter().enumerate() {
            self.command(*command, index > 0);
            self.emit(Op::Unbox);
        }
        for name in decl {
            let slot = if *assign {
                match self.slot(name) {
                    Some(slot) => slot,
                    None => {
                        let message = self.text(&format!("undefined variable: {name}"));
                        self.emit(Op::Fail { message });
                        0
                    }
                }
            } else {
                self.scope.push(name.clone());
                self.slots = self.slots.max(self.scope.len());
                self.scope.len() as u32 - 1
            };
            self.emit(Op::Assign { slot });
        }
    }

    fn command(&mut self, node: NodeId, piped: bool) {
        let NodeKind::Command(args) = self.source.tree.kind(node) else { return };
        let Some((first, rest)) = args.split_first() else { return };
        match self.source.tree.kind(*first) {
            NodeKind::Identifier(name) => {
                self.emit(Op::At(*first));
                self.call(node, name, rest, piped);
            }
            NodeKind::Field(names) => {
                self.emit(Op::At(*first));
                self.emit(Op::Dot(self.dot));
                self.fields(*first, names, rest, piped);
            }
            NodeKind::Chain(inner, names) => {
                self.emit(Op::At(*first));
                self.operand(*inner);
                self.fields(*first, names, rest, piped);
            }
            NodeKind::Variable(names) => self.variable(*first, names, rest, piped),
            NodeKind::Pipe(_) => {
                self.not_a_function(*first, args, piped);
                self.pipe(*first);
            }
            _ => {
                self.emit(Op::At(*first));
                self.not_a_function(*first, args, piped);
                if let NodeKind::Nil = self.source.tree.kind(*first) {
                    let message = self.text("nil is not a command");
                    self.emit(Op::Fail { message });
                }
                self.ideal(*first);
            }
        }
    }

    /// `s.notAFunction`.
    fn not_a_function(&mut self, first: NodeId, args: &[NodeId], piped: bool) {
        if args.len() > 1 || piped {
            let text = self.source.tree.text(first);
            let message = self.text(&format!("can't give argument to non-function {text}"));
            self.emit(Op::Fail { message });
        }
    }

    fn variable(&mut self, node: NodeId, names: &[String], args: &[NodeId], piped: bool) {
        self.emit(Op::At(node));
        let Some((name, fields)) = names.split_first() else { return };
        let slot = self.slot(name).unwrap_or_else(|| {
            // Declared to the parser, but not yet by what is executed: `$x := f $x`.
            let message = self.text(&format!("undefined variable: {name}"));
            self.emit(Op::Fail { message });
            0
        });
        if fields.is_empty() && (piped || !args.is_empty()) {
            let text = self.source.tree.text(node);
            let message = self.text(&format!("can't give argument to non-function {text}"));
            self.emit(Op::Fail { message });
        }
        self.emit(Op::Variable(slot));
        self.fields(node, fields, args, piped);
    }

    /// The receiver is on the stack; the last name may be a method with arguments.
    fn fields(&mut self, node: NodeId, names: &[String], args: &[NodeId], piped: bool) {
        let Some((last, before)) = names.split_last() else { return };
        let chained = matches!(self.source.tree.kind(node), NodeKind::Chain(..));
        for name in before {
            let name = self.text(name);
            self.emit(Op::Field { node, chained, name });
        }
        let name = self.text(last);
        if args.is_empty() && !piped {
            self.emit(Op::Field { node, chained, name });
            return;
        }
        if !chained {
            self.emit(Op::At(node));
        }
        self.emit(Op::BeginMethod { node, name, args: args.len() as u32, piped });
        args.iter().for_each(|arg| self.argument(*arg));
        self.emit(Op::EndCall);
    }

    fn call(&mut self, command: NodeId, name: &str, args: &[NodeId], piped: bool) {
        let Some(function) = self.funcs.get(name) else {
            let name = crate::fmt::quote(name.as_bytes());
            let message = self.text(&format!("{name} is not a defined function"));
            self.emit(Op::Fail { message });
            return;
        };
        let short_circuit = matches!(function.native, Native::Special);
        let count = args.len() as u32;
        self.functions.push(function.clone());
        let function = self.functions.len() as u32 - 1;
        self.emit(Op::BeginCall { node: command, function, args: count, piped });
        if !short_circuit {
            args.iter().for_each(|arg| self.argument(*arg));
            self.emit(Op::EndCall);
            return;
        }
        self.short_circuit(name == "or", args, piped);
    }

    /// `and` and `or` evaluate until one decides; a piped value is the last argument, already
    /// on the stack below.
    fn short_circuit(&mut self, or: bool, args: &[NodeId], piped: bool) {
        let mut jumps = Vec::new();
        for (index, arg) in args.iter().enumerate() {
            self.operand(*arg);
            if piped || index + 1 < args.len() {
                jumps.push(self.emit(Op::ShortCircuit { or, piped, target: 0 }));
            }
        }
        jumps.into_iter().for_each(|jump| self.patch(jump));
    }

    fn argument(&mut self, node: NodeId) {
        match self.source.tree.kind(node) {
            NodeKind::Bool(_) | NodeKind::Number(_) | NodeKind::String { .. } | NodeKind::Nil => {
                self.emit(Op::At(node));
                self.emit(Op::Literal(node));
            }
            _ => {
                self.operand(node);
                self.emit(Op::Argument);
            }
        }
    }

    /// Evaluates an operand as `evalArg` does, without a type.
    fn operand(&mut self, node: NodeId) {
        self.emit(Op::At(node));
        match self.source.tree.kind(node) {
            NodeKind::Dot => {
                self.emit(Op::Dot(self.dot));
            }
            NodeKind::Field(names) => {
                self.emit(Op::Dot(self.dot));
                self.fields(node, names, &[], false);
            }
            NodeKind::Variable(names) => self.variable(node, names, &[], false),
            NodeKind::Pipe(_) => self.pipe(node),
            NodeKind::Identifier(name) => self.call(node, name, &[], false),
            NodeKind::Chain(inner, names) => {
                self.operand(*inner);
                self.fields(node, names, &[], false);
            }
            _ => self.ideal(node),
        }
    }

    /// A constant on its own: Go's ideal types.
    fn ideal(&mut self, node: NodeId) {
        let value = match self.source.tree.kind(node) {
            NodeKind::Dot => {
                self.emit(Op::Dot(self.dot));
                return;
            }
            NodeKind::Bool(value) => Value::Bool(*value),
            NodeKind::String { value, .. } => Value::String(Str::from(value.as_slice())),
            NodeKind::Number(number) => match crate::vm::ideal_number(number) {
                Ok(value) => value,
                Err(message) => {
                    let message = self.text(&message);
                    self.emit(Op::Fail { message });
                    Value::Nil
                }
            },
            _ => Value::Nil,
        };
        let value = self.constant(value);
        self.emit(Op::Constant(value));
    }
}
