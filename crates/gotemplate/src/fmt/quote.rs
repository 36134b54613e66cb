//! `strconv.Quote` and `QuoteToASCII`.

/// A Go string literal of the bytes: what `%q` prints.
pub fn quote(text: &[u8]) -> String {
    quoted(text, '"', false)
}

/// As [`quote`], with everything outside ASCII escaped: `%+q`.
pub fn quote_ascii(text: &[u8]) -> String {
    quoted(text, '"', true)
}

pub(super) fn quoted(text: &[u8], mark: char, ascii: bool) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push(mark);
    for chunk in text.utf8_chunks() {
        for c in chunk.valid().chars() {
            escape(c, mark, ascii, &mut out);
        }
        for byte in chunk.invalid() {
            out.push_str(&format!("\\x{byte:02x}"));
        }
    }
    out.push(mark);
    out
}

fn escape(c: char, mark: char, ascii: bool, out: &mut String) {
    match c {
        '\\' => out.push_str("\\\\"),
        _ if c == mark => {
            out.push('\\');
            out.push(c);
        }
        '\u{7}' => out.push_str("\\a"),
        '\u{8}' => out.push_str("\\b"),
        '\u{c}' => out.push_str("\\f"),
        '\n' => out.push_str("\\n"),
        '\r' => out.push_str("\\r"),
        '\t' => out.push_str("\\t"),
        '\u{b}' => out.push_str("\\v"),
        ' '..='~' => out.push(c),
        _ if !ascii && is_print(c) => out.push(c),
        _ if (c as u32) < 0x20 || c == '\u{7f}' => out.push_str(&format!("\\x{:02x}", c as u32)),
        _ if (c as u32) < 0x1_0000 => out.push_str(&format!("\\u{:04x}", c as u32)),
        _ => out.push_str(&format!("\\U{:08x}", c as u32)),
    }
}

/// `strconv.IsPrint`, by the ranges that matter outside ASCII: letters, marks, numbers,
/// punctuation and symbols print; controls, formats, separators, surrogates and private use do not.
pub(crate) fn is_print(c: char) -> bool {
    !matches!(c as u32,
        0..=0x1f | 0x7f..=0xa0 | 0xad | 0x1680 | 0x180e | 0x2000..=0x200f | 0x2028..=0x202f
        | 0x205f..=0x2064 | 0x2066..=0x206f | 0x3000 | 0xe000..=0xf8ff | 0xfeff | 0xfff0..=0xfffb
        | 0xfffe..=0xffff | 0xe0000..=0xe0fff | 0xf0000..=0x10_ffff)
}
