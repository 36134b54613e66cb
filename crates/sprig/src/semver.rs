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

impl Version {
    /// Masterminds' `NewVersion`: a leading `v` and missing parts are allowed.
    pub fn parse(text: &str) -> Option<Self> {
        let original = text.to_owned();
        let text = text.strip_prefix('v').unwrap_or(text);
        let (text, metadata) = text.split_once('+').map_or((text, ""), |(head, tail)| (head, tail));
        let (core, prerelease) =
            text.split_once('-').map_or((text, ""), |(head, tail)| (head, tail));
        let identifiers = |text: &str| {
            text.split('.').all(|part| {
                !part.is_empty()
                    && part.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
            })
        };
        let mut parts = core.split('.').map(|part| {
            let digits = !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
            if digits { part.parse::<u64>().ok() } else { None }
        });
        let major = parts.next()??;
        let minor = parts.next().unwrap_or(Some(0))?;
        let patch = parts.next().unwrap_or(Some(0))?;
        let fits = parts.next().is_none()
            && (prerelease.is_empty() && !original.contains('-')
                || identifiers(prerelease)
                || prerelease.is_empty() && metadata.contains('-'))
            && (metadata.is_empty() && !original.ends_with('+') || identifiers(metadata));
        fits.then(|| Self {
            major,
            minor,
            patch,
            prerelease: prerelease.to_owned(),
            metadata: metadata.to_owned(),
            original,
        })
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
    /// `improper constraint: TEXT`.
    pub fn parse(text: &str) -> Result<Self, String> {
        if text.len() > 512 {
            return Err("constraint string is too long (max 512 bytes)".to_owned());
        }
        let improper = || format!("improper constraint: {text}");
        let mut alternatives = Vec::new();
        for part in text.split("||") {
            let part = expand_hyphen(part);
            let mut comparisons = Vec::new();
            for word in words(&part) {
                comparisons.push(Comparison::parse(&word).ok_or_else(improper)?);
            }
            if comparisons.is_empty() {
                return Err(improper());
            }
            alternatives.push(comparisons);
        }
        Ok(Self { alternatives })
    }

    pub fn check(&self, version: &Version) -> bool {
        self.alternatives.iter().any(|all| {
            // A prerelease is taken only where the alternative names one.
            all.iter().all(|comparison| comparison.check(version))
        })
    }
}

/// `1.2 - 1.4` is `>=1.2 <=1.4`.
fn expand_hyphen(text: &str) -> String {
    match text.split_once(" - ") {
        Some((from, to)) => format!(">={} <={}", from.trim(), to.trim()),
        None => text.to_owned(),
    }
}

/// Comparisons stand apart by commas or blanks; blanks may follow an operator.
fn words(text: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    for word in text.split([',', ' ', '\t']).filter(|word| !word.is_empty()) {
        let operator_only =
            |word: &str| !word.is_empty() && word.chars().all(|c| "=!<>~^".contains(c));
        match words.last_mut() {
            Some(last) if operator_only(last) => last.push_str(word),
            _ => words.push(word.to_owned()),
        }
    }
    words
}

impl Comparison {
    fn parse(text: &str) -> Option<Self> {
        let split = text.find(|c| !"=!<>~^".contains(c))?;
        let (operator, rest) = text.split_at(split);
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
        let bare = rest.strip_prefix('v').unwrap_or(rest);
        let core = bare.split(['-', '+']).next().unwrap_or_default();
        let parts: Vec<&str> = core.split('.').collect();
        let major_wild = parts.first().copied().is_none_or(wild);
        let minor_wild = parts.get(1).copied().is_none_or(wild);
        let patch_wild = parts.get(2).copied().is_none_or(wild);
        if major_wild {
            let version = Version::parse("0.0.0")?;
            let only = parts.len() == 1 || parts.iter().all(|part| wild(part));
            return only.then_some(Self {
                operator: if operator == Operator::NotEqual {
                    operator
                } else {
                    Operator::GreaterEqual
                },
                version,
                minor_dirty: true,
                patch_dirty: true,
                dirty: true,
            });
        }
        let suffix = &bare[core.len()..];
        let number =
            |at: usize, wild: bool| if wild { "0" } else { parts.get(at).copied().unwrap_or("0") };
        let full = format!(
            "{}.{}.{}{suffix}",
            parts[0],
            number(1, minor_wild),
            number(2, minor_wild || patch_wild)
        );
        if parts.len() > 3 {
            return None;
        }
        Some(Self {
            operator,
            version: Version::parse(&full)?,
            minor_dirty: minor_wild,
            patch_dirty: patch_wild && !minor_wild,
            dirty: minor_wild || patch_wild,
        })
    }

