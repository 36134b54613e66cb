//! Semantic versions and constraints as Masterminds/semver v3 reads them, and Sprig's two
//! functions over them.

mod constraint;
mod object;

pub use constraint::Constraint;

use crate::args::text;
use gotemplate::{CallError, CallResult, Value};
use std::cmp::Ordering;

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

fn version(args: &[Value], index: usize) -> Result<Version, CallError> {
    Version::read(&text(args, index)).map_err(|error| CallError::new(error.to_string()))
}

pub(crate) fn function(args: &[Value]) -> CallResult {
    Ok(object::value(version(args, 0)?))
}

pub(crate) fn compare_function(args: &[Value]) -> CallResult {
    let constraint = Constraint::parse(&text(args, 0)).map_err(CallError::new)?;
    Ok(Value::Bool(constraint.check(&version(args, 1)?)))
}
