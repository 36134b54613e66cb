//! Calls: the number and the types of arguments checked as Go's reflection checks them.

use super::{Fault, Machine, Slot, ideal_number};
use crate::ast::{NodeId, NodeKind};
use crate::budget::Exceeded;
use crate::func::{
    Call, CallError, CallResult, Execute, Function, Native, Note, Outcome, Target, Type,
};
use crate::observer::{Entry, Observer};
use crate::value::{FloatType, IntType, List, ListType, Map, MapType, Str, UintType, Value};
use std::rc::Rc;

/// A call whose arguments are being evaluated, or whose template is being executed.
pub(super) struct Pending {
    pub(super) function: Function,
    /// Node that errors of the call are at.
    pub(super) node: NodeId,
    /// The object whose method this is.
    receiver: Option<Value>,
    args: Vec<Value>,
    piped: bool,
    /// An argument is Go's zero `reflect.Value`: nil that nothing holds, not even an interface.
    zero: bool,
}

impl Type {
    /// The type's Go name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Any => "interface {}",
            Self::Bool => "bool",
            Self::String => "string",
            Self::Int => "int",
            Self::Int64 => "int64",
            Self::Uint8 => "uint8",
            Self::Uint32 => "uint32",
            Self::Float64 => "float64",
            Self::Map => "map[string]interface {}",
            Self::List => "[]interface {}",
            Self::Strings => "[]string",
            Self::Bytes => "[]uint8",
            Self::Reflect => "reflect.Value",
            Self::Named(name) => name,
        }
    }

    /// Go's nil of the type, where it has one.
    fn nil(self) -> Option<Value> {
        match self {
            Self::Any | Self::Reflect => Some(Value::Nil),
            Self::Map => Some(Value::Map(Map::nil(MapType::Any))),
            Self::List => Some(Value::List(List::nil(ListType::Any))),
            Self::Strings => Some(Value::List(List::nil(ListType::Str))),
            Self::Bytes => Some(Value::Bytes(Str::default())),
            _ => None,
        }
    }

    /// Go's `AssignableTo`.
    fn takes(self, value: &Value) -> bool {
        match (self, value) {
            (Self::Any | Self::Reflect, _)
            | (Self::Bool, Value::Bool(_))
            | (Self::String, Value::String(_))
            | (Self::Int, Value::Int(_, IntType::Int))
            | (Self::Int64, Value::Int(_, IntType::Int64))
            | (Self::Uint8, Value::Uint(_, UintType::Uint8))
            | (Self::Uint32, Value::Uint(_, UintType::Uint32))
            | (Self::Float64, Value::Float(_, FloatType::Float64))
            | (Self::Bytes, Value::Bytes(_)) => true,
            (Self::Map, Value::Map(map)) => map.ty() != MapType::Str,
            (Self::List, Value::List(list)) => list.ty() == ListType::Any,
            (Self::Strings, Value::List(list)) => list.ty() == ListType::Str,
            (Self::Named(name), value) => value.type_name() == name,
            _ => false,
        }
    }
}

impl Pending {
    /// The parameter that the argument at `index` goes to.
    fn parameter(&self, index: usize) -> Type {
        let params = self.function.params;
        params.get(index).or(params.last()).copied().unwrap_or(Type::Any)
    }
}

fn check_count(function: &Function, args: usize, piped: bool) -> Result<(), Fault> {
    let name = function.name;
    let given = args + usize::from(piped);
    let wanted = function.params.len();
    if function.variadic {
        if given < wanted - 1 {
            let least = wanted - 1;
            return Err(Fault::Message(format!(
                "wrong number of args for {name}: want at least {least} got {args}"
            )));
        }
    } else if given != wanted {
        return Err(Fault::Message(format!(
            "wrong number of args for {name}: want {wanted} got {given}"
        )));
    }
    Ok(())
}

