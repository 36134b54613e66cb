//! A line of YAML in colours. Text nodes only: what a chart prints is never markup.

use leptos::either::Either;
use leptos::prelude::*;

/// A piece of a line and what it is; what is nothing in particular has no class.
#[derive(Debug, PartialEq, Eq)]
struct Piece<'l>(&'static str, &'l str);

pub(super) fn line(text: &str) -> impl IntoView + use<> {
    let piece = |Piece(class, text): Piece<'_>| match class {
        // A piece without a colour needs no element.
        "" => Either::Left(text.to_owned()),
        _ => Either::Right(view! { <span class=class>{text.to_owned()}</span> }),
    };
    pieces(text).into_iter().map(piece).collect::<Vec<_>>()
}

fn pieces(text: &str) -> Vec<Piece<'_>> {
    let bare = text.trim_start_matches([' ', '-']);
    let (indent, rest) = text.split_at(text.len() - bare.len());
    let mut out = vec![Piece("", indent)];
    if rest.starts_with('#') {
        out.push(Piece("y-comment", rest));
        return out;
    }
    let (key, value) = rest.split_at(key_end(rest).map_or(0, |end| end + 1));
    if !key.is_empty() {
        out.push(Piece("y-key", key));
    }
    out.push(Piece(value_class(value.trim()), value));
    out
}

/// Where the colon of a key is.
fn key_end(text: &str) -> Option<usize> {
    if text.starts_with(['"', '\'']) {
        let quote = text.chars().next()?;
        let close = text[1..].find(quote)? + 2;
        return text[close..].starts_with(':').then_some(close);
    }
    text.match_indices(':')
        .map(|(at, _)| at)
        .find(|at| text[at + 1..].is_empty() || text[at + 1..].starts_with(' '))
}

fn value_class(value: &str) -> &'static str {
    match value {
        "true" | "false" | "null" | "~" => "y-word",
        _ if value.starts_with(['"', '\'']) => "y-string",
        _ if value.parse::<f64>().is_ok() => "y-number",
        _ => "",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_its_pieces() {
        for text in ["", "a: 1", "  - name: \"x\"", "# c", "\"k\": v", "text: a:b", "---"] {
            let joined: String = pieces(text).iter().map(|piece| piece.1).collect();
            assert_eq!(joined, text);
        }
        assert_eq!(pieces("a: 1")[1..], [Piece("y-key", "a:"), Piece("y-number", " 1")]);
        assert_eq!(pieces("- a"), [Piece("", "- "), Piece("", "a")]);
    }
}
