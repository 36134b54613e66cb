//! Numbers: `spf13/cast`'s conversions, Go's wrapping integers, shopspring's decimals.

use crate::args::{int, text};
use gotemplate::{CallError, CallResult, Value, fmt};

/// Go's conversion of a float to int64: out of range gives the smallest.
fn truncated(value: f64) -> i64 {
    /// 2^63, the first that does not fit.
    const BEYOND: f64 = 9_223_372_036_854_775_808.0;
    if (-BEYOND..BEYOND).contains(&value) { value as i64 } else { i64::MIN }
}

/// `cast.ToInt64`: 0 for what is no number.
pub(crate) fn to_int(value: &Value) -> i64 {
    match value {
        Value::Int(number, _) => *number,
        Value::Uint(number, _) => *number as i64,
        Value::Float(number, _) => truncated(*number),
        Value::Bool(truth) => i64::from(*truth),
        Value::String(text) => parse_int(&text.to_str_lossy()),
        Value::Object(_) => calendar(value),
        _ => 0,
    }
}

/// Go's `strconv.ParseInt` with base 0, after a fraction of zeros is cut off.
fn parse_int(text: &str) -> i64 {
    let text = match text.rsplit_once('.') {
        Some((whole, zeros)) if !zeros.is_empty() && zeros.bytes().all(|byte| byte == b'0') => {
            whole
        }
        _ => text,
    };
    let (sign, digits) = match text.as_bytes().first() {
        Some(b'-') => ("-", &text[1..]),
        Some(b'+') => ("", &text[1..]),
        _ => ("", text),
    };
    let lower = digits.to_ascii_lowercase();
    let prefixed = [("0x", 16), ("0o", 8), ("0b", 2), ("0", 8)].into_iter();
    let (body, radix, prefix) = prefixed
        .filter_map(|(prefix, radix)| Some((lower.strip_prefix(prefix)?, radix, prefix)))
        .find(|(body, ..)| !body.is_empty())
        .unwrap_or((&lower, 10, ""));
    let Some(body) = without_underscores(body, !prefix.is_empty()) else { return 0 };
    if body.starts_with(['+', '-']) {
        return 0;
    }
    i64::from_str_radix(&format!("{sign}{body}"), radix).unwrap_or(0)
}

/// Go lets underscores part digits, and a prefix from its digits.
fn without_underscores(digits: &str, leading: bool) -> Option<String> {
    let part = |c: char| c.is_ascii_hexdigit();
    let mut before = leading;
    let mut chars = digits.chars().peekable();
    while let Some(c) = chars.next() {
        if c == '_' && !(before && chars.peek().is_some_and(|next| part(*next))) {
            return None;
        }
        before = part(c);
    }
    Some(digits.replace('_', ""))
}

/// `cast.ToFloat64`.
pub(crate) fn to_float(value: &Value) -> f64 {
    match value {
        Value::Int(number, _) => *number as f64,
        Value::Uint(number, _) => *number as f64,
        Value::Float(number, _) => *number,
        Value::Bool(truth) => f64::from(u8::from(*truth)),
        Value::String(text) => parse_float(&text.to_str_lossy()).unwrap_or(0.0),
        Value::Object(_) => calendar(value) as f64,
        _ => 0.0,
    }
}

/// `cast` takes months and weekdays for numbers, but no durations.
fn calendar(value: &Value) -> i64 {
    match value {
        Value::Object(object) => match object.as_any().downcast_ref::<crate::dates::Named>() {
            Some(named) if !named.is_duration() => named.number,
            _ => 0,
        },
        _ => 0,
    }
}

