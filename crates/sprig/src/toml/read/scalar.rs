//! Values of one word: booleans, numbers, dates and times.

use super::{Found, Node, Reader};
use crate::dates::{Time, Zone, parse_time};
use gotemplate::Value;

impl Reader<'_> {
    pub(super) fn scalar(&mut self) -> Found<Node> {
        let end = |c: char| matches!(c, ',' | ']' | '}' | '#' | '\n' | '\r' | '\t');
        let mut length = self.rest.find(end).unwrap_or(self.rest.len());
        // A blank may stand between a date and its time.
        let date = self.rest.as_bytes().get(4) == Some(&b'-');
        if let Some(blank) = self.rest[..length].find(' ').filter(|at| !date || *at != 10) {
            length = blank;
        }
        let (text, rest) = self.rest.split_at(length);
        let text = text.trim_end();
        let value = match text {
            "true" => Some(Value::Bool(true)),
            "false" => Some(Value::Bool(false)),
            _ => self.number(text)?.or_else(|| time(text)),
        };
        let Some(value) = value else {
            return self.failed(&format!("expected value but found {text:?} instead"));
        };
        self.rest = rest;
        Ok(Node::Leaf(value))
    }

    fn number(&self, text: &str) -> Found<Option<Value>> {
        let plain = text.replace('_', "");
        let (sign, digits) = match plain.strip_prefix('-') {
            Some(digits) => ("-", digits),
            None => ("", plain.strip_prefix('+').unwrap_or(&plain)),
        };
        match digits {
            "inf" => {
                let infinite = if sign.is_empty() { f64::INFINITY } else { f64::NEG_INFINITY };
                return Ok(Some(Value::float(infinite)));
            }
            "nan" => return Ok(Some(Value::float(f64::NAN))),
            _ => {}
        }
        let prefixed = [("0x", 16), ("0o", 8), ("0b", 2)].into_iter();
        let (body, radix) = prefixed
            .filter_map(|(prefix, radix)| Some((digits.strip_prefix(prefix)?, radix)))
            .next()
            .unwrap_or((digits, 10));
        if radix != 10 && digits.len() != plain.len() {
            let lead = &plain[..3];
            return self.failed(&format!("cannot use sign with non-decimal numbers: '{lead}'"));
        }
        if !body.is_empty() && body.chars().all(|c| c.is_digit(radix)) {
            return match i64::from_str_radix(&format!("{sign}{body}"), radix) {
                Ok(number) => Ok(Some(Value::int64(number))),
                Err(_) => self.failed(&format!("{text} is out of range for int64")),
            };
        }
        let float = digits.chars().all(|c| c.is_ascii_digit() || ".eE+-".contains(c))
            && digits.starts_with(|c: char| c.is_ascii_digit());
        Ok(if float { plain.parse().ok().map(Value::float) } else { None })
    }
}

/// A date, a time, or both; without an offset in a zone that tells which.
fn time(text: &str) -> Option<Value> {
    let text = match text.split_at_checked(10) {
        Some((date, clock)) if clock.starts_with(['t', 'T', ' ']) => {
            format!("{date}T{}", &clock[1..])
        }
        _ => text.to_owned(),
    };
    let text = text.replace('z', "Z");
    let layouts = [
        ("2006-01-02T15:04:05.999999999Z07:00", None),
        ("2006-01-02T15:04:05.999999999", Some("datetime-local")),
        ("2006-01-02", Some("date-local")),
        ("15:04:05.999999999", Some("time-local")),
    ];
    layouts.into_iter().find_map(|(layout, local)| {
        let time: Time = parse_time(layout, &text)?;
        let time = match local {
            Some(name) => time.within(Zone::fixed(name, 0)),
            None => time,
        };
        Some(Value::Object(std::rc::Rc::new(time)))
    })
}
