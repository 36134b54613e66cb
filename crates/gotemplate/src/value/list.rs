//! A Go slice. No template function changes one in place, so the items are immutable.

use super::Value;
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
