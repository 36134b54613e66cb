//! One value under one verb: Go's `pp.printArg` and `pp.printValue` with the flags of a directive.

use super::binary;
use super::float::format_float;
use super::quote;
use crate::budget::Exceeded;
use crate::value::{FloatType, Kind, Object, UintType, Value};

/// Nesting at which printing gives up: a map may hold itself.
const MAX_DEPTH: usize = 250;

/// Flags, width and precision of a directive.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Flags {
    pub(super) plus: bool,
    pub(super) minus: bool,
    pub(super) sharp: bool,
    pub(super) space: bool,
    pub(super) zero: bool,
    /// `%+v` and `%#v`.
    pub(super) plus_v: bool,
    pub(super) sharp_v: bool,
    pub(super) width: Option<usize>,
    pub(super) precision: Option<usize>,
}

/// Collects output up to a limit.
pub(super) struct Printer {
    out: Vec<u8>,
    max: usize,
    exceeded: bool,
    pub(super) flags: Flags,
}

impl Printer {
    pub(super) fn new(max: usize) -> Self {
        Self { out: Vec::new(), max, exceeded: false, flags: Flags::default() }
    }

    pub(super) fn finish(self) -> Result<Vec<u8>, Exceeded> {
        if self.exceeded { Err(Exceeded::String(self.max)) } else { Ok(self.out) }
    }

    pub(super) fn write(&mut self, text: &[u8]) {
        if self.out.len() + text.len() > self.max {
            self.exceeded = true;
        } else {
            self.out.extend_from_slice(text);
        }
    }

    /// Writes padded to the width, which counts characters.
    pub(super) fn pad(&mut self, text: &[u8]) {
        let Some(width) = self.flags.width else { return self.write(text) };
        let length = String::from_utf8_lossy(text).chars().count();
        let missing = width.saturating_sub(length);
        if missing > self.max {
            self.exceeded = true;
            return;
        }
        let fill = if self.flags.zero && !self.flags.minus { b'0' } else { b' ' };
        let padding = vec![fill; missing];
        if self.flags.minus {
            self.write(text);
            self.write(&padding);
        } else {
            self.write(&padding);
            self.write(text);
        }
    }

    /// `%!verb(type=value)`.
    pub(super) fn bad_verb(&mut self, value: &Value, verb: char) {
        self.write(format!("%!{verb}(").as_bytes());
        if let Value::Nil = value {
            self.write(b"<nil>");
        } else {
            self.write(value.type_name().as_bytes());
            self.write(b"=");
            // Width, precision and signs hold for what is shown, too.
            self.value(value, 'v', 0);
        }
        self.write(b")");
    }

    pub(super) fn argument(&mut self, value: &Value, verb: char) {
        match (value, verb) {
            (Value::Nil, 'T') => self.pad(b"<nil>"),
            (_, 'T') => self.string(value.type_name().as_bytes(), 's', value),
            (Value::Nil, 'v') => self.pad(b"<nil>"),
            // `w` is for errors, which no value of a template is.
            (Value::Nil, _) | (_, 'w') => self.bad_verb(value, verb),
            _ => self.value(value, verb, 0),
        }
    }

    fn value(&mut self, value: &Value, verb: char, depth: usize) {
        if depth > MAX_DEPTH {
            self.exceeded = true;
        }
        if self.exceeded {
            return;
        }
        match value {
            Value::Nil if self.flags.sharp_v => self.write(b"interface {}(nil)"),
            Value::Nil => self.write(b"<nil>"),
            Value::Bool(truth) => match verb {
                't' | 'v' => self.pad(if *truth { b"true" } else { b"false" }),
                _ => self.bad_verb(value, verb),
            },
            Value::Int(number, _) => {
                self.integer(number.unsigned_abs(), *number < 0, verb, value, true);
            }
            Value::Uint(number, ty) => {
                let byte = *ty == UintType::Uint8 && depth > 0;
                self.integer(*number, false, verb, value, byte || !self.flags.sharp_v);
            }
            Value::Float(number, ty) => {
                let shortest =
                    if *ty == FloatType::Float32 { f64::from(*number as f32) } else { *number };
                self.float(shortest, verb, value);
            }
            Value::Complex(re, im) => self.complex(*re, *im, verb, value),
            Value::String(text) => self.string(text.as_bytes(), verb, value),
            Value::Bytes(bytes) => self.bytes(bytes.as_bytes(), verb, value, depth),
            Value::List(list) => self.list(list, verb, depth),
            Value::Map(map) => self.map(map, verb, depth),
            Value::Object(object) => self.object(object.as_ref(), verb, value, depth),
            Value::Func(_) => self.bad_verb(value, verb),
        }
    }

