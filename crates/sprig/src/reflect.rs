//! Types, kinds and deep equality.

use crate::args::text;
use gotemplate::{Budget, Call, CallResult, Exceeded, Kind, Value};

/// Nesting at which two values count as equal: Go, too, ends on cycles by taking them as equal.
const MAX_DEPTH: usize = 250;

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

pub(crate) fn deep_equal(args: &[Value], call: &mut Call<'_>) -> CallResult {
    Ok(Value::Bool(equal(&args[0], &args[1], call.budget)?))
}

/// Go's `reflect.DeepEqual`. Values that share their parts are compared part by part each time, so
/// each part is charged.
pub(crate) fn equal(a: &Value, b: &Value, budget: &mut Budget) -> Result<bool, Exceeded> {
    equal_at(a, b, 0, budget)
}

fn equal_at(a: &Value, b: &Value, depth: usize, budget: &mut Budget) -> Result<bool, Exceeded> {
    budget.charge(1)?;
    if depth > MAX_DEPTH {
        return Ok(true);
    }
    Ok(match (a, b) {
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
                && all(a.iter().zip(b.iter()), |(a, b)| equal_at(a, b, depth + 1, budget))?
        }
        (Value::Map(a), Value::Map(b)) => {
            if a.identity() == b.identity() {
                return Ok(true);
            }
            a.ty() == b.ty()
                && a.is_nil() == b.is_nil()
                && a.len() == b.len()
                && all(a.snapshot(), |(key, a)| match b.get(key.as_bytes()) {
                    Some(b) => equal_at(&a, &b, depth + 1, budget),
                    None => Ok(false),
                })?
        }
        (Value::Object(a), Value::Object(b)) => {
            // DeepEqual follows pointers.
            a.equals(b.as_ref())
                || a.kind() == Kind::Ptr
                    && a.type_name() == b.type_name()
                    && a.format(true, false) == b.format(true, false)
        }
        _ => false,
    })
}

fn all<T>(
    items: impl IntoIterator<Item = T>,
    mut holds: impl FnMut(T) -> Result<bool, Exceeded>,
) -> Result<bool, Exceeded> {
    for item in items {
        if !holds(item)? {
            return Ok(false);
        }
    }
    Ok(true)
}
