//! Texts as other languages write them.

/// A string literal of Go.
pub(super) fn go(text: &str) -> String {
    let mut out = String::from("\"");
    for letter in text.chars() {
        match letter {
            '"' | '\\' => out.extend(['\\', letter]),
            ' '..='~' => out.push(letter),
            '\0'..='\x7f' => out.push_str(&format!("\\x{:02x}", letter as u32)),
            '\u{80}'..='\u{ffff}' => out.push_str(&format!("\\u{:04x}", letter as u32)),
            _ => out.push_str(&format!("\\U{:08x}", letter as u32)),
        }
    }
    out.push('"');
    out
}

/// What `\n`, `\t`, `\r`, `\s` (a blank), `\\`, `\xNN` and `\uNNNN` of a table stand for.
pub(super) fn unescaped(raw: &str) -> String {
    let (mut out, mut rest) = (String::new(), raw.chars());
    while let Some(letter) = rest.next() {
        if letter != '\\' {
            out.push(letter);
            continue;
        }
        match rest.next() {
            Some('n') => out.push('\n'),
            Some('t') => out.push('\t'),
            Some('r') => out.push('\r'),
            Some('s') => out.push(' '),
            Some('x') => out.extend(code(&mut rest, 2)),
            Some('u') => out.extend(code(&mut rest, 4)),
            Some(other) => out.push(other),
            None => out.push('\\'),
        }
    }
    out
}

fn code(rest: &mut std::str::Chars<'_>, digits: usize) -> Option<char> {
    let digits: String = rest.take(digits).collect();
    u32::from_str_radix(&digits, 16).ok().and_then(char::from_u32)
}

/// The lines of a table.
pub(super) fn rows(table: &str) -> impl Iterator<Item = &str> {
    table.lines().filter(|line| !line.is_empty())
}

#[cfg(test)]
mod tests {
    use super::{go, unescaped};

    #[test]
    fn texts_are_quoted_and_read() {
        assert_eq!(go("a\"\\\n\u{e9}\u{1f980}"), r#""a\"\\\x0a\u00e9\U0001f980""#);
        assert_eq!(unescaped(r"a\n\s\x41\u00e9\\"), "a\n A\u{e9}\\");
    }
}
