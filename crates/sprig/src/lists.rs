//! Sprig's list functions. A new list is made each time: nobody's list changes under them.

use crate::args::{NIL, as_list, int, list_or};
use crate::defaults::is_empty;
use crate::numeric::to_int;
use crate::reflect::equal;
use gotemplate::{Call, CallError, CallResult, List, ListType, Value};
use std::borrow::Cow;

pub(crate) fn list(args: &[Value]) -> CallResult {
    Ok(Value::list(args.to_vec()))
}

fn items(value: &Value, complaint: &str) -> Result<Vec<Value>, CallError> {
    Ok(list_or(value, complaint)?.items().to_vec())
}

pub(crate) fn first(args: &[Value]) -> CallResult {
    Ok(list_or(&args[0], "Cannot find first on type ")?.get(0).cloned().unwrap_or(Value::Nil))
}

pub(crate) fn last(args: &[Value]) -> CallResult {
    let list = list_or(&args[0], "Cannot find last on type ")?;
    Ok(list.items().last().cloned().unwrap_or(Value::Nil))
}

fn any_or_nil(list: &List, items: Vec<Value>) -> Value {
    if list.is_empty() { Value::List(List::nil(ListType::Any)) } else { Value::list(items) }
}

pub(crate) fn rest(args: &[Value]) -> CallResult {
    let list = list_or(&args[0], "Cannot find rest on type ")?;
    Ok(any_or_nil(&list, list.iter().skip(1).cloned().collect()))
}

pub(crate) fn initial(args: &[Value]) -> CallResult {
    let list = list_or(&args[0], "Cannot find initial on type ")?;
    let count = list.len().saturating_sub(1);
    Ok(any_or_nil(&list, list.iter().take(count).cloned().collect()))
}

pub(crate) fn append(args: &[Value], call: &mut Call<'_>) -> CallResult {
    let mut items = items(&args[0], "Cannot push on type ")?;
    call.budget.elements(items.len().checked_add(1))?;
    items.push(args[1].clone());
    Ok(Value::list(items))
}

pub(crate) fn prepend(args: &[Value], call: &mut Call<'_>) -> CallResult {
    let mut items = items(&args[0], "Cannot prepend on type ")?;
    call.budget.elements(items.len().checked_add(1))?;
    items.insert(0, args[1].clone());
    Ok(Value::list(items))
}

pub(crate) fn concat(args: &[Value], call: &mut Call<'_>) -> CallResult {
    let mut all = Vec::new();
    for arg in args {
        let more = match (as_list(arg), arg) {
            (Some(list), _) => list.items().to_vec(),
            (None, Value::Nil) => return Err(CallError::new(NIL)),
            (None, _) => {
                let kind = arg.kind_name();
                return Err(CallError::new(format!("Cannot concat type {kind} as list")));
            }
        };
        call.budget.elements(all.len().checked_add(more.len()))?;
        all.extend(more);
    }
    // Nothing was ever appended to Go's nil list.
    if all.is_empty() {
        return Ok(Value::List(List::nil(ListType::Any)));
    }
    Ok(Value::list(all))
}

pub(crate) fn reverse(args: &[Value]) -> CallResult {
    let mut items = items(&args[0], "Cannot find reverse on type ")?;
    items.reverse();
    Ok(Value::list(items))
}

fn holds(items: &[Value], wanted: &Value, call: &mut Call<'_>) -> Result<bool, CallError> {
    for item in items {
        if equal(item, wanted, call.budget)? {
            return Ok(true);
        }
    }
    Ok(false)
}

pub(crate) fn uniq(args: &[Value], call: &mut Call<'_>) -> CallResult {
    let mut seen: Vec<Value> = Vec::new();
    for item in items(&args[0], "Cannot find uniq on type ")? {
        if !holds(&seen, &item, call)? {
            seen.push(item);
        }
    }
    Ok(Value::list(seen))
}

pub(crate) fn without(args: &[Value], call: &mut Call<'_>) -> CallResult {
    let mut kept = Vec::new();
    for item in items(&args[0], "Cannot find without on type ")? {
        if !holds(&args[1..], &item, call)? {
            kept.push(item);
        }
    }
    Ok(Value::list(kept))
}

pub(crate) fn has(args: &[Value], call: &mut Call<'_>) -> CallResult {
    if let Value::Nil = args[1] {
        return Ok(Value::Bool(false));
    }
    let list = list_or(&args[1], "Cannot find has on type ")?;
    Ok(Value::Bool(holds(list.items(), &args[0], call)?))
}

