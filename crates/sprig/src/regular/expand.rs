//! Replacements with `$1`, `$name` and `${name}`, as Go's `Regexp.Expand` reads them.

use super::subject::Subject;
use regex_automata::util::captures::Captures;

enum Part {
    Text(Vec<u8>),
    /// The numbers of the groups that it may be; the first that matched counts.
    Groups(Vec<usize>),
}

/// A replacement, read once for all matches.
pub(super) struct Template(Vec<Part>);

impl Template {
    pub(super) fn new(with: &[u8], names: &[(String, usize)]) -> Self {
        let mut parts = Vec::new();
        let mut text = Vec::new();
        let mut rest = with;
        while let Some(at) = rest.iter().position(|byte| *byte == b'$') {
            text.extend_from_slice(&rest[..at]);
            let after = &rest[at + 1..];
            if after.first() == Some(&b'$') {
                text.push(b'$');
                rest = &after[1..];
            } else if let Some((part, length)) = reference(after, names) {
                parts.push(Part::Text(std::mem::take(&mut text)));
                parts.push(part);
                rest = &after[length..];
            } else {
                text.push(b'$');
                rest = after;
            }
        }
        text.extend_from_slice(rest);
        parts.push(Part::Text(text));
        Self(parts)
    }

    /// Writes the replacement of one match.
    pub(super) fn write(&self, found: &Captures, subject: &Subject<'_>, out: &mut Vec<u8>) {
        for part in &self.0 {
            let group = match part {
                Part::Text(text) => {
                    out.extend_from_slice(text);
                    continue;
                }
                Part::Groups(groups) => groups.iter().find_map(|at| found.get_group(*at)),
            };
            if let Some(group) = group {
                out.extend_from_slice(subject.original(group.range()));
            }
        }
    }
}

/// What follows a `$`, and how long it is; `None` where that is no name.
fn reference(text: &[u8], names: &[(String, usize)]) -> Option<(Part, usize)> {
    let braces = text.first() == Some(&b'{');
    let body = if braces { &text[1..] } else { text };
    let body = match std::str::from_utf8(body) {
        Ok(body) => body,
        Err(error) => std::str::from_utf8(&body[..error.valid_up_to()]).ok()?,
    };
    let word = |c: char| c == '_' || c.is_alphanumeric();
    let name = &body[..body.find(|c| !word(c)).unwrap_or(body.len())];
    if name.is_empty() || braces && !body[name.len()..].starts_with('}') {
        return None;
    }
    let zero = name.len() > 1 && name.starts_with('0');
    let digits = name.bytes().all(|byte| byte.is_ascii_digit());
    let groups = match name.parse() {
        Ok(index) if digits && !zero => vec![index],
        _ => names.iter().filter(|(known, _)| known == name).map(|(_, index)| *index).collect(),
    };
    Some((Part::Groups(groups), name.len() + if braces { 2 } else { 0 }))
}