/// Go's `strconv.ParseFloat`; `None` for what it refuses.
pub(crate) fn parse_float(text: &str) -> Option<f64> {
    let (sign, digits) = match text.strip_prefix('-') {
        Some(digits) => (-1.0, digits),
        None => (1.0, text.strip_prefix('+').unwrap_or(text)),
    };
    let hexadecimal = digits.strip_prefix("0x").or_else(|| digits.strip_prefix("0X"));
    let body = without_underscores(hexadecimal.unwrap_or(digits), hexadecimal.is_some())?;
    if body.starts_with(['+', '-']) {
        return None;
    }
    let value = match hexadecimal {
        Some(_) => parse_hexadecimal(&body)?,
        None => body.parse::<f64>().ok()?,
    };
    let named = body.bytes().all(|byte| byte.is_ascii_alphabetic());
    (value.is_finite() || named && hexadecimal.is_none()).then_some(sign * value)
}

/// `1.8p3`: hexadecimal digits and a decimal power of two.
fn parse_hexadecimal(text: &str) -> Option<f64> {
    let (digits, power) = text.split_once(['p', 'P'])?;
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    if whole.is_empty() && fraction.is_empty() {
        return None;
    }
    let mut mantissa = 0.0_f64;
    for c in whole.chars().chain(fraction.chars()) {
        mantissa = mantissa * 16.0 + f64::from(c.to_digit(16)?);
    }
    let power = power.parse::<i32>().ok()? - 4 * i32::try_from(fraction.len()).ok()?;
    Some(mantissa * 2_f64.powi(power)).filter(|value| value.is_finite())
}

/// Go's `strconv.Atoi`, whose number is the nearest that fits where the text is out of range.
pub(crate) fn atoi(args: &[Value]) -> CallResult {
    use std::num::IntErrorKind;
    let parsed =
        text(args, 0).parse().unwrap_or_else(|error: std::num::ParseIntError| match error.kind() {
            IntErrorKind::PosOverflow => i64::MAX,
            IntErrorKind::NegOverflow => i64::MIN,
            _ => 0,
        });
    Ok(Value::int(parsed))
}

/// Reads octal text.
pub(crate) fn to_decimal(args: &[Value]) -> CallResult {
    let text = String::from_utf8_lossy(&fmt::value_v(&args[0])?).into_owned();
    Ok(Value::int64(i64::from_str_radix(&text, 8).unwrap_or(0)))
}

fn folded(args: &[Value], start: i64, step: fn(i64, i64) -> i64) -> CallResult {
    Ok(Value::int64(args.iter().map(to_int).fold(start, step)))
}

pub(crate) fn add(args: &[Value]) -> CallResult {
    folded(args, 0, i64::wrapping_add)
}

pub(crate) fn add1(args: &[Value]) -> CallResult {
    Ok(Value::int64(to_int(&args[0]).wrapping_add(1)))
}

pub(crate) fn sub(args: &[Value]) -> CallResult {
    Ok(Value::int64(to_int(&args[0]).wrapping_sub(to_int(&args[1]))))
}

pub(crate) fn mul(args: &[Value]) -> CallResult {
    folded(args, 1, i64::wrapping_mul)
}

fn divided(args: &[Value], operation: fn(i64, i64) -> i64) -> CallResult {
    let by = to_int(&args[1]);
    if by == 0 {
        return Err(CallError::new("runtime error: integer divide by zero"));
    }
    Ok(Value::int64(operation(to_int(&args[0]), by)))
}

pub(crate) fn div(args: &[Value]) -> CallResult {
    divided(args, i64::wrapping_div)
}

pub(crate) fn modulo(args: &[Value]) -> CallResult {
    divided(args, i64::wrapping_rem)
}

pub(crate) fn max(args: &[Value]) -> CallResult {
    folded(&args[1..], to_int(&args[0]), i64::max)
}

pub(crate) fn min(args: &[Value]) -> CallResult {
    folded(&args[1..], to_int(&args[0]), i64::min)
}

fn folded_float(args: &[Value], step: fn(f64, f64) -> f64) -> CallResult {
    let first = args.first().map_or(0.0, to_float);
    Ok(Value::float(args.iter().skip(1).map(to_float).fold(first, step)))
}

