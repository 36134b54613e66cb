//! What templates compute with: Go's values, kinds and reference semantics.
//!
//! Maps are references (`set` is seen by everybody who holds the map), numbers keep their Go
//! types (`typeOf`, `kindOf`, `%T` and `eq` tell them apart), strings are bytes, nil is typed
//! where Go's is. Objects with methods (`.Files`, `.Capabilities`) are trait objects.

mod grave;
mod list;
mod map;
mod object;
mod str;
mod witness;

pub use list::{List, ListType};
pub use map::{Heap, Map, MapType};
pub use object::Object;
pub use str::Str;
pub use witness::{Seen, Witness};

use std::borrow::Cow;
use std::rc::Rc;

/// Go's signed integer types.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IntType {
    Int,
    Int8,
    Int16,
    Int32,
    Int64,
}

/// Go's unsigned integer types.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UintType {
    Uint,
    Uint8,
    Uint16,
    Uint32,
    Uint64,
    Uintptr,
}

/// Go's floating-point types.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FloatType {
    Float32,
    Float64,
}

/// A Go value as a template sees it. Cloning is cheap; maps and objects are shared.
#[derive(Clone)]
pub enum Value {
    /// Untyped nil: a nil `interface{}`.
    Nil,
    Bool(bool),
    Int(i64, IntType),
    Uint(u64, UintType),
    Float(f64, FloatType),
    /// Real and imaginary part; only constants such as `1i` make one.
    Complex(f64, f64),
    String(Str),
    /// `[]uint8`.
    Bytes(Str),
    List(List),
    Map(Map),
    Object(Rc<dyn Object>),
    /// A function as a value (`{{ call .f }}` only; charts cannot make one).
    Func(Rc<crate::Function>),
}

/// Go's `reflect.Kind`, as `kindOf` names them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Invalid,
    Bool,
    Int,
    Uint,
    Float,
    Complex,
    String,
    Slice,
    Map,
    Struct,
    Ptr,
    Func,
    Interface,
}

impl Value {
    pub const fn int(value: i64) -> Self {
        Self::Int(value, IntType::Int)
    }

    pub const fn int64(value: i64) -> Self {
        Self::Int(value, IntType::Int64)
    }

    pub const fn float(value: f64) -> Self {
        Self::Float(value, FloatType::Float64)
    }

    pub fn string(text: impl Into<Str>) -> Self {
        Self::String(text.into())
    }

    /// `[]interface{}`.
    pub fn list(items: Vec<Self>) -> Self {
        Self::List(List::new(items, ListType::Any))
    }

    /// `[]string`.
    pub fn strings<S: Into<Str>>(items: impl IntoIterator<Item = S>) -> Self {
        let items = items.into_iter().map(Self::string).collect();
        Self::List(List::new(items, ListType::Str))
    }

    pub fn kind(&self) -> Kind {
        match self {
            Self::Nil => Kind::Invalid,
            Self::Bool(_) => Kind::Bool,
            Self::Int(..) => Kind::Int,
            Self::Uint(..) => Kind::Uint,
            Self::Float(..) => Kind::Float,
            Self::Complex(..) => Kind::Complex,
            Self::String(_) => Kind::String,
            Self::Bytes(_) | Self::List(_) => Kind::Slice,
            Self::Map(_) => Kind::Map,
            Self::Object(object) => object.kind(),
            Self::Func(_) => Kind::Func,
        }
    }

