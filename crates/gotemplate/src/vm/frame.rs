//! Frames: a template begins to execute, executes another by its name, and comes to its end.

use super::{Fault, Machine, Slot};
use crate::ast::NodeId;
use crate::budget::Exceeded;
use crate::fmt;
use crate::func::Finish;
use crate::observer::{Entry, Observer};
use crate::program::Program;
use crate::set::TemplateSet;
use crate::value::Value;
use std::rc::Rc;

/// An executing template.
pub(super) struct Frame {
    pub(super) program: Rc<Program>,
    pub(super) set: Rc<TemplateSet>,
    pub(super) pc: usize,
    /// Node that Go's executor would be at.
    pub(super) at: NodeId,
    pub(super) entry: Entry,
    /// Nested `template` calls.
    pub(super) depth: usize,
    pub(super) finish: Option<Finish>,
    pub(super) vars: usize,
    pub(super) dots: usize,
    pub(super) loops: usize,
    pub(super) stack: usize,
    pub(super) pending: usize,
}

impl<O: Observer> Machine<'_, O> {
    /// Whether one more frame fits: recursion, and the variables that each level has.
    pub(super) fn check_frame(&self, program: &Program) -> Result<(), Exceeded> {
        let limits = self.budget.limits();
        if self.frames.len() >= limits.frames {
            return Err(Exceeded::Frames(limits.frames));
        }
        let most = limits.elements;
        if self.vars.len() + program.slots > most || self.dots.len() + program.dots > most {
            return Err(Exceeded::Elements(most));
        }
        Ok(())
    }

    pub(super) fn push_frame(
        &mut self,
        program: Rc<Program>,
        set: Rc<TemplateSet>,
        dot: Slot,
        entry: Entry,
        finish: Option<Finish>,
    ) {
        let depth = match entry {
            Entry::Template => self.frames.last().map_or(0, |frame| frame.depth + 1),
            _ => 0,
        };
        let frame = Frame {
            set,
            pc: 0,
            at: 0,
            entry,
            depth,
            finish,
            vars: self.vars.len(),
            dots: self.dots.len(),
            loops: self.loops.len(),
            stack: self.stack.len(),
            pending: self.pending.len(),
            program,
        };
        let nil = Slot::plain(Value::Nil);
        self.vars.resize(frame.vars + frame.program.slots, nil.clone());
        self.dots.resize(frame.dots + frame.program.dots, nil);
        self.vars[frame.vars] = dot.clone();
        self.dots[frame.dots] = dot;
        self.frames.push(frame);
    }

    pub(super) fn frame(&self) -> &Frame {
        // The machine runs only while there is a frame.
        &self.frames[self.frames.len() - 1]
    }

    pub(super) fn frame_mut(&mut self) -> &mut Frame {
        let last = self.frames.len() - 1;
        &mut self.frames[last]
    }

    /// The template of a name, if it may be executed.
    pub(super) fn known(&mut self, node: NodeId, name: u32) -> Result<Rc<Program>, Fault> {
        let name = self.constant_text(name);
        let most = self.budget.limits().template_depth;
        self.frame_mut().at = node;
        let frame = self.frame();
        let Some(program) = frame.set.lookup(&name) else {
            let name = fmt::quote(name.as_bytes());
            return Err(Fault::Message(format!("template {name} not defined")));
        };
        if frame.depth + 1 > most {
            return Err(Fault::Message(format!("exceeded maximum template depth ({most})")));
        }
        Ok(program)
    }

    pub(super) fn template(&mut self, node: NodeId, name: u32) -> Result<(), Fault> {
        let dot = self.pop();
        let program = self.known(node, name)?;
        let set = Rc::clone(&self.frame().set);
        self.check_frame(&program)?;
        if O::ENABLED {
            let name = self.constant_text(name);
            let frame = &self.frames[self.frames.len() - 1];
            self.observer.enter(Entry::Template, &name, Self::site(frame, node));
        }
        self.push_frame(program, set, dot, Entry::Template, None);
        Ok(())
    }

    /// The template on top has come to its end.
    pub(super) fn leave(&mut self) -> Result<(), Fault> {
        let Some(frame) = self.discard_frame() else { return Ok(()) };
        match frame.entry {
            Entry::Main => Ok(()),
            Entry::Template => {
                self.observer.leave(Entry::Template, &[]);
                Ok(())
            }
            entry => {
                let output = self.outputs.pop().unwrap_or_default();
                self.observer.leave(entry, &output);
                self.budget.string(Some(output.len()))?;
                self.finish(frame.finish, Ok(output))
            }
        }
    }

    /// Takes the frame on top off, and everything it had on the stacks.
    pub(super) fn discard_frame(&mut self) -> Option<Frame> {
        let frame = self.frames.pop()?;
        self.vars.truncate(frame.vars);
        self.dots.truncate(frame.dots);
        self.loops.truncate(frame.loops);
        self.stack.truncate(frame.stack);
        self.pending.truncate(frame.pending);
        Some(frame)
    }
}
