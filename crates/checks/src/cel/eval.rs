//! Evaluation, every step counted.

use super::functions;
use super::parse::{Binary, Expr};
use super::value::Cel;
use std::cmp::Ordering;
use std::rc::Rc;
use thiserror::Error;

/// Why an expression has no value.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum EvalError {
    #[error("it is too costly")]
    TooCostly,
    #[error("no such key: {0}")]
    NoSuchKey(String),
    #[error("{0}")]
    Other(String),
}

impl EvalError {
    pub(super) fn new(message: impl Into<String>) -> Self {
        Self::Other(message.into())
    }
}

pub(super) type Eval = Result<Cel, EvalError>;

pub(super) fn run(expr: &Expr, variables: &[(&str, Cel)], steps: u64) -> Eval {
    let scope = variables.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect();
    let mut machine = Machine { scope, steps };
    machine.value(expr)
}

pub(super) struct Machine {
    /// Innermost last.
    scope: Vec<(String, Cel)>,
    steps: u64,
}

impl Machine {
    pub(super) fn charge(&mut self, steps: u64) -> Result<(), EvalError> {
        self.steps = self.steps.checked_sub(steps).ok_or(EvalError::TooCostly)?;
        Ok(())
    }

    fn value(&mut self, expr: &Expr) -> Eval {
        self.charge(1)?;
        match expr {
            Expr::Literal(value) => Ok(value.clone()),
            Expr::Name(name) => self.variable(name),
            Expr::Not(inner) => match self.value(inner)? {
                Cel::Bool(value) => Ok(Cel::Bool(!value)),
                other => Err(no_overload("!", &[&other])),
            },
            Expr::Negate(inner) => match self.value(inner)? {
                Cel::Int(value) => value.checked_neg().map(Cel::Int).ok_or_else(overflow),
                Cel::Double(value) => Ok(Cel::Double(-value)),
                other => Err(no_overload("-", &[&other])),
            },
            Expr::Binary(Binary::Or, a, b) => self.logical(true, a, b),
            Expr::Binary(Binary::And, a, b) => self.logical(false, a, b),
            Expr::Binary(operator, a, b) => {
                let (a, b) = (self.value(a)?, self.value(b)?);
                self.binary(*operator, &a, &b)
            }
            Expr::Conditional(condition, then, otherwise) => match self.value(condition)? {
                Cel::Bool(true) => self.value(then),
                Cel::Bool(false) => self.value(otherwise),
                other => Err(no_overload("?:", &[&other])),
            },
            Expr::Select(inner, name) => {
                let target = self.value(inner)?;
                index(&target, &Cel::text(name))
            }
            Expr::Index(inner, key) => {
                let (target, key) = (self.value(inner)?, self.value(key)?);
                index(&target, &key)
            }
            Expr::List(items) => self.values(items).map(|items| Cel::List(items.into())),
            Expr::Map(entries) => {
                let mut map = Vec::new();
                for (key, value) in entries {
                    map.push((self.value(key)?, self.value(value)?));
                }
                Ok(Cel::Map(Rc::new(map)))
            }
            Expr::Call(target, name, args) => self.call(target.as_deref(), name, args),
        }
    }

    fn values(&mut self, exprs: &[Expr]) -> Result<Vec<Cel>, EvalError> {
        exprs.iter().map(|expr| self.value(expr)).collect()
    }

    fn variable(&self, name: &str) -> Eval {
        let found = self.scope.iter().rev().find(|(known, _)| known == name);
        found
            .map(|(_, value)| value.clone())
            .ok_or_else(|| EvalError::new(format!("undeclared reference to '{name}'")))
    }

    /// `||` and `&&`: one side that decides wins over an error of the other.
    fn logical(&mut self, decides: bool, a: &Expr, b: &Expr) -> Eval {
        let left = self.value(a);
        if matches!(left, Ok(Cel::Bool(value)) if value == decides) {
            return left;
        }
        if left == Err(EvalError::TooCostly) {
            return left;
        }
        let right = self.value(b);
        match (left, right) {
            (_, Ok(Cel::Bool(value))) if value == decides => Ok(Cel::Bool(value)),
            (Err(error), _) | (_, Err(error)) => Err(error),
            (Ok(Cel::Bool(_)), Ok(Cel::Bool(value))) => Ok(Cel::Bool(value)),
            (Ok(a), Ok(b)) => Err(no_overload(if decides { "||" } else { "&&" }, &[&a, &b])),
        }
    }

