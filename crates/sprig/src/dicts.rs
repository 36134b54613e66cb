//! Sprig's dictionary functions. Maps are references: `set`, `unset` and the merges change the
//! map that everybody else holds.

use crate::args::{map, string, strval};
use crate::defaults::is_empty;
use gotemplate::{Call, CallError, CallResult, List, ListType, Map, MapType, Str, Value};
use std::borrow::Cow;

/// Nesting at which a copy or a merge gives up: a map may hold itself.
const MAX_DEPTH: usize = 250;

pub(crate) fn dict(args: &[Value]) -> CallResult {
    let map = Map::new();
    for pair in args.chunks(2) {
        let key = Str::from(strval(&pair[0])?);
        map.insert(key, pair.get(1).cloned().unwrap_or_else(|| Value::from("")));
    }
    Ok(Value::Map(map))
}

pub(crate) fn get(args: &[Value], call: &mut Call<'_>) -> CallResult {
    let key = string(args, 1);
    let got = map(args, 0).get(key.as_bytes()).unwrap_or_else(|| Value::from(""));
    call.read(&args[0], &args[1], &got);
    Ok(got)
}

pub(crate) fn set(args: &[Value], call: &mut Call<'_>) -> CallResult {
    call.budget.entries(0)?;
    let map = map(args, 0);
    if map.is_nil() {
        return Err(CallError::new("assignment to entry in nil map"));
    }
    map.insert(string(args, 1), args[2].clone());
    Ok(Value::Map(map))
}

pub(crate) fn unset(args: &[Value]) -> CallResult {
    let map = map(args, 0);
    map.remove(string(args, 1).as_bytes());
    Ok(Value::Map(map))
}

pub(crate) fn has_key(args: &[Value], call: &mut Call<'_>) -> CallResult {
    let found = map(args, 0).get(string(args, 1).as_bytes());
    call.read(&args[0], &args[1], found.as_ref().unwrap_or(&Value::Nil));
    Ok(Value::Bool(found.is_some()))
}

pub(crate) fn pluck(args: &[Value]) -> CallResult {
    let key = string(args, 0);
    let found = (1..args.len()).filter_map(|at| map(args, at).get(key.as_bytes()));
    Ok(Value::list(found.collect()))
}

pub(crate) fn keys(args: &[Value]) -> CallResult {
    Ok(Value::strings((0..args.len()).flat_map(|at| map(args, at).keys())))
}

pub(crate) fn values(args: &[Value]) -> CallResult {
    Ok(Value::list(map(args, 0).snapshot().into_iter().map(|(_, value)| value).collect()))
}

pub(crate) fn pick(args: &[Value], call: &mut Call<'_>) -> CallResult {
    let (from, to) = (map(args, 0), Map::new());
    for at in 1..args.len() {
        let key = string(args, at);
        if let Some(value) = from.get(key.as_bytes()) {
            to.insert(key, value);
        }
    }
    let to = Value::Map(to);
    call.derived(&args[0], &to);
    Ok(to)
}

pub(crate) fn omit(args: &[Value], call: &mut Call<'_>) -> CallResult {
    let omitted: Vec<Str> = (1..args.len()).map(|at| string(args, at)).collect();
    let kept = map(args, 0).snapshot().into_iter().filter(|(key, _)| !omitted.contains(key));
    let to = Value::Map(kept.collect());
    call.derived(&args[0], &to);
    Ok(to)
}

pub(crate) fn merge(args: &[Value], call: &mut Call<'_>) -> CallResult {
    merge_all(args, call, false)
}

pub(crate) fn merge_overwrite(args: &[Value], call: &mut Call<'_>) -> CallResult {
    merge_all(args, call, true)
}

fn merge_all(args: &[Value], call: &mut Call<'_>, overwrite: bool) -> CallResult {
    let into = match map(args, 0) {
        none if none.is_nil() => Map::new(),
        into => into,
    };
    let merged = Value::Map(into.clone());
    for at in 1..args.len() {
        merge_maps(&into, &map(args, at), overwrite, call, 0)?;
        call.derived(&args[at], &merged);
    }
    Ok(merged)
}

