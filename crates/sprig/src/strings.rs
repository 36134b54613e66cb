//! Sprig's string functions. Lengths and cuts count bytes, as Go's slices do.

use crate::args::{as_list, int, string, strslice, strval, text};
use gotemplate::{Call, CallError, CallResult, Map, MapType, Value, fmt};
use memchr::memmem;

fn is_space(c: char) -> bool {
    c.is_whitespace()
}

fn mapped(args: &[Value], change: impl FnOnce(&str) -> String) -> CallResult {
    Ok(Value::from(change(&text(args, 0))))
}

pub(crate) fn trim(args: &[Value]) -> CallResult {
    mapped(args, |text| text.trim_matches(is_space).to_owned())
}

pub(crate) fn upper(args: &[Value]) -> CallResult {
    mapped(args, |text| text.chars().map(upper_char).collect())
}

pub(crate) fn lower(args: &[Value]) -> CallResult {
    mapped(args, |text| text.chars().map(lower_char).collect())
}

/// Go maps one character to one.
pub(crate) fn upper_char(c: char) -> char {
    let mut upper = c.to_uppercase();
    match (upper.next(), upper.next()) {
        (Some(one), None) => one,
        _ => greek_upper(c).unwrap_or(c),
    }
}

/// The Greek letters with a iota below: one capital in Go, two in Rust.
fn greek_upper(c: char) -> Option<char> {
    let code = c as u32;
    match code {
        0x1f80..=0x1f87 | 0x1f90..=0x1f97 | 0x1fa0..=0x1fa7 => char::from_u32(code + 8),
        0x1fb3 | 0x1fc3 | 0x1ff3 => char::from_u32(code + 9),
        _ => None,
    }
}

pub(crate) fn lower_char(c: char) -> char {
    if c == 'İ' {
        return 'i';
    }
    let mut lower = c.to_lowercase();
    match (lower.next(), lower.next()) {
        (Some(one), None) => one,
        _ => c,
    }
}

/// Go's `unicode.ToTitle`: a few letters have a third case.
fn title_char(c: char) -> char {
    match c {
        'Ǆ'..='ǆ' => 'ǅ',
        'Ǉ'..='ǉ' => 'ǈ',
        'Ǌ'..='ǌ' => 'ǋ',
        'Ǳ'..='ǳ' => 'ǲ',
        'ა'..='ჿ' => c,
        _ => upper_char(c),
    }
}

/// Go's `strings.Title`: a letter after what is no letter, digit, underscore or apostrophe.
pub(crate) fn title(args: &[Value]) -> CallResult {
    mapped(args, |text| by_word(text, title_char))
}

pub(crate) fn untitle(args: &[Value]) -> CallResult {
    mapped(args, |text| {
        let mut before = ' ';
        let word = |c: char| {
            let begins = is_space(before);
            before = c;
            if begins { lower_char(c) } else { c }
        };
        text.chars().map(word).collect()
    })
}

fn by_word(text: &str, change: fn(char) -> char) -> String {
    let mut before = ' ';
    let change = |c: char| {
        let separator = if before.is_ascii() {
            !(before.is_ascii_alphanumeric() || before == '_')
        } else {
            is_space(before)
        };
        before = c;
        if separator { change(c) } else { c }
    };
    text.chars().map(change).collect()
}

pub(crate) fn nospace(args: &[Value]) -> CallResult {
    // goutils takes every byte for a character.
    let whole = string(args, 0);
    let bytes = whole.as_bytes().iter().map(|byte| char::from(*byte));
    if !bytes.clone().any(is_space) {
        return Ok(whole.clone().into());
    }
    Ok(Value::from(bytes.filter(|c| !is_space(*c)).collect::<String>()))
}

pub(crate) fn swapcase(args: &[Value]) -> CallResult {
    mapped(args, |text| {
        let mut begins = true;
        let swap = |c: char| {
            let swapped = if c.is_uppercase() || matches!(c, 'ǅ' | 'ǈ' | 'ǋ' | 'ǲ') {
                lower_char(c)
            } else if begins {
                title_char(c)
            } else {
                upper_char(c)
            };
            begins = is_space(c);
            swapped
        };
        text.chars().map(swap).collect()
    })
}

pub(crate) fn initials(args: &[Value]) -> CallResult {
    // goutils takes every byte for a character.
    let whole: String = string(args, 0).as_bytes().iter().map(|byte| char::from(*byte)).collect();
    let first = whole.split_whitespace().filter_map(|word| word.chars().next());
    Ok(Value::from(first.collect::<String>()))
}

/// Where `needle` begins, in time linear in both.
fn find(hay: &[u8], needle: &[u8]) -> Option<usize> {
    memmem::find(hay, needle)
}

