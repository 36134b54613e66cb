//! What a template prints: its text and the values of its actions, into the output on top.

use super::{Fault, Machine};
use crate::ast::NodeId;
use crate::budget::Exceeded;
use crate::fmt;
use crate::observer::{Observer, Site};
use crate::value::Value;
use std::ops::Range;
use std::rc::Rc;

impl<O: Observer> Machine<'_, O> {
    pub(super) fn text(&mut self, start: usize, end: usize) -> Result<(), Fault> {
        let program = Rc::clone(&self.frame().program);
        let printed = self.write(&program.source.text[start..end])?;
        if O::ENABLED {
            // What was trimmed away in front belongs to nobody.
            let source = &program.source;
            let site = Site::new(&source.file, start as u32, &source.lines);
            self.observer.text(site, printed.start, printed.end);
        }
        Ok(())
    }

    pub(super) fn print(&mut self, node: NodeId) -> Result<(), Fault> {
        let slot = self.pop();
        let printed = match &slot.value {
            Value::String(text) => self.write(text.as_bytes())?,
            Value::Nil => self.write(b"<no value>")?,
            Value::Func(_) => {
                let context = self.frame().program.source.tree.text(self.frame().at);
                return Err(Fault::Message(format!("can't print {context} of type func")));
            }
            Value::Object(object) => match object.printed() {
                Some(text) => self.write(&text)?,
                None => self.write(&fmt::sprint(std::slice::from_ref(&slot.value))?)?,
            },
            value => self.write(&fmt::sprint(std::slice::from_ref(value))?)?,
        };
        if O::ENABLED {
            let frame = &self.frames[self.frames.len() - 1];
            self.observer.printed(Self::site(frame, node), printed.start, printed.end);
        }
        Ok(())
    }

    /// Appends to the output; gives where it stands there.
    fn write(&mut self, text: &[u8]) -> Result<Range<usize>, Fault> {
        self.budget.charge((text.len() / 64) as u64)?;
        let most = self.budget.limits().output;
        let Some(output) = self.outputs.last_mut() else { return Ok(0..0) };
        let start = output.len();
        if start + text.len() > most {
            return Err(Fault::Exceeded(Exceeded::Output(most)));
        }
        output.extend_from_slice(text);
        Ok(start..start + text.len())
    }
}
