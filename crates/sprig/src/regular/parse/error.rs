//! Why a pattern is none.

use thiserror::Error;

/// Why a pattern is none, in the words of Go's `regexp/syntax`.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub(crate) enum PatternError {
    #[error("missing closing ): `{0}`")]
    MissingParen(String),
    #[error("unexpected ): `{0}`")]
    UnexpectedParen(String),
    #[error("missing closing ]: `{0}`")]
    MissingBracket(String),
    #[error("missing argument to repetition operator: `{0}`")]
    MissingArgument(String),
    #[error("invalid nested repetition operator: `{0}`")]
    NestedRepeat(String),
    #[error("invalid repeat count: `{0}`")]
    RepeatSize(String),
    #[error("invalid character class range: `{0}`")]
    ClassRange(String),
    #[error("invalid escape sequence: `{0}`")]
    Escape(String),
    #[error("trailing backslash at end of expression: ``")]
    TrailingBackslash,
    #[error("invalid named capture: `{0}`")]
    NamedCapture(String),
    #[error("invalid or unsupported Perl syntax: `{0}`")]
    Perl(String),
    #[error("expression nests too deeply: `{0}`")]
    TooDeep(String),
    #[error("expression too large: `{0}`")]
    TooLarge(String),
}