pub(crate) fn maxf(args: &[Value]) -> CallResult {
    folded_float(args, |a, b| if a.is_nan() || b.is_nan() { f64::NAN } else { a.max(b) })
}

pub(crate) fn minf(args: &[Value]) -> CallResult {
    folded_float(args, |a, b| if a.is_nan() || b.is_nan() { f64::NAN } else { a.min(b) })
}

/// Digits, and how many of them stand behind the point.
type Decimal = (i128, u32);

/// shopspring's decimals add, subtract and multiply exactly: 0.1 and 0.2 are 0.3.
fn decimal(value: f64) -> Option<Decimal> {
    let text = fmt::float_f(value, None);
    let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
    Some((format!("{whole}{fraction}").parse().ok()?, fraction.len() as u32))
}

fn exact(
    args: &[Value],
    operation: fn(Decimal, Decimal) -> Option<Decimal>,
    inexact: fn(f64, f64) -> f64,
) -> CallResult {
    let mut result = args.first().map_or(0.0, to_float);
    for arg in args.iter().skip(1) {
        let value = to_float(arg);
        let decimals = decimal(result).zip(decimal(value));
        result = match decimals.and_then(|(a, b)| operation(a, b)) {
            Some((digits, scale)) => rescaled(digits, scale),
            None => inexact(result, value),
        };
    }
    Ok(Value::float(result))
}

fn rescaled(digits: i128, scale: u32) -> f64 {
    format!("{digits}e-{scale}").parse().unwrap_or(0.0)
}

fn aligned(a: Decimal, b: Decimal) -> Option<(i128, i128, u32)> {
    let scale = a.1.max(b.1);
    let left = a.0.checked_mul(10_i128.checked_pow(scale - a.1)?)?;
    let right = b.0.checked_mul(10_i128.checked_pow(scale - b.1)?)?;
    Some((left, right, scale))
}

pub(crate) fn addf(args: &[Value]) -> CallResult {
    let add = |a, b| {
        let (a, b, scale) = aligned(a, b)?;
        Some((a.checked_add(b)?, scale))
    };
    exact(args, add, |a, b| a + b)
}

pub(crate) fn add1f(args: &[Value]) -> CallResult {
    addf(&[args[0].clone(), Value::float(1.0)])
}

pub(crate) fn subf(args: &[Value]) -> CallResult {
    let sub = |a, b| {
        let (a, b, scale) = aligned(a, b)?;
        Some((a.checked_sub(b)?, scale))
    };
    exact(args, sub, |a, b| a - b)
}

pub(crate) fn mulf(args: &[Value]) -> CallResult {
    let mul = |a: Decimal, b: Decimal| Some((a.0.checked_mul(b.0)?, a.1 + b.1));
    exact(args, mul, |a, b| a * b)
}

pub(crate) fn divf(args: &[Value]) -> CallResult {
    if args.iter().skip(1).any(|arg| to_float(arg) == 0.0) {
        return Err(CallError::new("decimal division by 0"));
    }
    // shopspring keeps 16 digits behind the point.
    let div = |a: Decimal, b: Decimal| {
        let (a, b, _) = aligned(a, b)?;
        let scaled = a.checked_mul(10_i128.pow(16))?;
        let (quotient, rest) = (scaled / b, scaled % b);
        let up = rest.abs().checked_mul(2)? >= b.abs();
        let sign = if (scaled < 0) == (b < 0) { 1 } else { -1 };
        Some((quotient + if up { sign } else { 0 }, 16))
    };
    exact(args, div, |a, b| a / b)
}

/// `round value places [roundOn]`.
pub(crate) fn round(args: &[Value]) -> CallResult {
    let value = to_float(&args[0]);
    let places = int(args, 1) as i32;
    let on = args.get(2).map_or(0.5, to_float);
    let power = 10_f64.powi(places);
    let digit = power * value;
    let fraction = digit.fract();
    let rounded = if fraction >= on { digit.ceil() } else { digit.floor() };
    Ok(Value::float(rounded / power))
}
