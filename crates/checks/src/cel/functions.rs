//! CEL's standard functions and Kubernetes' libraries: quantities, URLs, regular expressions,
//! strings, lists, base64.

use super::eval::{Eval, EvalError, Machine, no_overload, overflow};
use super::value::Cel;
use schema::Quantity;
use schema::base64::{decode, encode};
use std::cmp::Ordering;

pub(super) fn is_namespace(name: &str) -> bool {
    matches!(name, "base64" | "math")
}

/// `name(args)`.
pub(super) fn call(machine: &mut Machine, name: &str, args: &[Cel]) -> Eval {
    match (name, args) {
        ("size", [target]) => size(machine, target),
        ("int", [value]) => int(value),
        ("uint", [value]) => match int(value)? {
            Cel::Int(value) => u64::try_from(value).map(Cel::Uint).map_err(|_| overflow()),
            other => Ok(other),
        },
        ("double", [value]) => double(value),
        ("string", [value]) => string(value),
        ("bool", [Cel::String(text)]) => match text.as_ref() {
            "true" | "True" | "TRUE" | "t" | "1" => Ok(Cel::Bool(true)),
            "false" | "False" | "FALSE" | "f" | "0" => Ok(Cel::Bool(false)),
            _ => Err(EvalError::new("type conversion error from string to bool")),
        },
        ("bytes", [Cel::String(text)]) => Ok(Cel::Bytes(text.as_bytes().into())),
        ("type", [value]) => Ok(Cel::text(value.kind())),
        ("dyn" | "bool" | "bytes", [value]) => Ok(value.clone()),
        ("matches", [_, _]) => method(machine, "matches", args),
        ("quantity", [Cel::String(text)]) => Quantity::parse(text)
            .map(Cel::Quantity)
            .ok_or_else(|| EvalError::new(format!("\"{text}\" is not a quantity"))),
        ("isQuantity", [Cel::String(text)]) => Ok(Cel::Bool(Quantity::parse(text).is_some())),
        ("isQuantity", [_]) => Ok(Cel::Bool(false)),
        ("url", [Cel::String(text)]) if is_url(text) => Ok(Cel::Url(text.clone())),
        ("url", [_]) => Err(EvalError::new("not a URL")),
        ("isURL", [Cel::String(text)]) => Ok(Cel::Bool(is_url(text))),
        ("base64.encode", [Cel::Bytes(bytes)]) => Ok(Cel::text(encode(bytes))),
        ("base64.decode", [Cel::String(text)]) => decode(text)
            .map(|bytes| Cel::Bytes(bytes.into()))
            .ok_or_else(|| EvalError::new("illegal base64 data")),
        ("math.greatest" | "math.least", _) => extreme(name == "math.greatest", args),
        _ => Err(no_overload(name, &args.iter().collect::<Vec<_>>())),
    }
}

fn extreme(greatest: bool, args: &[Cel]) -> Eval {
    let items: &[Cel] = match args {
        [Cel::List(items)] => items,
        _ => args,
    };
    let wanted = if greatest { Ordering::Greater } else { Ordering::Less };
    let best = items.iter().reduce(|a, b| if b.compare(a) == Some(wanted) { b } else { a });
    best.cloned().ok_or_else(|| EvalError::new("no arguments"))
}

fn size(machine: &mut Machine, target: &Cel) -> Eval {
    let size = match target {
        Cel::String(text) => {
            machine.charge(text.len() as u64 / 16)?;
            text.chars().count()
        }
        Cel::Bytes(bytes) => bytes.len(),
        Cel::List(items) => items.len(),
        Cel::Map(entries) => entries.len(),
        other => return Err(no_overload("size", &[other])),
    };
    Ok(Cel::Int(size as i64))
}

fn int(value: &Cel) -> Eval {
    match value {
        Cel::Int(_) => Ok(value.clone()),
        Cel::Uint(value) => i64::try_from(*value).map(Cel::Int).map_err(|_| overflow()),
        Cel::Double(value) if value.abs() < 9.2e18 => Ok(Cel::Int(*value as i64)),
        Cel::Double(_) => Err(overflow()),
        Cel::String(text) => text
            .parse()
            .map(Cel::Int)
            .map_err(|_| EvalError::new(format!("\"{text}\" is not an integer"))),
        other => Err(no_overload("int", &[other])),
    }
}

fn double(value: &Cel) -> Eval {
    match value {
        Cel::Int(value) => Ok(Cel::Double(*value as f64)),
        Cel::Uint(value) => Ok(Cel::Double(*value as f64)),
        Cel::Double(_) => Ok(value.clone()),
        Cel::String(text) => text
            .parse()
            .map(Cel::Double)
            .map_err(|_| EvalError::new(format!("\"{text}\" is not a number"))),
        other => Err(no_overload("double", &[other])),
    }
}

