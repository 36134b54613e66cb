//! CEL, the Common Expression Language, with the functions that Kubernetes adds.
//!
//! Written here because a rule must never freeze the page: every step is counted. It is also a
//! tenth of the size of what exists, and exact where that is not (strings by code points,
//! integers that overflow are errors).

mod eval;
mod functions;
mod parse;
mod value;

pub use eval::EvalError;
pub use parse::ParseError;
pub use value::Cel;

use parse::Expr;

/// Longest source of an expression, as in Kubernetes.
const MAX_SOURCE: usize = 10 << 10;

/// A compiled expression.
pub struct Program(Expr);

impl Program {
    pub fn compile(source: &str) -> Result<Self, ParseError> {
        if source.len() > MAX_SOURCE {
            return Err(ParseError {
                at: MAX_SOURCE,
                message: "the expression is too long".to_owned(),
            });
        }
        parse::parse(source).map(Self)
    }

    /// The value of the expression with the variables given, within `steps` of work.
    pub fn evaluate(&self, variables: &[(&str, Cel)], steps: u64) -> Result<Cel, EvalError> {
        eval::run(&self.0, variables, steps)
    }
}