pub(crate) fn contains(args: &[Value]) -> CallResult {
    let found = find(string(args, 1).as_bytes(), string(args, 0).as_bytes());
    Ok(Value::Bool(found.is_some()))
}

pub(crate) fn has_prefix(args: &[Value]) -> CallResult {
    Ok(Value::Bool(string(args, 1).as_bytes().starts_with(string(args, 0).as_bytes())))
}

pub(crate) fn has_suffix(args: &[Value]) -> CallResult {
    Ok(Value::Bool(string(args, 1).as_bytes().ends_with(string(args, 0).as_bytes())))
}

pub(crate) fn quote(args: &[Value]) -> CallResult {
    let mut words = Vec::new();
    for arg in args.iter().filter(|arg| !matches!(arg, Value::Nil)) {
        words.push(fmt::quote(&strval(arg)?));
    }
    Ok(Value::from(words.join(" ")))
}

pub(crate) fn squote(args: &[Value]) -> CallResult {
    let mut words = Vec::new();
    for arg in args.iter().filter(|arg| !matches!(arg, Value::Nil)) {
        words.push(format!("'{}'", String::from_utf8_lossy(&fmt::value_v(arg)?)));
    }
    Ok(Value::from(words.join(" ")))
}

pub(crate) fn cat(args: &[Value]) -> CallResult {
    let mut words = Vec::new();
    for arg in args.iter().filter(|arg| !matches!(arg, Value::Nil)) {
        words.push(String::from_utf8_lossy(&fmt::value_v(arg)?).into_owned());
    }
    Ok(Value::from(words.join(" ")))
}

pub(crate) fn trim_all(args: &[Value]) -> CallResult {
    let cut: Vec<char> = text(args, 0).chars().collect();
    Ok(Value::from(text(args, 1).trim_matches(cut.as_slice())))
}

pub(crate) fn trim_suffix(args: &[Value]) -> CallResult {
    let (suffix, whole) = (string(args, 0), string(args, 1));
    let cut = whole.as_bytes().strip_suffix(suffix.as_bytes());
    Ok(cut.map_or_else(|| whole.clone().into(), Value::string))
}

pub(crate) fn trim_prefix(args: &[Value]) -> CallResult {
    let (prefix, whole) = (string(args, 0), string(args, 1));
    let cut = whole.as_bytes().strip_prefix(prefix.as_bytes());
    Ok(cut.map_or_else(|| whole.clone().into(), Value::string))
}

/// The first `c` bytes, or the last `-c`.
pub(crate) fn trunc(args: &[Value]) -> CallResult {
    let (count, whole) = (int(args, 0), string(args, 1));
    let bytes = whole.as_bytes();
    let size = usize::try_from(count.unsigned_abs()).unwrap_or(usize::MAX);
    if size >= bytes.len() {
        return Ok(whole.clone().into());
    }
    let cut = if count < 0 { &bytes[bytes.len() - size..] } else { &bytes[..size] };
    Ok(Value::string(cut))
}

pub(crate) fn substr(args: &[Value]) -> CallResult {
    let (start, end, whole) = (int(args, 0), int(args, 1), string(args, 2));
    let bytes = whole.as_bytes();
    let length = bytes.len() as i64;
    let (from, to) = if start < 0 {
        (0, end)
    } else if end < 0 || end > length {
        (start, length)
    } else {
        (start, end)
    };
    if to < 0 {
        return Err(CallError::new(format!("runtime error: slice bounds out of range [:{to}]")));
    }
    if to > length {
        return Err(CallError::new(format!(
            "runtime error: slice bounds out of range [:{to}] with length {length}"
        )));
    }
    if from > to {
        return Err(CallError::new(format!(
            "runtime error: slice bounds out of range [{from}:{to}]"
        )));
    }
    Ok(Value::string(&bytes[from as usize..to as usize]))
}

pub(crate) fn repeat(args: &[Value], call: &mut Call<'_>) -> CallResult {
    let (count, unit) = (int(args, 0), string(args, 1));
    let Ok(count) = usize::try_from(count) else {
        return Err(CallError::new("strings: negative Repeat count"));
    };
    call.budget.string(unit.len().checked_mul(count))?;
    Ok(Value::string(unit.as_bytes().repeat(count)))
}