    fn object(&mut self, object: &dyn Object, verb: char, value: &Value, depth: usize) {
        let text = object.string().filter(|_| matches!(verb, 'v' | 's' | 'x' | 'X' | 'q'));
        match text {
            Some(text) if !self.flags.sharp_v => self.string(text.as_bytes(), verb, value),
            _ if object.number().is_some() => {
                let number = object.number().unwrap_or_default();
                self.integer(number.unsigned_abs(), number < 0, verb, value, true);
            }
            // Below the top, Go shows a pointer as a number, which these verbs cannot.
            _ if depth > 0 && object.type_name().starts_with('*') && matches!(verb, 's' | 'q') => {
                self.bad_verb(value, verb);
            }
            _ => match object.plain().filter(|_| object.kind() == Kind::Map) {
                Some(entries) if !self.flags.sharp_v => self.value(&entries, verb, depth),
                _ => {
                    let text = object.format(self.flags.plus_v, self.flags.sharp_v);
                    self.write(&text);
                }
            },
        }
    }

    fn list(&mut self, list: &crate::List, verb: char, depth: usize) {
        let sharp = self.flags.sharp_v;
        if sharp {
            self.write(list.ty().name().as_bytes());
            if list.is_nil() {
                return self.write(b"(nil)");
            }
        }
        self.write(if sharp { b"{" } else { b"[" });
        for (index, item) in list.iter().enumerate() {
            if index > 0 {
                self.write(if sharp { b", " } else { b" " });
            }
            self.value(item, verb, depth + 1);
        }
        self.write(if sharp { b"}" } else { b"]" });
    }

    fn map(&mut self, map: &crate::Map, verb: char, depth: usize) {
        let sharp = self.flags.sharp_v;
        if sharp {
            self.write(map.ty().name().as_bytes());
            if map.is_nil() {
                return self.write(b"(nil)");
            }
        }
        self.write(if sharp { b"{" } else { b"map[" });
        for (index, (key, item)) in map.snapshot().iter().enumerate() {
            if index > 0 {
                self.write(if sharp { b", " } else { b" " });
            }
            self.value(&Value::String(key.clone()), verb, depth + 1);
            self.write(b":");
            self.value(item, verb, depth + 1);
        }
        self.write(if sharp { b"}" } else { b"]" });
    }

    fn bytes(&mut self, bytes: &[u8], verb: char, value: &Value, depth: usize) {
        match verb {
            's' | 'q' | 'x' | 'X' => self.string(bytes, verb, value),
            _ => {
                // Each takes two bytes at least: more than this is refused anyway.
                let items = bytes
                    .iter()
                    .take(self.max / 2 + 1)
                    .map(|byte| Value::Uint(u64::from(*byte), UintType::Uint8));
                let list = crate::List::new(items.collect(), crate::ListType::Named("[]byte"));
                self.list(&list, if verb == 'v' { 'd' } else { verb }, depth);
            }
        }
    }

    pub(super) fn string(&mut self, text: &[u8], verb: char, value: &Value) {
        match verb {
            'v' if self.flags.sharp_v => self.quoted(text),
            'v' | 's' => {
                let text = self.truncated(text);
                self.pad(&text);
            }
            'q' => self.quoted(text),
            'x' => self.hex(text, false),
            'X' => self.hex(text, true),
            _ => self.bad_verb(value, verb),
        }
    }

