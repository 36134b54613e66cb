//! Semantic versions and constraints as Masterminds/semver v3 reads them, and Sprig's two
//! functions over them.

use crate::args::text;
use gotemplate::{CallError, CallResult, Kind, Object, Str, UintType, Value};
use std::any::Any;
use std::borrow::Cow;
use std::cmp::Ordering;
use std::rc::Rc;

/// A version; `original` is the text it was read from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Version {
    pub major: u64,
    pub minor: u64,
    pub patch: u64,
    pub prerelease: String,
    pub metadata: String,
    pub original: String,
}

/// Why a text is no version, in Masterminds' words.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum VersionError {
    #[error("invalid semantic version")]
    Invalid,
    #[error("version segment starts with 0")]
    LeadingZero,
    #[error(
        "error parsing version segment: strconv.ParseUint: parsing \"{0}\": value out of range"
    )]
    OutOfRange(String),
    #[error("invalid prerelease string")]
    Prerelease,
    #[error("invalid metadata string")]
    Metadata,
}

/// Parts between points, each of letters, digits and hyphens.
fn identifiers(text: &str) -> bool {
    let fits = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
    text.split('.').all(|part| !part.is_empty() && part.bytes().all(fits))
}

/// No number of a prerelease begins with a zero.
fn leading_zero(prerelease: &str) -> bool {
    let number = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    prerelease.split('.').any(|part| part.len() > 1 && part.starts_with('0') && number(part))
}

impl Version {
    /// Masterminds' `NewVersion`: a leading `v` and missing parts are allowed.
    pub fn parse(text: &str) -> Option<Self> {
        Self::read(text).ok()
    }

    /// As [`Version::parse`], with the reason where the text is no version.
    ///
    /// # Errors
    /// As Masterminds/semver v3 words them.
    pub fn read(original: &str) -> Result<Self, VersionError> {
        let text = original.strip_prefix('v').unwrap_or(original);
        let (text, metadata) = match text.split_once('+') {
            Some((text, metadata)) => (text, Some(metadata)),
            None => (text, None),
        };
        let (core, prerelease) = match text.split_once('-') {
            Some((core, prerelease)) => (core, Some(prerelease)),
            None => (text, None),
        };
        let parts: Vec<&str> = core.split('.').collect();
        let digits = |part: &&str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
        let fits = parts.len() <= 3
            && parts.iter().all(digits)
            && prerelease.is_none_or(identifiers)
            && metadata.is_none_or(identifiers);
        if !fits {
            return Err(VersionError::Invalid);
        }
        let number = |at: usize| {
            let part = parts.get(at).copied().unwrap_or("0");
            part.parse::<u64>().map_err(|_| VersionError::OutOfRange(part.to_owned()))
        };
        let version = Self {
            major: number(0)?,
            minor: number(1)?,
            patch: number(2)?,
            prerelease: prerelease.unwrap_or_default().to_owned(),
            metadata: metadata.unwrap_or_default().to_owned(),
            original: original.to_owned(),
        };
        if leading_zero(&version.prerelease) {
            return Err(VersionError::LeadingZero);
        }
        Ok(version)
    }

    /// Masterminds' `StrictNewVersion`: exactly three numbers, no leading `v` or zeros.
    pub fn parse_strict(text: &str) -> Option<Self> {
        let core = text.split(['-', '+']).next().unwrap_or_default();
        let zeros = core.split('.').any(|part| part.len() > 1 && part.starts_with('0'));
        if core.split('.').count() != 3 || zeros || core.starts_with('v') {
            return None;
        }
        Self::parse(text)
    }

    /// The version with these numbers and nothing behind them, written as this one was.
    fn bumped(&self, major: u64, minor: u64, patch: u64) -> Self {
        self.with(|version| {
            (version.major, version.minor, version.patch) = (major, minor, patch);
            version.prerelease.clear();
            version.metadata.clear();
        })
    }

    /// A prerelease comes before its version: that is the next one.
    fn next_patch(&self) -> Self {
        let step = u64::from(self.prerelease.is_empty());
        self.bumped(self.major, self.minor, self.patch.wrapping_add(step))
    }

    fn with(&self, change: impl FnOnce(&mut Self)) -> Self {
        let mut version = self.clone();
        change(&mut version);
        let lead = if self.original.starts_with('v') { "v" } else { "" };
        version.original = format!("{lead}{version}");
        version
    }
}

impl std::fmt::Display for Version {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}.{}.{}", self.major, self.minor, self.patch)?;
        if !self.prerelease.is_empty() {
            write!(f, "-{}", self.prerelease)?;
        }
        if !self.metadata.is_empty() {
            write!(f, "+{}", self.metadata)?;
        }
        Ok(())
    }
}

