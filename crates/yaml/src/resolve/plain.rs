//! What a plain scalar means under YAML 1.1, as go-yaml v2 resolves it: the reader takes it from
//! here, and the writer asks whether a text would be read as something else.

/// What a plain scalar is.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Scalar {
    Null,
    Bool(bool),
    Int(i64),
    Uint(u64),
    Float(f64),
    /// A date: stays text, but is quoted when written.
    Timestamp,
    Merge,
    Text,
}

/// go-yaml v2's `resolve("", text)`.
pub(crate) fn plain(text: &str) -> Scalar {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => return Scalar::Null,
        "y" | "Y" | "yes" | "Yes" | "YES" | "true" | "True" | "TRUE" | "on" | "On" | "ON" => {
            return Scalar::Bool(true);
        }
        "n" | "N" | "no" | "No" | "NO" | "false" | "False" | "FALSE" | "off" | "Off" | "OFF" => {
            return Scalar::Bool(false);
        }
        ".nan" | ".NaN" | ".NAN" => return Scalar::Float(f64::NAN),
        ".inf" | ".Inf" | ".INF" | "+.inf" | "+.Inf" | "+.INF" => {
            return Scalar::Float(f64::INFINITY);
        }
        "-.inf" | "-.Inf" | "-.INF" => return Scalar::Float(f64::NEG_INFINITY),
        "<<" => return Scalar::Merge,
        _ => {}
    }
    match text.as_bytes().first() {
        Some(b'.') => go_float(text).map_or(Scalar::Text, Scalar::Float),
        Some(b'+' | b'-' | b'0'..=b'9') => numeric(text),
        _ => Scalar::Text,
    }
}

fn numeric(text: &str) -> Scalar {
    if is_timestamp(text) {
        return Scalar::Timestamp;
    }
    let digits = text.replace('_', "");
    if let Some(value) = integer(&digits) {
        return value;
    }
    if is_float(&digits)
        && let Ok(value) = digits.parse::<f64>()
        && value.is_finite()
    {
        return Scalar::Float(value);
    }
    Scalar::Text
}

/// `strconv.ParseInt` and then `ParseUint`, both with base 0.
fn integer(text: &str) -> Option<Scalar> {
    let negative = text.starts_with('-');
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    let lower = digits.to_ascii_lowercase();
    let (radix, body) = match lower.as_bytes() {
        [b'0', b'x', ..] => (16, &lower[2..]),
        [b'0', b'b', ..] => (2, &lower[2..]),
        [b'0', b'o', ..] => (8, &lower[2..]),
        [b'0', _, ..] => (8, &lower[1..]),
        _ => (10, lower.as_str()),
    };
    if body.is_empty() || !body.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        return None;
    }
    let magnitude = u64::from_str_radix(body, radix).ok()?;
    if negative {
        return 0_i64.checked_sub_unsigned(magnitude).map(Scalar::Int);
    }
    match i64::try_from(magnitude) {
        Ok(value) => Some(Scalar::Int(value)),
        // ParseUint takes no sign.
        Err(_) => (!text.starts_with('+')).then_some(Scalar::Uint(magnitude)),
    }
}

/// `^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$`
fn is_float(text: &str) -> bool {
    let body = text.strip_prefix(['+', '-']).unwrap_or(text);
    let (mantissa, exponent) = match body.find(['e', 'E']) {
        Some(at) => (&body[..at], Some(&body[at + 1..])),
        None => (body, None),
    };
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let exponent_fits = exponent
        .is_none_or(|exponent| digits(exponent.strip_prefix(['+', '-']).unwrap_or(exponent)));
    let mantissa_fits = match mantissa.split_once('.') {
        Some(("", fraction)) => digits(fraction),
        Some((whole, fraction)) => digits(whole) && (fraction.is_empty() || digits(fraction)),
        None => digits(mantissa),
    };
    exponent_fits && mantissa_fits
}

/// `strconv.ParseFloat` of a text that begins with a point.
fn go_float(text: &str) -> Option<f64> {
    let fits = text.bytes().all(|byte| byte.is_ascii_digit() || b".eE+-".contains(&byte));
    text.parse().ok().filter(|value: &f64| fits && value.is_finite())
}

/// go-yaml's four timestamp layouts: a date, or a date and a time, the fields of any valid size.
fn is_timestamp(text: &str) -> bool {
    let bytes = text.as_bytes();
    if bytes.len() < 8 || !bytes[..4].iter().all(u8::is_ascii_digit) || bytes[4] != b'-' {
        return false;
    }
    let (date, time) = match text.find(['T', 't', ' ']) {
        Some(at) => (&text[..at], Some(text[at + 1..].trim_start())),
        None => (text, None),
    };
    let separator_t = text.find(['T', 't']);
    let mut parts = date[5..].split('-');
    let number = |part: Option<&str>| {
        part.filter(|part| (1..=2).contains(&part.len()))
            .filter(|part| part.bytes().all(|byte| byte.is_ascii_digit()))
            .and_then(|part| part.parse::<u32>().ok())
    };
    let (month, day) = (number(parts.next()), number(parts.next()));
    let date_fits = parts.next().is_none()
        && month.is_some_and(|month| (1..=12).contains(&month))
        && day.is_some_and(|day| (1..=days(&text[..4], month)).contains(&day));
    date_fits && time.is_none_or(|time| is_time(time, separator_t.is_some()))
}

/// Days of a month, the year being a leap year or not.
fn days(year: &str, month: Option<u32>) -> u32 {
    let year: u32 = year.parse().unwrap_or(0);
    match month {
        Some(2)
            if year.is_multiple_of(4)
                && (!year.is_multiple_of(100) || year.is_multiple_of(400)) =>
        {
            29
        }
        Some(2) => 28,
        Some(4 | 6 | 9 | 11) => 30,
        _ => 31,
    }
}

/// `15:4:5.999999999`, with a zone (required after `T`, none after a blank).
fn is_time(text: &str, zoned: bool) -> bool {
    let (clock, zone) = match text.find(['Z', '+', '-']) {
        Some(at) => (&text[..at], &text[at..]),
        None => (text, ""),
    };
    let mut parts = clock.trim_end().split(':');
    let part = |text: Option<&str>, most: u32| {
        text.is_some_and(|text| {
            (1..=2).contains(&text.len()) && text.parse::<u32>().is_ok_and(|value| value < most)
        })
    };
    let hour = part(parts.next(), 24);
    let minute = part(parts.next(), 60);
    let seconds = parts.next().unwrap_or_default();
    let (whole, fraction) = seconds.split_once('.').unwrap_or((seconds, "0"));
    let second = part(Some(whole), 60) && fraction.bytes().all(|byte| byte.is_ascii_digit());
    let zone_fits = match zone.as_bytes() {
        [] => !zoned,
        [b'Z'] => zoned,
        [_, rest @ ..] => zoned && rest.iter().all(|byte| byte.is_ascii_digit() || *byte == b':'),
    };
    hour && minute && second && parts.next().is_none() && zone_fits
}