    /// At most as many characters as the precision says.
    fn truncated(&self, text: &[u8]) -> Vec<u8> {
        let Some(precision) = self.flags.precision else { return text.to_vec() };
        let lossy = String::from_utf8_lossy(text);
        match lossy.char_indices().nth(precision) {
            Some((end, _)) => text.get(..end.min(text.len())).unwrap_or(text).to_vec(),
            None => text.to_vec(),
        }
    }

    fn quoted(&mut self, text: &[u8]) {
        let text = self.truncated(text);
        let backquotable = std::str::from_utf8(&text).is_ok_and(|text| {
            text.chars()
                .all(|c| c == '\t' || (c >= ' ' && c != '`' && c != '\u{7f}' && c != '\u{feff}'))
        });
        let quoted = if self.flags.sharp && backquotable {
            format!("`{}`", String::from_utf8_lossy(&text))
        } else {
            quote::quoted(&text, '"', self.flags.plus)
        };
        self.pad(quoted.as_bytes());
    }

    fn hex(&mut self, text: &[u8], upper: bool) {
        let count = self.flags.precision.map_or(text.len(), |most| most.min(text.len()));
        let mut out = String::with_capacity(count * 2);
        let prefix = if upper { "0X" } else { "0x" };
        for (index, byte) in text.iter().take(count).enumerate() {
            if index > 0 && self.flags.space {
                out.push(' ');
            }
            if self.flags.sharp && (index == 0 || self.flags.space) {
                out.push_str(prefix);
            }
            out.push_str(&if upper { format!("{byte:02X}") } else { format!("{byte:02x}") });
        }
        self.pad(out.as_bytes());
    }

    fn integer(&mut self, number: u64, negative: bool, verb: char, value: &Value, decimal: bool) {
        let digits = match verb {
            'v' if !decimal => {
                let sharp = std::mem::replace(&mut self.flags.sharp, true);
                self.number(format!("{number:x}"), "0x", negative);
                self.flags.sharp = sharp;
                return;
            }
            'd' | 'v' => return self.number(number.to_string(), "", negative),
            'b' => (format!("{number:b}"), "0b"),
            'o' => (format!("{number:o}"), "0"),
            'O' => {
                let sharp = std::mem::replace(&mut self.flags.sharp, true);
                let zero = if sharp && number != 0 { "0" } else { "" };
                self.number(format!("{zero}{number:o}"), "0o", negative);
                self.flags.sharp = sharp;
                return;
            }
            'x' => (format!("{number:x}"), "0x"),
            'X' => (format!("{number:X}"), "0X"),
            'c' => {
                let text = character(two_complement(number, negative)).to_string();
                return self.pad(text.as_bytes());
            }
            'q' => {
                let text = character(two_complement(number, negative)).to_string();
                let quoted = quote::quoted(text.as_bytes(), '\'', self.flags.plus);
                return self.pad(quoted.as_bytes());
            }
            'U' => {
                let number = two_complement(number, negative);
                let digits = self.flags.precision.unwrap_or(0).max(4);
                let mut text = format!("U+{number:0>digits$X}");
                let known = number <= u64::from(u32::from(char::MAX));
                if self.flags.sharp && known && quote::is_print(character(number)) {
                    text.push_str(&format!(" '{}'", character(number)));
                }
                let zero = std::mem::replace(&mut self.flags.zero, false);
                self.pad(text.as_bytes());
                self.flags.zero = zero;
                return;
            }
            _ => return self.bad_verb(value, verb),
        };
        self.number(digits.0, digits.1, negative);
    }

    /// Sign, base prefix, precision and zero padding of an integer's digits.
    fn number(&mut self, mut digits: String, prefix: &str, negative: bool) {
        let sign = match (negative, self.flags.plus, self.flags.space) {
            (true, ..) => "-",
            (_, true, _) => "+",
            (_, _, true) => " ",
            _ => "",
        };
        let mut least = self.flags.precision.unwrap_or(0);
        if self.flags.precision == Some(0) && digits == "0" {
            return self.pad(b"");
        }
        if self.flags.precision.is_none() && self.flags.zero && !self.flags.minus {
            least = self.flags.width.unwrap_or(0).saturating_sub(sign.len());
        }
        if least > self.max {
            self.exceeded = true;
            return;
        }
        if digits.len() < least {
            digits.insert_str(0, &"0".repeat(least - digits.len()));
        }
        let prefix = match prefix {
            "0" if digits.starts_with('0') => "",
            _ if self.flags.sharp => prefix,
            _ => "",
        };
        let zero = std::mem::replace(&mut self.flags.zero, false);
        self.pad(format!("{sign}{prefix}{digits}").as_bytes());
        self.flags.zero = zero;
    }

