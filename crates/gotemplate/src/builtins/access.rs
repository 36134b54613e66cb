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

fn of_type(text: &str, value: &Value) -> CallError {
    CallError::new(format!("{text} {}", value.type_name()))
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
            let what = if matches!(item, Value::Bytes(_)) { "slice" } else { "string" };
            let at = position(key, text.len(), what)?;
            let byte = text.as_bytes().get(at).copied().unwrap_or(0);
            Ok(Value::Uint(u64::from(byte), UintType::Uint8))
        }
        Value::Map(map) => match key {
            Value::String(name) => {
                let missing = if map.ty() == MapType::Str { Value::from("") } else { Value::Nil };
                Ok(map.get(name.as_bytes()).unwrap_or(missing))
            }
            Value::Nil => Err(CallError::new("value is nil; should be of type string")),
            _ => {
                let ty = key.type_name();
                Err(CallError::new(format!("value has type {ty}; should be string")))
            }
        },
        Value::Object(object) => {
            if let (Kind::Slice, Some(length)) = (object.kind(), object.length()) {
                position(key, length, "slice")?;
            }
            object.index(key).ok_or_else(|| of_type("can't index item of type", item))
        }
        Value::Nil => Err(CallError::new("index of nil pointer")),
        _ => Err(of_type("can't index item of type", item)),
    }
}

/// Go's `indexArg`: a position within `length`. The place behind the last one passes it and is
/// refused by `reflect`, in other words.
fn position(key: &Value, length: usize, what: &str) -> Result<usize, CallError> {
    let at = integer(key)?;
    match usize::try_from(at).ok().filter(|at| *at <= length) {
        Some(at) if at == length => {
            Err(CallError::new(format!("reflect: {what} index out of range")))
        }
        Some(at) => Ok(at),
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
