//! Times, durations, months, weekdays and zones as templates hold them, with Go's methods.

use super::duration::{self, Duration};
use super::time::{Time, ZERO};
use super::write;
use super::zones::Zone;
use crate::args::{int, text};
use gotemplate::{Call, CallError, CallResult, Function, IntType, Kind, Object, Str, Type, Value};
use std::any::Any;
use std::borrow::Cow;
use std::rc::Rc;

/// Go's names of the types.
pub(crate) const TIME: Type = Type::Named("time.Time");
const DURATION: Type = Type::Named("time.Duration");
const LOCATION: Type = Type::Named("*time.Location");

type Method = (&'static str, &'static [Type]);

fn found(methods: &'static [Method], name: &str) -> Option<Function> {
    let (name, params) = methods.iter().find(|(method, _)| *method == name)?;
    Some(Function::method(name, params))
}

fn other<T: Clone + 'static>(args: &[Value]) -> Result<T, CallError> {
    let found = match args.first() {
        Some(Value::Object(object)) => object.as_any().downcast_ref::<T>().cloned(),
        _ => None,
    };
    found.ok_or_else(|| CallError::new("wrong type of argument"))
}

pub(crate) fn time_value(time: Time) -> Value {
    Value::Object(Rc::new(time))
}

pub(crate) fn duration_value(duration: Duration) -> Value {
    Value::Object(Rc::new(Named { number: duration, kind: Integer::Duration }))
}

/// The time that a value is.
pub(crate) fn as_time(value: &Value) -> Option<Time> {
    match value {
        Value::Object(object) => object.as_any().downcast_ref::<Time>().cloned(),
        _ => None,
    }
}

const TIME_METHODS: &[Method] = &[
    ("Add", &[DURATION]),
    ("AddDate", &[Type::Int, Type::Int, Type::Int]),
    ("After", &[TIME]),
    ("Before", &[TIME]),
    ("Compare", &[TIME]),
    ("Day", &[]),
    ("Equal", &[TIME]),
    ("Format", &[Type::String]),
    ("Hour", &[]),
    ("In", &[LOCATION]),
    ("IsDST", &[]),
    ("IsZero", &[]),
    ("Local", &[]),
    ("Location", &[]),
    ("Minute", &[]),
    ("Month", &[]),
    ("Nanosecond", &[]),
    ("Round", &[DURATION]),
    ("Second", &[]),
    ("String", &[]),
    ("Sub", &[TIME]),
    ("Truncate", &[DURATION]),
    ("UTC", &[]),
    ("Unix", &[]),
    ("UnixMicro", &[]),
    ("UnixMilli", &[]),
    ("UnixNano", &[]),
    ("Weekday", &[]),
    ("Year", &[]),
    ("YearDay", &[]),
];

impl Time {
    fn moved(&self, method: &str, args: &[Value]) -> CallResult {
        let step = other::<Named>(args)?.number;
        let rest = self.rest(step);
        let time = match method {
            "Add" => self.add(step),
            _ if step <= 0 => self.clone(),
            "Round" if rest >= step - rest => self.add(step - rest),
            _ => self.add(-rest),
        };
        Ok(time_value(time))
    }

    fn compared(&self, method: &str, args: &[Value]) -> CallResult {
        let other = other::<Self>(args)?;
        let order = (self.seconds, self.nanoseconds).cmp(&(other.seconds, other.nanoseconds));
        Ok(match method {
            "After" => Value::Bool(order.is_gt()),
            "Before" => Value::Bool(order.is_lt()),
            "Equal" => Value::Bool(order.is_eq()),
            "Compare" => Value::int(order as i64),
            _ => duration_value(self.since(&other)),
        })
    }

    fn part(&self, method: &str) -> Value {
        let civil = self.civil();
        let named = |number: u32, kind| {
            Value::Object(Rc::new(Named { number: number.into(), kind }) as Rc<dyn Object>)
        };
        match method {
            "Year" => Value::int(civil.year),
            "Month" => named(civil.month, Integer::Month),
            "Day" => Value::int(civil.day.into()),
            "Hour" => Value::int(civil.hour.into()),
            "Minute" => Value::int(civil.minute.into()),
            "Second" => Value::int(civil.second.into()),
            "Nanosecond" => Value::int(self.nanoseconds.into()),
            "YearDay" => Value::int(civil.year_day.into()),
            "Weekday" => named(civil.weekday, Integer::Weekday),
            "Unix" => Value::int64(self.seconds),
            "UnixNano" => Value::int64(self.unix_nano()),
            "UnixMicro" => Value::int64(self.unix_nano().div_euclid(1_000)),
            "UnixMilli" => Value::int64(self.unix_nano().div_euclid(1_000_000)),
            _ => Value::Nil,
        }
    }
}

