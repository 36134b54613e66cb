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
        _ => 0,
    }
}

/// Decimal only, a fraction of zeros allowed; leading zeros do not make it octal.
fn parse_int(text: &str) -> i64 {
    let text = match text.split_once('.') {
        Some((whole, zeros)) if zeros.bytes().all(|byte| byte == b'0') => whole,
        _ => text,
    };
    let (negative, digits) = match text.strip_prefix('-') {
        Some(digits) => (true, digits),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    let lower = digits.to_ascii_lowercase();
    let prefixed = [("0x", 16), ("0o", 8), ("0b", 2)];
    let found = prefixed.iter().find_map(|(prefix, radix)| {
        lower.strip_prefix(prefix).map(|body| i64::from_str_radix(body, *radix))
    });
    let magnitude = match found {
        Some(parsed) => parsed.unwrap_or(0),
        None => {
            let trimmed = lower.trim_start_matches('0');
            if trimmed.is_empty() { 0 } else { trimmed.parse().unwrap_or(0) }
        }
    };
    if negative { -magnitude } else { magnitude }
}

/// `cast.ToFloat64`.
pub(crate) fn to_float(value: &Value) -> f64 {
    match value {
        Value::Int(number, _) => *number as f64,
        Value::Uint(number, _) => *number as f64,
        Value::Float(number, _) => *number,
        Value::Bool(truth) => f64::from(u8::from(*truth)),
        Value::String(text) => text.to_str_lossy().parse().unwrap_or(0.0),
        _ => 0.0,
    }
}

pub(crate) fn atoi(args: &[Value]) -> CallResult {
    Ok(Value::int(text(args, 0).parse().unwrap_or(0)))
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
    folded_float(args, f64::max)
}

pub(crate) fn minf(args: &[Value]) -> CallResult {
    folded_float(args, f64::min)
}

/// Digits, and how many of them stand behind the point.
type Decimal = (i128, u32);

/// shopspring's decimals add, subtract and multiply exactly: 0.1 and 0.2 are 0.3.
fn decimal(value: f64) -> Decimal {
    let text = fmt::float_f(value, None);
    let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
    (format!("{whole}{fraction}").parse().unwrap_or(0), fraction.len() as u32)
}

fn exact(
    args: &[Value],
    operation: fn(Decimal, Decimal) -> Option<Decimal>,
    inexact: fn(f64, f64) -> f64,
) -> CallResult {
    let mut result = args.first().map_or(0.0, to_float);
    for arg in args.iter().skip(1) {
        let value = to_float(arg);
        result = match operation(decimal(result), decimal(value)) {
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
