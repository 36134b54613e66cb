//! What a validation finds: a tree, as Helm's library builds it.

use serde_json::{Number, Value as Json};

/// A schema that a value does not fit, and why.
#[derive(Debug)]
pub(crate) struct Failure {
    /// JSON pointer to the value.
    pub(crate) place: String,
    pub(crate) kind: Box<Kind>,
    pub(crate) causes: Vec<Failure>,
}

/// Which keyword is broken and what its message tells.
#[derive(Debug)]
pub(crate) enum Kind {
    /// Several keywords of one schema.
    Group,
    /// Behind a `$ref`.
    Reference,
    /// A reference that leads to itself: two ways to the schema, and its address.
    Cycle {
        first: String,
        second: String,
        address: String,
    },
    /// Work without end, or nesting that the stack does not bear.
    Exceeded(&'static str),
    False,
    Type {
        got: &'static str,
        want: Vec<&'static str>,
    },
    Const(Json),
    Enum(Vec<Json>),
    Format {
        got: Json,
        want: String,
        reason: String,
    },
    /// `minLength` and the like.
    Count {
        keyword: &'static str,
        got: usize,
        want: usize,
    },
    /// `minimum` and the like.
    Bound {
        keyword: &'static str,
        got: Number,
        want: Number,
    },
    Pattern {
        got: String,
        want: String,
    },
    Required(Vec<String>),
    AdditionalProperties(Vec<String>),
    PropertyName(String),
    Dependent {
        property: String,
        missing: Vec<String>,
    },
    UniqueItems(usize, usize),
    AdditionalItems(usize),
    Contains,
    MinContains {
        got: Vec<usize>,
        want: usize,
    },
    MaxContains {
        got: Vec<usize>,
        want: usize,
    },
    Not,
    AllOf,
    AnyOf,
    /// The two that matched, or none.
    OneOf(Option<(usize, usize)>),
}

impl Kind {
    pub(crate) fn keyword(&self) -> &'static str {
        match self {
            Self::Type { .. } => "type",
            Self::Const(_) => "const",
            Self::Enum(_) => "enum",
            Self::Format { .. } => "format",
            Self::Count { keyword, .. } | Self::Bound { keyword, .. } => keyword,
            Self::Pattern { .. } => "pattern",
            Self::Required(_) => "required",
            Self::AdditionalProperties(_) => "additionalProperties",
            Self::Dependent { .. } => "dependentRequired",
            Self::UniqueItems(..) => "uniqueItems",
            Self::Contains => "contains",
            Self::Not => "not",
            Self::AllOf => "allOf",
            Self::AnyOf => "anyOf",
            Self::OneOf(_) => "oneOf",
            Self::False => "false",
            _ => "schema",
        }
    }

    /// The first property that a violation is about, where its keyword is about properties.
    pub(crate) fn property(&self) -> Option<&str> {
        match self {
            Self::Required(names) | Self::AdditionalProperties(names) => {
                names.first().map(String::as_str)
            }
            _ => None,
        }
    }
}

impl Failure {
    /// Lines as Helm prints them, each cause two columns deeper than what it made fail.
    pub(crate) fn lines(&self, depth: usize, lines: &mut Vec<String>) {
        let through = matches!(*self.kind, Kind::Reference) && self.causes.len() == 1;
        if !through {
            let place = crate::words::quoted(&self.place);
            let indent = "  ".repeat(depth);
            lines.push(format!("{indent}- at {place}: {}", crate::words::said(&self.kind)));
        }
        let below = if through { depth } else { depth + 1 };
        self.causes.iter().for_each(|cause| cause.lines(below, lines));
    }

    /// What stands at the root: the keywords of a group one by one.
    pub(crate) fn roots(self) -> Vec<Self> {
        match *self.kind {
            Kind::Group => self.causes,
            _ => vec![self],
        }
    }
}
