//! Go's built-in template functions (`text/template/funcs.go`).

mod access;
mod compare;
mod escape;

use crate::fmt;
use crate::func::{CallError, CallResult, FuncMap, Function, Native, Type};
use crate::value::{Str, Value};

const ANY: &[Type] = &[Type::Any];
const ONE: &[Type] = &[Type::Reflect];
const TWO: &[Type] = &[Type::Reflect, Type::Reflect];

/// The table: name, parameters, whether the last is variadic, body.
pub(crate) fn functions() -> FuncMap {
    let pure = |body| Native::Pure(body);
    let table: [(&'static str, &'static [Type], bool, Native); 19] = [
        ("and", TWO, true, Native::Special),
        ("or", TWO, true, Native::Special),
        ("not", ONE, false, pure(|args| Ok(Value::Bool(!args[0].truth())))),
        ("len", ONE, false, pure(access::len)),
        ("index", TWO, true, Native::Charged(access::index)),
        ("slice", TWO, true, pure(access::slice)),
        ("call", TWO, true, pure(call)),
        ("eq", TWO, true, pure(compare::eq)),
        ("ne", TWO, false, pure(compare::ne)),
        ("lt", TWO, false, pure(compare::lt)),
        ("le", TWO, false, pure(compare::le)),
        ("gt", TWO, false, pure(compare::gt)),
        ("ge", TWO, false, pure(compare::ge)),
        ("print", ANY, true, pure(|args| text(fmt::sprint(args)))),
        ("println", ANY, true, pure(|args| text(fmt::sprintln(args)))),
        ("printf", &[Type::String, Type::Any], true, pure(printf)),
        ("html", ANY, true, pure(escape::html)),
        ("js", ANY, true, pure(escape::js)),
        ("urlquery", ANY, true, pure(escape::urlquery)),
    ];
    let entry =
        |(name, params, variadic, native)| (name, Function { name, params, variadic, native });
    table.into_iter().map(entry).collect()
}

fn text(text: Result<Vec<u8>, crate::Exceeded>) -> CallResult {
    Ok(Value::String(Str::from(text?)))
}

fn printf(args: &[Value]) -> CallResult {
    let Some((Value::String(format), rest)) = args.split_first() else {
        return Err(CallError::new("printf without a format"));
    };
    text(fmt::sprintf(format.as_bytes(), rest))
}

/// No chart can hold a function, so there is only Go's complaint.
fn call(args: &[Value]) -> CallResult {
    match args.first() {
        None | Some(Value::Nil) => Err(CallError::new("call of nil")),
        Some(value) => {
            let text = String::from_utf8_lossy(&fmt::value_v(value)?).into_owned();
            let ty = value.type_name();
            Err(CallError::new(format!("non-function {text} of type {ty}")))
        }
    }
}