fn string(value: &Cel) -> Eval {
    Ok(match value {
        Cel::String(_) => value.clone(),
        Cel::Int(value) => Cel::text(value.to_string()),
        Cel::Uint(value) => Cel::text(value.to_string()),
        Cel::Double(value) => Cel::text(value.to_string()),
        Cel::Bool(value) => Cel::text(value.to_string()),
        Cel::Bytes(bytes) => match std::str::from_utf8(bytes) {
            Ok(text) => Cel::text(text),
            Err(_) => return Err(EvalError::new("invalid UTF-8 in bytes")),
        },
        Cel::Url(text) => Cel::String(text.clone()),
        other => return Err(no_overload("string", &[other])),
    })
}

/// `args[0].name(args[1..])`.
pub(super) fn method(machine: &mut Machine, name: &str, args: &[Cel]) -> Eval {
    match args {
        [Cel::String(text), rest @ ..] => string_method(machine, name, text, rest, args),
        [Cel::Quantity(quantity), rest @ ..] => quantity_method(name, *quantity, rest, args),
        [Cel::Url(text), ..] => url_method(name, text),
        [Cel::List(items), rest @ ..] => list_method(machine, name, items, rest, args),
        [target, ..] if name == "size" => size(machine, target),
        _ => Err(no_overload(name, &args.iter().collect::<Vec<_>>())),
    }
}

fn string_method(
    machine: &mut Machine,
    name: &str,
    text: &str,
    rest: &[Cel],
    args: &[Cel],
) -> Eval {
    machine.charge(text.len() as u64 / 16)?;
    let bool = |value| Ok(Cel::Bool(value));
    match (name, rest) {
        ("size", []) => size(machine, &Cel::text(text)),
        ("startsWith", [Cel::String(prefix)]) => bool(text.starts_with(prefix.as_ref())),
        ("endsWith", [Cel::String(suffix)]) => bool(text.ends_with(suffix.as_ref())),
        ("contains", [Cel::String(part)]) => bool(text.contains(part.as_ref())),
        ("matches", [Cel::String(pattern)]) => {
            let regex = regex(pattern)?;
            machine.charge(text.len() as u64)?;
            bool(regex.is_match(text))
        }
        ("find", [Cel::String(pattern)]) => {
            Ok(Cel::text(regex(pattern)?.find(text).map_or("", |found| found.as_str())))
        }
        ("findAll", [Cel::String(pattern)]) => Ok(Cel::List(
            regex(pattern)?.find_iter(text).map(|found| Cel::text(found.as_str())).collect(),
        )),
        ("split", [Cel::String(separator)]) => {
            Ok(Cel::List(text.split(separator.as_ref()).map(Cel::text).collect()))
        }
        ("replace", [Cel::String(old), Cel::String(new)]) => {
            Ok(Cel::text(text.replace(old.as_ref(), new)))
        }
        ("trim", []) => Ok(Cel::text(text.trim())),
        ("lowerAscii", []) => Ok(Cel::text(text.to_ascii_lowercase())),
        ("upperAscii", []) => Ok(Cel::text(text.to_ascii_uppercase())),
        ("indexOf", [Cel::String(part)]) => {
            let at = text.find(part.as_ref()).map(|at| text[..at].chars().count() as i64);
            Ok(Cel::Int(at.unwrap_or(-1)))
        }
        ("charAt", [Cel::Int(at)]) => substring(text, *at, Some(at.saturating_add(1))),
        ("substring", [Cel::Int(from)]) => substring(text, *from, None),
        ("substring", [Cel::Int(from), Cel::Int(to)]) => substring(text, *from, Some(*to)),
        _ => Err(no_overload(name, &args.iter().collect::<Vec<_>>())),
    }
}

fn substring(text: &str, from: i64, to: Option<i64>) -> Eval {
    let length = text.chars().count() as i64;
    let to = to.unwrap_or(length);
    if from < 0 || from > to || to > length {
        return Err(EvalError::new(format!("index out of range: {from}")));
    }
    let cut: String = text.chars().skip(from as usize).take((to - from) as usize).collect();
    Ok(Cel::text(cut))
}

fn regex(pattern: &str) -> Result<regex::Regex, EvalError> {
    let built = regex::RegexBuilder::new(pattern).size_limit(1 << 20).build();
    built.map_err(|_| EvalError::new(format!("invalid regular expression: {pattern}")))
}

