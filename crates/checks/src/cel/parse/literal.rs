//! Literals of CEL: numbers, and strings and bytes with their escapes.

use super::{Cel, Expr, Parse, Parser};

impl Parser<'_> {
    pub(super) fn number(&mut self) -> Parse<Expr> {
        let rest = self.rest();
        if let Some(hex) = rest.strip_prefix("0x") {
            let end = hex.find(|c: char| !c.is_ascii_hexdigit()).unwrap_or(hex.len());
            let value = i64::from_str_radix(&hex[..end], 16);
            self.at += 2 + end;
            return match value {
                Ok(value) => Ok(Expr::Literal(Cel::Int(value))),
                Err(_) => self.fail("the number is too large"),
            };
        }
        let mut end = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
        let mut float = false;
        if rest[end..].starts_with('.') && rest[end + 1..].starts_with(|c: char| c.is_ascii_digit())
        {
            float = true;
            end += 1;
            end += rest[end..].find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len() - end);
        }
        if rest[end..].starts_with(['e', 'E']) {
            float = true;
            end += 1;
            end += usize::from(rest[end..].starts_with(['+', '-']));
            end += rest[end..].find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len() - end);
        }
        let text = &rest[..end];
        let unsigned = !float && rest[end..].starts_with(['u', 'U']);
        self.at += end + usize::from(unsigned);
        let value = if float {
            text.parse().ok().map(Cel::Double)
        } else if unsigned {
            text.parse().ok().map(Cel::Uint)
        } else {
            text.parse().ok().map(Cel::Int)
        };
        match value {
            Some(value) => Ok(Expr::Literal(value)),
            None => self.fail("the number is too large"),
        }
    }

    pub(super) fn string(&mut self, prefix: usize) -> Parse<Expr> {
        let rest = self.rest();
        let flags = rest[..prefix].to_ascii_lowercase();
        let body = &rest[prefix..];
        let quote = ["\"\"\"", "'''", "\"", "'"].into_iter().find(|quote| body.starts_with(quote));
        let Some(quote) = quote else { return self.fail("expected a string") };
        let raw = flags.contains('r');
        let inner = &body[quote.len()..];
        let mut out = Vec::new();
        let mut at = 0;
        loop {
            let tail = &inner[at..];
            let Some(c) = tail.chars().next() else { return self.fail("the string is not closed") };
            if tail.starts_with(quote) {
                break;
            }
            if c == '\\' && !raw {
                match escape(&tail[1..], flags.contains('b')) {
                    Some((bytes, length)) => {
                        out.extend(bytes);
                        at += 1 + length;
                    }
                    None => return self.fail("unknown escape in a string"),
                }
            } else {
                let mut buffer = [0; 4];
                out.extend_from_slice(c.encode_utf8(&mut buffer).as_bytes());
                at += c.len_utf8();
            }
        }
        self.at += prefix + 2 * quote.len() + at;
        Ok(Expr::Literal(if flags.contains('b') {
            Cel::Bytes(out.into())
        } else {
            Cel::String(String::from_utf8_lossy(&out).into_owned().into())
        }))
    }
}

/// Length of the `r`, `b`, `rb` before a quote.
pub(super) fn string_prefix(text: &str) -> Option<usize> {
    let end = text.find(['"', '\''])?;
    let flags = &text[..end];
    let fits = end <= 2 && flags.chars().all(|c| matches!(c, 'r' | 'R' | 'b' | 'B'));
    fits.then_some(end)
}

/// The bytes of an escape and its length behind the backslash.
fn escape(text: &str, bytes: bool) -> Option<(Vec<u8>, usize)> {
    let first = text.chars().next()?;
    let simple = match first {
        'n' => '\n',
        't' => '\t',
        'r' => '\r',
        'a' => '\u{7}',
        'b' => '\u{8}',
        'f' => '\u{c}',
        'v' => '\u{b}',
        '\\' | '\'' | '"' | '`' | '?' => first,
        'x' | 'X' => return code(text.get(1..3)?, 16, bytes).map(|out| (out, 3)),
        'u' => return code(text.get(1..5)?, 16, false).map(|out| (out, 5)),
        'U' => return code(text.get(1..9)?, 16, false).map(|out| (out, 9)),
        '0'..='3' => return code(text.get(..3)?, 8, bytes).map(|out| (out, 3)),
        _ => return None,
    };
    Some((simple.to_string().into_bytes(), 1))
}

fn code(digits: &str, radix: u32, byte: bool) -> Option<Vec<u8>> {
    let value = u32::from_str_radix(digits, radix).ok()?;
    if byte {
        return u8::try_from(value).ok().map(|byte| vec![byte]);
    }
    Some(char::from_u32(value)?.to_string().into_bytes())
}
