//! Functions that need the engine: `include`, `tpl`, `required`, `fail`.

use crate::Row;
use crate::args::{string, text};
use gotemplate::{
    Call, CallError, Error, ErrorKind, Execute, Native, Outcome, Str, Target, Type, Value,
};
use std::cell::RefCell;
use std::rc::Rc;

/// How often one name may be included inside itself: Helm's `recursionMaxNums`.
const MAX_INCLUDES: usize = 1_000;

/// How Helm runs the engine.
#[derive(Clone, Debug, Default)]
pub enum Mode {
    #[default]
    Render,
    /// `helm lint`: `required` and `fail` do not end the rendering but are noted here.
    Lint(Rc<RefCell<Vec<PassedOver>>>),
}

/// What would have ended a rendering, with the chart's own message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PassedOver {
    /// `required` of nil.
    Missing(String),
    /// `required` of an empty text.
    Empty(String),
    /// `fail`.
    Fail(String),
}

pub(crate) fn table(mode: Mode) -> Vec<Row> {
    const S: Type = Type::String;
    const A: Type = Type::Any;
    let host = |body: fn(&[Value], &mut Call<'_>) -> Result<Outcome, CallError>| {
        Native::Host(Rc::new(body))
    };
    vec![
        Row("include", &[S, A], false, host(include)),
        Row("tpl", &[S, A], false, host(tpl)),
        Row("required", &[S, A], false, ending(required, &mode)),
        Row("fail", &[S], false, ending(fail, &mode)),
    ]
}

/// A failure of an executed template as the failure of the call.
fn nested(message: String, error: Error) -> CallError {
    match error.kind {
        ErrorKind::Exceeded(exceeded) => CallError::Exceeded(exceeded),
        _ => CallError::Nested { message, source: Box::new(error) },
    }
}

fn include(args: &[Value], call: &mut Call<'_>) -> Result<Outcome, CallError> {
    let name = string(args, 0);
    let count = call.included.entry(name.clone()).or_insert(0);
    if *count > MAX_INCLUDES {
        return Err(CallError::new(format!(
            "rendering template has a nested reference name: {name}: unable to execute template"
        )));
    }
    *count += 1;
    let finished = name.clone();
    Ok(Outcome::Execute(Execute {
        target: Target::Named(name),
        dot: args[1].clone(),
        finish: Box::new(move |output, call| {
            if let Some(count) = call.included.get_mut(&finished) {
                *count -= 1;
            }
            match output {
                Ok(output) => Ok(Value::string(output)),
                Err(error) => Err(nested(error.message.clone(), error)),
            }
        }),
    }))
}

fn tpl(args: &[Value], call: &mut Call<'_>) -> Result<Outcome, CallError> {
    let source = string(args, 0);
    call.budget.string(Some(source.len()))?;
    // Parsing costs more than copying.
    call.budget.charge((source.len() / 8) as u64)?;
    let quoted = gotemplate::fmt::quote(source.as_bytes());
    Ok(Outcome::Execute(Execute {
        target: Target::Text { name: Str::from("gotpl"), text: source },
        dot: args[1].clone(),
        finish: Box::new(move |output, _| match output {
            Ok(output) => Ok(Value::string(without_no_value(&output))),
            Err(error) if error.kind == ErrorKind::Parse => {
                let message = format!("cannot parse template {quoted}: {}", error.message);
                Err(nested(message, error))
            }
            Err(error) => {
                let message =
                    format!("error during tpl function execution for {quoted}: {}", error.message);
                Err(nested(message, error))
            }
        }),
    }))
}

/// Helm takes Go's `<no value>` out of what was printed.
fn without_no_value(output: &[u8]) -> Vec<u8> {
    const NO_VALUE: &[u8] = b"<no value>";
    let mut out = Vec::with_capacity(output.len());
    let mut rest = output;
    while let Some(at) = rest.windows(NO_VALUE.len()).position(|window| window == NO_VALUE) {
        out.extend_from_slice(&rest[..at]);
        rest = &rest[at + NO_VALUE.len()..];
    }
    out.extend_from_slice(rest);
    out
}

/// A function that may end the rendering, unless the mode only notes it.
fn ending(body: fn(&[Value]) -> Result<Value, PassedOver>, mode: &Mode) -> Native {
    let Mode::Lint(noted) = mode else {
        return Native::Host(Rc::new(move |args, _| match body(args) {
            Ok(value) => Ok(Outcome::Value(value)),
            Err(
                PassedOver::Missing(message)
                | PassedOver::Empty(message)
                | PassedOver::Fail(message),
            ) => Err(CallError::new(message)),
        }));
    };
    let noted = Rc::clone(noted);
    Native::Host(Rc::new(move |args, _| {
        Ok(Outcome::Value(body(args).unwrap_or_else(|passed| {
            noted.borrow_mut().push(passed);
            Value::from("")
        })))
    }))
}

fn required(args: &[Value]) -> Result<Value, PassedOver> {
    match &args[1] {
        Value::Nil => Err(PassedOver::Missing(text(args, 0))),
        Value::String(value) if value.is_empty() => Err(PassedOver::Empty(text(args, 0))),
        value => Ok(value.clone()),
    }
}

fn fail(args: &[Value]) -> Result<Value, PassedOver> {
    Err(PassedOver::Fail(text(args, 0)))
}
