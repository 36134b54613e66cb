//! A Go slice. No template function changes one in place, so the items are immutable.

use super::{Value, grave};
use std::rc::Rc;

/// The element type, as `%T` shows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ListType {
    Any,
    Str,
    Int,
    Int64,
    Float,
    Bool,
    /// Another slice type, by its Go name: `[]*chart.Dependency`.
    Named(&'static str),
}

impl ListType {
    pub const fn name(self) -> &'static str {
        match self {
            Self::Any => "[]interface {}",
            Self::Str => "[]string",
            Self::Int => "[]int",
            Self::Int64 => "[]int64",
            Self::Float => "[]float64",
            Self::Bool => "[]bool",
            Self::Named(name) => name,
        }
    }
}

/// A shared, immutable slice; possibly nil (which prints as empty and becomes JSON `null`).
#[derive(Clone)]
pub struct List {
    items: Rc<[Value]>,
    ty: ListType,
    nil: bool,
}

impl List {
    pub fn new(items: Vec<Value>, ty: ListType) -> Self {
        Self { items: items.into(), ty, nil: false }
    }

    pub fn nil(ty: ListType) -> Self {
        Self { items: Rc::new([]), ty, nil: true }
    }

    pub fn ty(&self) -> ListType {
        self.ty
    }

    pub fn is_nil(&self) -> bool {
        self.nil
    }

    pub fn items(&self) -> &[Value] {
        &self.items
    }

    pub fn len(&self) -> usize {
        self.items.len()
    }

    /// Nobody else holds it: it has just been made.
    pub(crate) fn is_fresh(&self) -> bool {
        Rc::strong_count(&self.items) == 1
    }

    pub fn is_empty(&self) -> bool {
        self.items.is_empty()
    }

    pub fn get(&self, index: usize) -> Option<&Value> {
        self.items.get(index)
    }

    pub fn iter(&self) -> std::slice::Iter<'_, Value> {
        self.items.iter()
    }

    /// Same backing array: what an observer knows a list by.
    pub fn identity(&self) -> usize {
        self.items.as_ptr().addr()
    }
}

impl Drop for List {
    fn drop(&mut self) {
        let Some(items) = Rc::get_mut(&mut self.items) else { return };
        if items.iter().any(grave::nests) {
            let nested = items.iter_mut().filter(|item| grave::nests(item));
            grave::bury(nested.map(|item| std::mem::replace(item, Value::Nil)));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Map;

    #[test]
    fn values_nested_a_million_deep_are_freed() {
        let mut value = Value::Nil;
        for at in 0..1_000_000 {
            value = match at % 2 {
                0 => Value::list(vec![value]),
                _ => Value::Map([("a", value)].into_iter().collect::<Map>()),
            };
        }
        drop(value);
    }
}
