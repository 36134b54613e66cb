//! `strconv.FormatFloat`: shortest texts and texts of a given precision.

/// The decimal digits of a positive finite number and the place of its point:
/// `0.d1d2d3… × 10^point`.
struct Decimal {
    digits: Vec<u8>,
    point: i32,
}

impl Decimal {
    /// `digits` is how many to keep, correctly rounded; `None` keeps the fewest that read back.
    fn new(value: f64, digits: Option<usize>) -> Self {
        let text = match digits {
            Some(digits) => format!("{value:.*e}", digits.saturating_sub(1)),
            None => format!("{value:e}"),
        };
        let (mantissa, exponent) = text.split_once('e').unwrap_or((&text, "0"));
        let digits: Vec<u8> = mantissa.bytes().filter(u8::is_ascii_digit).collect();
        let exponent: i32 = exponent.parse().unwrap_or(0);
        let zero = digits.iter().all(|digit| *digit == b'0');
        Self { digits, point: if zero { 1 } else { exponent + 1 } }
    }
}

/// `FormatFloat(value, 'g', -1, 64)`: what `%v` prints.
pub fn float_g(value: f64) -> String {
    format_float(value, 'g', None)
}

/// `FormatFloat(value, 'f', precision, 64)`; `None` is -1.
pub fn float_f(value: f64, precision: Option<usize>) -> String {
    format_float(value, 'f', precision)
}

/// `FormatFloat(value, 'e', precision, 64)`.
pub fn float_e(value: f64, precision: Option<usize>) -> String {
    format_float(value, 'e', precision)
}

/// `FormatFloat(value, verb, precision, 64)` for the verbs `e E f F g G`.
pub fn format_float(value: f64, verb: char, precision: Option<usize>) -> String {
    if value.is_nan() {
        return "NaN".to_owned();
    }
    if value.is_infinite() {
        return if value > 0.0 { "+Inf" } else { "-Inf" }.to_owned();
    }
    let sign = if value.is_sign_negative() { "-" } else { "" };
    let magnitude = value.abs();
    let body = match verb {
        'e' | 'E' => exponential(magnitude, precision.map(|digits| digits + 1)),
        'f' | 'F' => match precision {
            Some(digits) => format!("{magnitude:.digits$}"),
            None => plain(&Decimal::new(magnitude, None)),
        },
        _ => general(magnitude, precision),
    };
    let text = format!("{sign}{body}");
    if verb.is_ascii_uppercase() { text.to_ascii_uppercase() } else { text }
}

/// Exponent form below 1e-4 and from `precision` digits before the point on (6 for shortest).
fn general(value: f64, precision: Option<usize>) -> String {
    let precision = precision.map(|digits| digits.max(1));
    let mut decimal = Decimal::new(value, precision);
    while decimal.digits.len() > 1 && decimal.digits.last() == Some(&b'0') {
        decimal.digits.pop();
    }
    let threshold = precision.map_or(6, |digits| digits as i32);
    let exponent = decimal.point - 1;
    if exponent < -4 || exponent >= threshold {
        return scientific(&decimal);
    }
    plain(&decimal)
}

fn exponential(value: f64, digits: Option<usize>) -> String {
    scientific(&Decimal::new(value, digits))
}

fn scientific(decimal: &Decimal) -> String {
    let (first, rest) = decimal.digits.split_first().unwrap_or((&b'0', &[]));
    let mut out = String::from(char::from(*first));
    if !rest.is_empty() {
        out.push('.');
        out.extend(rest.iter().copied().map(char::from));
    }
    let exponent = decimal.point - 1;
    let sign = if exponent < 0 { '-' } else { '+' };
    out.push_str(&format!("e{sign}{:02}", exponent.abs()));
    out
}

fn plain(decimal: &Decimal) -> String {
    let digit = |at: i32| -> char {
        let at = usize::try_from(at).ok();
        char::from(at.and_then(|at| decimal.digits.get(at)).copied().unwrap_or(b'0'))
    };
    let mut out = String::new();
    if decimal.point <= 0 {
        out.push('0');
    }
    for at in 0..decimal.point {
        out.push(digit(at));
    }
    let count = decimal.digits.len() as i32;
    if count > decimal.point && decimal.digits != b"0" {
        out.push('.');
        for at in decimal.point..count {
            out.push(if at < 0 { '0' } else { digit(at) });
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shortest_texts_are_those_of_go() {
        // Worked out from strconv's rule: exponent form below 1e-4 and from 1e6 on.
        for (value, text) in [
            (0.0, "0"),
            (8080.0, "8080"),
            (100_000.0, "100000"),
            (1_000_000.0, "1e+06"),
            (12_345_678.0, "1.2345678e+07"),
            (0.5, "0.5"),
            (0.0001, "0.0001"),
            (0.00001, "1e-05"),
            (-1.5, "-1.5"),
            (1e21, "1e+21"),
            (123456.789, "123456.789"),
        ] {
            assert_eq!(float_g(value), text);
        }
    }

    #[test]
    fn precision_counts_digits() {
        assert_eq!(format_float(1234.5678, 'g', Some(3)), "1.23e+03");
        assert_eq!(format_float(100.0, 'g', Some(3)), "100");
        assert_eq!(format_float(0.1, 'g', Some(10)), "0.1");
        assert_eq!(float_f(2.5, Some(0)), "2");
        assert_eq!(float_f(0.05, Some(1)), "0.1");
        assert_eq!(float_e(1234.0, Some(2)), "1.23e+03");
        assert_eq!(float_f(1e22, None), "10000000000000000000000");
    }
}
