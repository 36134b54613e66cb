//! Lines: indentation, wrapping, abbreviation.

use crate::args::{int, string, text};
use gotemplate::{Call, CallError, CallResult, Value};

pub(crate) fn indent(args: &[Value], call: &mut Call<'_>) -> CallResult {
    indented(args, call, b"")
}

pub(crate) fn nindent(args: &[Value], call: &mut Call<'_>) -> CallResult {
    indented(args, call, b"\n")
}

/// `prefix`, then the text with blanks put before every line.
fn indented(args: &[Value], call: &mut Call<'_>, prefix: &[u8]) -> CallResult {
    let (count, text) = (int(args, 0), string(args, 1));
    let Ok(count) = usize::try_from(count) else {
        return Err(CallError::new("strings: negative Repeat count"));
    };
    let lines = text.as_bytes().iter().filter(|byte| **byte == b'\n').count() + 1;
    let size = lines.checked_mul(count).and_then(|blanks| blanks.checked_add(text.len() + 1));
    call.budget.string(size)?;
    let mut out = Vec::with_capacity(size.unwrap_or(0));
    out.extend_from_slice(prefix);
    for (at, line) in text.as_bytes().split(|byte| *byte == b'\n').enumerate() {
        if at > 0 {
            out.push(b'\n');
        }
        out.resize(out.len() + count, b' ');
        out.extend_from_slice(line);
    }
    Ok(Value::string(out))
}

pub(crate) fn abbrev(args: &[Value]) -> CallResult {
    let (width, whole) = (int(args, 0), text(args, 1));
    if width < 4 {
        return Ok(Value::from(whole));
    }
    Ok(Value::from(abbreviated(&whole, 0, width)))
}

pub(crate) fn abbrev_both(args: &[Value]) -> CallResult {
    let (left, right, whole) = (int(args, 0), int(args, 1), text(args, 2));
    if right < 4 || (left > 0 && right < 7) {
        return Ok(Value::from(whole));
    }
    Ok(Value::from(abbreviated(&whole, left, right)))
}

/// goutils' `AbbreviateFull`.
fn abbreviated(whole: &str, offset: i64, width: i64) -> String {
    let length = whole.len() as i64;
    if length <= width {
        return whole.to_owned();
    }
    let slice = |from: i64, to: i64| {
        let (from, to) = (from.clamp(0, length) as usize, to.clamp(0, length) as usize);
        String::from_utf8_lossy(&whole.as_bytes()[from.min(to)..to]).into_owned()
    };
    let mut offset = offset.clamp(0, length);
    if length - offset < width - 3 {
        offset = length - (width - 3);
    }
    if offset <= 4 {
        return format!("{}...", slice(0, width - 3));
    }
    if offset + width - 3 < length {
        return format!("...{}", abbreviated(&slice(offset, length), 0, width - 3));
    }
    format!("...{}", slice(length - (width - 3), length))
}

pub(crate) fn wrap(args: &[Value]) -> CallResult {
    Ok(Value::from(wrapped(&text(args, 1), int(args, 0), "\n", false)))
}

pub(crate) fn wrap_with(args: &[Value], call: &mut Call<'_>) -> CallResult {
    let (width, whole) = (usize::try_from(int(args, 0)).unwrap_or(0).max(1), string(args, 2));
    let breaks = (whole.len() / width + 1).checked_mul(string(args, 1).len());
    call.budget.string(breaks.and_then(|breaks| breaks.checked_add(whole.len())))?;
    Ok(Value::from(wrapped(&text(args, 2), int(args, 0), &text(args, 1), true)))
}

/// goutils' `WrapCustom`: breaks at the last blank within the width.
fn wrapped(whole: &str, width: i64, line_break: &str, break_long: bool) -> String {
    let width = usize::try_from(width).unwrap_or(0).max(1);
    let line_break = if line_break.is_empty() { "\n" } else { line_break };
    let chars: Vec<char> = whole.chars().collect();
    let mut out = String::new();
    let mut at = 0;
    while chars.len() - at > width {
        if chars[at] == ' ' {
            at += 1;
            continue;
        }
        let blank = (at..=at + width).rev().find(|place| chars.get(*place) == Some(&' '));
        let end = match blank {
            Some(blank) if blank >= at => blank,
            _ if break_long => {
                out.extend(&chars[at..at + width]);
                out.push_str(line_break);
                at += width;
                continue;
            }
            _ => match (at + width..chars.len()).find(|place| chars[*place] == ' ') {
                Some(blank) => blank,
                None => break,
            },
        };
        out.extend(&chars[at..end]);
        out.push_str(line_break);
        at = end + 1;
    }
    out.extend(&chars[at..]);
    out
}
