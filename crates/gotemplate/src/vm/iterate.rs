//! `range`: over lists, maps, integers and objects, on what they hold when the loop begins.

use super::{Fault, Machine, Slot};
use crate::ast::NodeId;
use crate::fmt;
use crate::observer::{Branch, Observer};
use crate::value::{IntType, List, ListType, MapType, Object, Str, UintType, Value};
use std::rc::Rc;

/// A running loop.
pub(super) struct Iteration {
    items: Items,
    at: usize,
    /// What is iterated, for the observer.
    of: Value,
    node: NodeId,
}

enum Items {
    List(List),
    Map(Vec<(Str, Value)>, MapType),
    Count(i64, IntType),
    /// Up to the number of a named integer type; its elements are of that type, too.
    Named(Rc<dyn Object>, i64),
    Bytes(Str),
    Entries(Vec<(Value, Value)>),
}

impl Items {
    fn len(&self) -> usize {
        match self {
            Self::List(list) => list.len(),
            Self::Map(entries, _) => entries.len(),
            Self::Count(count, _) | Self::Named(_, count) => usize::try_from(*count).unwrap_or(0),
            Self::Bytes(bytes) => bytes.len(),
            Self::Entries(entries) => entries.len(),
        }
    }

    fn get(&self, at: usize) -> Option<(Value, Slot)> {
        let index = || Value::int(at as i64);
        Some(match self {
            Self::List(list) => {
                let boxed = list.ty() == ListType::Any;
                (index(), Slot { value: list.get(at)?.clone(), boxed })
            }
            Self::Map(entries, ty) => {
                let (key, value) = entries.get(at)?;
                let slot = Slot { value: value.clone(), boxed: *ty != MapType::Str };
                (Value::String(key.clone()), slot)
            }
            Self::Count(_, ty) => (Value::Nil, Slot::plain(Value::Int(at as i64, *ty))),
            Self::Named(object, _) => {
                (Value::Nil, Slot::plain(object.with_number(at as i64).unwrap_or(Value::Nil)))
            }
            Self::Bytes(bytes) => {
                let byte = u64::from(*bytes.as_bytes().get(at)?);
                (index(), Slot::plain(Value::Uint(byte, UintType::Uint8)))
            }
            Self::Entries(entries) => {
                let (key, value) = entries.get(at)?.clone();
                (key, Slot::plain(value))
            }
        })
    }
}

impl<O: Observer> Machine<'_, O> {
    pub(super) fn range_begin(
        &mut self,
        node: NodeId,
        names: u8,
        target: usize,
    ) -> Result<(), Fault> {
        let value = self.pop().value;
        let items = match &value {
            Value::Nil => None,
            Value::List(list) => Some(Items::List(list.clone())),
            Value::Map(map) => Some(Items::Map(map.snapshot(), map.ty())),
            Value::Bytes(bytes) => Some(Items::Bytes(bytes.clone())),
            Value::Int(..) => {
                one_name(names, &value)?;
                count_of(&value).map(|(count, ty)| Items::Count(count, ty))
            }
            Value::Object(object) => match (object.entries(), object.number()) {
                (Some(entries), _) => Some(Items::Entries(entries)),
                (None, Some(count)) => {
                    one_name(names, &value)?;
                    Some(Items::Named(Rc::clone(object), count))
                }
                (None, None) => return Err(cannot(&value)?),
            },
            _ => return Err(cannot(&value)?),
        };
        let items = items.filter(|items| items.len() > 0);
        if let Some(Items::Map(entries, _)) = &items {
            self.budget.scan(entries.len(), 0)?;
        }
        if O::ENABLED {
            self.decided(node, Branch::Range, items.is_some());
        }
        match items {
            Some(items) => self.loops.push(Iteration { items, at: 0, of: value, node }),
            None => self.frame_mut().pc = target,
        }
        Ok(())
    }

    pub(super) fn range_next(
        &mut self,
        dot: usize,
        index: Option<u32>,
        element: Option<u32>,
        target: usize,
    ) {
        let next = self.loops.last_mut().and_then(|running| {
            let next = running.items.get(running.at).filter(|_| running.at < running.items.len());
            running.at += 1;
            next
        });
        let Some((key, slot)) = next else {
            self.loops.pop();
            self.frame_mut().pc = target;
            return;
        };
        let (dots, vars) = (self.frame().dots, self.frame().vars);
        if O::ENABLED {
            self.observe_element(&key, &slot.value);
        }
        for (name, value) in [(index, Slot::plain(key)), (element, slot.clone())] {
            if let Some(name) = name {
                self.vars[vars + name as usize] = value;
                if O::ENABLED {
                    self.observer.assigned(vars + name as usize);
                }
            }
        }
        self.dots[dots + dot] = slot;
    }

    fn observe_element(&mut self, key: &Value, value: &Value) {
        let Some(running) = self.loops.last() else { return };
        let frame = &self.frames[self.frames.len() - 1];
        let site = Self::site(frame, running.node);
        self.observer.action(site);
        self.observer.read(site, &running.of, key, value);
    }
}

/// Numbers have elements, but no keys beside them.
fn one_name(names: u8, value: &Value) -> Result<(), Fault> {
    if names < 2 {
        return Ok(());
    }
    let text = printed(value)?;
    Err(Fault::Message(format!("can't use {text} to iterate over more than one variable")))
}

fn printed(value: &Value) -> Result<String, Fault> {
    Ok(String::from_utf8_lossy(&fmt::value_v(value)?).into_owned())
}

/// Go has followed a pointer by then.
fn cannot(value: &Value) -> Result<Fault, Fault> {
    let pointed = match value {
        Value::Object(object) => object.printed(),
        _ => None,
    };
    let text = match pointed {
        Some(text) => String::from_utf8_lossy(&text).into_owned(),
        None => printed(value)?,
    };
    Ok(Fault::Message(format!("range can't iterate over {text}")))
}

/// Integers that Go's `range` counts to.
fn count_of(value: &Value) -> Option<(i64, IntType)> {
    match value {
        Value::Int(count, ty) => Some((*count, *ty)),
        _ => None,
    }
}
