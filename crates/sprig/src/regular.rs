//! Regular expressions: RE2 syntax as Go reads it, run in linear time.

use crate::args::{int, text};
use gotemplate::{CallError, CallResult, Value};
use regex::Regex;
use std::cell::RefCell;
use std::collections::HashMap;

/// Compiled patterns that are kept.
const KEPT: usize = 256;

thread_local! {
    static COMPILED: RefCell<HashMap<String, Regex>> = RefCell::default();
}

/// Go's `\d`, `\w`, `\s` are ASCII; `\z` is its end of text.
fn translated(pattern: &str) -> String {
    let mut out = String::with_capacity(pattern.len());
    let mut chars = pattern.chars().peekable();
    let mut class = false;
    while let Some(c) = chars.next() {
        match c {
            '\\' => {
                let next = chars.next();
                let ascii = match (next, class) {
                    (Some('d'), true) => "0-9",
                    (Some('w'), true) => "0-9A-Za-z_",
                    (Some('s'), true) => r"\t\n\f\r ",
                    (Some('d'), false) => "[0-9]",
                    (Some('D'), false) => "[^0-9]",
                    (Some('w'), false) => "[0-9A-Za-z_]",
                    (Some('W'), false) => "[^0-9A-Za-z_]",
                    (Some('s'), false) => r"[\t\n\f\r ]",
                    (Some('S'), false) => r"[^\t\n\f\r ]",
                    (Some('b'), false) => r"(?-u:\b)",
                    _ => "",
                };
                if ascii.is_empty() {
                    out.push('\\');
                    out.extend(next);
                } else {
                    out.push_str(ascii);
                }
            }
            '[' if class => {
                if chars.peek() == Some(&':') {
                    out.push('[')
                } else {
                    out.push_str("\\[")
                }
            }
            '[' => {
                class = true;
                out.push('[');
                if chars.peek() == Some(&'^') {
                    out.extend(chars.next());
                }
                if chars.peek() == Some(&']') {
                    chars.next();
                    out.push_str("\\]");
                }
            }
            ']' if class => {
                // `[:alpha:]` inside a class ends with its own bracket.
                if !out.ends_with(':') {
                    class = false;
                }
                out.push(']');
            }
            '&' | '~' if class => {
                out.push('\\');
                out.push(c);
            }
            _ => out.push(c),
        }
    }
    out
}

fn compiled(pattern: &str) -> Result<Regex, CallError> {
    if let Some(found) = COMPILED.with_borrow(|kept| kept.get(pattern).cloned()) {
        return Ok(found);
    }
    let regex = regex::RegexBuilder::new(&translated(pattern))
        .size_limit(2 << 20)
        .build()
        .map_err(|_| CallError::new(format!("error parsing regexp: {}", complaint(pattern))))?;
    COMPILED.with_borrow_mut(|kept| {
        if kept.len() >= KEPT {
            kept.clear();
        }
        kept.insert(pattern.to_owned(), regex.clone());
    });
    Ok(regex)
}

/// What Go's parser says of a pattern.
fn complaint(pattern: &str) -> String {
    use regex_syntax::ast::ErrorKind;
    let error = regex_syntax::ast::parse::Parser::new().parse(pattern).err();
    let Some(error) = error else { return format!("expression nests too deeply: `{pattern}`") };
    let from = |offset: usize| pattern.get(offset..).unwrap_or(pattern);
    let span = error.span();
    let at = pattern.get(span.start.offset..span.end.offset).unwrap_or(pattern);
    match error.kind() {
        ErrorKind::GroupUnclosed => format!("missing closing ): `{pattern}`"),
        ErrorKind::GroupUnopened => format!("unexpected ): `{pattern}`"),
        ErrorKind::ClassUnclosed => format!("missing closing ]: `{}`", from(span.start.offset)),
        ErrorKind::RepetitionMissing => format!("missing argument to repetition operator: `{at}`"),
        ErrorKind::EscapeUnrecognized => format!("invalid escape sequence: `{at}`"),
        ErrorKind::EscapeUnexpectedEof => "trailing backslash at end of expression: ``".to_owned(),
        ErrorKind::ClassRangeInvalid => format!("invalid character class range: `{at}`"),
        _ => format!("invalid or unsupported Perl syntax: `{at}`"),
    }
}

