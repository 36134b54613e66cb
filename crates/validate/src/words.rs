//! One violation in Helm's words: what stands behind `at '/place': `.
//!
//! Measured with Helm 4.3.1: strings as Go quotes them but in single quotes, numbers as
//! golang.org/x/text prints them in English (`1,000`, `1.5×10⁰⁶`).

use crate::failure::Kind;
use gotemplate::fmt::{float_g, quote};
use serde_json::{Number, Value as Json};

/// What is wrong.
pub(crate) fn said(kind: &Kind) -> String {
    match kind {
        Kind::Group | Kind::Reference => "validation failed".to_owned(),
        Kind::Cycle { first, second, address } => {
            format!("both {first} and {second} resolve to {address:?} causing reference cycle")
        }
        Kind::Exceeded(what) => (*what).to_owned(),
        Kind::False => "false schema".to_owned(),
        Kind::Type { got, want } => format!("got {got}, want {}", want.join(" or ")),
        Kind::Enum(want) => one_of(want),
        Kind::Const(want) if is_compound(want) => "'const' failed".to_owned(),
        Kind::Const(want) => format!("value must be {}", shown(want)),
        Kind::Pattern { got, want } => {
            format!("{} does not match pattern {}", quoted(got), quoted(want))
        }
        Kind::Format { got, want, reason } => {
            format!("{} is not valid {want}: {reason}", shown(got))
        }
        Kind::Count { keyword, got, want } => {
            format!("{keyword}: got {}, want {}", grouped(*got), grouped(*want))
        }
        Kind::Bound { keyword, got, want } => {
            format!("{keyword}: got {}, want {}", number(got), number(want))
        }
        Kind::Required(_)
        | Kind::AdditionalProperties(_)
        | Kind::PropertyName(_)
        | Kind::Dependent { .. } => named(kind),
        Kind::UniqueItems(first, second) => {
            format!("items at {} and {} are equal", grouped(*first), grouped(*second))
        }
        Kind::AdditionalItems(got) => {
            format!("last {} additionalItem(s) not allowed", grouped(*got))
        }
        Kind::Contains => "no items match contains schema".to_owned(),
        Kind::MinContains { got, want } if got.is_empty() => {
            format!("min {want} items required to match contains schema, but none matched")
        }
        Kind::MinContains { got, want } => contained("min", got, *want),
        Kind::MaxContains { got, want } => contained("max", got, *want),
        Kind::Not => "'not' failed".to_owned(),
        Kind::AllOf => "'allOf' failed".to_owned(),
        Kind::AnyOf => "'anyOf' failed".to_owned(),
        Kind::OneOf(None) => "'oneOf' failed, none matched".to_owned(),
        Kind::OneOf(Some((first, second))) => {
            format!("'oneOf' failed, subschemas {first}, {second} matched")
        }
    }
}

fn contained(which: &str, got: &[usize], want: usize) -> String {
    let places: Vec<String> = got.iter().map(usize::to_string).collect();
    let (count, places) = (got.len(), places.join(" "));
    format!(
        "{which} {want} items required to match contains schema, but matched {count} items at {places}"
    )
}

/// Keywords about properties by name.
fn named(kind: &Kind) -> String {
    let list =
        |names: &[String]| names.iter().map(|name| quoted(name)).collect::<Vec<_>>().join(", ");
    match kind {
        Kind::Required(want) => {
            let noun = if want.len() == 1 { "property" } else { "properties" };
            format!("missing {noun} {}", list(want))
        }
        Kind::AdditionalProperties(got) => {
            format!("additional properties {} not allowed", list(got))
        }
        Kind::PropertyName(name) => format!("invalid propertyName {}", quoted(name)),
        Kind::Dependent { property, missing } => {
            format!("properties {} required, if {} exists", list(missing), quoted(property))
        }
        _ => String::new(),
    }
}

fn one_of(want: &[Json]) -> String {
    if want.iter().any(is_compound) {
        return "'enum' failed".to_owned();
    }
    let values: Vec<String> = want.iter().map(shown).collect();
    let few = if values.len() == 1 { "" } else { "one of " };
    format!("value must be {few}{}", values.join(", "))
}

fn is_compound(value: &Json) -> bool {
    value.is_array() || value.is_object()
}

/// A value inside a message; its numbers are not grouped.
fn shown(value: &Json) -> String {
    match value {
        Json::String(text) => quoted(text),
        Json::Null => "<nil>".to_owned(),
        Json::Array(_) | Json::Object(_) => "value".to_owned(),
        other => other.to_string(),
    }
}

/// Go's `%q` in single quotes, as Helm's library makes it: a backslash at the end loses its own.
pub(crate) fn quoted(text: &str) -> String {
    let go = quote(text.as_bytes()).replace("\\\"", "\"").replace('\'', "\\'");
    let inner = go.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')).unwrap_or(&go);
    format!("'{inner}'")
}

/// A number as a float64 in English: thousands are grouped, large ones are powers of ten.
fn number(value: &Number) -> String {
    let text = float_g(value.as_f64().unwrap_or(f64::NAN));
    let Some((mantissa, exponent)) = text.split_once('e') else { return grouped_text(&text) };
    let raised: String = exponent.chars().filter_map(superscript).collect();
    format!("{mantissa}×10{raised}")
}

fn superscript(digit: char) -> Option<char> {
    const DIGITS: [char; 10] = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];
    match digit {
        '-' => Some('⁻'),
        _ => DIGITS.get(digit.to_digit(10)? as usize).copied(),
    }
}

fn grouped(count: usize) -> String {
    grouped_text(&count.to_string())
}

/// Commas between the thousands of a plain decimal.
fn grouped_text(text: &str) -> String {
    let (sign, rest) = text.strip_prefix('-').map_or(("", text), |rest| ("-", rest));
    let whole = rest.find('.').unwrap_or(rest.len());
    let mut out = sign.to_owned();
    for (at, digit) in rest.char_indices() {
        if at > 0 && at < whole && (whole - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_english() {
        let cases = [
            ("999", "999"),
            ("1000", "1,000"),
            ("-1000", "-1,000"),
            ("999999", "999,999"),
            ("1000000", "1×10⁰⁶"),
            ("1.5e6", "1.5×10⁰⁶"),
            ("1234.5678", "1,234.5678"),
            ("123456.789012345", "123,456.789012345"),
            ("-123456789", "-1.23456789×10⁰⁸"),
            ("1e-7", "1×10⁻⁰⁷"),
            ("0.05", "0.05"),
            ("2.0", "2"),
            ("1e308", "1×10³⁰⁸"),
        ];
        for (json, text) in cases {
            let value: Number = serde_json::from_str(json).unwrap_or_else(|_| Number::from(0));
            assert_eq!(number(&value), text);
        }
    }

    #[test]
    fn strings_are_quoted_as_go_does() {
        assert_eq!(quoted("it's"), "'it\\'s'");
        assert_eq!(quoted("\"q\""), "'\"q\"'");
        assert_eq!(quoted("\\"), "'\\'");
        assert_eq!(quoted("a\\b\n\u{1}\u{a0}ü"), "'a\\\\b\\n\\x01\\u00a0ü'");
    }
}
