//! Times as text by a layout: Go's `Time.Format`.

use super::layout::{Offset, Piece, next};
use super::time::{Civil, Time};

pub(super) const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

pub(super) const WEEKDAYS: [&str; 7] =
    ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];

/// What `{{ . }}` prints.
const STRING: &str = "2006-01-02 15:04:05.999999999 -0700 MST";

pub(super) fn month(number: u32) -> &'static str {
    number.checked_sub(1).and_then(|at| MONTHS.get(at as usize)).copied().unwrap_or_default()
}

pub(super) fn weekday(number: u32) -> &'static str {
    WEEKDAYS.get(number as usize).copied().unwrap_or_default()
}

impl Time {
    pub(crate) fn text(&self) -> String {
        self.format(STRING)
    }

    pub(crate) fn format(&self, layout: &str) -> String {
        let civil = self.civil();
        let mut out = String::new();
        let mut rest = layout;
        loop {
            let (prefix, piece, after) = next(rest);
            out.push_str(prefix);
            let Some((piece, _)) = piece else { return out };
            self.piece(piece, &civil, &mut out);
            rest = after;
        }
    }

    fn piece(&self, piece: Piece, civil: &Civil, out: &mut String) {
        let hour12 = (civil.hour + 11) % 12 + 1;
        let text = match piece {
            Piece::LongMonth => month(civil.month).to_owned(),
            Piece::Month => month(civil.month)[..3].to_owned(),
            Piece::NumMonth => civil.month.to_string(),
            Piece::ZeroMonth => format!("{:02}", civil.month),
            Piece::LongWeekday => weekday(civil.weekday).to_owned(),
            Piece::Weekday => weekday(civil.weekday)[..3].to_owned(),
            Piece::Day => civil.day.to_string(),
            Piece::UnderDay => format!("{:2}", civil.day),
            Piece::ZeroDay => format!("{:02}", civil.day),
            Piece::UnderYearDay => format!("{:3}", civil.year_day),
            Piece::ZeroYearDay => format!("{:03}", civil.year_day),
            Piece::Hour => format!("{:02}", civil.hour),
            Piece::Hour12 => hour12.to_string(),
            Piece::ZeroHour12 => format!("{hour12:02}"),
            Piece::Minute => civil.minute.to_string(),
            Piece::ZeroMinute => format!("{:02}", civil.minute),
            Piece::Second => civil.second.to_string(),
            Piece::ZeroSecond => format!("{:02}", civil.second),
            Piece::LongYear if civil.year < 0 => format!("-{:04}", -civil.year),
            Piece::LongYear => format!("{:04}", civil.year),
            Piece::Year => format!("{:02}", civil.year.max(0) % 100),
            Piece::UpperPm => if civil.hour >= 12 { "PM" } else { "AM" }.to_owned(),
            Piece::LowerPm => if civil.hour >= 12 { "pm" } else { "am" }.to_owned(),
            Piece::Zone => self.zone_text(),
            Piece::Offset(shape) => offset(self.offset().1, shape),
            Piece::Fraction { digits, separator, trim } => self.fraction(digits, separator, trim),
        };
        out.push_str(&text);
    }

    /// A zone without a name shows its offset.
    fn zone_text(&self) -> String {
        let (name, seconds) = self.offset();
        match name.is_empty() {
            true => {
                let shape = Offset { z: false, colon: false, minutes: true, seconds: false };
                offset(seconds, shape)
            }
            false => name,
        }
    }

    fn fraction(&self, digits: usize, separator: char, trim: bool) -> String {
        let all = format!("{:09}", self.nanoseconds);
        let mut text = all[..digits.min(9)].to_owned();
        if trim {
            text.truncate(text.trim_end_matches('0').len());
            if text.is_empty() {
                return text;
            }
        }
        format!("{separator}{text}")
    }
}

fn offset(seconds: i64, shape: Offset) -> String {
    if shape.z && seconds == 0 {
        return "Z".to_owned();
    }
    let minutes = seconds / 60;
    let sign = if minutes < 0 { '-' } else { '+' };
    let (minutes, seconds) = (minutes.abs(), seconds.abs());
    let colon = if shape.colon { ":" } else { "" };
    let mut text = format!("{sign}{:02}", minutes / 60);
    if shape.minutes {
        text.push_str(&format!("{colon}{:02}", minutes % 60));
    }
    if shape.seconds {
        text.push_str(&format!("{colon}{:02}", seconds % 60));
    }
    text
}
