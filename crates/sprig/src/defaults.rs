//! Emptiness and what takes its place.

use gotemplate::{CallResult, Value};

/// Sprig's `empty`: zero, `""`, nil, false, an empty map or list.
pub fn is_empty(value: &Value) -> bool {
    match value {
        Value::Object(object) => object.length() == Some(0) || object.number() == Some(0),
        _ => !value.truth(),
    }
}

pub(crate) fn default(args: &[Value]) -> CallResult {
    match args.get(1) {
        Some(given) if !is_empty(given) => Ok(given.clone()),
        _ => Ok(args[0].clone()),
    }
}

pub(crate) fn coalesce(args: &[Value]) -> CallResult {
    Ok(args.iter().find(|arg| !is_empty(arg)).cloned().unwrap_or(Value::Nil))
}

pub(crate) fn ternary(args: &[Value]) -> CallResult {
    let truth = matches!(args[2], Value::Bool(true));
    Ok(args[usize::from(!truth)].clone())
}
