//! `.helmignore`: globs a line, `!` negates, a last `/` means folders only.

use super::LoadError;

/// Most rules that are heeded.
const MAX_RULES: usize = 1_000;

struct Rule {
    pattern: String,
    negate: bool,
    folders: bool,
    /// The pattern names a place, not just a name.
    anchored: bool,
}

pub(super) struct Rules(Vec<Rule>);

impl Rules {
    /// # Errors
    /// For patterns that Helm refuses.
    pub(super) fn parse(text: &str) -> Result<Self, LoadError> {
        let lines = text.lines().map(str::trim);
        let lines = lines.filter(|line| !line.is_empty() && !line.starts_with('#'));
        let rule = |line: &str| {
            let (negate, line) = match line.strip_prefix('!') {
                Some(line) => (true, line),
                None => (false, line),
            };
            let (folders, line) = match line.strip_suffix('/') {
                Some(line) => (true, line),
                None => (false, line),
            };
            let anchored = line.contains('/');
            let pattern = line.strip_prefix('/').unwrap_or(line).to_owned();
            Rule { pattern, negate, folders, anchored }
        };
        if lines.clone().any(|line| line.contains("**")) {
            return Err(LoadError::Refused("double-star (**) syntax is not supported"));
        }
        if lines.clone().any(|line| !is_pattern(line)) {
            return Err(LoadError::Refused("syntax error in pattern"));
        }
        let built_in = rule("templates/.?*");
        Ok(Self(lines.take(MAX_RULES).map(rule).chain([built_in]).collect()))
    }

    /// Whether the file, or a folder it is in, is to be left out.
    pub(super) fn ignore(&self, file: &str) -> bool {
        let ends = file.match_indices('/').map(|(at, _)| (at, true));
        ends.chain([(file.len(), false)]).any(|(end, folder)| self.matches(&file[..end], folder))
    }

    fn matches(&self, path: &str, folder: bool) -> bool {
        let name = path.rsplit('/').next().unwrap_or(path);
        for rule in &self.0 {
            if rule.folders && !folder {
                // A negated rule for folders leaves out every file.
                if rule.negate {
                    return true;
                }
                continue;
            }
            let subject = if rule.anchored { path } else { name };
            let matched = glob(rule.pattern.as_bytes(), subject.as_bytes());
            if rule.negate {
                if !matched {
                    return true;
                }
            } else if matched {
                return true;
            }
        }
        false
    }
}

/// Whether each class is closed and no backslash is last.
fn is_pattern(line: &str) -> bool {
    let mut bytes = line.bytes();
    while let Some(byte) = bytes.next() {
        let closed = match byte {
            b'\\' => bytes.next().is_some(),
            b'[' => bytes.by_ref().any(|byte| byte == b']'),
            _ => true,
        };
        if !closed {
            return false;
        }
    }
    true
}

/// Go's `filepath.Match`; a pattern that is none matches nothing.
pub(crate) fn file_match(pattern: &str, text: &str) -> bool {
    glob(pattern.as_bytes(), text.as_bytes())
}

/// Go's `filepath.Match`, linear: `*` and `?` do not match `/`.
fn glob(pattern: &[u8], text: &[u8]) -> bool {
    let (mut p, mut t) = (0, 0);
    let mut back: Option<(usize, usize)> = None;
    while t < text.len() {
        let step = match pattern.get(p) {
            Some(b'*') => {
                back = Some((p + 1, t));
                p += 1;
                continue;
            }
            Some(b'?') if text[t] != b'/' => Some(p + 1),
            Some(b'[') => class(&pattern[p..], text[t]).map(|length| p + length),
            Some(b'\\') if pattern.get(p + 1) == Some(&text[t]) => Some(p + 2),
            Some(byte) if *byte == text[t] && !matches!(byte, b'?' | b'\\') => Some(p + 1),
            _ => None,
        };
        match (step, back) {
            (Some(next), _) => {
                p = next;
                t += 1;
            }
            (None, Some((star, from))) if text[from] != b'/' => {
                p = star;
                t = from + 1;
                back = Some((star, from + 1));
            }
            _ => return false,
        }
    }
    pattern[p..].iter().all(|byte| *byte == b'*')
}

/// Length of the class at the start of `pattern` if it holds `byte`.
fn class(pattern: &[u8], byte: u8) -> Option<usize> {
    let close = pattern.iter().skip(2).position(|c| *c == b']')? + 2;
    let inner = &pattern[1..close];
    let (negated, inner) = match inner.split_first() {
        Some((b'^', rest)) => (true, rest),
        _ => (false, inner),
    };
    let mut found = false;
    let mut at = 0;
    while at < inner.len() {
        if inner.get(at + 1) == Some(&b'-') && at + 2 < inner.len() {
            found |= (inner[at]..=inner[at + 2]).contains(&byte);
            at += 3;
        } else {
            found |= inner[at] == byte;
            at += 1;
        }
    }
    (found != negated).then_some(close + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules_are_those_of_helmignore() {
        let rules = Rules::parse("*.bak\n# no\n.git/\n/top.txt\nci/*.md\n").unwrap();
        for ignored in ["a.bak", "x/a.bak", ".git/config", "top.txt", "ci/a.md", "templates/.x"] {
            assert!(rules.ignore(ignored), "{ignored}");
        }
        for kept in ["a.baker", "sub/top.txt", "git", "ci/a.yaml", "templates/x"] {
            assert!(!rules.ignore(kept), "{kept}");
        }
    }

    #[test]
    fn a_hostile_glob_takes_no_time() {
        let pattern = "a*".repeat(2_000) + "b";
        assert!(!glob(pattern.as_bytes(), "a".repeat(5_000).as_bytes()));
    }
}