impl Object for Time {
    fn type_name(&self) -> Cow<'static, str> {
        "time.Time".into()
    }

    fn method(&self, name: &str) -> Option<Function> {
        found(TIME_METHODS, name)
    }

    fn call(&self, name: &str, args: &[Value], _: &mut Call<'_>) -> CallResult {
        Ok(match name {
            "Add" | "Round" | "Truncate" => return self.moved(name, args),
            "After" | "Before" | "Compare" | "Equal" | "Sub" => return self.compared(name, args),
            "AddDate" => time_value(self.add_date(int(args, 0), int(args, 1), int(args, 2))),
            "Format" => Value::from(self.format(&text(args, 0))),
            "String" => Value::from(self.text()),
            "In" => time_value(self.within(other::<Location>(args)?.0)),
            "UTC" | "Local" => time_value(self.within(Zone::Utc)),
            "Location" => Value::Object(Rc::new(Location(self.zone.clone()))),
            "IsZero" => Value::Bool(self.seconds == ZERO && self.nanoseconds == 0),
            "IsDST" => Value::Bool(self.zone.is_summer(self.seconds)),
            _ => self.part(name),
        })
    }

    fn format(&self, _: bool, sharp: bool) -> Vec<u8> {
        if !sharp {
            return self.text().into_bytes();
        }
        let civil = self.civil();
        let month = write::month(civil.month);
        let (year, day, hour, minute) = (civil.year, civil.day, civil.hour, civil.minute);
        let (second, nanosecond) = (civil.second, self.nanoseconds);
        format!(
            "time.Date({year}, time.{month}, {day}, {hour}, {minute}, {second}, {nanosecond}, \
             time.Local)"
        )
        .into_bytes()
    }

    fn string(&self) -> Option<Str> {
        Some(self.text().into())
    }

    fn plain(&self) -> Option<Value> {
        Some(Value::from(self.format("2006-01-02T15:04:05.999999999Z07:00")))
    }

    fn equals(&self, other: &dyn Object) -> bool {
        other.as_any().downcast_ref::<Self>().is_some_and(|other| self == other)
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Integer {
    Duration,
    Month,
    Weekday,
}

/// A value of one of Go's named integer types.
#[derive(Clone)]
pub(crate) struct Named {
    pub(crate) number: i64,
    kind: Integer,
}

impl Named {
    pub(crate) fn is_duration(&self) -> bool {
        self.kind == Integer::Duration
    }

    fn text(&self) -> String {
        let number = u32::try_from(self.number).unwrap_or_default();
        match self.kind {
            Integer::Duration => duration::text(self.number),
            // Only `range` over a month gives one that is none: its elements count from 0.
            Integer::Month if number == 0 => "%!Month(0)".to_owned(),
            Integer::Month => write::month(number).to_owned(),
            Integer::Weekday => write::weekday(number).to_owned(),
        }
    }
}

/// What months, weekdays and zones have.
const STRING: &[Method] = &[("String", &[])];

const DURATION_METHODS: &[Method] = &[
    ("Abs", &[]),
    ("Hours", &[]),
    ("Microseconds", &[]),
    ("Milliseconds", &[]),
    ("Minutes", &[]),
    ("Nanoseconds", &[]),
    ("Round", &[DURATION]),
    ("Seconds", &[]),
    ("String", &[]),
    ("Truncate", &[DURATION]),
];

impl Object for Named {
    fn type_name(&self) -> Cow<'static, str> {
        match self.kind {
            Integer::Duration => "time.Duration",
            Integer::Month => "time.Month",
            Integer::Weekday => "time.Weekday",
        }
        .into()
    }

    fn kind(&self) -> Kind {
        Kind::Int
    }

    fn kind_name(&self) -> &'static str {
        if self.is_duration() { IntType::Int64.name() } else { IntType::Int.name() }
    }

    fn truth(&self) -> bool {
        self.number != 0
    }

    fn number(&self) -> Option<i64> {
        Some(self.number)
    }

    fn with_number(&self, number: i64) -> Option<Value> {
        Some(Value::Object(Rc::new(Self { number, kind: self.kind })))
    }

    fn method(&self, name: &str) -> Option<Function> {
        let methods = if self.is_duration() { DURATION_METHODS } else { STRING };
        found(methods, name)
    }

    fn call(&self, name: &str, args: &[Value], _: &mut Call<'_>) -> CallResult {
        let number = self.number;
        Ok(match name {
            "Abs" => duration_value(number.saturating_abs()),
            "Hours" => Value::float(in_units(number, duration::HOUR)),
            "Minutes" => Value::float(in_units(number, duration::MINUTE)),
            "Seconds" => Value::float(in_units(number, duration::SECOND)),
            "Milliseconds" => Value::int64(number / 1_000_000),
            "Microseconds" => Value::int64(number / 1_000),
            "Nanoseconds" => Value::int64(number),
            "Round" => duration_value(duration::rounded(number, other::<Self>(args)?.number)),
            "Truncate" => duration_value(duration::truncated(number, other::<Self>(args)?.number)),
            _ => Value::from(self.text()),
        })
    }

    fn format(&self, _: bool, _: bool) -> Vec<u8> {
        self.text().into_bytes()
    }

    fn string(&self) -> Option<Str> {
        Some(self.text().into())
    }

    fn plain(&self) -> Option<Value> {
        Some(Value::int64(self.number))
    }

    fn equals(&self, other: &dyn Object) -> bool {
        let other = other.as_any().downcast_ref::<Self>();
        other.is_some_and(|other| self.number == other.number && self.kind == other.kind)
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

/// Go's `Duration.Hours` and its like.
pub(crate) fn in_units(duration: Duration, unit: Duration) -> f64 {
    (duration / unit) as f64 + (duration % unit) as f64 / unit as f64
}

/// `*time.Location`.
#[derive(Clone)]
struct Location(Zone);

impl Object for Location {
    fn type_name(&self) -> Cow<'static, str> {
        "*time.Location".into()
    }

    fn kind(&self) -> Kind {
        Kind::Ptr
    }

    fn method(&self, name: &str) -> Option<Function> {
        found(STRING, name)
    }

    fn call(&self, _: &str, _: &[Value], _: &mut Call<'_>) -> CallResult {
        Ok(Value::from(self.0.name()))
    }

    fn format(&self, _: bool, _: bool) -> Vec<u8> {
        self.0.name().as_bytes().to_vec()
    }

    fn string(&self) -> Option<Str> {
        Some(self.0.name().into())
    }

    fn plain(&self) -> Option<Value> {
        Some(Value::Map(gotemplate::Map::new()))
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}
