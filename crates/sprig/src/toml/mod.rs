//! TOML in templates: `toToml` and `fromToml`, as Helm has them from BurntSushi's library.

mod read;
mod write;

use crate::args::string;
use gotemplate::{Call, CallError, CallResult, Value};

fn checked(args: &[Value]) -> Result<(), CallError> {
    match args[0] {
        Value::Nil => Err(CallError::new("reflect: call of reflect.Value.Type on zero Value")),
        _ => Ok(()),
    }
}

/// Gives the complaint where the value cannot be written.
pub(crate) fn to_toml(args: &[Value], call: &mut Call<'_>) -> CallResult {
    checked(args)?;
    match write::document(&args[0], call.budget) {
        Ok(text) => Ok(Value::string(text)),
        Err(CallError::Message(message)) => Ok(Value::from(message)),
        Err(limit) => Err(limit),
    }
}

pub(crate) fn must_to_toml(args: &[Value], call: &mut Call<'_>) -> CallResult {
    checked(args)?;
    write::document(&args[0], call.budget).map(Value::string)
}

pub(crate) fn from_toml(args: &[Value]) -> CallResult {
    let text = string(args, 0);
    Ok(match read::document(&text.to_str_lossy()) {
        Ok(value) => value,
        Err(message) => crate::json::error_map(message),
    })
}