/// mergo's deep merge: maps are entered; a source value replaces an empty one, or any if
/// `overwrite`.
fn merge_maps(
    into: &Map,
    from: &Map,
    overwrite: bool,
    call: &mut Call<'_>,
    depth: usize,
) -> Result<(), CallError> {
    if depth > MAX_DEPTH {
        return Err(CallError::new("cyclic value"));
    }
    for (key, value) in from.snapshot() {
        call.budget.charge(1)?;
        let old = into.get(key.as_bytes());
        let taken = overwrite || old.as_ref().is_none_or(is_empty);
        if into.ty() == MapType::Str && from.ty() != MapType::Str && taken {
            return Err(CallError::new(
                "reflect.Value.SetMapIndex: value of type interface {} is not assignable to type \
                 string",
            ));
        }
        match (old, value) {
            (Some(Value::Map(below)), Value::Map(more)) => {
                merge_maps(&below, &more, overwrite, call, depth + 1)?;
            }
            // mergo leaves nil alone, unless it is to overwrite.
            (_, Value::Nil) if !overwrite => {}
            (Some(old), value) => {
                let replace = overwrite || is_empty(&old);
                if replace {
                    into.insert(key, value);
                }
            }
            (None, value) => into.insert(key, value),
        }
    }
    Ok(())
}

pub(crate) fn deep_copy(args: &[Value], call: &mut Call<'_>) -> CallResult {
    if let Value::Nil = args[0] {
        return Err(CallError::new("reflect: call of reflect.Value.Type on zero Value"));
    }
    copy(&args[0], call, 0)
}

fn copy(value: &Value, call: &mut Call<'_>, depth: usize) -> CallResult {
    if depth > MAX_DEPTH {
        return Err(CallError::new("cyclic value"));
    }
    call.budget.charge(1)?;
    match value {
        Value::Map(map) => {
            call.budget.entries(map.len())?;
            let copied = Map::of(map.ty());
            for (key, value) in map.snapshot() {
                copied.insert(key, copy(&value, call, depth + 1)?);
            }
            let copied = Value::Map(copied);
            call.derived(value, &copied);
            Ok(copied)
        }
        Value::List(list) if !list.is_nil() => {
            call.budget.elements(Some(list.len()))?;
            let items: Result<Vec<_>, _> =
                list.iter().map(|item| copy(item, call, depth + 1)).collect();
            let copied = Value::List(List::new(items?, list.ty()));
            call.derived(value, &copied);
            Ok(copied)
        }
        _ => Ok(value.clone()),
    }
}

/// How Go's failed type assertions name what they found.
fn dynamic_type(value: &Value) -> Cow<'static, str> {
    match value {
        Value::Nil => "nil".into(),
        _ => value.type_name(),
    }
}

/// `dig "a" "b" default dict`.
pub(crate) fn dig(args: &[Value], call: &mut Call<'_>) -> CallResult {
    if args.len() < 3 {
        return Err(CallError::new("dig needs at least three arguments"));
    }
    let (keys, rest) = args.split_at(args.len() - 2);
    let mut found = rest[1].clone();
    for key in keys {
        let Value::String(name) = key else {
            return Err(CallError::new(format!(
                "interface conversion: interface {{}} is {}, not string",
                dynamic_type(key)
            )));
        };
        let Value::Map(map) = &found else {
            return Err(CallError::new(format!(
                "interface conversion: interface {{}} is {}, not map[string]interface {{}}",
                dynamic_type(&found)
            )));
        };
        if map.ty() != MapType::Any {
            return Err(CallError::new(format!(
                "interface conversion: interface {{}} is {}, not map[string]interface {{}}",
                map.ty().name()
            )));
        }
        let Some(next) = map.get(name.as_bytes()) else { return Ok(rest[0].clone()) };
        call.read(&found, key, &next);
        found = next;
    }
    Ok(found)
}

/// An empty `[]interface{}`.
pub(crate) fn no_items() -> Value {
    Value::List(List::new(Vec::new(), ListType::Any))
}