impl PartialOrd for Version {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Version {
    /// Precedence of the semver text: metadata does not count.
    fn cmp(&self, other: &Self) -> Ordering {
        let core = |version: &Self| (version.major, version.minor, version.patch);
        core(self).cmp(&core(other)).then_with(|| prerelease(&self.prerelease, &other.prerelease))
    }
}

fn prerelease(a: &str, b: &str) -> Ordering {
    match (a.is_empty(), b.is_empty()) {
        (true, true) => return Ordering::Equal,
        (true, false) => return Ordering::Greater,
        (false, true) => return Ordering::Less,
        (false, false) => {}
    }
    let (mut left, mut right) = (a.split('.'), b.split('.'));
    loop {
        let order = match (left.next(), right.next()) {
            (None, None) => return Ordering::Equal,
            (None, Some(_)) => Ordering::Less,
            (Some(_), None) => Ordering::Greater,
            (Some(a), Some(b)) => match (a.parse::<u64>(), b.parse::<u64>()) {
                (Ok(a), Ok(b)) => a.cmp(&b),
                (Ok(_), Err(_)) => Ordering::Less,
                (Err(_), Ok(_)) => Ordering::Greater,
                (Err(_), Err(_)) => a.cmp(b),
            },
        };
        if order != Ordering::Equal {
            return order;
        }
    }
}

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

/// `*semver.Version` in a template.
struct VersionObject {
    version: Version,
    /// Go's type: a pointer from `semver`, a struct from the methods that change one.
    pointer: bool,
}

fn plain(version: Version) -> CallResult {
    Ok(Value::Object(Rc::new(VersionObject { version, pointer: false })))
}

fn set(version: &Version, method: &str, to: &str) -> CallResult {
    let prerelease = method == "SetPrerelease";
    let error = match prerelease {
        true if leading_zero(to) => Some(VersionError::LeadingZero),
        true => Some(VersionError::Prerelease),
        false => Some(VersionError::Metadata),
    };
    let fits = to.is_empty() || identifiers(to) && !(prerelease && leading_zero(to));
    if let (Some(error), false) = (error, fits) {
        return Err(CallError::new(error.to_string()));
    }
    plain(version.with(|version| match prerelease {
        true => version.prerelease = to.to_owned(),
        false => version.metadata = to.to_owned(),
    }))
}

impl Object for VersionObject {
    fn type_name(&self) -> Cow<'static, str> {
        if self.pointer { "*semver.Version" } else { "semver.Version" }.into()
    }

    fn kind(&self) -> Kind {
        if self.pointer { Kind::Ptr } else { Kind::Struct }
    }

    fn method(&self, name: &str) -> Option<gotemplate::Function> {
        let row = METHODS.iter().find(|(method, _)| *method == name);
        row.map(|(name, params)| gotemplate::Function::method(name, params))
    }

    fn call(&self, name: &str, args: &[Value], _: &mut gotemplate::Call<'_>) -> CallResult {
        let number = |value: u64| Ok(Value::Uint(value, UintType::Uint64));
        let version = &self.version;
        match name {
            "Major" => number(version.major),
            "Minor" => number(version.minor),
            "Patch" => number(version.patch),
            "Prerelease" => Ok(Value::from(version.prerelease.as_str())),
            "Metadata" => Ok(Value::from(version.metadata.as_str())),
            "Original" => Ok(Value::from(version.original.as_str())),
            "IncMajor" => plain(version.bumped(version.major.wrapping_add(1), 0, 0)),
            "IncMinor" => plain(version.bumped(version.major, version.minor.wrapping_add(1), 0)),
            "IncPatch" => plain(version.next_patch()),
            "SetPrerelease" | "SetMetadata" => set(version, name, &text(args, 0)),
            "String" => Ok(Value::from(version.to_string())),
            _ => {
                let order = match args.first() {
                    Some(Value::Object(other)) => other
                        .as_any()
                        .downcast_ref::<Self>()
                        .map_or(Ordering::Equal, |other| version.cmp(&other.version)),
                    _ => Ordering::Equal,
                };
                Ok(match name {
                    "Compare" => Value::int(order as i64),
                    "Equal" => Value::Bool(order == Ordering::Equal),
                    "GreaterThan" => Value::Bool(order == Ordering::Greater),
                    "GreaterThanEqual" => Value::Bool(order != Ordering::Less),
                    "LessThanEqual" => Value::Bool(order != Ordering::Greater),
                    _ => Value::Bool(order == Ordering::Less),
                })
            }
        }
    }

    fn format(&self, _: bool, _: bool) -> Vec<u8> {
        self.version.to_string().into_bytes()
    }

    fn string(&self) -> Option<Str> {
        Some(self.version.to_string().into())
    }

    fn plain(&self) -> Option<Value> {
        Some(Value::from(self.version.to_string()))
    }

    fn equals(&self, other: &dyn Object) -> bool {
        // Two pointers are equal only where they are one.
        let Some(other) = other.as_any().downcast_ref::<Self>() else { return false };
        std::ptr::eq(self, other) || !self.pointer && self.version == other.version
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

const OTHER: &[gotemplate::Type] = &[gotemplate::Type::Named("*semver.Version")];

const TEXT: &[gotemplate::Type] = &[gotemplate::Type::String];

const METHODS: [(&str, &[gotemplate::Type]); 18] = [
    ("Major", &[]),
    ("Minor", &[]),
    ("Patch", &[]),
    ("Prerelease", &[]),
    ("Metadata", &[]),
    ("Original", &[]),
    ("String", &[]),
    ("Compare", OTHER),
    ("Equal", OTHER),
    ("GreaterThan", OTHER),
    ("LessThan", OTHER),
    ("GreaterThanEqual", OTHER),
    ("LessThanEqual", OTHER),
    ("IncMajor", &[]),
    ("IncMinor", &[]),
    ("IncPatch", &[]),
    ("SetPrerelease", TEXT),
    ("SetMetadata", TEXT),
];

fn version(args: &[Value], index: usize) -> Result<Version, CallError> {
    Version::read(&text(args, index)).map_err(|error| CallError::new(error.to_string()))
}

pub(crate) fn function(args: &[Value]) -> CallResult {
    Ok(Value::Object(Rc::new(VersionObject { version: version(args, 0)?, pointer: true })))
}

pub(crate) fn compare_function(args: &[Value]) -> CallResult {
    let constraint = Constraint::parse(&text(args, 0)).map_err(CallError::new)?;
    Ok(Value::Bool(constraint.check(&version(args, 1)?)))
}
