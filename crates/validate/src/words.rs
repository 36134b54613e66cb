//! What Helm says of one violation: the English texts of the validator inside Helm, its quotes,
//! and its numbers, which it prints for people: `30,000`, `1.5×10⁰⁷`.

use boon::ErrorKind;
use serde_json::{Number, Value as Json};

/// Magnitudes that are printed digit by digit; what lies outside is printed as a power of ten.
const PLAIN_EXPONENTS: std::ops::Range<i32> = -4..6;

pub(crate) fn words(kind: &ErrorKind<'_, '_>) -> String {
    match kind {
        ErrorKind::Type { got, want } => {
            let wanted: Vec<String> = want.iter().map(|ty| ty.to_string()).collect();
            format!("got {got}, want {}", wanted.join(" or "))
        }
        ErrorKind::Enum { want } if want.iter().any(is_compound) => "'enum' failed".to_owned(),
        ErrorKind::Enum { want } => {
            let wanted: Vec<String> = want.iter().map(plain).collect();
            let one_of = if wanted.len() == 1 { "" } else { "one of " };
            format!("value must be {one_of}{}", wanted.join(", "))
        }
        ErrorKind::Const { want } if is_compound(want) => "'const' failed".to_owned(),
        ErrorKind::Const { want } => format!("value must be {}", plain(want)),
        ErrorKind::Required { want } => {
            let noun = if want.len() == 1 { "property" } else { "properties" };
            format!("missing {noun} {}", names(want))
        }
        ErrorKind::AdditionalProperties { got } => {
            format!("additional properties {} not allowed", names(got))
        }
        ErrorKind::PropertyName { prop } => format!("invalid propertyName {}", quote(prop)),
        ErrorKind::Dependency { prop, missing }
        | ErrorKind::DependentRequired { prop, missing } => {
            format!("properties {} required, if {} exists", names(missing), quote(prop))
        }
        ErrorKind::Pattern { got, want } => {
            format!("{} does not match pattern {}", quote(got), quote(want))
        }
        ErrorKind::UniqueItems { got: [first, second] } => {
            format!("items at {} and {} are equal", count(*first), count(*second))
        }
        ErrorKind::AdditionalItems { got } => {
            format!("last {} additionalItem(s) not allowed", count(*got))
        }
        ErrorKind::Not => "'not' failed".to_owned(),
        ErrorKind::AllOf => "'allOf' failed".to_owned(),
        ErrorKind::AnyOf => "'anyOf' failed".to_owned(),
        ErrorKind::OneOf(None) => "'oneOf' failed, none matched".to_owned(),
        ErrorKind::OneOf(Some((first, second))) => {
            format!("'oneOf' failed, subschemas {first}, {second} matched")
        }
        other => amount(other),
    }
}

/// Violations that compare an amount with its limit.
fn amount(kind: &ErrorKind<'_, '_>) -> String {
    let numbers = |name: &str, got: &Number, want: &Number| {
        format!("{name}: got {}, want {}", number(got), number(want))
    };
    let counts = |name: &str, got: usize, want: usize| {
        format!("{name}: got {}, want {}", count(got), count(want))
    };
    match kind {
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
        ErrorKind::MinContains { got, want } => contained("min", got, *want),
        ErrorKind::MaxContains { got, want } => contained("max", got, *want),
        other => other.to_string(),
    }
}

fn contained(limit: &str, matched: &[usize], want: usize) -> String {
    let text = format!("{limit} {} items required to match contains schema, but ", count(want));
    if matched.is_empty() {
        return text + "none matched";
    }
    let places: Vec<String> = matched.iter().map(|at| count(*at)).collect();
    format!("{text}matched {} items at {}", count(matched.len()), places.join(" "))
}

fn is_compound(value: &Json) -> bool {
    value.is_object() || value.is_array()
}

fn plain(value: &Json) -> String {
    match value {
        Json::String(text) => quote(text),
        Json::Null => "<nil>".to_owned(),
        other => other.to_string(),
    }
}

fn names(names: &[impl AsRef<str>]) -> String {
    names.iter().map(|name| quote(name.as_ref())).collect::<Vec<_>>().join(", ")
}

/// Go's `%q`, in single quotes.
pub(crate) fn quote(text: &str) -> String {
    let quoted = gotemplate::fmt::quote(text.as_bytes());
    let inner = quoted.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
    let inner = inner.unwrap_or(&quoted).replace("\\\"", "\"").replace('\'', "\\'");
    format!("'{inner}'")
}

fn count(count: usize) -> String {
    grouped(&count.to_string())
}

fn number(number: &Number) -> String {
    let value = number.as_f64().unwrap_or_default();
    let sign = if value < 0.0 { "-" } else { "" };
    let size = value.abs();
    let scientific = format!("{size:e}");
    let (digits, exponent) = scientific.split_once('e').unwrap_or((&scientific, "0"));
    let exponent: i32 = exponent.parse().unwrap_or_default();
    if size == 0.0 || PLAIN_EXPONENTS.contains(&exponent) {
        return format!("{sign}{}", grouped(&size.to_string()));
    }
    format!("{sign}{digits}×10{}", superscript(exponent))
}

/// A comma before every third digit of the whole part.
fn grouped(decimal: &str) -> String {
    let whole = decimal.split('.').next().unwrap_or_default().len();
    let mut out = String::new();
    for (at, digit) in decimal.chars().enumerate() {
        if at > 0 && at < whole && (whole - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// At least two digits, raised.
fn superscript(exponent: i32) -> String {
    let raised = |c: char| match c {
        '-' => '⁻',
        '1' => '¹',
        '2' => '²',
        '3' => '³',
        '4' => '⁴',
        '5' => '⁵',
        '6' => '⁶',
        '7' => '⁷',
        '8' => '⁸',
        '9' => '⁹',
        _ => '⁰',
    };
    let sign = if exponent < 0 { "-" } else { "" };
    format!("{sign}{:02}", exponent.abs()).chars().map(raised).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Measured with Helm 4.3.1, `maximum` and `minimum`.
    #[test]
    fn numbers_are_printed_for_people() {
        let cases = [
            ("80", "80"),
            ("0", "0"),
            ("30000", "30,000"),
            ("-10000", "-10,000"),
            ("123456.75", "123,456.75"),
            ("100000", "100,000"),
            ("1000000", "1×10⁰⁶"),
            ("-1234567.125", "-1.234567125×10⁰⁶"),
            ("0.0001", "0.0001"),
            ("0.00001", "1×10⁻⁰⁵"),
            ("1e100", "1×10¹⁰⁰"),
        ];
        for (json, printed) in cases {
            let value: Number = serde_json::from_str(json).unwrap();
            assert_eq!(number(&value), printed, "{json}");
        }
    }

    #[test]
    fn texts_are_quoted_as_helm_quotes_them() {
        assert_eq!(quote("it's"), r"'it\'s'");
        assert_eq!(quote("say \"hi\""), "'say \"hi\"'");
        assert_eq!(quote("a\nb"), r"'a\nb'");
    }
}
