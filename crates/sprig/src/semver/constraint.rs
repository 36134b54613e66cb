//! Constraints (`>=1.2 <2 || ^3.1`): what a version must be.

use super::Version;
use std::cmp::Ordering;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Operator {
    Equal,
    NotEqual,
    Greater,
    Less,
    GreaterEqual,
    LessEqual,
    Tilde,
    Caret,
}

#[derive(Clone, Debug)]
struct Comparison {
    operator: Operator,
    version: Version,
    minor_dirty: bool,
    patch_dirty: bool,
    dirty: bool,
}

/// Alternatives (`||`) of comparisons that must all hold.
#[derive(Clone, Debug)]
pub struct Constraint {
    alternatives: Vec<Vec<Comparison>>,
}

impl Constraint {
    /// Masterminds' `NewConstraint`.
    ///
    /// # Errors
    /// `improper constraint: "PART"`, for the first of the alternatives that is none.
    pub fn parse(text: &str) -> Result<Self, String> {
        if text.len() > MAX_CONSTRAINT {
            return Err(format!("constraint string is too long (max {MAX_CONSTRAINT} bytes)"));
        }
        let text = expand_hyphens(text);
        let alternatives = text
            .split("||")
            .map(|part| comparisons(part).ok_or_else(|| format!("improper constraint: {part:?}")));
        Ok(Self { alternatives: alternatives.collect::<Result<_, _>>()? })
    }

    pub fn check(&self, version: &Version) -> bool {
        self.alternatives.iter().any(|all| all.iter().all(|comparison| comparison.check(version)))
    }
}

/// Longest constraint that is read, in bytes.
const MAX_CONSTRAINT: usize = 512;

/// Every `1.2 - 1.4` becomes `>= 1.2, <= 1.4`.
fn expand_hyphens(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = next_range(rest) {
        let (from, to, range) = at;
        out.push_str(&rest[..range.start]);
        out.push_str(&format!(">= {from}, <= {to} "));
        rest = &rest[range.end..];
    }
    out + rest
}

/// The first two versions with a hyphen in blanks between them, and where they stand.
fn next_range(text: &str) -> Option<(&str, &str, std::ops::Range<usize>)> {
    let mut from = 0;
    while let Some(found) = text.get(from..)?.find(" - ") {
        let hyphen = from + found + 1;
        let before = text[..hyphen].trim_end();
        let after = text[hyphen + 1..].trim_start();
        let start = (0..before.len()).filter(|at| before.is_char_boundary(*at));
        let start = start.filter(|at| version_length(&before[*at..]) == before.len() - at).min();
        let length = version_length(after);
        if let (Some(start), true) = (start, length > 0) {
            let end = text.len() - after.len() + length;
            let blanks = text[end..].len() - text[end..].trim_start().len();
            let lead = text[..start].trim_end().len();
            return Some((&before[start..], &after[..length], lead..end + blanks));
        }
        from = hyphen + 1;
    }
    None
}

/// How many bytes of a version (with wildcards) the text begins with.
fn version_length(text: &str) -> usize {
    let bytes = text.as_bytes();
    let run = |from: usize, fits: fn(u8) -> bool| {
        let rest = bytes.get(from..).unwrap_or_default();
        rest.iter().position(|byte| !fits(*byte)).unwrap_or(rest.len())
    };
    let number = |byte: u8| byte.is_ascii_digit() || b"xX*|".contains(&byte);
    let word = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
    let mut at = usize::from(bytes.first() == Some(&b'v'));
    let first = run(at, number);
    if first == 0 {
        return 0;
    }
    at += first;
    for _ in 0..2 {
        let more = if bytes.get(at) == Some(&b'.') { run(at + 1, number) } else { 0 };
        if more == 0 {
            break;
        }
        at += 1 + more;
    }
    for lead in *b"-+" {
        let mut joint = lead;
        while bytes.get(at) == Some(&joint) && run(at + 1, word) > 0 {
            at += 1 + run(at + 1, word);
            joint = b'.';
        }
    }
    at
}

/// Comparisons parted by blanks or a comma; `None` where anything else stands between them.
fn comparisons(text: &str) -> Option<Vec<Comparison>> {
    let mut found = Vec::new();
    let mut rest = text.trim_start();
    loop {
        let after = rest.trim_start_matches(['=', '!', '<', '>', '~', '^']);
        let operator = &rest[..rest.len() - after.len()];
        let after = after.trim_start();
        let length = version_length(after);
        if length == 0 {
            return None;
        }
        let (version, tail) = after.split_at(length);
        found.push(Comparison::parse(operator, version)?);
        let parted = tail.trim_start();
        rest = parted.strip_prefix(',').unwrap_or(parted).trim_start();
        if parted.is_empty() {
            return Some(found);
        }
        if rest.len() == tail.len() {
            return None;
        }
    }
}

