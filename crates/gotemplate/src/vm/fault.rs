//! What goes wrong while executing, and how it travels up the frames in Go's words.

use super::Machine;
use crate::budget::Exceeded;
use crate::error::{Error, ErrorKind};
use crate::fmt;
use crate::func::{CallError, CallResult, Finish};
use crate::observer::{Entry, Observer};

/// A failure in the frame on top, before it has its position.
pub(super) enum Fault {
    Message(String),
    Exceeded(Exceeded),
    /// A function failed; `error calling NAME: ` is in the text already.
    Nested(String, Option<Box<Error>>),
}

impl From<Exceeded> for Fault {
    fn from(exceeded: Exceeded) -> Self {
        Self::Exceeded(exceeded)
    }
}

impl<O: Observer> Machine<'_, O> {
    /// Ends frames until one takes the failure, or gives the error of the whole execution.
    pub(super) fn unwind(&mut self, fault: Fault) -> Result<(), Error> {
        let mut fault = fault;
        loop {
            let error = self.error(fault);
            let mut ended = self.discard_frame();
            while let Some(frame) = &ended {
                if frame.entry != Entry::Template {
                    break;
                }
                self.observer.leave(Entry::Template, &[]);
                ended = self.discard_frame();
            }
            let Some(frame) = ended.filter(|frame| frame.entry != Entry::Main) else {
                return Err(error);
            };
            let output = self.outputs.pop().unwrap_or_default();
            self.observer.leave(frame.entry, &output);
            if let ErrorKind::Exceeded(_) = error.kind {
                self.frames.clear();
                return Err(error);
            }
            match self.finish(frame.finish, Err(error)) {
                Ok(()) => return Ok(()),
                Err(next) => fault = next,
            }
        }
    }

    /// Gives a finished template's output to the call that asked for it.
    pub(super) fn finish(
        &mut self,
        finish: Option<Finish>,
        output: Result<Vec<u8>, Error>,
    ) -> Result<(), Fault> {
        let Some(finish) = finish else { return Ok(()) };
        let result = self.with_call(|call| finish(output, call));
        self.accept(result)
    }

    /// Takes the result of the call on top of the pending ones.
    pub(super) fn accept(&mut self, result: CallResult) -> Result<(), Fault> {
        let Some(pending) = self.pending.pop() else { return Ok(()) };
        match result {
            Ok(value) => {
                self.push(value);
                Ok(())
            }
            Err(error) => {
                self.frame_mut().at = pending.node;
                Err(call_fault(pending.function.name, error))
            }
        }
    }

    /// Go's `state.errorf`: position and context of what the frame on top is at.
    fn error(&mut self, fault: Fault) -> Error {
        let frame = &self.frames[self.frames.len() - 1];
        let source = &frame.program.source;
        let offset = source.tree.nodes.get(frame.at as usize).map_or(0, |node| node.pos);
        let line = source.lines.partition_point(|start| *start <= offset);
        let start = source.lines.get(line.saturating_sub(1)).copied().unwrap_or(0);
        let column = offset - start;
        let context = source.tree.text(frame.at);
        let (reason, kind, nested) = match fault {
            Fault::Message(reason) => (reason, ErrorKind::Execute, None),
            Fault::Nested(reason, nested) => (reason, ErrorKind::Execute, nested),
            Fault::Exceeded(exceeded) => {
                (exceeded.to_string(), ErrorKind::Exceeded(exceeded), None)
            }
        };
        let name = fmt::quote(frame.program.name.as_bytes());
        let file = source.file.clone();
        let mut message =
            format!("template: {file}:{line}:{column}: executing {name} at <{context}>: {reason}");
        let (mut kind, mut nested) = (kind, nested);
        // Every template around adds to the text, and each keeps its own: that is quadratic.
        if kind == ErrorKind::Execute
            && let Err(exceeded) = self.budget.string(Some(message.len()))
        {
            message = exceeded.to_string();
            kind = ErrorKind::Exceeded(exceeded);
            nested = None;
        }
        Error { message, kind, template: file, line: line as u32, column, context, source: nested }
    }
}

fn call_fault(name: &str, error: CallError) -> Fault {
    match error {
        CallError::Message(message) => {
            Fault::Nested(format!("error calling {name}: {message}"), None)
        }
        CallError::Exceeded(exceeded) => Fault::Exceeded(exceeded),
        CallError::Nested { message, source } => {
            Fault::Nested(format!("error calling {name}: {message}"), Some(source))
        }
    }
}
