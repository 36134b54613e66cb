//! Regular expressions: Go's syntax, searched in linear time; patterns are compiled once.

mod class;
mod expand;
mod parse;
mod subject;

use crate::args::{int, string};
use gotemplate::{Call, CallError, CallResult, List, ListType, Value, fmt};
use regex_automata::meta::{Config, Regex};
use std::cell::RefCell;
use std::collections::HashMap;
use std::ops::Range;
use std::rc::Rc;
use subject::Subject;

/// Compiled patterns that are kept.
const KEPT: usize = 256;
/// Bytes that a compiled pattern may take.
const MAX_COMPILED: usize = 2 << 20;

thread_local! {
    static COMPILED: RefCell<HashMap<String, Compiled>> = RefCell::new(HashMap::new());
}

/// A pattern that is ready to be searched for.
#[derive(Clone)]
struct Compiled {
    regex: Regex,
    names: Rc<Vec<(String, usize)>>,
}

/// A pattern for those who hold it themselves: JSON Schema's keywords.
#[derive(Clone, Debug)]
pub struct Pattern(Regex);

impl Pattern {
    /// # Errors
    /// Go's `regexp.Compile`, its words.
    pub fn new(pattern: &str) -> Result<Self, String> {
        build(pattern).map(|compiled| Self(compiled.regex))
    }

    /// Whether it is found anywhere in the text.
    pub fn matches(&self, text: &str) -> bool {
        self.0.is_match(text)
    }
}

/// Compiles the pattern, or tells Go's complaint.
fn compiled(args: &[Value]) -> Result<Compiled, CallError> {
    let pattern = string(args, 0);
    let Some(pattern) = pattern.to_str() else {
        let from = pattern.as_bytes().utf8_chunks().next().map_or(0, |chunk| chunk.valid().len());
        let rest = String::from_utf8_lossy(&pattern.as_bytes()[from..]).into_owned();
        return Err(CallError::new(format!("error parsing regexp: invalid UTF-8: `{rest}`")));
    };
    if let Some(found) = COMPILED.with_borrow(|kept| kept.get(pattern).cloned()) {
        return Ok(found);
    }
    let compiled = build(pattern).map_err(CallError::new)?;
    COMPILED.with_borrow_mut(|kept| {
        if kept.len() >= KEPT {
            kept.clear();
        }
        kept.insert(pattern.to_owned(), compiled.clone());
    });
    Ok(compiled)
}

fn build(pattern: &str) -> Result<Compiled, String> {
    let complaint = |error| format!("error parsing regexp: {error}");
    let parsed = parse::parse(pattern).map_err(complaint)?;
    let config = Config::new().nfa_size_limit(Some(MAX_COMPILED));
    let built = Regex::builder().configure(config).build_from_hir(&parsed.tree);
    let too_large = |_| complaint(parse::PatternError::TooLarge(pattern.to_owned()));
    Ok(Compiled { regex: built.map_err(too_large)?, names: Rc::new(parsed.names) })
}

/// Go's `MustCompile`, whose panic names the pattern.
fn must_compile(args: &[Value]) -> Result<Compiled, CallError> {
    compiled(args).map_err(|error| {
        let pattern = string(args, 0);
        let pattern = match pattern.to_str_lossy() {
            plain if !plain.contains('`') => format!("`{plain}`"),
            _ => fmt::quote(pattern.as_bytes()),
        };
        CallError::new(format!("regexp: Compile({pattern}): {error}"))
    })
}

/// A search takes, at the worst, the length of the text times the states of the pattern.
fn charge(pattern: &Compiled, args: &[Value], call: &mut Call<'_>) -> Result<(), CallError> {
    let text = string(args, 1).len() as u64;
    let states = pattern.regex.memory_usage() as u64;
    Ok(call.budget.charge(text.saturating_mul(states) / 1_024)?)
}

fn strings(parts: Vec<&[u8]>) -> Value {
    match parts.is_empty() {
        true => Value::List(List::nil(ListType::Str)),
        false => Value::strings(parts),
    }
}

pub(crate) fn is_match(args: &[Value], call: &mut Call<'_>) -> CallResult {
    match must_match(args, call) {
        Err(CallError::Message(_)) => Ok(Value::Bool(false)),
        result => result,
    }
}

pub(crate) fn must_match(args: &[Value], call: &mut Call<'_>) -> CallResult {
    let (text, pattern) = (string(args, 1), compiled(args)?);
    charge(&pattern, args, call)?;
    Ok(Value::Bool(pattern.regex.is_match(Subject::new(text.as_bytes()).text())))
}

pub(crate) fn find(args: &[Value], call: &mut Call<'_>) -> CallResult {
    find_with(args, &must_compile(args)?, call)
}

pub(crate) fn must_find(args: &[Value], call: &mut Call<'_>) -> CallResult {
    find_with(args, &compiled(args)?, call)
}

