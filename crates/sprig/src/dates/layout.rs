//! Go's layouts for times: how the reference time, 2006-01-02 15:04:05 -0700 MST, would be written.

/// A piece of a layout that stands for a part of a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Piece {
    LongMonth,
    Month,
    NumMonth,
    ZeroMonth,
    LongWeekday,
    Weekday,
    Day,
    UnderDay,
    ZeroDay,
    UnderYearDay,
    ZeroYearDay,
    Hour,
    Hour12,
    ZeroHour12,
    Minute,
    ZeroMinute,
    Second,
    ZeroSecond,
    LongYear,
    Year,
    UpperPm,
    LowerPm,
    Zone,
    Offset(Offset),
    /// Digits of a second's fraction, and the sign before them; `trim` leaves zeros out.
    Fraction {
        digits: usize,
        separator: char,
        trim: bool,
    },
}

/// How an offset from UTC is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Offset {
    /// `Z` for no offset.
    pub(super) z: bool,
    pub(super) colon: bool,
    pub(super) minutes: bool,
    pub(super) seconds: bool,
}

const fn offset(z: bool, colon: bool, minutes: bool, seconds: bool) -> Piece {
    Piece::Offset(Offset { z, colon, minutes, seconds })
}

/// Longer ones stand before those that they begin with.
const PIECES: [(&str, Piece); 37] = [
    ("January", Piece::LongMonth),
    ("Jan", Piece::Month),
    ("Monday", Piece::LongWeekday),
    ("Mon", Piece::Weekday),
    ("MST", Piece::Zone),
    ("01", Piece::ZeroMonth),
    ("02", Piece::ZeroDay),
    ("03", Piece::ZeroHour12),
    ("04", Piece::ZeroMinute),
    ("05", Piece::ZeroSecond),
    ("06", Piece::Year),
    ("002", Piece::ZeroYearDay),
    ("15", Piece::Hour),
    ("1", Piece::NumMonth),
    ("2006", Piece::LongYear),
    ("2", Piece::Day),
    ("_2", Piece::UnderDay),
    ("__2", Piece::UnderYearDay),
    ("3", Piece::Hour12),
    ("4", Piece::Minute),
    ("5", Piece::Second),
    ("PM", Piece::UpperPm),
    ("pm", Piece::LowerPm),
    ("-070000", offset(false, false, true, true)),
    ("-07:00:00", offset(false, true, true, true)),
    ("-0700", offset(false, false, true, false)),
    ("-07:00", offset(false, true, true, false)),
    ("-07", offset(false, false, false, false)),
    ("Z070000", offset(true, false, true, true)),
    ("Z07:00:00", offset(true, true, true, true)),
    ("Z0700", offset(true, false, true, false)),
    ("Z07:00", offset(true, true, true, false)),
    ("Z07", offset(true, false, false, false)),
    (".0", FRACTION),
    (",0", FRACTION),
    (".9", FRACTION),
    (",9", FRACTION),
];

/// Stands in the table for all of its kind.
const FRACTION: Piece = Piece::Fraction { digits: 0, separator: '.', trim: false };

/// The text before the first piece, the piece with its text, and the rest.
pub(super) fn next(layout: &str) -> (&str, Option<(Piece, &str)>, &str) {
    for (at, _) in layout.char_indices() {
        if let Some((piece, skipped, length)) = piece(&layout[at..]) {
            let (prefix, from) = layout.split_at(at + skipped);
            let (text, rest) = from.split_at(length);
            return (prefix, Some((piece, text)), rest);
        }
    }
    (layout, None, "")
}

/// The piece that the text begins with, how much literal text stands before it, and its length.
fn piece(text: &str) -> Option<(Piece, usize, usize)> {
    if text.starts_with("_2006") {
        return Some((Piece::LongYear, 1, 4));
    }
    for (name, piece) in &PIECES {
        if !text.starts_with(name) {
            continue;
        }
        let after = &text[name.len()..];
        match piece {
            // `Janet` is no month.
            Piece::Month | Piece::Weekday
                if after.starts_with(|c: char| c.is_ascii_lowercase()) => {}
            Piece::Fraction { .. } => return fraction(text),
            _ => return Some((*piece, 0, name.len())),
        }
    }
    None
}

fn fraction(text: &str) -> Option<(Piece, usize, usize)> {
    let mut chars = text.chars();
    let (separator, digit) = (chars.next()?, chars.next()?);
    let digits = text[1..].chars().take_while(|c| *c == digit).count();
    if text[1 + digits..].starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    Some((Piece::Fraction { digits, separator, trim: digit == '9' }, 0, 1 + digits))
}