    fn float(&mut self, number: f64, verb: char, value: &Value) {
        let (verb, precision) = match verb {
            'v' => ('g', self.flags.precision),
            'g' | 'G' | 'b' | 'x' | 'X' => (verb, self.flags.precision),
            'e' | 'E' | 'f' | 'F' => (verb, Some(self.flags.precision.unwrap_or(6))),
            _ => return self.bad_verb(value, verb),
        };
        let mut text = match verb {
            'b' => binary::power_of_two(number),
            'x' => binary::hexadecimal(number, precision),
            'X' => binary::hexadecimal(number, precision).to_uppercase(),
            _ => format_float(number, verb, precision),
        };
        if number.is_nan() {
            text = "NaN".to_owned();
        } else if !text.starts_with(['-', '+']) && self.flags.plus {
            text.insert(0, '+');
        } else if !text.starts_with(['-', '+']) && self.flags.space {
            text.insert(0, ' ');
        }
        let finite = number.is_finite();
        if self.flags.sharp && verb != 'b' && finite {
            text = with_point(&text, verb, precision);
        }
        let zero = self.flags.zero && !self.flags.minus && finite;
        if zero && text.starts_with(['-', '+', ' ']) {
            let width = self.flags.width.unwrap_or(0);
            let (sign, digits) = text.split_at(1);
            let sign = sign.to_owned();
            let missing = width.saturating_sub(text.len()).min(self.max);
            let padded = format!("{sign}{}{digits}", "0".repeat(missing));
            return self.write(padded.as_bytes());
        }
        let keep = std::mem::replace(&mut self.flags.zero, zero);
        self.pad(text.as_bytes());
        self.flags.zero = keep;
    }

    fn complex(&mut self, re: f64, im: f64, verb: char, value: &Value) {
        if !"vbgGxXfFeE".contains(verb) {
            return self.bad_verb(value, verb);
        }
        let plus = self.flags.plus;
        self.write(b"(");
        self.float(re, verb, value);
        self.flags.plus = true;
        self.float(im, verb, value);
        self.flags.plus = plus;
        self.write(b"i)");
    }
}

/// The `#` flag of a float: a point always, and for `%g` its zeros up to the precision.
fn with_point(text: &str, verb: char, precision: Option<usize>) -> String {
    let significant = matches!(verb, 'g' | 'G' | 'x').then(|| precision.unwrap_or(6));
    let hex = matches!(verb, 'x' | 'X');
    let tail = text.find(|c| matches!(c, 'p' | 'P') || (!hex && matches!(c, 'e' | 'E')));
    let (number, tail) = text.split_at(tail.unwrap_or(text.len()));
    let digits = number.trim_start_matches(['+', '-', ' ']);
    let counted = digits.trim_start_matches(['0', '.', 'x', 'X']).replace('.', "").len();
    let counted = match hex {
        // Go counts the `x`, too.
        true => digits.trim_start_matches('0').replace('.', "").len(),
        false if digits == "0" => 1,
        false => counted,
    };
    let point = if number.contains('.') { "" } else { "." };
    let zeros = significant.unwrap_or(0).saturating_sub(counted);
    format!("{number}{point}{}{tail}", "0".repeat(zeros))
}

/// A negative number as the unsigned one of the same bits.
fn two_complement(magnitude: u64, negative: bool) -> u64 {
    if negative { magnitude.wrapping_neg() } else { magnitude }
}

fn character(number: u64) -> char {
    u32::try_from(number).ok().and_then(char::from_u32).unwrap_or(char::REPLACEMENT_CHARACTER)
}
