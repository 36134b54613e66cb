//! Sprig's and Helm's functions over times and durations. The clock is the world's, the place is
//! UTC: what Helm prints where `TZ` is not set.

mod duration;
mod layout;
mod objects;
mod read;
mod time;
mod write;
mod zones;

pub(crate) use objects::{Named, as_time};
pub(crate) use time::Time;
pub use time::days_in;
pub(crate) use zones::Zone;

use crate::Row;
use crate::args::{int, text};
use crate::world::{Asking, World, rows};
use duration::{Duration, HOUR, MINUTE, SECOND};
use gotemplate::{Call, CallError, CallResult, IntType, Type, Value, fmt};
use objects::{TIME, duration_value, in_units, time_value};
use std::rc::Rc;

const A: Type = Type::Any;
const S: Type = Type::String;

/// The layout of `htmlDate`.
const DATE: &str = "2006-01-02";

pub(crate) fn table(world: &Rc<dyn World>) -> Vec<Row> {
    let functions: [Asking; 8] = [
        ("now", &[], |world, _, _| Ok(time_value(now(world)))),
        ("date", &[S, A], |world, args, _| dated(world, &text(args, 0), &args[1], "Local")),
        ("dateInZone", &[S, A, S], in_zone),
        ("date_in_zone", &[S, A, S], in_zone),
        ("htmlDate", &[A], |world, args, _| dated(world, DATE, &args[0], "Local")),
        ("htmlDateInZone", &[A, S], |world, args, _| dated(world, DATE, &args[0], &text(args, 1))),
        ("ago", &[A], ago),
        ("durationRound", &[A], duration_round),
    ];
    let mut table = rows(world, &functions);
    table.extend(pure_table());
    table
}

fn pure_table() -> Vec<Row> {
    use crate::pure;
    vec![
        pure("toDate", &[S, S], |args| {
            let zero = || Time::utc(time::ZERO, 0);
            Ok(time_value(read_time(args).unwrap_or_else(|_| zero())))
        }),
        pure("mustToDate", &[S, S], |args| read_time(args).map(time_value)),
        pure("dateModify", &[S, TIME], modify),
        pure("date_modify", &[S, TIME], modify),
        pure("mustDateModify", &[S, TIME], must_modify),
        pure("must_date_modify", &[S, TIME], must_modify),
        pure("unixEpoch", &[TIME], |args| Ok(Value::from(time(args, 0).seconds.to_string()))),
        pure("duration", &[A], seconds_text),
        pure("mustToDuration", &[A], |args| must_duration(&args[0]).map(duration_value)),
        pure("durationSeconds", &[A], |args| Ok(Value::float(in_units(lenient(args, 0), SECOND)))),
        pure("durationMinutes", &[A], |args| Ok(Value::float(in_units(lenient(args, 0), MINUTE)))),
        pure("durationHours", &[A], |args| Ok(Value::float(in_units(lenient(args, 0), HOUR)))),
        pure("durationDays", &[A], |args| {
            Ok(Value::float(in_units(lenient(args, 0), HOUR) / 24.0))
        }),
        pure("durationWeeks", &[A], |args| {
            Ok(Value::float(in_units(lenient(args, 0), HOUR) / 24.0 / 7.0))
        }),
        pure("durationMilliseconds", &[A], |args| Ok(Value::int64(lenient(args, 0) / 1_000_000))),
        pure("durationMicroseconds", &[A], |args| Ok(Value::int64(lenient(args, 0) / 1_000))),
        pure("durationNanoseconds", &[A], |args| Ok(Value::int64(lenient(args, 0)))),
        pure("durationRoundTo", &[A, A], |args| {
            Ok(duration_value(duration::rounded(lenient(args, 0), lenient(args, 1))))
        }),
        pure("durationTruncateTo", &[A, A], |args| {
            Ok(duration_value(duration::truncated(lenient(args, 0), lenient(args, 1))))
        }),
    ]
}

/// The quoting of Go's `time` package: bytes that are not printable ASCII as `\xNN`.
fn quote(text: &[u8]) -> String {
    let mut out = String::from("\"");
    for byte in text {
        match byte {
            b'"' | b'\\' => out.extend(['\\', char::from(*byte)]),
            b' '..=b'~' => out.push(char::from(*byte)),
            _ => out.push_str(&format!("\\x{byte:02x}")),
        }
    }
    out.push('"');
    out
}

fn now(world: &dyn World) -> Time {
    let now = world.now();
    Time::utc(now.seconds, now.nanoseconds)
}

/// The argument, whose type the executor has checked.
fn time(args: &[Value], index: usize) -> Time {
    args.get(index).and_then(as_time).unwrap_or_else(|| Time::utc(time::ZERO, 0))
}

fn in_zone(world: &dyn World, args: &[Value], _: &mut Call<'_>) -> CallResult {
    dated(world, &text(args, 0), &args[1], &text(args, 2))
}