/// Go's `MustCompile`, whose panic names the pattern.
fn must_compile(pattern: &str) -> Result<Regex, CallError> {
    compiled(pattern)
        .map_err(|error| CallError::new(format!("regexp: Compile(`{pattern}`): {error}")))
}

pub(crate) fn is_match(args: &[Value]) -> CallResult {
    let matched = compiled(&text(args, 0)).is_ok_and(|regex| regex.is_match(&text(args, 1)));
    Ok(Value::Bool(matched))
}

pub(crate) fn must_match(args: &[Value]) -> CallResult {
    Ok(Value::Bool(compiled(&text(args, 0))?.is_match(&text(args, 1))))
}

pub(crate) fn find(args: &[Value]) -> CallResult {
    find_with(args, &must_compile(&text(args, 0))?)
}

pub(crate) fn must_find(args: &[Value]) -> CallResult {
    find_with(args, &compiled(&text(args, 0))?)
}

fn find_with(args: &[Value], regex: &Regex) -> CallResult {
    let text = text(args, 1);
    Ok(Value::from(regex.find(&text).map_or("", |found| found.as_str())))
}

pub(crate) fn find_all(args: &[Value]) -> CallResult {
    find_all_with(args, &must_compile(&text(args, 0))?)
}

pub(crate) fn must_find_all(args: &[Value]) -> CallResult {
    find_all_with(args, &compiled(&text(args, 0))?)
}

fn find_all_with(args: &[Value], regex: &Regex) -> CallResult {
    let most = usize::try_from(int(args, 2)).unwrap_or(usize::MAX);
    let text = text(args, 1);
    Ok(Value::strings(regex.find_iter(&text).take(most).map(|found| found.as_str())))
}

/// Go's templates in replacements: `$1`, `${1}`, `${name}`.
pub(crate) fn replace_all(args: &[Value]) -> CallResult {
    replace_all_with(args, &must_compile(&text(args, 0))?)
}

pub(crate) fn must_replace_all(args: &[Value]) -> CallResult {
    replace_all_with(args, &compiled(&text(args, 0))?)
}

fn replace_all_with(args: &[Value], regex: &Regex) -> CallResult {
    let replaced = regex.replace_all(&text(args, 1), text(args, 2).as_str()).into_owned();
    Ok(Value::from(replaced))
}

pub(crate) fn replace_all_literal(args: &[Value]) -> CallResult {
    replace_all_literal_with(args, &must_compile(&text(args, 0))?)
}

pub(crate) fn must_replace_all_literal(args: &[Value]) -> CallResult {
    replace_all_literal_with(args, &compiled(&text(args, 0))?)
}

fn replace_all_literal_with(args: &[Value], regex: &Regex) -> CallResult {
    let with = text(args, 2);
    let replaced = regex.replace_all(&text(args, 1), regex::NoExpand(&with)).into_owned();
    Ok(Value::from(replaced))
}

pub(crate) fn split(args: &[Value]) -> CallResult {
    split_with(args, &must_compile(&text(args, 0))?)
}

pub(crate) fn must_split(args: &[Value]) -> CallResult {
    split_with(args, &compiled(&text(args, 0))?)
}

fn split_with(args: &[Value], regex: &Regex) -> CallResult {
    let (text, most) = (text(args, 1), int(args, 2));
    if most == 0 {
        return Ok(Value::strings(Vec::<String>::new()));
    }
    match usize::try_from(most) {
        Ok(most) => Ok(Value::strings(regex.splitn(&text, most))),
        Err(_) => Ok(Value::strings(regex.split(&text))),
    }
}

pub(crate) fn quote_meta(args: &[Value]) -> CallResult {
    let mut out = String::new();
    for c in text(args, 0).chars() {
        if r"\.+*?()|[]{}^$".contains(c) {
            out.push('\\');
        }
        out.push(c);
    }
    Ok(Value::from(out))
}
