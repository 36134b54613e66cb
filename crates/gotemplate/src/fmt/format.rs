//! Format strings: Go's `pp.doPrintf` with flags, `*`, argument indices and its complaints.

use super::printer::{Flags, Printer};
use crate::value::Value;

struct Directive<'f, 'v> {
    format: &'f [u8],
    at: usize,
    args: &'v [Value],
    arg: usize,
    /// An index like `[2]` was used: extra arguments are not complained about.
    reordered: bool,
    good_index: bool,
}

pub(super) fn run(printer: &mut Printer, format: &[u8], args: &[Value]) {
    let mut directive =
        Directive { format, at: 0, args, arg: 0, reordered: false, good_index: true };
    while directive.at < format.len() {
        let rest = &format[directive.at..];
        let text = rest.iter().position(|byte| *byte == b'%').unwrap_or(rest.len());
        printer.write(&rest[..text]);
        directive.at += text;
        if directive.at < format.len() {
            directive.at += 1;
            directive.one(printer);
        }
    }
    directive.extra(printer);
}

impl Directive<'_, '_> {
    fn peek(&self) -> Option<u8> {
        self.format.get(self.at).copied()
    }

    fn one(&mut self, printer: &mut Printer) {
        printer.flags = Flags::default();
        self.good_index = true;
        self.flags(printer);
        let mut after_index = self.index();
        after_index = self.width(printer, after_index);
        after_index = self.precision(printer, after_index);
        if !after_index {
            self.index();
        }
        let Some(verb) = self.verb() else {
            return printer.write(b"%!(NOVERB)");
        };
        if verb == '%' {
            return printer.write(b"%");
        }
        if !self.good_index {
            return printer.write(format!("%!{verb}(BADINDEX)").as_bytes());
        }
        let Some(value) = self.args.get(self.arg) else {
            return printer.write(format!("%!{verb}(MISSING)").as_bytes());
        };
        self.arg += 1;
        if matches!(verb, 'v' | 'w') {
            printer.flags.sharp_v = std::mem::take(&mut printer.flags.sharp);
            printer.flags.plus_v = std::mem::take(&mut printer.flags.plus);
        }
        printer.argument(value, verb);
    }

    fn flags(&mut self, printer: &mut Printer) {
        while let Some(byte) = self.peek() {
            let flags = &mut printer.flags;
            match byte {
                b'#' => flags.sharp = true,
                b'0' => flags.zero = true,
                b'+' => flags.plus = true,
                b'-' => flags.minus = true,
                b' ' => flags.space = true,
                _ => return,
            }
            self.at += 1;
        }
    }

    fn width(&mut self, printer: &mut Printer, after_index: bool) -> bool {
        if self.peek() == Some(b'*') {
            self.at += 1;
            match self.star() {
                Some(width) => {
                    printer.flags.minus |= width < 0;
                    printer.flags.width = Some(width.unsigned_abs() as usize);
                }
                None => printer.write(b"%!(BADWIDTH)"),
            }
            return false;
        }
        printer.flags.width = self.number();
        if after_index && printer.flags.width.is_some() {
            self.good_index = false;
        }
        after_index
    }

    fn precision(&mut self, printer: &mut Printer, mut after_index: bool) -> bool {
        let last = self.at + 1 >= self.format.len();
        // A point that ends the format is its verb.
        if last || self.peek() != Some(b'.') {
            return after_index;
        }
        self.at += 1;
        if after_index {
            self.good_index = false;
        }
        after_index = self.index();
        if self.peek() == Some(b'*') {
            self.at += 1;
            match self.star() {
                Some(precision) if precision >= 0 => {
                    printer.flags.precision = Some(precision as usize);
                }
                _ => printer.write(b"%!(BADPREC)"),
            }
            return false;
        }
        printer.flags.precision = Some(self.number().unwrap_or(0));
        after_index
    }

    /// The argument for a `*`: an integer of at most a million either way.
    fn star(&mut self) -> Option<i64> {
        let value = self.args.get(self.arg)?;
        self.arg += 1;
        let number = match value {
            Value::Int(number, _) => *number,
            Value::Uint(number, _) => i64::try_from(*number).ok()?,
            _ => return None,
        };
        (number.unsigned_abs() <= 1_000_000).then_some(number)
    }

    fn number(&mut self) -> Option<usize> {
        let start = self.at;
        let mut number = 0_usize;
        while let Some(digit) = self.peek().filter(u8::is_ascii_digit) {
            if number > 1_000_000 {
                // Go takes the rest of the format for the number's.
                self.at = self.format.len();
                return None;
            }
            number = number * 10 + usize::from(digit - b'0');
            self.at += 1;
        }
        (self.at > start).then_some(number)
    }

    /// An argument index `[n]`; true where there was one.
    fn index(&mut self) -> bool {
        if self.peek() != Some(b'[') {
            return false;
        }
        self.reordered = true;
        let rest = &self.format[self.at..];
        let Some(close) = rest.iter().position(|byte| *byte == b']') else {
            self.good_index = false;
            self.at += 1;
            return false;
        };
        let digits = std::str::from_utf8(&rest[1..close]).ok();
        let number = digits.and_then(|digits| digits.parse::<usize>().ok());
        self.at += close + 1;
        match number {
            Some(number) if number >= 1 && number <= self.args.len() => {
                self.arg = number - 1;
                true
            }
            _ => {
                self.good_index = false;
                true
            }
        }
    }

    fn verb(&mut self) -> Option<char> {
        let rest = self.format.get(self.at..)?;
        let chunk = rest.utf8_chunks().next()?;
        let verb = chunk.valid().chars().next();
        self.at += verb.map_or(1, char::len_utf8);
        Some(verb.unwrap_or(char::REPLACEMENT_CHARACTER))
    }

    fn extra(&self, printer: &mut Printer) {
        if self.reordered || self.arg >= self.args.len() {
            return;
        }
        printer.flags = Flags::default();
        printer.write(b"%!(EXTRA ");
        for (index, value) in self.args[self.arg..].iter().enumerate() {
            if index > 0 {
                printer.write(b", ");
            }
            if let Value::Nil = value {
                printer.write(b"<nil>");
            } else {
                printer.write(value.type_name().as_bytes());
                printer.write(b"=");
                printer.argument(value, 'v');
            }
        }
        printer.write(b")");
    }
}