fn quantity_method(name: &str, quantity: Quantity, rest: &[Cel], args: &[Cel]) -> Eval {
    let other = match rest {
        [Cel::Quantity(other)] => Some(*other),
        [Cel::Int(other)] => Quantity::parse(&other.to_string()),
        _ => None,
    };
    let order = other.map(|other| quantity.compare(other));
    match (name, order, other) {
        ("compareTo", Some(order), _) => Ok(Cel::Int(order as i64)),
        ("isGreaterThan", Some(order), _) => Ok(Cel::Bool(order.is_gt())),
        ("isLessThan", Some(order), _) => Ok(Cel::Bool(order.is_lt())),
        ("add", _, Some(other)) => Ok(Cel::Quantity(quantity.plus(other))),
        ("sub", _, Some(other)) => Ok(Cel::Quantity(quantity.minus(other))),
        ("sign", _, _) => Ok(Cel::Int(quantity.sign())),
        ("isInteger", _, _) => Ok(Cel::Bool(quantity.is_integer())),
        ("asInteger", _, _) if quantity.is_integer() => Ok(Cel::Int(quantity.as_float() as i64)),
        ("asApproximateFloat", _, _) => Ok(Cel::Double(quantity.as_float())),
        _ => Err(no_overload(name, &args.iter().collect::<Vec<_>>())),
    }
}

/// Scheme, authority and path of an absolute URL, or the path of one that begins with `/`.
fn parts(text: &str) -> (&str, &str, &str) {
    let (scheme, rest) = text.split_once("://").unwrap_or(("", text));
    if scheme.is_empty() {
        return ("", "", rest);
    }
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    (scheme, &rest[..end], &rest[end..])
}

/// Kubernetes' `isURL`: an absolute URL, or an absolute path.
fn is_url(text: &str) -> bool {
    if text.chars().any(|c| c.is_whitespace() || c.is_control()) {
        return false;
    }
    if text.starts_with('/') {
        return true;
    }
    let (scheme, authority, _) = parts(text);
    let scheme_fits = scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.chars().all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c));
    let host = authority.rsplit('@').next().unwrap_or_default();
    let (name, port) = match host.rsplit_once(':') {
        Some((name, port)) if !host.ends_with(']') => (name, Some(port)),
        _ => (host, None),
    };
    let port_fits = port.is_none_or(|port| port.bytes().all(|byte| byte.is_ascii_digit()));
    scheme_fits && !name.is_empty() && port_fits
}

fn url_method(name: &str, text: &str) -> Eval {
    let (scheme, authority, tail) = parts(text);
    let host = authority.rsplit('@').next().unwrap_or_default();
    let (hostname, port) = host.rsplit_once(':').unwrap_or((host, ""));
    let path = tail.split(['?', '#']).next().unwrap_or_default();
    Ok(Cel::text(match name {
        "getScheme" => scheme,
        "getHost" => host,
        "getHostname" => hostname,
        "getPort" => port,
        "getEscapedPath" => path,
        _ => return Err(EvalError::new(format!("no such function: {name}"))),
    }))
}

fn list_method(
    machine: &mut Machine,
    name: &str,
    items: &[Cel],
    rest: &[Cel],
    args: &[Cel],
) -> Eval {
    machine.charge(items.len() as u64)?;
    match (name, rest) {
        ("size", []) => Ok(Cel::Int(items.len() as i64)),
        ("join", _) => {
            let separator = match rest {
                [Cel::String(separator)] => separator.as_ref(),
                _ => "",
            };
            let words: Result<Vec<&str>, EvalError> = items
                .iter()
                .map(|item| match item {
                    Cel::String(text) => Ok(text.as_ref()),
                    other => Err(no_overload("join", &[other])),
                })
                .collect();
            Ok(Cel::text(words?.join(separator)))
        }
        ("isSorted", []) => {
            let sorted =
                items.windows(2).all(|pair| pair[0].compare(&pair[1]) != Some(Ordering::Greater));
            Ok(Cel::Bool(sorted))
        }
        ("min" | "max", []) => extreme(name == "max", &[Cel::List(items.into())]),
        ("sum", []) => items.iter().try_fold(Cel::Int(0), |sum, item| match (sum, item) {
            (Cel::Int(a), Cel::Int(b)) => a.checked_add(*b).map(Cel::Int).ok_or_else(overflow),
            (Cel::Int(0), Cel::Double(b)) => Ok(Cel::Double(*b)),
            (Cel::Double(a), Cel::Double(b)) => Ok(Cel::Double(a + b)),
            (_, other) => Err(no_overload("sum", &[other])),
        }),
        ("indexOf", [wanted]) => {
            let at = items.iter().position(|item| item.equals(wanted));
            Ok(Cel::Int(at.map_or(-1, |at| at as i64)))
        }
        _ => Err(no_overload(name, &args.iter().collect::<Vec<_>>())),
    }
}