pub(crate) fn compact(args: &[Value]) -> CallResult {
    let items = items(&args[0], "Cannot compact on type ")?;
    Ok(Value::list(items.into_iter().filter(|item| !is_empty(item)).collect()))
}

pub(crate) fn slice(args: &[Value]) -> CallResult {
    if let Value::Bytes(bytes) = &args[0] {
        let Some((start, end)) = bounds(args, bytes.len())? else { return Ok(Value::Nil) };
        return Ok(Value::Bytes(bytes.as_bytes()[start..end].to_vec().into()));
    }
    let list = list_or(&args[0], "list should be type of slice or array but ")?;
    let Some((start, end)) = bounds(args, list.len())? else { return Ok(Value::Nil) };
    let items = list.items()[start..end].to_vec();
    // A named slice type keeps its name.
    let ty = match &args[0] {
        Value::Object(object) => match object.type_name() {
            Cow::Borrowed(name) => ListType::Named(name),
            Cow::Owned(_) => list.ty(),
        },
        _ => list.ty(),
    };
    Ok(Value::List(List::new(items, ty)))
}

/// From where to where `slice` cuts, always within `length`; nothing of nothing.
fn bounds(args: &[Value], length: usize) -> Result<Option<(usize, usize)>, CallError> {
    if length == 0 {
        return Ok(None);
    }
    let start = args.get(1).map_or(0, to_int);
    let end = args.get(2).map_or(length as i64, to_int);
    if start < 0 || end < start || end > length as i64 {
        return Err(CallError::new("reflect.Value.Slice: slice index out of bounds"));
    }
    Ok(Some((start as usize, end as usize)))
}

/// Lists of `size` items. Sprig counts them before it cuts: below zero it finds none, or too few.
pub(crate) fn chunk(args: &[Value]) -> CallResult {
    let size = int(args, 0);
    let items = items(&args[1], "Cannot chunk type ")?;
    let width = usize::try_from(size.unsigned_abs()).unwrap_or(usize::MAX);
    let chunks: Vec<Value> = match items.len() {
        _ if size > 0 => items.chunks(width).map(|chunk| Value::list(chunk.to_vec())).collect(),
        1 if size < 0 => vec![Value::list(items)],
        count if size < 0 && count > 1 && count - 1 <= width => Vec::new(),
        _ => return Err(CallError::new("runtime error: makeslice: len out of range")),
    };
    Ok(Value::List(List::new(chunks, ListType::Named("[][]interface {}"))))
}

fn ints(start: i64, stop: i64, step: i64, call: &mut Call<'_>) -> CallResult {
    let distance = i128::from(stop) - i128::from(start);
    let forward = (distance > 0 && step > 0) || (distance < 0 && step < 0);
    let count = match forward {
        true => (distance.unsigned_abs()).div_ceil(u128::from(step.unsigned_abs())),
        false => 0,
    };
    call.budget.elements(usize::try_from(count).ok())?;
    let item = |at: u128| Value::int((i128::from(start) + at as i128 * i128::from(step)) as i64);
    Ok(Value::List(List::new((0..count).map(item).collect(), ListType::Int)))
}

pub(crate) fn until(args: &[Value], call: &mut Call<'_>) -> CallResult {
    let count = int(args, 0);
    ints(0, count, if count < 0 { -1 } else { 1 }, call)
}

pub(crate) fn until_step(args: &[Value], call: &mut Call<'_>) -> CallResult {
    ints(int(args, 0), int(args, 1), int(args, 2), call)
}

pub(crate) fn seq(args: &[Value], call: &mut Call<'_>) -> CallResult {
    let (start, step, stop) = match args.len() {
        0 => return Ok(Value::from("")),
        1 => {
            let stop = int(args, 0);
            (1, if stop < 1 { -1 } else { 1 }, stop)
        }
        2 => {
            let (start, stop) = (int(args, 0), int(args, 1));
            (start, if stop < start { -1 } else { 1 }, stop)
        }
        3 => (int(args, 0), int(args, 1), int(args, 2)),
        _ => return Ok(Value::from("")),
    };
    if step == 0 || (args.len() == 3 && (stop < start) != (step < 0)) {
        return Ok(Value::from(""));
    }
    let stop = stop.saturating_add(if step < 0 { -1 } else { 1 });
    let Value::List(list) = ints(start, stop, step, call)? else { return Ok(Value::from("")) };
    let mut out = String::new();
    for (at, item) in list.iter().enumerate() {
        if at > 0 {
            out.push(' ');
        }
        out.push_str(&to_int(item).to_string());
    }
    Ok(Value::from(out))
}
