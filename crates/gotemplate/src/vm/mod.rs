//! The machine that executes [`Program`](crate::program::Program)s: operand, variable, loop and
//! frame stacks on the heap.
//!
//! Follows Go's `text/template` executor in what it evaluates, in which order, and what it is
//! `at` when it complains. A function that runs a template gets a frame here, never a Rust call.

mod call;
mod fault;
mod field;
mod frame;
mod iterate;
mod print;

use crate::ast::{NodeId, Number};
use crate::budget::Budget;
use crate::error::Error;
use crate::func::Note;
use crate::observer::{Branch, Condition, Entry, Observer, Site};
use crate::program::Op;
use crate::set::TemplateSet;
use crate::value::{Str, Value};
use call::Pending;
use fault::Fault;
use frame::Frame;
use iterate::Iteration;
use std::collections::HashMap;
use std::rc::Rc;

/// What a missing key of a map gives: Go's `missingkey` option.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum MissingKey {
    #[default]
    Default,
    Zero,
    Error,
}

/// How to execute.
#[derive(Clone, Copy, Debug, Default)]
pub struct Options {
    pub missing_key: MissingKey,
}

/// A value on the stack. `boxed` is Go's "in an interface slot": an element of a map or list of
/// `interface{}` that no pipeline has unwrapped yet. Errors tell the difference.
#[derive(Clone, Debug)]
struct Slot {
    value: Value,
    boxed: bool,
}

impl Slot {
    fn plain(value: Value) -> Self {
        Self { value, boxed: false }
    }
}

struct Machine<'m, O: Observer> {
    options: Options,
    budget: &'m mut Budget,
    observer: &'m mut O,
    frames: Vec<Frame>,
    stack: Vec<Slot>,
    vars: Vec<Slot>,
    dots: Vec<Slot>,
    loops: Vec<Iteration>,
    pending: Vec<Pending>,
    outputs: Vec<Vec<u8>>,
    included: HashMap<Str, usize>,
    turns: HashMap<(String, u32), u32>,
    notes: Vec<Note>,
}

/// Executes the template `name` of the set on `dot` and gives what it printed.
///
/// # Errors
/// Go's execution errors, in Go's words; a limit of the budget is told apart by its kind.
pub fn execute<O: Observer>(
    set: &Rc<TemplateSet>,
    name: &str,
    dot: Value,
    options: &Options,
    budget: &mut Budget,
    observer: &mut O,
) -> Result<Vec<u8>, Error> {
    let program = set.lookup(name).ok_or_else(|| Error::undefined(name))?;
    let mut machine = Machine {
        options: *options,
        budget,
        observer,
        frames: Vec::new(),
        stack: Vec::new(),
        vars: Vec::new(),
        dots: Vec::new(),
        loops: Vec::new(),
        pending: Vec::new(),
        outputs: vec![Vec::new()],
        included: HashMap::new(),
        turns: HashMap::new(),
        notes: Vec::new(),
    };
    let site = Site::new(name, 0, &[0]);
    machine.observer.enter(Entry::Main, name, site);
    machine.check_frame(&program).map_err(|exceeded| Error::exceeded(exceeded, name))?;
    machine.push_frame(program, Rc::clone(set), Slot::plain(dot), Entry::Main, None);
    machine.run()?;
    let output = machine.outputs.pop().unwrap_or_default();
    machine.observer.leave(Entry::Main, &output);
    Ok(output)
}

/// Go's `idealConstant` of a number.
pub(crate) fn ideal_number(number: &Number) -> Result<Value, String> {
    if let Some(imaginary) = number.imaginary {
        return Ok(Value::Complex(0.0, imaginary));
    }
    let text = &number.text;
    let integer = text.starts_with('\'') || text.to_ascii_lowercase().starts_with("0x");
    match (number.float, number.int) {
        (Some(float), _) if !integer && text.contains(['.', 'e', 'E', 'p', 'P']) => {
            Ok(Value::float(float))
        }
        (_, Some(int)) => Ok(Value::int(int)),
        (Some(float), None) if number.uint.is_none() => Ok(Value::float(float)),
        _ => Err(format!("{text} overflows int")),
    }
}

