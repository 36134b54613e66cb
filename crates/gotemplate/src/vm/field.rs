//! `.Name` of a receiver: map keys, fields and methods of objects, and what Go says where there
//! is neither.

use super::{Fault, Machine, MissingKey, Slot};
use crate::ast::NodeId;
use crate::observer::Observer;
use crate::value::{MapType, Str, Value};

impl<O: Observer> Machine<'_, O> {
    pub(super) fn field(&mut self, node: NodeId, chained: bool, name: u32) -> Result<(), Fault> {
        if !chained {
            self.frame_mut().at = node;
        }
        let receiver = self.pop();
        let name = self.constant(name);
        let Value::String(name) = name else { return Ok(()) };
        if let Value::Object(object) = &receiver.value
            && let Some(method) = name.to_str().and_then(|name| object.method(name))
        {
            self.begin_receiver(receiver.value.clone(), &method, node, 0, false)?;
            return self.end_call();
        }
        let slot = self.lookup(&receiver, &name)?;
        if O::ENABLED && matches!(receiver.value, Value::Map(_) | Value::Object(_)) {
            let frame = &self.frames[self.frames.len() - 1];
            let site = Self::site(frame, node);
            self.observer.read(site, &receiver.value, &Value::String(name), &slot.value);
        }
        self.stack.push(slot);
        Ok(())
    }

    /// A last name with arguments: only a method may have them.
    pub(super) fn begin_method(
        &mut self,
        node: NodeId,
        name: u32,
        args: usize,
        piped: bool,
    ) -> Result<(), Fault> {
        let receiver = self.pop();
        let name = self.constant_text(name);
        match &receiver.value {
            Value::Object(object) => {
                if let Some(method) = object.method(&name) {
                    return self.begin_receiver(receiver.value.clone(), &method, node, args, piped);
                }
                if object.field(&name).is_some() {
                    return Err(Fault::Message(format!(
                        "{name} has arguments but cannot be invoked as function"
                    )));
                }
            }
            Value::Map(_) => {
                return Err(Fault::Message(format!("{name} is not a method but has arguments")));
            }
            _ => {}
        }
        // Go complains of the receiver in all other cases.
        match self.lookup(&receiver, &Str::from(name.as_str())) {
            Err(fault) => Err(fault),
            Ok(_) => Err(Fault::Message(format!("{name} is not a method but has arguments"))),
        }
    }

    fn lookup(&self, receiver: &Slot, name: &Str) -> Result<Slot, Fault> {
        let found = match &receiver.value {
            Value::Nil if receiver.boxed => {
                return Err(Fault::Message(format!(
                    "nil pointer evaluating interface {{}}.{name}"
                )));
            }
            Value::Nil if self.options.missing_key == MissingKey::Error => {
                let key = crate::fmt::quote(name.as_bytes());
                return Err(Fault::Message(format!("nil data; no entry for key {key}")));
            }
            Value::Nil => return Ok(Slot::plain(Value::Nil)),
            Value::Map(map) => {
                let boxed = map.ty() != MapType::Str;
                match map.get(name.as_bytes()) {
                    Some(value) => Some(Slot { value, boxed }),
                    None => Some(self.missing(map.ty(), name)?),
                }
            }
            Value::Object(object) => {
                let value = name.to_str().and_then(|key| object.field(key));
                let value = value.or_else(|| object.index(&Value::String(name.clone())));
                value.map(Slot::plain)
            }
            _ => None,
        };
        found.ok_or_else(|| {
            let ty =
                if receiver.boxed { "interface {}".into() } else { receiver.value.type_name() };
            Fault::Message(format!("can't evaluate field {name} in type {ty}"))
        })
    }

    fn missing(&self, ty: MapType, name: &Str) -> Result<Slot, Fault> {
        match self.options.missing_key {
            MissingKey::Default => Ok(Slot::plain(Value::Nil)),
            MissingKey::Zero if ty == MapType::Str => Ok(Slot::plain(Value::from(""))),
            MissingKey::Zero => Ok(Slot { value: Value::Nil, boxed: true }),
            MissingKey::Error => {
                let key = crate::fmt::quote(name.as_bytes());
                Err(Fault::Message(format!("map has no entry for key {key}")))
            }
        }
    }
}
