//! Time zones: UTC, fixed offsets, and the named zones of the IANA database with their rules of
//! today. `zones.txt` holds a rule a line (as POSIX writes it: `CET-1CEST,M3.5.0,M10.5.0/3`) and
//! the zones that keep it; what rules held in the past is left out, to keep the page small.

use super::time::{date_of, days, days_in, is_leap};
use std::rc::Rc;

const ZONES: &str = include_str!("zones.txt");
const DAY: i64 = 86_400;

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Zone {
    Utc,
    /// What a text said; possibly without a name.
    Fixed {
        name: Rc<str>,
        offset: i64,
    },
    Named {
        name: Rc<str>,
        rule: Rc<Rule>,
    },
}

impl Zone {
    pub(crate) fn fixed(name: &str, offset: i64) -> Self {
        Self::Fixed { name: name.into(), offset }
    }

    /// Go's `time.LoadLocation`; the zone of the place counts as UTC. `None` for an unknown name.
    pub(crate) fn load(name: &str) -> Option<Self> {
        if matches!(name, "" | "UTC" | "Local") {
            return Some(Self::Utc);
        }
        let line = ZONES.lines().find(|line| line.split(' ').skip(1).any(|known| known == name))?;
        let rule = Rule::parse(line.split(' ').next()?)?;
        Some(Self::Named { name: name.into(), rule: Rc::new(rule) })
    }

    pub(crate) fn name(&self) -> &str {
        match self {
            Self::Utc => "UTC",
            Self::Fixed { name, .. } | Self::Named { name, .. } => name,
        }
    }

    /// The abbreviation and the seconds east of UTC at a moment (seconds since 1970).
    pub(crate) fn at(&self, moment: i64) -> (String, i64) {
        match self {
            Self::Utc => ("UTC".to_owned(), 0),
            Self::Fixed { name, offset } => (name.to_string(), *offset),
            Self::Named { rule, .. } => {
                let period = rule.at(moment);
                (period.name.clone(), period.offset)
            }
        }
    }

    pub(crate) fn is_summer(&self, moment: i64) -> bool {
        matches!(self, Self::Named { rule, .. } if rule.at(moment) != &rule.standard)
    }

    /// The moment at which clocks show `local` (seconds since 1970, as if they showed UTC).
    pub(crate) fn to_utc(&self, local: i64) -> i64 {
        let guess = local.saturating_sub(self.at(local).1);
        local.saturating_sub(self.at(guess).1)
    }
}

/// What a zone is called, and its seconds east of UTC.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Period {
    name: String,
    offset: i64,
}

/// When clocks change: a day, and a second of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Change {
    day: Day,
    second: i64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Day {
    /// `J60`: 1 to 365, leap days not counted.
    Plain(i64),
    /// `60`: 0 to 365, leap days counted.
    Counted(i64),
    /// `M10.5.0`: month, week (5 is the last) and weekday.
    Weekday(u32, i64, i64),
}

/// A zone's rule: its standard time, and when another one begins and ends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Rule {
    standard: Period,
    summer: Option<(Period, Change, Change)>,
}

impl Rule {
    fn parse(text: &str) -> Option<Self> {
        let mut parts = text.split(',');
        let (name, rest) = abbreviation(parts.next()?)?;
        let (west, rest) = clock(rest)?;
        let standard = Period { name, offset: -west };
        if rest.is_empty() {
            return Some(Self { standard, summer: None });
        }
        let (name, rest) = abbreviation(rest)?;
        let offset = if rest.is_empty() { standard.offset + 3_600 } else { -clock(rest)?.0 };
        let (begin, end) = (Change::parse(parts.next()?)?, Change::parse(parts.next()?)?);
        Some(Self { standard, summer: Some((Period { name, offset }, begin, end)) })
    }

    fn at(&self, moment: i64) -> &Period {
        let Some((summer, begin, end)) = &self.summer else { return &self.standard };
        let local = moment.saturating_add(self.standard.offset);
        let (year, ..) = date_of(local.div_euclid(DAY));
        let begin = begin.moment(year) - self.standard.offset;
        let end = end.moment(year) - summer.offset;
        let within = match begin < end {
            true => (begin..end).contains(&moment),
            false => !(end..begin).contains(&moment),
        };
        if within { summer } else { &self.standard }
    }
}

impl Change {
    fn parse(text: &str) -> Option<Self> {
        let (day, time) =
            text.split_once('/').map_or((text, None), |(day, time)| (day, Some(time)));
        let second = match time {
            Some(time) => clock(time)?.0,
            None => 2 * 3_600,
        };
        let day = if let Some(day) = day.strip_prefix('J') {
            Day::Plain(day.parse().ok()?)
        } else if let Some(date) = day.strip_prefix('M') {
            let mut parts = date.split('.');
            let month = parts.next()?.parse().ok()?;
            Day::Weekday(month, parts.next()?.parse().ok()?, parts.next()?.parse().ok()?)
        } else {
            Day::Counted(day.parse().ok()?)
        };
        Some(Self { day, second })
    }

    /// Seconds since 1970, on the clock before the change.
    fn moment(self, year: i64) -> i64 {
        let first = days(year, 1, 1);
        let day = match self.day {
            Day::Plain(day) => first + day - 1 + i64::from(is_leap(year) && day >= 60),
            Day::Counted(day) => first + day,
            Day::Weekday(month, week, weekday) => {
                let first = days(year, month.into(), 1);
                let offset = (weekday - (first + 4)).rem_euclid(7);
                let day = offset + (week - 1) * 7;
                first + if day < days_in(month, year).into() { day } else { day - 7 }
            }
        };
        day * DAY + self.second
    }
}

/// `CET` or `<+03>`.
fn abbreviation(text: &str) -> Option<(String, &str)> {
    if let Some(quoted) = text.strip_prefix('<') {
        let (name, rest) = quoted.split_once('>')?;
        return Some((name.to_owned(), rest));
    }
    let end = text.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(text.len());
    let (name, rest) = text.split_at(end);
    Some((name.to_owned(), rest))
}

/// `-5:30` in seconds.
fn clock(text: &str) -> Option<(i64, &str)> {
    let fits = |c: char| c.is_ascii_digit() || matches!(c, '+' | '-' | ':');
    let (number, rest) = text.split_at(text.find(|c| !fits(c)).unwrap_or(text.len()));
    let (sign, number) = match number.strip_prefix('-') {
        Some(number) => (-1, number),
        None => (1, number.strip_prefix('+').unwrap_or(number)),
    };
    let mut seconds = 0;
    for (part, unit) in number.split(':').zip([3_600, 60, 1]) {
        seconds += part.parse::<i64>().ok()? * unit;
    }
    Some((sign * seconds, rest))
}
