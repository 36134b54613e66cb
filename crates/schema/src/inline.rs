//! Descriptions as text with little marking: `code`, **bold**, and links to `http` and `https`.
//! Everything else is text as it stands: nothing here ever makes HTML.

/// A part of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Span<'t> {
    Text(&'t str),
    Code(&'t str),
    Bold(&'t str),
    /// What is shown, and the address.
    Link(&'t str, &'t str),
}

/// The parts of a text, in order.
pub fn spans(text: &str) -> Vec<Span<'_>> {
    let mut found = Vec::new();
    let (mut from, mut at) = (0, 0);
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        let before = text.get(..at).and_then(|text| text.chars().last());
        match marked(rest, before) {
            Some((span, length)) => {
                push_text(&mut found, text.get(from..at));
                found.push(span);
                at += length;
                from = at;
            }
            None => at += rest.chars().next().map_or(1, char::len_utf8),
        }
    }
    push_text(&mut found, text.get(from..));
    found
}

fn push_text<'t>(found: &mut Vec<Span<'t>>, text: Option<&'t str>) {
    found.extend(text.filter(|text| !text.is_empty()).map(Span::Text));
}

/// A marked part at the start of a text, and its length with its marks.
fn marked(rest: &str, before: Option<char>) -> Option<(Span<'_>, usize)> {
    let within = |mark: &str| {
        let inside = rest.strip_prefix(mark)?;
        let end = inside.find(mark).filter(|end| *end > 0)?;
        Some((inside.get(..end)?, end + 2 * mark.len()))
    };
    match rest.as_bytes().first()? {
        b'`' => within("`").map(|(text, length)| (Span::Code(text), length)),
        b'*' => within("**").map(|(text, length)| (Span::Bold(text), length)),
        b'[' => link(rest),
        b'h' if !before.is_some_and(char::is_alphanumeric) => {
            let end = rest.find(|c: char| c.is_whitespace() || "<>\"`|".contains(c));
            let address = rest.get(..end.unwrap_or(rest.len()))?;
            let unopened = |text: &str| !text.contains('(');
            let address = address.trim_end_matches(['.', ',', ';', ':', '!', '?', '\'', ']']);
            let address = address.strip_suffix(')').filter(|it| unopened(it)).unwrap_or(address);
            is_address(address).then_some((Span::Link(address, address), address.len()))
        }
        _ => None,
    }
}

/// `[text](address)`.
fn link(rest: &str) -> Option<(Span<'_>, usize)> {
    let (text, after) = rest.get(1..)?.split_once("](")?;
    let end = after.find(')')?;
    let address = after.get(..end)?;
    let fits = !text.is_empty() && !text.contains(['[', '\n']) && is_address(address);
    fits.then_some((Span::Link(text, address), text.len() + end + 4))
}

fn is_address(text: &str) -> bool {
    let host = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    host.is_some_and(|host| host.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '['))
        && !text.contains(char::is_whitespace)
}

#[cfg(test)]
mod tests {
    use super::Span::{Bold, Code, Link, Text};
    use super::spans;

    #[test]
    fn marks_are_read() {
        assert_eq!(
            spans("Set `a.b` to **on**, see https://example.com/x."),
            [
                Text("Set "),
                Code("a.b"),
                Text(" to "),
                Bold("on"),
                Text(", see "),
                Link("https://example.com/x", "https://example.com/x"),
                Text("."),
            ]
        );
        assert_eq!(
            spans("[docs](http://a.b/c) (https://a.b/d)"),
            [
                Link("docs", "http://a.b/c"),
                Text(" ("),
                Link("https://a.b/d", "https://a.b/d"),
                Text(")")
            ]
        );
    }

    #[test]
    fn everything_else_is_text() {
        for text in [
            "<b>x</b>",
            "`open",
            "**open",
            "[x](javascript:alert(1))",
            "[x](data:text/html,x)",
            "httpd and http:// alone",
            "xhttps://a.b",
            "``",
            "a * b ** c",
            "é [é](é)",
        ] {
            assert_eq!(spans(text), [Text(text)], "{text}");
        }
        assert_eq!(spans(""), []);
    }
}
