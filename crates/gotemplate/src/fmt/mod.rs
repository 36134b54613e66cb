//! Go's `fmt` for template values: `Sprint`, `Sprintln`, `Sprintf`, `%v`, and `strconv`'s
//! quoting and float texts.

mod binary;
mod float;
mod format;
mod printer;
mod quote;

pub use float::{float_e, float_f, float_g, format_float};
pub(crate) use quote::is_print;
pub use quote::{quote, quote_ascii};

use crate::budget::Exceeded;
use crate::value::{Kind, Value};
use printer::Printer;

/// Longest text that one call may make, in bytes.
const MAX: usize = 16 << 20;

/// `fmt.Sprintf`.
pub fn sprintf(format: &[u8], args: &[Value]) -> Result<Vec<u8>, Exceeded> {
    let mut printer = Printer::new(MAX);
    format::run(&mut printer, format, args);
    printer.finish()
}

/// `fmt.Sprint`: a space between operands where neither is a string.
pub fn sprint(args: &[Value]) -> Result<Vec<u8>, Exceeded> {
    let mut printer = Printer::new(MAX);
    let mut was_string = true;
    for (index, arg) in args.iter().enumerate() {
        let is_string = arg.kind() == Kind::String;
        if index > 0 && !is_string && !was_string {
            printer.write(b" ");
        }
        printer.argument(arg, 'v');
        was_string = is_string;
    }
    printer.finish()
}

/// `fmt.Sprintln`.
pub fn sprintln(args: &[Value]) -> Result<Vec<u8>, Exceeded> {
    let mut printer = Printer::new(MAX);
    for (index, arg) in args.iter().enumerate() {
        if index > 0 {
            printer.write(b" ");
        }
        printer.argument(arg, 'v');
    }
    printer.write(b"\n");
    printer.finish()
}

/// `fmt.Sprintf("%v")`.
pub fn value_v(value: &Value) -> Result<Vec<u8>, Exceeded> {
    let mut printer = Printer::new(MAX);
    printer.argument(value, 'v');
    printer.finish()
}