/// Anything but a time and a number of seconds is now.
fn dated(world: &dyn World, layout: &str, value: &Value, zone: &str) -> CallResult {
    let time = match value {
        Value::Int(seconds, IntType::Int | IntType::Int32 | IntType::Int64) => {
            Time::utc(*seconds, 0)
        }
        _ => as_time(value).unwrap_or_else(|| now(world)),
    };
    let zone = Zone::load(zone).unwrap_or(Zone::Utc);
    Ok(Value::from(time.within(zone).format(layout)))
}

fn ago(world: &dyn World, args: &[Value], _: &mut Call<'_>) -> CallResult {
    let now = now(world);
    let then = match &args[0] {
        Value::Int(seconds, IntType::Int | IntType::Int64) => Time::utc(*seconds, 0),
        value => as_time(value).unwrap_or_else(|| now.clone()),
    };
    Ok(Value::from(duration::text(duration::rounded(now.since(&then), SECOND))))
}

/// The largest unit alone: `3mo`.
fn duration_round(world: &dyn World, args: &[Value], _: &mut Call<'_>) -> CallResult {
    let duration = match &args[0] {
        Value::String(text) => duration::parse(&text.to_str_lossy()).unwrap_or(0),
        Value::Int(number, IntType::Int64) => *number,
        value => as_time(value).map_or(0, |time| now(world).since(&time)),
    };
    const DAY: Duration = 24 * HOUR;
    let units =
        [(365 * DAY, "y"), (30 * DAY, "mo"), (DAY, "d"), (HOUR, "h"), (MINUTE, "m"), (SECOND, "s")];
    let all = duration.unsigned_abs();
    let fits = |(unit, _): &&(Duration, &str)| all > unit.unsigned_abs();
    Ok(Value::from(match units.iter().find(fits) {
        Some((unit, name)) => format!("{}{name}", all / unit.unsigned_abs()),
        None => "0s".to_owned(),
    }))
}

/// A time by a layout; `None` where the text is none.
pub(crate) fn parse_time(layout: &str, text: &str) -> Option<Time> {
    read::parse(layout, text).ok()
}

fn read_time(args: &[Value]) -> Result<Time, CallError> {
    read::parse(&text(args, 0), &text(args, 1)).map_err(CallError::new)
}

fn modify(args: &[Value]) -> CallResult {
    must_modify(args).or_else(|_| Ok(args[1].clone()))
}

fn must_modify(args: &[Value]) -> CallResult {
    let step = duration::parse(&text(args, 0)).map_err(CallError::new)?;
    Ok(time_value(time(args, 1).add(step)))
}

/// Sprig's `duration`: seconds as text or `int64`.
fn seconds_text(args: &[Value]) -> CallResult {
    let seconds = match &args[0] {
        Value::String(text) => text.to_str_lossy().parse().unwrap_or(0),
        Value::Int(_, IntType::Int64) => int(args, 0),
        _ => 0,
    };
    Ok(Value::from(duration::text(seconds.wrapping_mul(SECOND))))
}

fn lenient(args: &[Value], index: usize) -> Duration {
    args.get(index).and_then(|value| must_duration(value).ok()).unwrap_or(0)
}

/// Helm's reading of durations: Go's texts, numbers of seconds.
fn must_duration(value: &Value) -> Result<Duration, CallError> {
    let overflow = |text: String| CallError::new(format!("duration seconds overflow: {text}"));
    match value {
        Value::Nil => Err(CallError::new("invalid duration")),
        Value::Int(number, _) => {
            number.checked_mul(SECOND).ok_or_else(|| overflow(number.to_string()))
        }
        Value::Uint(number, _) => i64::try_from(*number)
            .ok()
            .and_then(|number| number.checked_mul(SECOND))
            .ok_or_else(|| overflow(number.to_string())),
        Value::Float(number, _) => float_duration(*number),
        Value::String(text) => text_duration(text.to_str_lossy().trim()),
        Value::Object(object) => match object.as_any().downcast_ref::<Named>() {
            Some(named) if named.is_duration() => Ok(named.number),
            _ => Err(unsupported(value)),
        },
        _ => Err(unsupported(value)),
    }
}

fn unsupported(value: &Value) -> CallError {
    CallError::new(format!("unsupported duration type {}", value.type_name()))
}

fn text_duration(text: &str) -> Result<Duration, CallError> {
    if text.is_empty() {
        return Err(CallError::new("empty duration"));
    }
    if let Ok(duration) = duration::parse(text) {
        return Ok(duration);
    }
    match crate::numeric::parse_float(text) {
        Some(seconds) => float_duration(seconds),
        None => {
            let text = fmt::quote(text.as_bytes());
            Err(CallError::new(format!("could not parse duration {text}")))
        }
    }
}

fn float_duration(seconds: f64) -> Result<Duration, CallError> {
    let text = fmt::float_g(seconds);
    if !seconds.is_finite() {
        return Err(CallError::new(format!("invalid duration seconds: {text}")));
    }
    let nanoseconds = seconds * SECOND as f64;
    /// 2^63, the first that does not fit.
    const BEYOND: f64 = 9_223_372_036_854_775_808.0;
    if !(-BEYOND..BEYOND).contains(&nanoseconds) {
        return Err(CallError::new(format!("duration seconds overflow: {text}")));
    }
    Ok(nanoseconds as i64)
}