    fn binary(&mut self, operator: Binary, a: &Cel, b: &Cel) -> Eval {
        let ordered = |wanted: fn(Ordering) -> bool, name: &str| {
            let order = a.compare(b).ok_or_else(|| no_overload(name, &[a, b]))?;
            Ok(Cel::Bool(wanted(order)))
        };
        match operator {
            Binary::Equal => Ok(Cel::Bool(a.equals(b))),
            Binary::NotEqual => Ok(Cel::Bool(!a.equals(b))),
            Binary::Less => ordered(Ordering::is_lt, "<"),
            Binary::LessEqual => ordered(Ordering::is_le, "<="),
            Binary::Greater => ordered(Ordering::is_gt, ">"),
            Binary::GreaterEqual => ordered(Ordering::is_ge, ">="),
            Binary::In => match b {
                Cel::List(items) => {
                    self.charge(items.len() as u64)?;
                    Ok(Cel::Bool(items.iter().any(|item| item.equals(a))))
                }
                Cel::Map(entries) => Ok(Cel::Bool(entries.iter().any(|(key, _)| key.equals(a)))),
                _ => Err(no_overload("in", &[a, b])),
            },
            _ => self.arithmetic(operator, a, b),
        }
    }

    fn arithmetic(&mut self, operator: Binary, a: &Cel, b: &Cel) -> Eval {
        match (a, b) {
            (Cel::Int(a), Cel::Int(b)) => integer(operator, *a, *b),
            (Cel::Uint(a), Cel::Uint(b)) => unsigned(operator, *a, *b),
            (Cel::Double(a), Cel::Double(b)) => match operator {
                Binary::Add => Ok(Cel::Double(a + b)),
                Binary::Subtract => Ok(Cel::Double(a - b)),
                Binary::Multiply => Ok(Cel::Double(a * b)),
                Binary::Divide => Ok(Cel::Double(a / b)),
                _ => Err(EvalError::new("no such overload: double % double")),
            },
            (Cel::String(a), Cel::String(b)) if operator == Binary::Add => {
                self.charge((a.len() + b.len()) as u64 / 16)?;
                Ok(Cel::text(format!("{a}{b}")))
            }
            (Cel::Bytes(a), Cel::Bytes(b)) if operator == Binary::Add => {
                self.charge((a.len() + b.len()) as u64 / 16)?;
                Ok(Cel::Bytes([a.as_ref(), b.as_ref()].concat().into()))
            }
            (Cel::List(a), Cel::List(b)) if operator == Binary::Add => {
                self.charge((a.len() + b.len()) as u64)?;
                Ok(Cel::List(a.iter().chain(b.iter()).cloned().collect()))
            }
            _ => Err(no_overload("arithmetic", &[a, b])),
        }
    }

    fn call(&mut self, target: Option<&Expr>, name: &str, args: &[Expr]) -> Eval {
        match (target, name, args) {
            (None, "has", [Expr::Select(inner, field)]) => self.has(inner, field),
            (Some(target), _, [Expr::Name(variable), body]) if is_macro(name) => {
                self.comprehension(target, name, variable, body, None)
            }
            (Some(target), "map", [Expr::Name(variable), filter, body]) => {
                self.comprehension(target, "map", variable, body, Some(filter))
            }
            (Some(Expr::Name(space)), _, _) if functions::is_namespace(space) => {
                let args = self.values(args)?;
                functions::call(self, &format!("{space}.{name}"), &args)
            }
            (Some(target), _, _) => {
                let mut all = vec![self.value(target)?];
                all.extend(self.values(args)?);
                functions::method(self, name, &all)
            }
            (None, _, _) => {
                let args = self.values(args)?;
                functions::call(self, name, &args)
            }
        }
    }

    fn has(&mut self, inner: &Expr, field: &str) -> Eval {
        match self.value(inner)? {
            Cel::Map(entries) => {
                let key = Cel::text(field);
                Ok(Cel::Bool(entries.iter().any(|(known, _)| known.equals(&key))))
            }
            other => Err(no_overload("has", &[&other])),
        }
    }

