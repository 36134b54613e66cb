//! `*semver.Version` as templates hold it, with its methods.

use super::{Version, VersionError, identifiers, leading_zero};
use crate::args::text;
use gotemplate::{CallError, CallResult, Kind, Object, Str, UintType, Value};
use std::any::Any;
use std::borrow::Cow;
use std::cmp::Ordering;
use std::rc::Rc;

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

/// The pointer that `semver` gives.
pub(super) fn value(version: Version) -> Value {
    Value::Object(Rc::new(VersionObject { version, pointer: true }))
}
