//! Text to times by a layout: Go's `time.Parse`, with its complaints.

use super::layout::{Offset, Piece, next};
use super::quote;
use super::time::{Time, days, days_in, is_leap};
use super::write::{MONTHS, WEEKDAYS};
use super::zones::Zone;

/// What is known so far of the time.
#[derive(Default)]
struct Found {
    year: i64,
    month: Option<i64>,
    day: Option<i64>,
    year_day: Option<i64>,
    hour: i64,
    minute: i64,
    second: i64,
    nanoseconds: u32,
    /// `AM` or `PM`.
    afternoon: Option<bool>,
    utc: bool,
    offset: Option<i64>,
    zone: Option<String>,
}

/// Why a piece could not be read.
enum Bad {
    /// The text is not of the piece's form.
    Form,
    Range(&'static str),
}

type Read<'t, T> = Result<(T, &'t str), Bad>;

/// A time in UTC where the text names no zone.
pub(super) fn parse(layout: &str, text: &str) -> Result<Time, String> {
    let mut found = Found::default();
    let (mut rest, mut value) = (layout, text);
    let complaint = |elem: &str, at: &str| {
        let (text, layout) = (quote(text.as_bytes()), quote(layout.as_bytes()));
        let (at, elem) = (quote(at.as_bytes()), quote(elem.as_bytes()));
        format!("parsing time {text} as {layout}: cannot parse {at} as {elem}")
    };
    let range = |what: &str| format!("parsing time {}: {what}", quote(text.as_bytes()));
    loop {
        let (prefix, piece, after) = next(rest);
        value = literal(prefix, value).map_err(|at| complaint(prefix, at))?;
        let Some((piece, name)) = piece else { break };
        rest = after;
        value = match found.piece(piece, value, rest) {
            Ok(value) => value,
            Err(Bad::Form) => return Err(complaint(name, value)),
            Err(Bad::Range(what)) => return Err(range(&format!("{what} out of range"))),
        };
    }
    if !value.is_empty() {
        return Err(range(&format!("extra text: {}", quote(value.as_bytes()))));
    }
    found.time().map_err(range)
}

/// Skips the layout's text; blanks match any number of blanks.
fn literal<'t>(prefix: &str, value: &'t str) -> Result<&'t str, &'t str> {
    let (mut prefix, mut value) = (prefix, value);
    while let Some(c) = prefix.chars().next() {
        if c == ' ' {
            if !value.is_empty() && !value.starts_with(' ') {
                return Err(value);
            }
            (prefix, value) = (prefix.trim_start_matches(' '), value.trim_start_matches(' '));
            continue;
        }
        value = value.strip_prefix(c).ok_or(value)?;
        prefix = &prefix[c.len_utf8()..];
    }
    Ok(value)
}

/// So many digits at most; `fixed`: exactly so many.
fn digits(value: &str, most: usize, fixed: bool) -> Read<'_, i64> {
    let count = value.bytes().take(most).take_while(u8::is_ascii_digit).count();
    if count == 0 || fixed && count != most {
        return Err(Bad::Form);
    }
    let (number, rest) = value.split_at(count);
    Ok((number.parse().map_err(|_| Bad::Form)?, rest))
}

/// The name of a list that the text begins with, whatever its case.
fn name<'t>(value: &'t str, names: &[&str], length: Option<usize>) -> Read<'t, i64> {
    for (at, name) in names.iter().enumerate() {
        let name = &name[..length.unwrap_or(name.len())];
        let begin = value.get(..name.len());
        if begin.is_some_and(|begin| begin.eq_ignore_ascii_case(name)) {
            return Ok((at as i64, &value[name.len()..]));
        }
    }
    Err(Bad::Form)
}

