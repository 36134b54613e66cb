//! The seam between the executor and the functions that templates call.
//!
//! A function is plain Rust over `&[Value]`. Its [`Function::params`] say what Go's reflection
//! would: the executor checks the number and the types of the arguments, converts constants,
//! and words the complaints, so that a function sees only arguments that fit.

use crate::budget::{Budget, Exceeded};
use crate::error::Error;
use crate::observer::Site;
use crate::value::{Str, Value};
use std::collections::HashMap;
use std::rc::Rc;
use thiserror::Error as ThisError;

/// A parameter type, as Go's function signature has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Type {
    /// `interface{}`.
    Any,
    Bool,
    String,
    Int,
    Int64,
    Uint8,
    Uint32,
    Float64,
    /// `map[string]interface{}`.
    Map,
    /// `[]interface{}`.
    List,
    /// `[]string`.
    Strings,
    /// `[]uint8`.
    Bytes,
    /// `reflect.Value`, which Go's own builtins take: anything, missing values included.
    Reflect,
    /// Another type, by its Go name (`time.Time`); only a value of that very type fits.
    Named(&'static str),
}

/// What a function is given beside its arguments.
pub struct Call<'a> {
    pub budget: &'a mut Budget,
    /// The action that calls: random and slow functions keep their answers by it.
    pub site: Site<'a>,
    /// How often each name is being included right now (Helm's `includedNames`).
    pub included: &'a mut HashMap<Str, usize>,
    /// How often each place has asked [`Call::nth`] since the execution began.
    pub turns: &'a mut HashMap<(String, u32), u32>,
    /// What functions tell the observer; `None` where nobody observes.
    pub notes: Option<&'a mut Vec<Note>>,
}

/// Something that only the function knows and an observer wants to.
pub enum Note {
    /// What `to` holds was taken from `from`: [`crate::Observer::derived`].
    Derived { from: Value, to: Value },
    /// A key of a map, list or object was read: [`crate::Observer::read`].
    Read { from: Value, key: Value, got: Value },
}

impl Call<'_> {
    /// How often this place has asked before in this execution: tells the turns of a loop apart.
    pub fn nth(&mut self) -> u32 {
        let turn = self.turns.entry((self.site.file.to_owned(), self.site.offset)).or_default();
        let nth = *turn;
        *turn = nth.wrapping_add(1);
        nth
    }

    /// Tells an observer that what `to` holds was taken from `from`.
    pub fn derived(&mut self, from: &Value, to: &Value) {
        if let Some(notes) = &mut self.notes {
            notes.push(Note::Derived { from: from.clone(), to: to.clone() });
        }
    }

    /// Tells an observer that `key` was read of `from`.
    pub fn read(&mut self, from: &Value, key: &Value, got: &Value) {
        if let Some(notes) = &mut self.notes {
            let (from, key, got) = (from.clone(), key.clone(), got.clone());
            notes.push(Note::Read { from, key, got });
        }
    }
}

/// Why a call failed. `message` is the text of Go's `error`; the executor puts
/// `error calling NAME: ` and the position before it.
#[derive(Debug, ThisError)]
pub enum CallError {
    #[error("{0}")]
    Message(String),
    /// A limit, which no `error calling` wording may hide.
    #[error(transparent)]
    Exceeded(#[from] Exceeded),
    /// The call executed a template, and that failed; `message` already holds the nested text.
    #[error("{message}")]
    Nested { message: String, source: Box<Error> },
}

impl CallError {
    pub fn new(message: impl Into<String>) -> Self {
        Self::Message(message.into())
    }
}

pub type CallResult = Result<Value, CallError>;

/// What a function that may run templates gives back: the executor keeps its frames on the heap,
/// so a function never executes a template itself but asks for it.
pub enum Outcome {
    Value(Value),
    Execute(Execute),
}

/// What an [`Execute`] does with the output.
pub type Finish = Box<dyn FnOnce(Result<Vec<u8>, Error>, &mut Call<'_>) -> CallResult>;

/// A function that keeps something of its host.
pub type HostFn = Rc<dyn Fn(&[Value], &mut Call<'_>) -> Result<Outcome, CallError>>;

/// A request to execute a template and go on with its output.
pub struct Execute {
    pub target: Target,
    pub dot: Value,
    /// Turns the output (or the failure) into the value of the call. Runs once, also on failure.
    pub finish: Finish,
}

/// Which template to execute.
pub enum Target {
    /// One of the set, as `include` and `template` name it.
    Named(Str),
    /// A text parsed under `name` into a clone of the set (Helm's `tpl`): its defines are visible
    /// to it and to what it calls, and to nobody else.
    Text { name: Str, text: Str },
}

/// The body of a function.
#[derive(Clone)]
pub enum Native {
    /// Needs only its arguments.
    Pure(fn(&[Value]) -> CallResult),
    /// Charges the budget or asks for its call site.
    Charged(fn(&[Value], &mut Call<'_>) -> CallResult),
    /// May run templates, or keeps something (a clock, a source of random bytes).
    Host(HostFn),
    /// Not called through a pointer: an operator of the executor (`and`, `or`) or a method of an
    /// [`crate::Object`].
    Special,
}

/// A function with its Go signature.
#[derive(Clone)]
pub struct Function {
    pub name: &'static str,
    pub params: &'static [Type],
    /// The last parameter takes any number of arguments.
    pub variadic: bool,
    pub native: Native,
}

impl Function {
    /// The signature of a method of an [`crate::Object`].
    pub const fn method(name: &'static str, params: &'static [Type]) -> Self {
        Self { name, params, variadic: false, native: Native::Special }
    }
}

/// The functions of a template set by name.
pub type FuncMap = HashMap<&'static str, Function>;
