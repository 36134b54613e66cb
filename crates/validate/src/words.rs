//! One violation in Helm's words: what stands behind `at '/place': `.
//!
//! Measured with Helm 4.3.1: strings as Go quotes them but in single quotes, numbers as
//! golang.org/x/text prints them in English (`1,000`, `1.5×10⁰⁶`).

use boon::ErrorKind;
use gotemplate::fmt::{float_g, quote};
use serde_json::{Number, Value as Json};

/// What is wrong. `pattern` is the pattern as the schema has it: boon rewrites some.
pub(crate) fn said(kind: &ErrorKind<'_, '_>, pattern: Option<&str>) -> String {
    match kind {
        ErrorKind::Type { got, want } => {
            let wanted: Vec<String> = want.iter().map(|ty| ty.to_string()).collect();
            format!("got {got}, want {}", wanted.join(" or "))
        }
        ErrorKind::Enum { want } => one_of(want),
        ErrorKind::Const { want } if is_compound(want) => "'const' failed".to_owned(),
        ErrorKind::Const { want } => format!("value must be {}", shown(want)),
        ErrorKind::Pattern { got, want } => {
            let want = pattern.unwrap_or(want);
            format!("{} does not match pattern {}", quoted(got), quoted(want))
        }
        ErrorKind::Format { got, want, err } => {
            format!("{} is not valid {want}: {err}", shown(got))
        }
        ErrorKind::UniqueItems { got: [first, second] } => {
            format!("items at {} and {} are equal", grouped(*first), grouped(*second))
        }
        ErrorKind::AdditionalItems { got } => {
            format!("last {} additionalItem(s) not allowed", grouped(*got))
        }
        _ => applied(kind)
            .or_else(|| bound(kind))
            .or_else(|| named(kind))
            .unwrap_or_else(|| kind.to_string()),
    }
}

/// Keywords that apply other schemas.
fn applied(kind: &ErrorKind<'_, '_>) -> Option<String> {
    Some(match kind {
        ErrorKind::Not => "'not' failed".to_owned(),
        ErrorKind::AllOf => "'allOf' failed".to_owned(),
        ErrorKind::AnyOf => "'anyOf' failed".to_owned(),
        ErrorKind::OneOf(None) => "'oneOf' failed, none matched".to_owned(),
        ErrorKind::OneOf(Some((first, second))) => {
            format!("'oneOf' failed, subschemas {first}, {second} matched")
        }
        ErrorKind::MinContains { got, want } if got.is_empty() => {
            format!("min {want} items required to match contains schema, but none matched")
        }
        ErrorKind::MinContains { got, want } => contained("min", got, *want),
        ErrorKind::MaxContains { got, want } => contained("max", got, *want),
        _ => return None,
    })
}

fn contained(which: &str, got: &[usize], want: usize) -> String {
    let places: Vec<String> = got.iter().map(usize::to_string).collect();
    let (count, places) = (got.len(), places.join(" "));
    format!(
        "{which} {want} items required to match contains schema, but matched {count} items at {places}"
    )
}

/// Keywords that compare a number.
fn bound(kind: &ErrorKind<'_, '_>) -> Option<String> {
    let said =
        |keyword: &str, got: String, want: String| format!("{keyword}: got {got}, want {want}");
    let numbers =
        |keyword: &str, got: &Number, want: &Number| said(keyword, number(got), number(want));
    let counts =
        |keyword: &str, got: usize, want: usize| said(keyword, grouped(got), grouped(want));
    Some(match kind {
        ErrorKind::Minimum { got, want } => numbers("minimum", got, want),
        ErrorKind::Maximum { got, want } => numbers("maximum", got, want),
        ErrorKind::ExclusiveMinimum { got, want } => numbers("exclusiveMinimum", got, want),
        ErrorKind::ExclusiveMaximum { got, want } => numbers("exclusiveMaximum", got, want),
        ErrorKind::MultipleOf { got, want } => numbers("multipleOf", got, want),
        ErrorKind::MinLength { got, want } => counts("minLength", *got, *want),
        ErrorKind::MaxLength { got, want } => counts("maxLength", *got, *want),
        ErrorKind::MinItems { got, want } => counts("minItems", *got, *want),
        ErrorKind::MaxItems { got, want } => counts("maxItems", *got, *want),
        ErrorKind::MinProperties { got, want } => counts("minProperties", *got, *want),
        ErrorKind::MaxProperties { got, want } => counts("maxProperties", *got, *want),
        _ => return None,
    })
}

/// Keywords about properties by name.
fn named(kind: &ErrorKind<'_, '_>) -> Option<String> {
    let list =
        |names: &[&str]| names.iter().map(|name| quoted(name)).collect::<Vec<_>>().join(", ");
    Some(match kind {
        ErrorKind::Required { want } => {
            let noun = if want.len() == 1 { "property" } else { "properties" };
            format!("missing {noun} {}", list(want))
        }
        ErrorKind::AdditionalProperties { got } => {
            let names: Vec<&str> = got.iter().map(AsRef::as_ref).collect();
            format!("additional properties {} not allowed", list(&names))
        }
        ErrorKind::PropertyName { prop } => format!("invalid propertyName {}", quoted(prop)),
        ErrorKind::Dependency { prop, missing }
        | ErrorKind::DependentRequired { prop, missing } => {
            format!("properties {} required, if {} exists", list(missing), quoted(prop))
        }
        _ => return None,
    })
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

/// Go's `%q` in single quotes.
pub(crate) fn quoted(text: &str) -> String {
    let go = quote(text.as_bytes());
    let inner = go.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')).unwrap_or(&go);
    format!("'{}'", inner.replace("\\\"", "\"").replace('\'', "\\'"))
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
        assert_eq!(quoted("a\\b\n\u{1}\u{a0}ü"), "'a\\\\b\\n\\x01\\u00a0ü'");
    }
}