impl<O: Observer> Machine<'_, O> {
    fn pop(&mut self) -> Slot {
        // The compiler pushes what it pops; an empty stack would be nil.
        self.stack.pop().unwrap_or(Slot { value: Value::Nil, boxed: false })
    }

    fn push(&mut self, value: Value) {
        self.stack.push(Slot::plain(value));
    }

    fn constant(&self, index: u32) -> Value {
        self.frame().program.constants[index as usize].clone()
    }

    fn constant_text(&self, index: u32) -> String {
        match &self.frame().program.constants[index as usize] {
            Value::String(text) => text.to_str_lossy().into_owned(),
            _ => String::new(),
        }
    }

    fn site<'f>(frame: &'f Frame, node: NodeId) -> Site<'f> {
        let source = &frame.program.source;
        Site::new(&source.file, source.tree.node(node).pos, &source.lines)
    }

    fn run(&mut self) -> Result<(), Error> {
        while !self.frames.is_empty() {
            if let Err(fault) = self.step() {
                self.unwind(fault)?;
            }
        }
        Ok(())
    }

    fn step(&mut self) -> Result<(), Fault> {
        self.budget.charge(1)?;
        let frame = self.frame_mut();
        let op = frame.program.ops[frame.pc];
        frame.pc += 1;
        match op {
            Op::At(node) => frame.at = node,
            Op::Text { start, end } => return self.text(start as usize, end as usize),
            Op::Action(node) => {
                if O::ENABLED {
                    let frame = &self.frames[self.frames.len() - 1];
                    self.observer.action(Self::site(frame, node));
                }
            }
            Op::Print(node) => return self.print(node),
            Op::Pop => {
                self.pop();
            }
            Op::Constant(index) => {
                let value = self.constant(index);
                self.push(value);
            }
            Op::Dot(register) => {
                let at = frame.dots + register as usize;
                let slot = self.dots[at].clone();
                self.stack.push(slot);
            }
            Op::Variable(slot) => self.variable(slot as usize),
            Op::Assign { slot } => self.assign(slot as usize),
            Op::Unbox => {
                if let Some(top) = self.stack.last_mut() {
                    top.boxed = false;
                }
            }
            Op::Field { node, chained, name } => return self.field(node, chained, name),
            Op::BeginMethod { node, name, args, piped } => {
                return self.begin_method(node, name, args as usize, piped);
            }
            Op::BeginCall { node, function, args, piped } => {
                return self.begin_call(node, function, args as usize, piped);
            }
            Op::Argument => return self.argument(),
            Op::Literal(node) => return self.literal(node),
            Op::EndCall => return self.end_call(),
            Op::ShortCircuit { or, piped, target } => self.short_circuit(or, piped, target),
            Op::Fail { message } => return Err(Fault::Message(self.constant_text(message))),
            Op::Jump(target) => frame.pc = target as usize,
            Op::Branch { node, branch, dot, target } => {
                self.branch(node, branch, dot as usize, target);
            }
            Op::RangeBegin { node, names, target } => {
                return self.range_begin(node, names, target as usize);
            }
            Op::RangeNext { dot, index, element, target } => {
                self.range_next(dot as usize, index, element, target as usize);
            }
            Op::RangeEnd => {
                self.loops.pop();
            }
            Op::Known { node, name } => return self.known(node, name).map(drop),
            Op::Template { node, name } => return self.template(node, name),
            Op::Return => return self.leave(),
        }
        Ok(())
    }

    fn variable(&mut self, slot: usize) {
        let at = self.frame().vars + slot;
        if O::ENABLED {
            self.observer.used(at);
        }
        let value = self.vars[at].clone();
        self.stack.push(value);
    }

    fn assign(&mut self, slot: usize) {
        let at = self.frame().vars + slot;
        if let Some(top) = self.stack.last() {
            self.vars[at] = top.clone();
        }
        if O::ENABLED {
            self.observer.assigned(at);
        }
    }

    fn short_circuit(&mut self, or: bool, piped: bool, target: u32) {
        let decided = self.stack.last().is_some_and(|slot| slot.value.truth()) == or;
        let argument = self.pop();
        if decided {
            if piped {
                self.pop();
            }
            self.stack.push(argument);
            self.frame_mut().pc = target as usize;
        }
    }

    fn branch(&mut self, node: NodeId, branch: Branch, dot: usize, target: u32) {
        let slot = self.pop();
        let taken = slot.value.truth();
        if O::ENABLED {
            self.decided(node, branch, taken);
        }
        if !taken {
            self.frame_mut().pc = target as usize;
        } else if branch == Branch::With {
            let at = self.frame().dots + dot;
            self.dots[at] = slot;
        }
    }

    /// Tells the observer of a branch.
    fn decided(&mut self, node: NodeId, branch: Branch, taken: bool) {
        let frame = &self.frames[self.frames.len() - 1];
        let condition = Condition::new(&frame.program.source.tree, node);
        self.observer.branch(Self::site(frame, node), branch, taken, condition);
    }
}