fn find_with(args: &[Value], pattern: &Compiled, call: &mut Call<'_>) -> CallResult {
    charge(pattern, args, call)?;
    let text = string(args, 1);
    let subject = Subject::new(text.as_bytes());
    let found = pattern.regex.find(subject.text()).map(|found| subject.original(found.range()));
    Ok(Value::string(found.unwrap_or_default()))
}

pub(crate) fn find_all(args: &[Value], call: &mut Call<'_>) -> CallResult {
    find_all_with(args, &must_compile(args)?, call)
}

pub(crate) fn must_find_all(args: &[Value], call: &mut Call<'_>) -> CallResult {
    find_all_with(args, &compiled(args)?, call)
}

/// Where the first `most` matches are; all, where that is negative.
fn matches(regex: &Regex, text: &str, most: i64) -> Vec<Range<usize>> {
    let most = usize::try_from(most).unwrap_or(usize::MAX);
    regex.find_iter(text).take(most).map(|found| found.range()).collect()
}

fn find_all_with(args: &[Value], pattern: &Compiled, call: &mut Call<'_>) -> CallResult {
    charge(pattern, args, call)?;
    let text = string(args, 1);
    let subject = Subject::new(text.as_bytes());
    let found = matches(&pattern.regex, subject.text(), int(args, 2));
    call.budget.elements(Some(found.len()))?;
    call.budget.string(Some(text.len()))?;
    Ok(strings(found.into_iter().map(|part| subject.original(part)).collect()))
}

/// Go's templates in replacements: `$1`, `${1}`, `${name}`.
pub(crate) fn replace_all(args: &[Value], call: &mut Call<'_>) -> CallResult {
    replaced(args, &must_compile(args)?, true, call)
}

pub(crate) fn must_replace_all(args: &[Value], call: &mut Call<'_>) -> CallResult {
    replaced(args, &compiled(args)?, true, call)
}

pub(crate) fn replace_all_literal(args: &[Value], call: &mut Call<'_>) -> CallResult {
    replaced(args, &must_compile(args)?, false, call)
}

pub(crate) fn must_replace_all_literal(args: &[Value], call: &mut Call<'_>) -> CallResult {
    replaced(args, &compiled(args)?, false, call)
}

fn replaced(args: &[Value], pattern: &Compiled, expand: bool, call: &mut Call<'_>) -> CallResult {
    charge(pattern, args, call)?;
    let (text, with) = (string(args, 1), string(args, 2));
    let subject = Subject::new(text.as_bytes());
    let template = expand.then(|| expand::Template::new(with.as_bytes(), &pattern.names));
    let mut out = Vec::new();
    let mut from = 0;
    for found in pattern.regex.captures_iter(subject.text()) {
        let Some(range) = found.get_match().map(|found| found.range()) else { continue };
        out.extend_from_slice(subject.original(from..range.start));
        match &template {
            Some(template) => template.write(&found, &subject, &mut out),
            None => out.extend_from_slice(with.as_bytes()),
        }
        from = range.end;
        if out.len() > call.budget.limits().string {
            call.budget.string(None)?;
        }
    }
    out.extend_from_slice(subject.original(from..subject.text().len()));
    call.budget.string(Some(out.len()))?;
    Ok(Value::string(out))
}

pub(crate) fn split(args: &[Value], call: &mut Call<'_>) -> CallResult {
    split_with(args, &must_compile(args)?, call)
}

pub(crate) fn must_split(args: &[Value], call: &mut Call<'_>) -> CallResult {
    split_with(args, &compiled(args)?, call)
}

/// Go's `Regexp.Split`: at most so many parts as the third argument says.
fn split_with(args: &[Value], pattern: &Compiled, call: &mut Call<'_>) -> CallResult {
    charge(pattern, args, call)?;
    let (text, most) = (string(args, 1), int(args, 2));
    let subject = Subject::new(text.as_bytes());
    let length = subject.text().len();
    if most == 0 {
        return Ok(strings(Vec::new()));
    }
    if !string(args, 0).is_empty() && length == 0 {
        return Ok(strings(vec![b""]));
    }
    let limit = usize::try_from(most).unwrap_or(usize::MAX);
    let (mut parts, mut from, mut to) = (Vec::new(), 0, 0);
    let found = matches(&pattern.regex, subject.text(), most);
    call.budget.elements(Some(found.len() + 1))?;
    call.budget.string(Some(text.len()))?;
    for found in found {
        if parts.len() + 1 == limit {
            break;
        }
        to = found.start;
        // A match of nothing at the very beginning parts nothing.
        if found.end != 0 {
            parts.push(subject.original(from..to));
        }
        from = found.end;
    }
    if to != length {
        parts.push(subject.original(from..length));
    }
    Ok(Value::strings(parts))
}

pub(crate) fn quote_meta(args: &[Value]) -> CallResult {
    let mut out = Vec::new();
    for byte in string(args, 0).as_bytes() {
        if br"\.+*?()|[]{}^$".contains(byte) {
            out.push(b'\\');
        }
        out.push(*byte);
    }
    Ok(Value::string(out))
}
