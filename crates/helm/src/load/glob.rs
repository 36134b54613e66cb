//! `gobwas/glob` with `/` as its separator, as `.Files.Glob` uses it: `*` stays inside a folder,
//! `**` does not, `{a,b}` chooses. Helm takes every file where a pattern is none.

/// Choices that one pattern may expand to.
const MAX_CHOICES: usize = 256;
/// Bytes of a pattern; a file's name is at most as long.
const MAX_PATTERN: usize = 1_024;

pub(crate) fn matches(pattern: &str, name: &str) -> bool {
    if pattern.len() > MAX_PATTERN {
        return false;
    }
    if !classes_fit(pattern.as_bytes()) {
        return true;
    }
    let mut choices = vec![pattern.to_owned()];
    while let Some(at) = choices.iter().position(|choice| braces(choice).is_some()) {
        let choice = choices.swap_remove(at);
        let Some((start, end)) = braces(&choice) else { break };
        for part in choice[start + 1..end].split(',') {
            choices.push(format!("{}{part}{}", &choice[..start], &choice[end + 1..]));
        }
        if choices.len() > MAX_CHOICES {
            return false;
        }
    }
    choices.iter().any(|choice| one(choice.as_bytes(), name.as_bytes()))
}

/// Whether every `[` begins letters or one range of them.
fn classes_fit(mut pattern: &[u8]) -> bool {
    while let Some(at) = pattern.iter().position(|byte| matches!(byte, b'[' | b'\\')) {
        let (escaped, rest) = (pattern[at] == b'\\', &pattern[at + 1..]);
        if escaped {
            pattern = rest.get(1..).unwrap_or_default();
            continue;
        }
        let Some(end) = rest.iter().position(|byte| *byte == b']') else { return false };
        let fits = match rest[..end].strip_prefix(b"!").unwrap_or(&rest[..end]) {
            [] => false,
            [low, b'-', high] => low <= high,
            [_, b'-', ..] => false,
            _ => true,
        };
        if !fits {
            return false;
        }
        pattern = &rest[end + 1..];
    }
    true
}

/// The innermost braces.
fn braces(pattern: &str) -> Option<(usize, usize)> {
    let end = pattern.find('}')?;
    let start = pattern[..end].rfind('{')?;
    Some((start, end))
}

/// Dynamic programming over both: no pattern takes more than its length times the name's.
fn one(pattern: &[u8], name: &[u8]) -> bool {
    let mut states = vec![false; name.len() + 1];
    states[0] = true;
    let mut at = 0;
    while at < pattern.len() {
        let mut next = vec![false; name.len() + 1];
        let (length, run, deep) = match pattern[at] {
            b'*' if pattern.get(at + 1) == Some(&b'*') => (2, true, true),
            b'*' => (1, true, false),
            b'[' => (class_length(&pattern[at..]), false, false),
            b'\\' => (2, false, false),
            _ => (1, false, false),
        };
        for place in 0..=name.len() {
            if run {
                let before = place.checked_sub(1);
                let extends =
                    before.is_some_and(|before| next[before] && (deep || name[before] != b'/'));
                next[place] = states[place] || extends;
            } else if let Some(before) = place.checked_sub(1) {
                next[place] = states[before] && single(&pattern[at..], name[before]);
            }
        }
        states = next;
        at += length;
    }
    states[name.len()]
}

fn class_length(pattern: &[u8]) -> usize {
    pattern.iter().position(|byte| *byte == b']').map_or(1, |at| at + 1)
}

fn single(pattern: &[u8], byte: u8) -> bool {
    match pattern {
        [b'?', ..] => byte != b'/',
        [b'\\', escaped, ..] => *escaped == byte,
        [b'[', ..] => {
            let inner = &pattern[1..class_length(pattern).saturating_sub(1).max(1)];
            let (negated, inner) = match inner.split_first() {
                Some((b'!', rest)) => (true, rest),
                _ => (false, inner),
            };
            let among = match inner {
                [low, b'-', high] => (low..=high).contains(&&byte),
                letters => letters.contains(&byte),
            };
            among != negated
        }
        [literal, ..] => *literal == byte,
        [] => false,
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn globs_are_those_of_files() {
        for (pattern, name, expected) in [
            ("*.txt", "a.txt", true),
            ("*.txt", "d/a.txt", false),
            ("**.txt", "d/a.txt", true),
            ("d/*", "d/a", true),
            ("d/**", "d/e/a", true),
            ("{a,b}/*.y", "b/c.y", true),
            ("[a-c].y", "b.y", true),
            ("[!a]*", "b", true),
            ("[^a]", "b", false),
            ("[a", "b", true),
            ("[b-a]", "c", true),
            ("\\[a", "b", false),
        ] {
            assert_eq!(super::matches(pattern, name), expected, "{pattern} {name}");
        }
    }
}
