//! `eq`, `ne`, `lt`, `le`, `gt`, `ge`: Go compares basic kinds only, and integers across sign.

use crate::fmt;
use crate::func::{CallError, CallResult};
use crate::value::{Kind, Value};
use std::borrow::Cow;
use std::cmp::Ordering;

const INVALID: &str = "invalid type for comparison";

fn incompatible(a: &Value, b: &Value) -> CallError {
    let (a, b) = (a.type_name(), b.type_name());
    CallError::new(format!("incompatible types for comparison: {a} and {b}"))
}

/// Go's `basicKind`.
#[derive(PartialEq, Eq)]
enum Basic {
    Bool,
    Int,
    Uint,
    Float,
    Complex,
    String,
    Other,
}

fn basic(value: &Value) -> Basic {
    match value {
        Value::Bool(_) => Basic::Bool,
        Value::Int(..) => Basic::Int,
        Value::Uint(..) => Basic::Uint,
        Value::Float(..) => Basic::Float,
        Value::Complex(..) => Basic::Complex,
        Value::String(_) => Basic::String,
        _ => Basic::Other,
    }
}

/// A named integer as the integer that it is.
fn plain(value: &Value) -> Cow<'_, Value> {
    match value {
        Value::Object(object) => match object.number() {
            Some(number) => Cow::Owned(Value::int64(number)),
            None => Cow::Borrowed(value),
        },
        _ => Cow::Borrowed(value),
    }
}

pub(super) fn eq(args: &[Value]) -> CallResult {
    let (first, others) = args.split_first().ok_or_else(|| CallError::new(INVALID))?;
    if others.is_empty() {
        return Err(CallError::new("missing argument for comparison"));
    }
    for other in others {
        if equal(first, other)? {
            return Ok(Value::Bool(true));
        }
    }
    Ok(Value::Bool(false))
}

fn equal(a: &Value, b: &Value) -> Result<bool, CallError> {
    match (plain(a).as_ref(), plain(b).as_ref()) {
        (Value::Bool(a), Value::Bool(b)) => Ok(a == b),
        (Value::Int(a, _), Value::Int(b, _)) => Ok(a == b),
        (Value::Uint(a, _), Value::Uint(b, _)) => Ok(a == b),
        (Value::Int(a, _), Value::Uint(b, _)) | (Value::Uint(b, _), Value::Int(a, _)) => {
            Ok(u64::try_from(*a) == Ok(*b))
        }
        (Value::Float(a, _), Value::Float(b, _)) => Ok(a == b),
        (Value::Complex(a, c), Value::Complex(b, d)) => Ok(a == b && c == d),
        (Value::String(a), Value::String(b)) => Ok(a == b),
        (c, d) if basic(c) != basic(d) => {
            let both = !matches!(a, Value::Nil) && !matches!(b, Value::Nil);
            if both { Err(incompatible(a, b)) } else { Ok(false) }
        }
        _ => equal_others(a, b),
    }
}

/// Neither is of a basic kind: nil, or what Go may refuse to compare.
fn equal_others(a: &Value, b: &Value) -> Result<bool, CallError> {
    if a.is_nil() || b.is_nil() {
        return Ok(a.is_nil() == b.is_nil());
    }
    match (a, b) {
        (Value::Object(a), Value::Object(b)) if b.kind() != Kind::Slice => Ok(a.equals(b.as_ref())),
        _ if a.kind() != b.kind() => {
            let (left, right) = (shown(b"%s", a)?, shown(b"%v", b)?);
            let (left_type, right_type) = (a.type_name(), b.type_name());
            Err(CallError::new(format!(
                "non-comparable types {left}: {left_type}, {right_type}: {right}"
            )))
        }
        _ => {
            let (text, ty) = (shown(b"%s", b)?, b.type_name());
            Err(CallError::new(format!("non-comparable type {text}: {ty}")))
        }
    }
}

fn shown(verb: &[u8], value: &Value) -> Result<String, CallError> {
    let text = fmt::sprintf(verb, std::slice::from_ref(value))?;
    Ok(String::from_utf8_lossy(&text).into_owned())
}

pub(super) fn ne(args: &[Value]) -> CallResult {
    Ok(Value::Bool(!equal(&args[0], &args[1])?))
}

/// Go's `lt`, with the order at hand.
fn order(a: &Value, b: &Value) -> Result<Option<Ordering>, CallError> {
    match (plain(a).as_ref(), plain(b).as_ref()) {
        (Value::Int(a, _), Value::Int(b, _)) => Ok(Some(a.cmp(b))),
        (Value::Uint(a, _), Value::Uint(b, _)) => Ok(Some(a.cmp(b))),
        (Value::Int(a, _), Value::Uint(b, _)) => Ok(Some(i128::from(*a).cmp(&i128::from(*b)))),
        (Value::Uint(a, _), Value::Int(b, _)) => Ok(Some(i128::from(*a).cmp(&i128::from(*b)))),
        (Value::Float(a, _), Value::Float(b, _)) => Ok(a.partial_cmp(b)),
        (Value::String(a), Value::String(b)) => Ok(Some(a.cmp(b))),
        (c, d) => {
            let (left, right) = (basic(c), basic(d));
            let unordered = left == Basic::Other || right == Basic::Other || left == right;
            Err(if unordered { CallError::new(INVALID) } else { incompatible(a, b) })
        }
    }
}

pub(super) fn lt(args: &[Value]) -> CallResult {
    Ok(Value::Bool(order(&args[0], &args[1])? == Some(Ordering::Less)))
}

pub(super) fn le(args: &[Value]) -> CallResult {
    let order = order(&args[0], &args[1])?;
    Ok(Value::Bool(matches!(order, Some(Ordering::Less | Ordering::Equal))))
}

/// Go computes `gt` as not `le`, so a NaN is greater than everything.
pub(super) fn gt(args: &[Value]) -> CallResult {
    let order = order(&args[0], &args[1])?;
    Ok(Value::Bool(!matches!(order, Some(Ordering::Less | Ordering::Equal))))
}

pub(super) fn ge(args: &[Value]) -> CallResult {
    Ok(Value::Bool(order(&args[0], &args[1])? != Some(Ordering::Less)))
}
