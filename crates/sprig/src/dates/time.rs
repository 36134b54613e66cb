//! A point in time in a zone, as Go's `time.Time`.

use super::duration::{Duration, SECOND};
use super::zones::Zone;

/// Seconds from 1970 back to Go's zero time, the beginning of year 1.
pub(crate) const ZERO: i64 = -62_135_596_800;
const DAY: i64 = 86_400;

/// A point in time, and the zone that it is told in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Time {
    /// Since 1970-01-01 00:00:00 UTC.
    pub(crate) seconds: i64,
    pub(crate) nanoseconds: u32,
    pub(crate) zone: Zone,
}

/// What a clock and a calendar show.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Civil {
    pub(crate) year: i64,
    /// 1 to 12.
    pub(crate) month: u32,
    pub(crate) day: u32,
    pub(crate) hour: u32,
    pub(crate) minute: u32,
    pub(crate) second: u32,
    /// 1 to 366.
    pub(crate) year_day: u32,
    /// 0 is Sunday.
    pub(crate) weekday: u32,
}

pub(crate) fn is_leap(year: i64) -> bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
}

pub fn days_in(month: u32, year: i64) -> u32 {
    match month {
        2 if is_leap(year) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// Days from 1970-01-01; the month may be out of range.
pub(crate) fn days(year: i64, month: i64, day: i64) -> i64 {
    let (year, month) =
        (year.saturating_add((month - 1).div_euclid(12)), (month - 1).rem_euclid(12));
    // Years begin in March, so that the leap day is their last.
    let shifted = if month < 2 { year.saturating_sub(1) } else { year };
    let (era, of_era) = (shifted.div_euclid(400), shifted.rem_euclid(400));
    let of_year = (153 * ((month + 10) % 12) + 2) / 5;
    let of_era = of_era * 365 + of_era / 4 - of_era / 100 + of_year;
    era.saturating_mul(146_097).saturating_add(of_era).saturating_add(day - 1 - 719_468)
}

/// Year, month and day of a number of days from 1970-01-01.
pub(crate) fn date_of(days: i64) -> (i64, u32, u32) {
    let days = days.saturating_add(719_468);
    let (era, of_era) = (days.div_euclid(146_097), days.rem_euclid(146_097));
    let year = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let month = (5 * of_year + 2) / 153;
    let day = of_year - (153 * month + 2) / 5 + 1;
    let month = (month + 2) % 12 + 1;
    (year + era * 400 + i64::from(month <= 2), month as u32, day as u32)
}

impl Time {
    pub(crate) fn utc(seconds: i64, nanoseconds: u32) -> Self {
        Self { seconds, nanoseconds, zone: Zone::Utc }
    }

    /// Go's `time.Date`: values out of range count on.
    pub(crate) fn date(date: (i64, i64, i64), clock: (i64, i64, i64), nanoseconds: u32) -> Self {
        let days = days(date.0, date.1, date.2);
        let (hour, minute, second) = clock;
        let seconds = days.saturating_mul(DAY).saturating_add(hour * 3_600 + minute * 60 + second);
        Self::utc(seconds, nanoseconds)
    }

    /// The zone's abbreviation (empty where it has none) and seconds east of UTC.
    pub(crate) fn offset(&self) -> (String, i64) {
        self.zone.at(self.seconds)
    }

    pub(crate) fn civil(&self) -> Civil {
        let local = self.seconds.saturating_add(self.offset().1);
        let (number, clock) = (local.div_euclid(DAY), local.rem_euclid(DAY) as u32);
        let (year, month, day) = date_of(number);
        Civil {
            year,
            month,
            day,
            hour: clock / 3_600,
            minute: clock / 60 % 60,
            second: clock % 60,
            year_day: (number - days(year, 1, 1)) as u32 + 1,
            weekday: (number + 4).rem_euclid(7) as u32,
        }
    }

    pub(crate) fn add(&self, duration: Duration) -> Self {
        let all = i64::from(self.nanoseconds) + duration.rem_euclid(SECOND);
        let seconds = duration.div_euclid(SECOND) + all / SECOND;
        Self {
            seconds: self.seconds.saturating_add(seconds),
            nanoseconds: (all % SECOND) as u32,
            zone: self.zone.clone(),
        }
    }

    /// Nanoseconds since 1970, exactly.
    fn exact(&self) -> i128 {
        i128::from(self.seconds) * i128::from(SECOND) + i128::from(self.nanoseconds)
    }

    /// Go's `Time.Sub`: the nearest duration that there is.
    pub(crate) fn since(&self, earlier: &Self) -> Duration {
        let distance = self.exact() - earlier.exact();
        distance.clamp(i64::MIN.into(), i64::MAX.into()) as i64
    }

    pub(crate) fn unix_nano(&self) -> i64 {
        self.exact() as i64
    }

    /// What is left of the time, counted from year 1 in steps of `to`.
    pub(crate) fn rest(&self, to: Duration) -> Duration {
        let since = self.exact() - i128::from(ZERO) * i128::from(SECOND);
        since.rem_euclid(i128::from(to.max(1))) as i64
    }

    /// Go's `Time.AddDate`.
    pub(crate) fn add_date(&self, years: i64, months: i64, days: i64) -> Self {
        let civil = self.civil();
        let clock = (civil.hour.into(), civil.minute.into(), civil.second.into());
        let year = civil.year.saturating_add(years);
        let month = i64::from(civil.month).saturating_add(months);
        let day = i64::from(civil.day).saturating_add(days);
        let mut moved = Self::date((year, month, day), clock, self.nanoseconds);
        moved.seconds = self.zone.to_utc(moved.seconds);
        moved.zone = self.zone.clone();
        moved
    }

    pub(crate) fn within(&self, zone: Zone) -> Self {
        Self { zone, ..self.clone() }
    }
}