    /// `reflect.Kind.String()`: `int64`, `slice`, `map`, `ptr`, … (what Sprig's `kindOf` prints).
    pub fn kind_name(&self) -> &'static str {
        match self {
            Self::Int(_, ty) => ty.name(),
            Self::Uint(_, ty) => ty.name(),
            Self::Float(_, ty) => ty.name(),
            Self::Object(object) => object.kind_name(),
            _ => self.kind().name(),
        }
    }

    /// `fmt.Sprintf("%T")`: `map[string]interface {}`, `[]string`, `<nil>`, ….
    pub fn type_name(&self) -> Cow<'static, str> {
        match self {
            Self::Nil => "<nil>".into(),
            Self::Complex(..) => "complex128".into(),
            Self::Bytes(_) => "[]uint8".into(),
            Self::List(list) => list.ty().name().into(),
            Self::Map(map) => map.ty().name().into(),
            Self::Object(object) => object.type_name(),
            Self::Func(_) => "func".into(),
            _ => self.kind_name().into(),
        }
    }

    /// Go's `template.IsTrue`: non-zero, non-empty, non-nil; structs are always true.
    pub fn truth(&self) -> bool {
        match self {
            Self::Nil => false,
            Self::Bool(value) => *value,
            Self::Int(value, _) => *value != 0,
            Self::Uint(value, _) => *value != 0,
            Self::Float(value, _) => *value != 0.0,
            Self::Complex(re, im) => *re != 0.0 || *im != 0.0,
            Self::String(text) | Self::Bytes(text) => !text.is_empty(),
            Self::List(list) => !list.is_empty(),
            Self::Map(map) => !map.is_empty(),
            Self::Object(object) => object.truth(),
            Self::Func(_) => true,
        }
    }

    /// Nil in Go's sense: untyped nil, a nil map or a nil slice.
    pub fn is_nil(&self) -> bool {
        match self {
            Self::Nil => true,
            Self::List(list) => list.is_nil(),
            Self::Map(map) => map.is_nil(),
            _ => false,
        }
    }

    pub fn as_str(&self) -> Option<&Str> {
        match self {
            Self::String(text) => Some(text),
            _ => None,
        }
    }

    pub fn as_map(&self) -> Option<&Map> {
        match self {
            Self::Map(map) => Some(map),
            _ => None,
        }
    }

    pub fn as_list(&self) -> Option<&List> {
        match self {
            Self::List(list) => Some(list),
            _ => None,
        }
    }
}

impl IntType {
    pub const fn name(self) -> &'static str {
        match self {
            Self::Int => "int",
            Self::Int8 => "int8",
            Self::Int16 => "int16",
            Self::Int32 => "int32",
            Self::Int64 => "int64",
        }
    }
}

impl UintType {
    pub const fn name(self) -> &'static str {
        match self {
            Self::Uint => "uint",
            Self::Uint8 => "uint8",
            Self::Uint16 => "uint16",
            Self::Uint32 => "uint32",
            Self::Uint64 => "uint64",
            Self::Uintptr => "uintptr",
        }
    }
}

impl FloatType {
    pub const fn name(self) -> &'static str {
        match self {
            Self::Float32 => "float32",
            Self::Float64 => "float64",
        }
    }
}

impl Kind {
    pub const fn name(self) -> &'static str {
        match self {
            Self::Invalid => "invalid",
            Self::Bool => "bool",
            Self::Int => "int",
            Self::Uint => "uint",
            Self::Float => "float64",
            Self::Complex => "complex128",
            Self::String => "string",
            Self::Slice => "slice",
            Self::Map => "map",
            Self::Struct => "struct",
            Self::Ptr => "ptr",
            Self::Func => "func",
            Self::Interface => "interface",
        }
    }
}

impl From<bool> for Value {
    fn from(value: bool) -> Self {
        Self::Bool(value)
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::String(text.into())
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::String(text.into())
    }
}

impl From<Str> for Value {
    fn from(text: Str) -> Self {
        Self::String(text)
    }
}

impl From<Map> for Value {
    fn from(map: Map) -> Self {
        Self::Map(map)
    }
}

impl From<List> for Value {
    fn from(list: List) -> Self {
        Self::List(list)
    }
}

impl std::fmt::Debug for Value {
    /// The type, and the value where it is a scalar: a map may hold itself.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Bool(value) => write!(f, "{value}"),
            Self::Int(value, ty) => write!(f, "{}({value})", ty.name()),
            Self::Uint(value, ty) => write!(f, "{}({value})", ty.name()),
            Self::Float(value, ty) => write!(f, "{}({value})", ty.name()),
            Self::String(text) => write!(f, "{:?}", text.to_str_lossy()),
            Self::List(list) => write!(f, "{}(len {})", list.ty().name(), list.len()),
            Self::Map(map) => write!(f, "{}(len {})", map.ty().name(), map.len()),
            _ => f.write_str(&self.type_name()),
        }
    }
}