    fn check(&self, version: &Version) -> bool {
        let wanted = &self.version;
        if !version.prerelease.is_empty()
            && wanted.prerelease.is_empty()
            && self.operator != Operator::NotEqual
        {
            return false;
        }
        match self.operator {
            Operator::Equal if self.dirty => self.tilde(version),
            Operator::Equal => version == wanted || version.cmp(wanted) == Ordering::Equal,
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
        if !self.dirty {
            return version.cmp(wanted) != Ordering::Equal;
        }
        version.major != wanted.major || (!self.minor_dirty && version.minor != wanted.minor)
    }

    fn greater(&self, version: &Version) -> bool {
        let wanted = &self.version;
        if !self.dirty {
            return version > wanted;
        }
        match version.major.cmp(&wanted.major) {
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

    /// Same major, and same minor where one is named.
    fn tilde(&self, version: &Version) -> bool {
        let wanted = &self.version;
        version >= wanted
            && version.major == wanted.major
            && (self.minor_dirty || version.minor == wanted.minor)
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
struct VersionObject(Version);

impl Object for VersionObject {
    fn type_name(&self) -> Cow<'static, str> {
        "*semver.Version".into()
    }

    fn kind(&self) -> Kind {
        Kind::Ptr
    }

    fn method(&self, name: &str) -> Option<gotemplate::Function> {
        let row = METHODS.iter().find(|(method, _)| *method == name);
        row.map(|(name, params)| gotemplate::Function::method(name, params))
    }

    fn call(&self, name: &str, args: &[Value], _: &mut gotemplate::Call<'_>) -> CallResult {
        let number = |value: u64| Ok(Value::Uint(value, UintType::Uint64));
        let version = &self.0;
        match name {
            "Major" => number(version.major),
            "Minor" => number(version.minor),
            "Patch" => number(version.patch),
            "Prerelease" => Ok(Value::from(version.prerelease.as_str())),
            "Metadata" => Ok(Value::from(version.metadata.as_str())),
            "Original" => Ok(Value::from(version.original.as_str())),
            "String" => Ok(Value::from(version.to_string())),
            _ => {
                let order = match args.first() {
                    Some(Value::Object(other)) => other
                        .as_any()
                        .downcast_ref::<Self>()
                        .map_or(Ordering::Equal, |other| version.cmp(&other.0)),
                    _ => Ordering::Equal,
                };
                Ok(match name {
                    "Compare" => Value::int(order as i64),
                    "Equal" => Value::Bool(order == Ordering::Equal),
                    "GreaterThan" => Value::Bool(order == Ordering::Greater),
                    _ => Value::Bool(order == Ordering::Less),
                })
            }
        }
    }

    fn format(&self, _: bool, _: bool) -> Vec<u8> {
        self.0.to_string().into_bytes()
    }

    fn string(&self) -> Option<Str> {
        Some(self.0.to_string().into())
    }

    fn plain(&self) -> Option<Value> {
        Some(Value::from(self.0.to_string()))
    }

    fn equals(&self, other: &dyn Object) -> bool {
        other.as_any().downcast_ref::<Self>().is_some_and(|other| self.0 == other.0)
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

const OTHER: &[gotemplate::Type] = &[gotemplate::Type::Named("*semver.Version")];

const METHODS: [(&str, &[gotemplate::Type]); 11] = [
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
];

const INVALID: &str = "invalid semantic version";

pub(crate) fn function(args: &[Value]) -> CallResult {
    let version = Version::parse(&text(args, 0)).ok_or_else(|| CallError::new(INVALID))?;
    Ok(Value::Object(Rc::new(VersionObject(version))))
}

pub(crate) fn compare_function(args: &[Value]) -> CallResult {
    let constraint = Constraint::parse(&text(args, 0)).map_err(CallError::new)?;
    let version = Version::parse(&text(args, 1)).ok_or_else(|| CallError::new(INVALID))?;
    Ok(Value::Bool(constraint.check(&version)))
}