    fn comprehension(
        &mut self,
        target: &Expr,
        name: &str,
        variable: &str,
        body: &Expr,
        filter: Option<&Expr>,
    ) -> Eval {
        let items: Vec<Cel> = match self.value(target)? {
            Cel::List(items) => items.to_vec(),
            Cel::Map(entries) => entries.iter().map(|(key, _)| key.clone()).collect(),
            other => return Err(no_overload(name, &[&other])),
        };
        let mut kept = Vec::new();
        let mut count = 0;
        let mut failure = None;
        for item in items {
            self.scope.push((variable.to_owned(), item.clone()));
            let passed = filter.map(|filter| self.value(filter));
            let value = match passed {
                Some(Ok(Cel::Bool(false))) => None,
                Some(Err(error)) => Some(Err(error)),
                _ => Some(self.value(body)),
            };
            self.scope.pop();
            match (name, value) {
                (_, None) => {}
                (_, Some(Err(EvalError::TooCostly))) => return Err(EvalError::TooCostly),
                ("all", Some(Ok(Cel::Bool(false)))) => return Ok(Cel::Bool(false)),
                ("exists", Some(Ok(Cel::Bool(true)))) => return Ok(Cel::Bool(true)),
                ("all" | "exists", Some(Err(error))) => failure = Some(error),
                (_, Some(Err(error))) => return Err(error),
                ("exists_one", Some(Ok(Cel::Bool(true)))) => count += 1,
                ("filter", Some(Ok(Cel::Bool(true)))) => kept.push(item),
                ("map", Some(Ok(value))) => kept.push(value),
                _ => {}
            }
        }
        match (name, failure) {
            (_, Some(error)) => Err(error),
            ("all", None) => Ok(Cel::Bool(true)),
            ("exists", None) => Ok(Cel::Bool(false)),
            ("exists_one", None) => Ok(Cel::Bool(count == 1)),
            _ => Ok(Cel::List(kept.into())),
        }
    }
}

impl PartialEq for Cel {
    fn eq(&self, other: &Self) -> bool {
        self.equals(other)
    }
}

fn is_macro(name: &str) -> bool {
    matches!(name, "all" | "exists" | "exists_one" | "map" | "filter")
}

pub(super) fn overflow() -> EvalError {
    EvalError::new("integer overflow")
}

pub(super) fn no_overload(name: &str, args: &[&Cel]) -> EvalError {
    let kinds: Vec<&str> = args.iter().map(|arg| arg.kind()).collect();
    EvalError::new(format!("no such overload: {name}({})", kinds.join(", ")))
}

fn integer(operator: Binary, a: i64, b: i64) -> Eval {
    let result = match operator {
        Binary::Add => a.checked_add(b),
        Binary::Subtract => a.checked_sub(b),
        Binary::Multiply => a.checked_mul(b),
        Binary::Divide | Binary::Modulo if b == 0 => {
            return Err(EvalError::new("division by zero"));
        }
        Binary::Divide => a.checked_div(b),
        _ => a.checked_rem(b),
    };
    result.map(Cel::Int).ok_or_else(overflow)
}

fn unsigned(operator: Binary, a: u64, b: u64) -> Eval {
    let result = match operator {
        Binary::Add => a.checked_add(b),
        Binary::Subtract => a.checked_sub(b),
        Binary::Multiply => a.checked_mul(b),
        Binary::Divide | Binary::Modulo if b == 0 => {
            return Err(EvalError::new("division by zero"));
        }
        Binary::Divide => a.checked_div(b),
        _ => a.checked_rem(b),
    };
    result.map(Cel::Uint).ok_or_else(overflow)
}

pub(super) fn index(target: &Cel, key: &Cel) -> Eval {
    match (target, key) {
        (Cel::Map(entries), _) => {
            let found = entries.iter().find(|(known, _)| known.equals(key));
            found.map(|(_, value)| value.clone()).ok_or_else(|| {
                EvalError::NoSuchKey(match key {
                    Cel::String(text) => text.to_string(),
                    other => format!("{other:?}"),
                })
            })
        }
        (Cel::List(items), Cel::Int(at)) => {
            let found = usize::try_from(*at).ok().and_then(|at| items.get(at));
            found.cloned().ok_or_else(|| EvalError::new(format!("index out of bounds: {at}")))
        }
        _ => Err(no_overload("[]", &[target, key])),
    }
}
