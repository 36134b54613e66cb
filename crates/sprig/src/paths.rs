//! Slash-separated paths: Go's `path` package.

use crate::args::text;
use gotemplate::{CallResult, Value};

pub(crate) fn base(args: &[Value]) -> CallResult {
    let path = text(args, 0);
    if path.is_empty() {
        return Ok(Value::from("."));
    }
    let trimmed = path.trim_end_matches('/');
    if trimmed.is_empty() {
        return Ok(Value::from("/"));
    }
    Ok(Value::from(trimmed.rsplit('/').next().unwrap_or(trimmed)))
}

pub(crate) fn dir(args: &[Value]) -> CallResult {
    let path = text(args, 0);
    let end = path.rfind('/').map_or(0, |at| at + 1);
    Ok(Value::from(cleaned(&path[..end])))
}

pub(crate) fn clean(args: &[Value]) -> CallResult {
    Ok(Value::from(cleaned(&text(args, 0))))
}

/// Go's `path.Clean`.
pub(crate) fn cleaned(path: &str) -> String {
    let rooted = path.starts_with('/');
    let mut parts: Vec<&str> = Vec::new();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." if parts.last().is_some_and(|last| *last != "..") => {
                parts.pop();
            }
            ".." if rooted => {}
            _ => parts.push(part),
        }
    }
    let joined = parts.join("/");
    match (rooted, joined.is_empty()) {
        (true, _) => format!("/{joined}"),
        (false, true) => ".".to_owned(),
        (false, false) => joined,
    }
}

pub(crate) fn ext(args: &[Value]) -> CallResult {
    let path = text(args, 0);
    let name = path.rsplit('/').next().unwrap_or_default();
    Ok(Value::from(name.rfind('.').map_or("", |at| &name[at..])))
}

pub(crate) fn is_abs(args: &[Value]) -> CallResult {
    Ok(Value::Bool(text(args, 0).starts_with('/')))
}
