//! Go's `text/template` in Rust: values with Go's semantics, lexer, parser, executor,
//! `fmt` verbs and the built-in functions. Source followed: Go 1.26's `text/template`,
//! `text/template/parse` and `fmt`.
//!
//! Leaf crate: it knows no YAML, no Sprig, no Helm, no Kubernetes. Whoever runs templates
//! hands in a [`FuncMap`]; whoever wants to know where output came from hands in an
//! [`Observer`].

mod ast;
mod budget;
mod builtins;
mod compile;
mod error;
pub mod fmt;
mod func;
mod lex;
mod observer;
mod parse;
mod program;
mod reads;
mod set;
mod value;
mod vm;

pub use budget::{Budget, Exceeded, Limits, Spent};
pub use error::{Error, ErrorKind};
pub use func::{
    Call, CallError, CallResult, Execute, Finish, FuncMap, Function, HostFn, Native, Note, Outcome,
    Target, Type,
};
pub use observer::{Branch, Condition, Entry, NoObserver, Observer, Site};
pub use reads::{Purpose, StaticRead, static_reads};
pub use set::TemplateSet;
pub use value::{
    FloatType, Heap, IntType, Kind, List, ListType, Map, MapType, Object, Seen, Str, UintType,
    Value, Witness,
};
pub use vm::{MissingKey, Options, execute};
