//! Types, kinds and deep equality.

use crate::args::text;
use gotemplate::{CallResult, Kind, Value};

/// Nesting at which two values count as equal: Go, too, ends on cycles by taking them as equal.
const MAX_DEPTH: usize = 1_000;

pub(crate) fn type_of(args: &[Value]) -> CallResult {
    Ok(Value::string(args[0].type_name()))
}

pub(crate) fn type_is(args: &[Value]) -> CallResult {
    Ok(Value::Bool(args[1].type_name() == text(args, 0)))
}

pub(crate) fn type_is_like(args: &[Value]) -> CallResult {
    let (wanted, ty) = (text(args, 0), args[1].type_name());
    Ok(Value::Bool(ty == wanted || ty.strip_prefix('*') == Some(&wanted)))
}

pub(crate) fn kind_of(args: &[Value]) -> CallResult {
    Ok(Value::from(args[0].kind_name()))
}

pub(crate) fn kind_is(args: &[Value]) -> CallResult {
    Ok(Value::Bool(args[1].kind_name() == text(args, 0)))
}

pub(crate) fn deep_equal(args: &[Value]) -> CallResult {
    Ok(Value::Bool(equal(&args[0], &args[1])))
}

/// Go's `reflect.DeepEqual`.
pub(crate) fn equal(a: &Value, b: &Value) -> bool {
    equal_at(a, b, 0)
}

fn equal_at(a: &Value, b: &Value, depth: usize) -> bool {
    if depth > MAX_DEPTH {
        return true;
    }
    match (a, b) {
        (Value::Nil, Value::Nil) => true,
        (Value::Bool(a), Value::Bool(b)) => a == b,
        (Value::Int(a, s), Value::Int(b, t)) => a == b && s == t,
        (Value::Uint(a, s), Value::Uint(b, t)) => a == b && s == t,
        (Value::Float(a, s), Value::Float(b, t)) => a == b && s == t,
        (Value::Complex(a, c), Value::Complex(b, d)) => a == b && c == d,
        (Value::String(a), Value::String(b)) | (Value::Bytes(a), Value::Bytes(b)) => a == b,
        (Value::List(a), Value::List(b)) => {
            a.ty() == b.ty()
                && a.is_nil() == b.is_nil()
                && a.len() == b.len()
                && a.iter().zip(b.iter()).all(|(a, b)| equal_at(a, b, depth + 1))
        }
        (Value::Map(a), Value::Map(b)) => {
            if a.identity() == b.identity() {
                return true;
            }
            a.ty() == b.ty()
                && a.is_nil() == b.is_nil()
                && a.len() == b.len()
                && a.snapshot().iter().all(|(key, a)| {
                    b.get(key.as_bytes()).is_some_and(|b| equal_at(a, &b, depth + 1))
                })
        }
        (Value::Object(a), Value::Object(b)) => {
            // DeepEqual follows pointers.
            a.equals(b.as_ref())
                || a.kind() == Kind::Ptr
                    && a.type_name() == b.type_name()
                    && a.format(true, false) == b.format(true, false)
        }
        _ => false,
    }
}
