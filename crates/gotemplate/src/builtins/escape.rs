//! `html`, `js`, `urlquery`.

use crate::fmt;
use crate::func::{CallError, CallResult};
use crate::value::Value;

/// Go's `evalArgs`: a lone string as it is, all else as `Sprint` does; nothing is a text.
fn text(args: &[Value]) -> Result<Vec<u8>, CallError> {
    if let [Value::String(text)] = args {
        return Ok(text.as_bytes().to_vec());
    }
    let printable = |arg: &Value| match arg {
        Value::Nil => Value::from("<no value>"),
        arg => arg.clone(),
    };
    Ok(fmt::sprint(&args.iter().map(printable).collect::<Vec<_>>())?)
}

pub(super) fn html(args: &[Value]) -> CallResult {
    let mut out = Vec::new();
    for byte in text(args)? {
        match byte {
            0 => out.extend_from_slice("\u{fffd}".as_bytes()),
            b'"' => out.extend_from_slice(b"&#34;"),
            b'\'' => out.extend_from_slice(b"&#39;"),
            b'&' => out.extend_from_slice(b"&amp;"),
            b'<' => out.extend_from_slice(b"&lt;"),
            b'>' => out.extend_from_slice(b"&gt;"),
            _ => out.push(byte),
        }
    }
    Ok(Value::string(out))
}

pub(super) fn js(args: &[Value]) -> CallResult {
    let text = text(args)?;
    let mut out = String::new();
    for c in String::from_utf8_lossy(&text).chars() {
        match c {
            '\\' => out.push_str("\\\\"),
            '\'' => out.push_str("\\'"),
            '"' => out.push_str("\\\""),
            '<' | '>' | '&' | '=' => out.push_str(&format!("\\u{:04X}", c as u32)),
            _ if (c as u32) < 0x20 || (!c.is_ascii() && !fmt::is_print(c)) => {
                out.push_str(&format!("\\u{:04X}", c as u32))
            }
            _ => out.push(c),
        }
    }
    Ok(Value::from(out))
}

/// `url.QueryEscape`.
pub(super) fn urlquery(args: &[Value]) -> CallResult {
    let mut out = String::new();
    for byte in text(args)? {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => {
                out.push(char::from(byte));
            }
            b' ' => out.push('+'),
            _ => out.push_str(&format!("%{byte:02X}")),
        }
    }
    Ok(Value::from(out))
}