impl Found {
    fn piece<'t>(&mut self, piece: Piece, value: &'t str, rest: &str) -> Result<&'t str, Bad> {
        match piece {
            Piece::Weekday => Ok(name(value, &WEEKDAYS, Some(3))?.1),
            Piece::LongWeekday => Ok(name(value, &WEEKDAYS, None)?.1),
            Piece::UpperPm | Piece::LowerPm => self.half(piece, value),
            Piece::Offset(shape) => self.offset(shape, value),
            Piece::Zone => self.zone(value),
            Piece::Fraction { digits, trim, .. } => self.fraction(value, digits, trim),
            Piece::Hour
            | Piece::Hour12
            | Piece::ZeroHour12
            | Piece::Minute
            | Piece::ZeroMinute
            | Piece::Second
            | Piece::ZeroSecond => self.clock(piece, value, rest),
            _ => self.date(piece, value),
        }
    }

    fn date<'t>(&mut self, piece: Piece, value: &'t str) -> Result<&'t str, Bad> {
        let blank = |value: &'t str| value.strip_prefix(' ').unwrap_or(value);
        let rest;
        match piece {
            Piece::Year => {
                let (year, after) = digits(value, 2, true)?;
                self.year = year + if year >= 69 { 1_900 } else { 2_000 };
                rest = after;
            }
            Piece::LongYear => (self.year, rest) = digits(value, 4, true)?,
            Piece::Month | Piece::LongMonth => {
                let length = (piece == Piece::Month).then_some(3);
                let (month, after) = name(value, &MONTHS, length)?;
                self.month = Some(month + 1);
                rest = after;
            }
            Piece::NumMonth | Piece::ZeroMonth => {
                let (month, after) = digits(value, 2, piece == Piece::ZeroMonth)?;
                if !(1..=12).contains(&month) {
                    return Err(Bad::Range("month"));
                }
                self.month = Some(month);
                rest = after;
            }
            Piece::UnderYearDay | Piece::ZeroYearDay => {
                let under = piece == Piece::UnderYearDay;
                let value = if under { blank(blank(value)) } else { value };
                let (day, after) = digits(value, 3, !under)?;
                self.year_day = Some(day);
                rest = after;
            }
            _ => {
                let value = if piece == Piece::UnderDay { blank(value) } else { value };
                let (day, after) = digits(value, 2, piece == Piece::ZeroDay)?;
                self.day = Some(day);
                rest = after;
            }
        }
        Ok(rest)
    }

    fn clock<'t>(&mut self, piece: Piece, value: &'t str, layout: &str) -> Result<&'t str, Bad> {
        use Piece::{Hour, Hour12, Minute, ZeroHour12, ZeroMinute, ZeroSecond};
        let fixed = matches!(piece, ZeroHour12 | ZeroMinute | ZeroSecond);
        let (number, rest) = digits(value, 2, fixed)?;
        let (place, beyond, what) = match piece {
            Hour => (&mut self.hour, 24, "hour"),
            Hour12 | ZeroHour12 => (&mut self.hour, 13, "hour"),
            Minute | ZeroMinute => (&mut self.minute, 60, "minute"),
            _ => (&mut self.second, 60, "second"),
        };
        if number >= beyond {
            return Err(Bad::Range(what));
        }
        *place = number;
        // A fraction may follow the seconds though the layout has none.
        let fraction = rest.strip_prefix(['.', ',']);
        let has = fraction.is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
        let named = matches!(next(layout).1, Some((Piece::Fraction { .. }, _)));
        match what == "second" && has && !named {
            true => self.fraction(rest, 0, true),
            false => Ok(rest),
        }
    }

    fn fraction<'t>(&mut self, value: &'t str, count: usize, trim: bool) -> Result<&'t str, Bad> {
        let after = value.strip_prefix(['.', ',']);
        let found = after.unwrap_or_default().bytes().take_while(u8::is_ascii_digit).count();
        let count = match (after, trim) {
            (Some(_), true) if found > 0 => found,
            (_, true) => return Ok(value),
            (Some(_), false) if found >= count => count,
            _ => return Err(Bad::Form),
        };
        let (digits, rest) = after.unwrap_or_default().split_at(count);
        let nine: String = digits.chars().chain("000000000".chars()).take(9).collect();
        self.nanoseconds = nine.parse().map_err(|_| Bad::Form)?;
        Ok(rest)
    }

    fn half<'t>(&mut self, piece: Piece, value: &'t str) -> Result<&'t str, Bad> {
        let (am, pm) = if piece == Piece::UpperPm { ("AM", "PM") } else { ("am", "pm") };
        let (afternoon, rest) = match (value.strip_prefix(am), value.strip_prefix(pm)) {
            (Some(rest), _) => (false, rest),
            (_, Some(rest)) => (true, rest),
            _ => return Err(Bad::Form),
        };
        self.afternoon = Some(afternoon);
        Ok(rest)
    }

    fn offset<'t>(&mut self, shape: Offset, value: &'t str) -> Result<&'t str, Bad> {
        if let (true, Some(rest)) = (shape.z, value.strip_prefix('Z')) {
            self.utc = true;
            return Ok(rest);
        }
        let colon = |value: &'t str| match shape.colon {
            true => value.strip_prefix(':').ok_or(Bad::Form),
            false => Ok(value),
        };
        let sign = value.chars().next();
        let (hours, mut rest) = digits(value.get(1..).unwrap_or_default(), 2, true)?;
        let (mut minutes, mut seconds) = (0, 0);
        if shape.minutes {
            (minutes, rest) = digits(colon(rest)?, 2, true)?;
        }
        if shape.seconds {
            (seconds, rest) = digits(colon(rest)?, 2, true)?;
        }
        let limits = [(hours, 24, "hour"), (minutes, 60, "minute"), (seconds, 60, "second")];
        let over = limits.iter().rev().find(|(number, most, _)| number > most);
        match over {
            Some((.., "hour")) => return Err(Bad::Range("time zone offset hour")),
            Some((.., "minute")) => return Err(Bad::Range("time zone offset minute")),
            Some(_) => return Err(Bad::Range("time zone offset second")),
            None => {}
        }
        let offset = (hours * 60 + minutes) * 60 + seconds;
        self.offset = Some(match sign {
            Some('+') => offset,
            Some('-') => -offset,
            _ => return Err(Bad::Form),
        });
        Ok(rest)
    }

    fn zone<'t>(&mut self, value: &'t str) -> Result<&'t str, Bad> {
        if let Some(rest) = value.strip_prefix("UTC") {
            self.utc = true;
            return Ok(rest);
        }
        let length = abbreviation(value).ok_or(Bad::Form)?;
        let (name, rest) = value.split_at(length);
        self.zone = Some(name.to_owned());
        Ok(rest)
    }

    fn time(mut self) -> Result<Time, &'static str> {
        match self.afternoon {
            Some(true) if self.hour < 12 => self.hour += 12,
            Some(false) if self.hour == 12 => self.hour = 0,
            _ => {}
        }
        if let Some(year_day) = self.year_day {
            self.by_year_day(year_day)?;
        }
        let (month, day) = (self.month.unwrap_or(1), self.day.unwrap_or(1));
        if !(1..=i64::from(days_in(month as u32, self.year))).contains(&day) {
            return Err("day out of range");
        }
        let clock = (self.hour, self.minute, self.second);
        let mut time = Time::date((self.year, month, day), clock, self.nanoseconds);
        match (self.utc, self.offset, self.zone) {
            (false, Some(offset), name) => {
                time.seconds -= offset;
                let name = name.unwrap_or_default();
                if offset != 0 || !name.is_empty() {
                    time.zone = Zone::fixed(&name, offset);
                }
            }
            (false, None, Some(name)) => {
                let hours = name.strip_prefix("GMT").and_then(|hours| hours.parse::<i64>().ok());
                time.zone = Zone::fixed(&name, hours.unwrap_or(0) * 3_600);
            }
            _ => {}
        }
        Ok(time)
    }

    fn by_year_day(&mut self, year_day: i64) -> Result<(), &'static str> {
        let length = if is_leap(self.year) { 366 } else { 365 };
        if !(1..=length).contains(&year_day) {
            return Err("day-of-year out of range");
        }
        let number = days(self.year, 1, 1) + year_day - 1;
        let (_, month, day) = super::time::date_of(number);
        let (month, day) = (i64::from(month), i64::from(day));
        if self.month.is_some_and(|known| known != month) {
            return Err("day-of-year does not match month");
        }
        if self.day.is_some_and(|known| known != day) {
            return Err("day-of-year does not match day");
        }
        (self.month, self.day) = (Some(month), Some(day));
        Ok(())
    }
}

/// The length of a zone's abbreviation: `CET`, `ChST`, `GMT+3`, `+03`.
fn abbreviation(value: &str) -> Option<usize> {
    if value.len() < 3 {
        return None;
    }
    if value.starts_with("ChST") || value.starts_with("MeST") {
        return Some(4);
    }
    if let Some(rest) = value.strip_prefix("GMT") {
        return Some(3 + signed(rest).unwrap_or(0));
    }
    if value.starts_with(['+', '-']) {
        return signed(value);
    }
    let bytes = value.as_bytes();
    let capitals = bytes.iter().take(6).take_while(|byte| byte.is_ascii_uppercase()).count();
    match capitals {
        5 if bytes[4] == b'T' => Some(5),
        4 if bytes[3] == b'T' || value.starts_with("WITA") => Some(4),
        3 => Some(3),
        _ => None,
    }
}

/// The length of `+3`; at most 23 hours.
fn signed(value: &str) -> Option<usize> {
    let digits = value.strip_prefix(['+', '-'])?;
    let count = digits.bytes().take_while(u8::is_ascii_digit).count();
    let hours: u32 = digits[..count].parse().ok()?;
    (hours <= 23).then_some(count + 1)
}
