//! `len`, `index`, `slice`.

use crate::func::{Call, CallError, CallResult};
use crate::value::{Kind, List, MapType, Str, UintType, Value};

pub(super) fn len(args: &[Value]) -> CallResult {
    let length = match &args[0] {
        Value::Nil => {
            return Err(CallError::new("len of nil pointer"));
        }
        Value::String(text) | Value::Bytes(text) => text.len(),
        Value::List(list) => list.len(),
        Value::Map(map) => map.len(),
        Value::Object(object) => object.length().ok_or_else(|| of_type("len of type", &args[0]))?,
        other => return Err(of_type("len of type", other)),
    };
    Ok(Value::int(length as i64))
}

/// Go follows a pointer before it complains.
fn of_type(text: &str, value: &Value) -> CallError {
    CallError::new(format!("{text} {}", value.type_name().trim_start_matches('*')))
}

pub(super) fn index(args: &[Value], call: &mut Call<'_>) -> CallResult {
    let (item, indices) = args.split_first().ok_or_else(|| CallError::new("index of nothing"))?;
    if let Value::Nil = item {
        return Err(CallError::new("index of untyped nil"));
    }
    let mut item = item.clone();
    for key in indices {
        let found = element(&item, key)?;
        call.read(&item, key, &found);
        item = found;
    }
    Ok(item)
}

fn element(item: &Value, key: &Value) -> CallResult {
    match item {
        Value::List(list) => {
            let at = position(key, list.len(), "slice")?;
            Ok(list.get(at).cloned().unwrap_or(Value::Nil))
        }
        Value::String(text) | Value::Bytes(text) => {
            let kind = if let Value::Bytes(_) = item { "slice" } else { "string" };
            let at = position(key, text.len(), kind)?;
            let byte = text.as_bytes().get(at).copied().unwrap_or(0);
            Ok(Value::Uint(u64::from(byte), UintType::Uint8))
        }
        Value::Map(map) => match key {
            Value::String(name) => {
                let missing = if map.ty() == MapType::Str { Value::from("") } else { Value::Nil };
                Ok(map.get(name.as_bytes()).unwrap_or(missing))
            }
            _ => Err(wrong_key(key)),
        },
        Value::Object(object) => {
            match (object.kind(), object.length()) {
                (Kind::Slice, Some(length)) => {
                    position(key, length, "slice")?;
                }
                (Kind::Map, _) if !matches!(key, Value::String(_)) => return Err(wrong_key(key)),
                _ => {}
            }
            object.index(key).ok_or_else(|| of_type("can't index item of type", item))
        }
        Value::Nil => Err(CallError::new("index of nil pointer")),
        _ => Err(of_type("can't index item of type", item)),
    }
}

fn wrong_key(key: &Value) -> CallError {
    if let Value::Nil = key {
        return CallError::new("value is nil; should be of type string");
    }
    CallError::new(format!("value has type {}; should be string", key.type_name()))
}

/// Go's `indexArg`: a position within `length`. The place behind the last passes it, and is told by
/// the element's own access, which says of which kind it is.
fn position(key: &Value, length: usize, kind: &str) -> Result<usize, CallError> {
    let at = integer(key)?;
    match usize::try_from(at).ok().filter(|at| *at <= length) {
        Some(at) if at < length => Ok(at),
        Some(_) => Err(CallError::new(format!("reflect: {kind} index out of range"))),
        None => Err(CallError::new(format!("index out of range: {at}"))),
    }
}

fn integer(key: &Value) -> Result<i64, CallError> {
    match key {
        Value::Int(at, _) => Ok(*at),
        Value::Uint(at, _) => Ok(i64::try_from(*at).unwrap_or(i64::MAX)),
        Value::Nil => Err(CallError::new("cannot index slice/array with nil")),
        _ => Err(of_type("cannot index slice/array with type", key)),
    }
}

pub(super) fn slice(args: &[Value]) -> CallResult {
    let (item, indices) = args.split_first().ok_or_else(|| CallError::new("slice of nothing"))?;
    if let Value::Nil = item {
        return Err(CallError::new("slice of untyped nil"));
    }
    if indices.len() > 3 {
        let count = indices.len();
        return Err(CallError::new(format!("too many slice indexes: {count}")));
    }
    let length = match item {
        Value::String(_) if indices.len() == 3 => {
            return Err(CallError::new("cannot 3-index slice a string"));
        }
        Value::String(text) | Value::Bytes(text) => text.len(),
        Value::List(list) => list.len(),
        _ => return Err(of_type("can't slice item of type", item)),
    };
    let mut bounds = [0, length, length];
    for (place, index) in bounds.iter_mut().zip(indices) {
        let at = integer(index)?;
        match usize::try_from(at).ok().filter(|at| *at <= length) {
            Some(at) => *place = at,
            None => return Err(CallError::new(format!("index out of range: {at}"))),
        }
    }
    let [low, high, most] = bounds;
    if low > high {
        return Err(CallError::new(format!("invalid slice index: {low} > {high}")));
    }
    if high > most {
        return Err(CallError::new(format!("invalid slice index: {high} > {most}")));
    }
    Ok(match item {
        Value::String(text) => Value::String(Str::from(&text.as_bytes()[low..high])),
        Value::Bytes(bytes) => Value::Bytes(Str::from(&bytes.as_bytes()[low..high])),
        Value::List(list) => Value::List(List::new(list.items()[low..high].to_vec(), list.ty())),
        other => other.clone(),
    })
}