impl<O: Observer> Machine<'_, O> {
    pub(super) fn begin_call(
        &mut self,
        node: NodeId,
        function: u32,
        args: usize,
        piped: bool,
    ) -> Result<(), Fault> {
        let function = self.frame().program.functions[function as usize].clone();
        check_count(&function, args, piped)?;
        if !matches!(function.native, Native::Special) {
            let args = Vec::with_capacity(args + 1);
            self.pending.push(Pending { function, node, receiver: None, args, piped, zero: false });
        }
        Ok(())
    }

    /// Begins a call of the method of `receiver`.
    pub(super) fn begin_receiver(
        &mut self,
        receiver: Value,
        function: &Function,
        node: NodeId,
        args: usize,
        piped: bool,
    ) -> Result<(), Fault> {
        check_count(function, args, piped)?;
        let function = function.clone();
        let args = Vec::with_capacity(args + 1);
        let receiver = Some(receiver);
        self.pending.push(Pending { function, node, receiver, args, piped, zero: false });
        Ok(())
    }

    pub(super) fn argument(&mut self) -> Result<(), Fault> {
        let slot = self.pop();
        let Some(pending) = self.pending.last_mut() else { return Ok(()) };
        let ty = pending.parameter(pending.args.len());
        pending.zero |= matches!(slot.value, Value::Nil) && !slot.boxed;
        pending.args.push(validate(slot, ty)?);
        Ok(())
    }

    /// Go's `evalArg` for a literal: converted to the parameter's type.
    pub(super) fn literal(&mut self, node: NodeId) -> Result<(), Fault> {
        let program = Rc::clone(&self.frame().program);
        let tree = &program.source.tree;
        let Some(pending) = self.pending.last() else { return Ok(()) };
        let ty = pending.parameter(pending.args.len());
        let found = |expected: &str| {
            Err(Fault::Message(format!("expected {expected}; found {}", tree.text(node))))
        };
        let value = match (ty, tree.kind(node)) {
            (_, NodeKind::Nil) => ty
                .nil()
                .ok_or_else(|| Fault::Message(format!("cannot assign nil to {}", ty.name())))?,
            (Type::Bool | Type::Any | Type::Reflect, NodeKind::Bool(value)) => Value::Bool(*value),
            (Type::String | Type::Any | Type::Reflect, NodeKind::String { value, .. }) => {
                Value::String(Str::from(value.as_slice()))
            }
            (Type::Any | Type::Reflect, NodeKind::Number(number)) => {
                ideal_number(number).map_err(Fault::Message)?
            }
            (Type::Int | Type::Int64, NodeKind::Number(number)) => match number.int {
                Some(int) if ty == Type::Int => Value::int(int),
                Some(int) => Value::int64(int),
                None => return found("integer"),
            },
            (Type::Uint8, NodeKind::Number(number)) => match number.uint {
                Some(uint) => Value::Uint(uint & 0xff, UintType::Uint8),
                None => return found("unsigned integer"),
            },
            (Type::Uint32, NodeKind::Number(number)) => match number.uint {
                Some(uint) => Value::Uint(uint & 0xffff_ffff, UintType::Uint32),
                None => return found("unsigned integer"),
            },
            (Type::Float64, NodeKind::Number(number)) => match number.float {
                Some(float) => Value::float(float),
                None => return found("float"),
            },
            (Type::Bool, _) => return found("bool"),
            (Type::String, _) => return found("string"),
            (Type::Int | Type::Int64, _) => return found("integer"),
            (Type::Uint8 | Type::Uint32, _) => return found("unsigned integer"),
            (Type::Float64, _) => return found("float"),
            _ => {
                let (text, ty) = (tree.text(node), ty.name());
                return Err(Fault::Message(format!("can't handle {text} for arg of type {ty}")));
            }
        };
        if let Some(pending) = self.pending.last_mut() {
            pending.zero |= matches!(tree.kind(node), NodeKind::Nil);
            pending.args.push(value);
        }
        Ok(())
    }

    pub(super) fn end_call(&mut self) -> Result<(), Fault> {
        if self.pending.last().is_some_and(|pending| pending.piped) {
            let last = self.pop();
            self.stack.push(last);
            self.argument()?;
        }
        let Some(pending) = self.pending.last_mut() else { return Ok(()) };
        let args = std::mem::take(&mut pending.args);
        // Only `len` goes on to ask the zero value for its type.
        if pending.zero && pending.function.name == "len" {
            let message = "reflect: call of reflect.Value.Type on zero Value";
            return self.accept(Err(CallError::new(message)));
        }
        let receiver = pending.receiver.take();
        let function = pending.function.clone();
        self.budget.charge(args.len() as u64)?;
        for arg in &args {
            self.charge_argument(arg)?;
        }
        let result = match (&receiver, &function.native) {
            (Some(Value::Object(object)), _) => {
                let object = Rc::clone(object);
                let result = self.with_call(|call| object.call(function.name, &args, call));
                self.charge_result(&result)?;
                result
            }
            (_, Native::Pure(native)) => {
                let result = native(&args);
                self.charge_result(&result)?;
                result
            }
            (_, Native::Charged(native)) => self.with_call(|call| native(&args, call)),
            (_, Native::Host(native)) => match self.with_call(|call| native(&args, call)) {
                Ok(Outcome::Value(value)) => Ok(value),
                Ok(Outcome::Execute(execute)) => return self.execute(execute),
                Err(error) => Err(error),
            },
            (_, Native::Special) => Err(CallError::new("not callable")),
        };
        self.accept(result)
    }

    /// A function may look at all of its arguments.
    fn charge_argument(&mut self, arg: &Value) -> Result<(), Exceeded> {
        match arg {
            Value::String(text) | Value::Bytes(text) => self.budget.scan(0, text.len()),
            Value::List(list) => self.budget.scan(list.len(), 0),
            Value::Map(map) => self.budget.scan(map.len(), 0),
            _ => Ok(()),
        }
    }

    /// What a function made that charges nothing itself.
    fn charge_result(&mut self, result: &CallResult) -> Result<(), Exceeded> {
        match result {
            Ok(Value::String(text) | Value::Bytes(text)) if text.is_fresh() => {
                self.budget.string(Some(text.len()))
            }
            Ok(Value::List(list)) if list.is_fresh() => self.budget.elements(Some(list.len())),
            Ok(Value::Map(map)) if map.is_fresh() => self.budget.entries(map.len()),
            _ => Ok(()),
        }
    }

    /// Calls with what a function is given beside its arguments; tells the observer afterwards.
    pub(super) fn with_call<T>(&mut self, run: impl FnOnce(&mut Call<'_>) -> T) -> T {
        let frame = &self.frames[self.frames.len() - 1];
        let node = self.pending.last().map_or(frame.at, |pending| pending.node);
        let mut call = Call {
            budget: self.budget,
            site: Self::site(frame, node),
            included: &mut self.included,
            turns: &mut self.turns,
            notes: O::ENABLED.then_some(&mut self.notes),
        };
        let result = run(&mut call);
        if O::ENABLED {
            let frame = &self.frames[self.frames.len() - 1];
            let site = Self::site(frame, node);
            for note in self.notes.drain(..) {
                match note {
                    Note::Derived { from, to } => self.observer.derived(&from, &to),
                    Note::Read { from, key, got } => self.observer.read(site, &from, &key, &got),
                }
            }
        }
        result
    }

    /// Runs the template that a function asks for; the call stays pending until it ends.
    fn execute(&mut self, execute: Execute) -> Result<(), Fault> {
        let set = Rc::clone(&self.frame().set);
        let found = match &execute.target {
            Target::Named(name) => {
                let name = name.to_str_lossy();
                let program = set.lookup(&name);
                program
                    .map(|program| (set, program, Entry::Include))
                    .ok_or_else(|| crate::error::Error::undefined(&name))
            }
            Target::Text { name, text } => set
                .with_text(&name.to_str_lossy(), text.as_bytes())
                .map(|(set, program)| (set, program, Entry::Text)),
        };
        let (set, program, entry) = match found {
            Ok(found) => found,
            Err(error) => return self.finish(Some(execute.finish), Err(error)),
        };
        self.check_frame(&program)?;
        if O::ENABLED {
            let frame = &self.frames[self.frames.len() - 1];
            let node = self.pending.last().map_or(frame.at, |pending| pending.node);
            self.observer.enter(entry, &program.name, Self::site(frame, node));
        }
        self.outputs.push(Vec::new());
        self.push_frame(program, set, Slot::plain(execute.dot), entry, Some(execute.finish));
        Ok(())
    }
}

/// Go's `validateType`.
fn validate(slot: Slot, ty: Type) -> Result<Value, Fault> {
    if let Value::Nil = slot.value {
        if let (Some(nil), true) =
            (ty.nil(), !slot.boxed || matches!(ty, Type::Any | Type::Reflect))
        {
            return Ok(nil);
        }
        let ty = ty.name();
        return Err(Fault::Message(if slot.boxed {
            format!("wrong type for value; expected {ty}; got interface {{}}")
        } else {
            format!("invalid value; expected {ty}")
        }));
    }
    if ty.takes(&slot.value) {
        return Ok(slot.value);
    }
    let (expected, got) = (ty.name(), slot.value.type_name());
    Err(Fault::Message(format!("wrong type for value; expected {expected}; got {got}")))
}
