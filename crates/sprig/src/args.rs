//! Arguments as bodies want them. The executor has checked the types that a signature names, so
//! these fail only where a body asks for more than its signature says.

use gotemplate::{Call, CallError, Kind, List, Map, Str, Value, fmt};

/// The string at `index`; empty where the signature let something else through.
pub(crate) fn string(args: &[Value], index: usize) -> Str {
    match args.get(index) {
        Some(Value::String(text)) => text.clone(),
        _ => Str::default(),
    }
}

/// The string at `index` as text, U+FFFD for bytes that are not UTF-8.
pub(crate) fn text(args: &[Value], index: usize) -> String {
    string(args, index).to_str_lossy().into_owned()
}

pub(crate) fn int(args: &[Value], index: usize) -> i64 {
    match args.get(index) {
        Some(Value::Int(number, _)) => *number,
        _ => 0,
    }
}

pub(crate) fn map(args: &[Value], index: usize) -> Map {
    match args.get(index) {
        Some(Value::Map(map)) => map.clone(),
        _ => Map::new(),
    }
}

/// Sprig's `strval`: strings as they are, bytes, errors and Stringers as text, all else as `%v`.
pub(crate) fn strval(value: &Value) -> Result<Vec<u8>, CallError> {
    match value {
        Value::String(text) | Value::Bytes(text) => Ok(text.as_bytes().to_vec()),
        Value::Object(object) => match object.string() {
            Some(text) => Ok(text.as_bytes().to_vec()),
            None => Ok(fmt::value_v(value)?),
        },
        _ => Ok(fmt::value_v(value)?),
    }
}

/// Sprig's `strslice`: the elements of a list as strings, nil left out; anything else alone.
/// Elements may be one long string many times over, so each is charged.
pub(crate) fn strslice(value: &Value, call: &mut Call<'_>) -> Result<Vec<Vec<u8>>, CallError> {
    let Some(list) = as_list(value) else {
        return Ok(if let Value::Nil = value { Vec::new() } else { vec![strval(value)?] });
    };
    let mut words = Vec::new();
    for item in list.iter().filter(|item| !matches!(item, Value::Nil)) {
        let word = strval(item)?;
        call.budget.string(Some(word.len() + size_of::<Vec<u8>>()))?;
        words.push(word);
    }
    Ok(words)
}

/// What Go says where a function looks into a nil `interface{}`.
pub(crate) const NIL: &str = "runtime error: invalid memory address or nil pointer dereference";

/// A slice of any type, or Sprig's complaint in the words of `complaint` and the kind.
pub(crate) fn list_or(value: &Value, complaint: &str) -> Result<List, CallError> {
    match value {
        Value::Nil => Err(CallError::new(NIL)),
        _ => as_list(value)
            .ok_or_else(|| CallError::new(format!("{complaint}{}", value.kind_name()))),
    }
}

/// What reflection takes for a slice: lists, and named slices such as
/// `.Capabilities.APIVersions`.
pub(crate) fn as_list(value: &Value) -> Option<List> {
    match value {
        Value::List(list) => Some(list.clone()),
        Value::Object(object) if object.kind() == Kind::Slice => match object.plain() {
            Some(Value::List(list)) => Some(list),
            _ => None,
        },
        _ => None,
    }
}