impl Comparison {
    fn parse(operator: &str, text: &str) -> Option<Self> {
        let operator = match operator {
            "" | "=" => Operator::Equal,
            "!=" => Operator::NotEqual,
            ">" => Operator::Greater,
            "<" => Operator::Less,
            ">=" | "=>" => Operator::GreaterEqual,
            "<=" | "=<" => Operator::LessEqual,
            "~" | "~>" => Operator::Tilde,
            "^" => Operator::Caret,
            _ => return None,
        };
        let wild = |part: &str| matches!(part, "x" | "X" | "*");
        let bare = text.strip_prefix('v').unwrap_or(text);
        let core = bare.split(['-', '+']).next().unwrap_or_default();
        let parts: Vec<&str> = core.split('.').collect();
        let missing = |at: usize| parts.get(at).copied().is_none_or(wild);
        let prerelease = bare[core.len()..].split('+').next().unwrap_or_default();
        let (major, minor) = (parts.first().copied(), parts.get(1).copied());
        let (major, minor) = (major.unwrap_or_default(), minor.unwrap_or_default());
        let full = if missing(0) {
            format!("0.0.0{prerelease}")
        } else if missing(1) {
            format!("{major}.0.0{prerelease}")
        } else if missing(2) {
            format!("{major}.{minor}.0{prerelease}")
        } else {
            bare.to_owned()
        };
        Some(Self {
            operator,
            version: Version::parse(&full)?,
            minor_dirty: !missing(0) && missing(1),
            patch_dirty: !missing(0) && !missing(1) && missing(2),
            dirty: missing(0) || missing(1) || missing(2),
        })
    }

    fn check(&self, version: &Version) -> bool {
        let wanted = &self.version;
        if !version.prerelease.is_empty() && wanted.prerelease.is_empty() {
            return false;
        }
        match self.operator {
            Operator::Equal if self.dirty => self.tilde(version),
            Operator::Equal => version.cmp(wanted) == Ordering::Equal,
            Operator::NotEqual => self.not_equal(version),
            Operator::Greater => self.greater(version),
            Operator::Less => version < wanted,
            Operator::GreaterEqual => version >= wanted,
            Operator::LessEqual => self.less_equal(version),
            Operator::Tilde => self.tilde(version),
            Operator::Caret => self.caret(version),
        }
    }

    fn not_equal(&self, version: &Version) -> bool {
        let wanted = &self.version;
        let whole = version.cmp(wanted) != Ordering::Equal;
        if !self.dirty {
            return whole;
        }
        if version.major != wanted.major {
            return true;
        }
        if self.minor_dirty {
            return false;
        }
        if version.minor != wanted.minor {
            return true;
        }
        if self.patch_dirty { version.prerelease != wanted.prerelease } else { whole }
    }

    fn greater(&self, version: &Version) -> bool {
        let wanted = &self.version;
        match version.major.cmp(&wanted.major) {
            _ if !self.minor_dirty && !self.patch_dirty => version > wanted,
            Ordering::Greater => true,
            Ordering::Less => false,
            Ordering::Equal => !self.minor_dirty && version.minor > wanted.minor,
        }
    }

    fn less_equal(&self, version: &Version) -> bool {
        let wanted = &self.version;
        if !self.dirty {
            return version <= wanted;
        }
        match version.major.cmp(&wanted.major) {
            Ordering::Greater => false,
            Ordering::Less => true,
            Ordering::Equal => self.minor_dirty || version.minor <= wanted.minor,
        }
    }

    /// Same major, and same minor where one is named; `~0.0.0` and `*` take all.
    fn tilde(&self, version: &Version) -> bool {
        let wanted = &self.version;
        let zero = (wanted.major, wanted.minor, wanted.patch) == (0, 0, 0);
        if version < wanted {
            return false;
        }
        if zero && !self.minor_dirty && !self.patch_dirty {
            return true;
        }
        version.major == wanted.major && (self.minor_dirty || version.minor == wanted.minor)
    }

    /// Nothing left of the first non-zero number changes.
    fn caret(&self, version: &Version) -> bool {
        let wanted = &self.version;
        if version < wanted {
            return false;
        }
        if wanted.major > 0 || self.minor_dirty {
            return version.major == wanted.major;
        }
        if version.major > 0 {
            return false;
        }
        if wanted.minor > 0 || self.patch_dirty {
            return version.minor == wanted.minor;
        }
        version.minor == 0 && version.patch == wanted.patch
    }
}