pub(crate) fn replace(args: &[Value], call: &mut Call<'_>) -> CallResult {
    let (old, new, whole) = (string(args, 0), string(args, 1), string(args, 2));
    let (old, new, bytes) = (old.as_bytes(), new.as_bytes(), whole.as_bytes());
    let growth = if old.is_empty() {
        (bytes.len() + 1).checked_mul(new.len())
    } else {
        (bytes.len() / old.len()).checked_mul(new.len())
    };
    call.budget.string(growth.and_then(|growth| growth.checked_add(bytes.len())))?;
    if old.is_empty() {
        let text = whole.to_str_lossy();
        return Ok(Value::from(text.replace("", &String::from_utf8_lossy(new))));
    }
    let mut out = Vec::with_capacity(bytes.len());
    let mut rest = bytes;
    while let Some(at) = find(rest, old) {
        out.extend_from_slice(&rest[..at]);
        out.extend_from_slice(new);
        rest = &rest[at + old.len()..];
    }
    out.extend_from_slice(rest);
    Ok(Value::string(out))
}

pub(crate) fn plural(args: &[Value]) -> CallResult {
    let which = usize::from(int(args, 2) != 1);
    Ok(string(args, which).into())
}

pub(crate) fn to_string(args: &[Value]) -> CallResult {
    Ok(Value::string(strval(&args[0])?))
}

pub(crate) fn to_strings(args: &[Value], call: &mut Call<'_>) -> CallResult {
    Ok(Value::strings(strslice(&args[0], call)?))
}

pub(crate) fn join(args: &[Value], call: &mut Call<'_>) -> CallResult {
    let separator = string(args, 0);
    let words = strslice(&args[1], call)?;
    let length: usize = words.iter().map(Vec::len).sum();
    let between = words.len().saturating_sub(1).checked_mul(separator.len());
    call.budget.string(between.and_then(|between| between.checked_add(length)))?;
    Ok(Value::string(words.join(separator.as_bytes())))
}

pub(crate) fn sort_alpha(args: &[Value], call: &mut Call<'_>) -> CallResult {
    if as_list(&args[0]).is_some() {
        let mut words = strslice(&args[0], call)?;
        words.sort();
        return Ok(Value::strings(words));
    }
    Ok(Value::strings([strval(&args[0])?]))
}

/// How many pieces a text has at most; they are charged before they are made.
fn charge_pieces(separator: &[u8], whole: &[u8], call: &mut Call<'_>) -> Result<(), CallError> {
    let count = match separator.is_empty() {
        true => whole.len(),
        false => memmem::find_iter(whole, separator).count() + 1,
    };
    call.budget.elements(Some(count))?;
    Ok(call.budget.string(Some(whole.len()))?)
}

fn pieces(separator: &[u8], whole: &[u8], most: Option<usize>) -> Vec<Vec<u8>> {
    if separator.is_empty() {
        let text = String::from_utf8_lossy(whole);
        let all = text.char_indices().map(|(at, _)| at).skip(1).chain([text.len()]);
        let mut out = Vec::new();
        let mut from = 0;
        for to in all.filter(|to| *to > 0) {
            let last = most.is_some_and(|most| out.len() + 1 == most);
            let to = if last { text.len() } else { to };
            out.push(text[from..to].as_bytes().to_vec());
            from = to;
            if last {
                break;
            }
        }
        return out;
    }
    let mut out = Vec::new();
    let mut rest = whole;
    while most.is_none_or(|most| out.len() + 1 < most) {
        let Some(at) = find(rest, separator) else { break };
        out.push(rest[..at].to_vec());
        rest = &rest[at + separator.len()..];
    }
    out.push(rest.to_vec());
    out
}

fn numbered(pieces: Vec<Vec<u8>>) -> Value {
    let entries = pieces.into_iter().enumerate();
    let entries = entries.map(|(at, piece)| (format!("_{at}").into(), Value::string(piece)));
    Value::Map(Map::from_entries(entries.collect(), MapType::Str))
}

pub(crate) fn split(args: &[Value], call: &mut Call<'_>) -> CallResult {
    let (separator, whole) = (string(args, 0), string(args, 1));
    charge_pieces(separator.as_bytes(), whole.as_bytes(), call)?;
    Ok(numbered(pieces(separator.as_bytes(), whole.as_bytes(), None)))
}

pub(crate) fn split_list(args: &[Value], call: &mut Call<'_>) -> CallResult {
    let (separator, whole) = (string(args, 0), string(args, 1));
    charge_pieces(separator.as_bytes(), whole.as_bytes(), call)?;
    Ok(Value::strings(pieces(separator.as_bytes(), whole.as_bytes(), None)))
}

pub(crate) fn splitn(args: &[Value], call: &mut Call<'_>) -> CallResult {
    let (separator, whole, most) = (string(args, 0), string(args, 2), int(args, 1));
    if most == 0 {
        return Ok(numbered(Vec::new()));
    }
    charge_pieces(separator.as_bytes(), whole.as_bytes(), call)?;
    let most = usize::try_from(most).ok();
    Ok(numbered(pieces(separator.as_bytes(), whole.as_bytes(), most)))
}
