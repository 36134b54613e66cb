//! Go's `time.Duration`: nanoseconds, read and written as `1h30m5.5s`.

/// Nanoseconds.
pub(crate) type Duration = i64;

pub(crate) const SECOND: Duration = 1_000_000_000;
pub(crate) const MINUTE: Duration = 60 * SECOND;
pub(crate) const HOUR: Duration = 60 * MINUTE;

/// 2^63: the first magnitude that is too large.
const BEYOND: u64 = 1 << 63;

fn unit(name: &str) -> Option<u64> {
    Some(match name {
        "ns" => 1,
        "us" | "µs" | "μs" => 1_000,
        "ms" => 1_000_000,
        "s" => SECOND as u64,
        "m" => MINUTE as u64,
        "h" => HOUR as u64,
        _ => return None,
    })
}

/// Go's `time.ParseDuration`, with its complaints.
pub(crate) fn parse(text: &str) -> Result<Duration, String> {
    let quoted = |text: &str| super::quote(text.as_bytes());
    let invalid = || format!("time: invalid duration {}", quoted(text));
    let (negative, mut rest) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    if rest == "0" {
        return Ok(0);
    }
    if rest.is_empty() {
        return Err(invalid());
    }
    let mut total = 0_u64;
    while !rest.is_empty() {
        let (number, tail) = split(rest, |c| c.is_ascii_digit() || c == '.');
        let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
        if whole.is_empty() && fraction.is_empty() || fraction.contains('.') {
            return Err(invalid());
        }
        let (name, tail) = split(tail, |c| !(c.is_ascii_digit() || c == '.'));
        if name.is_empty() {
            return Err(format!("time: missing unit in duration {}", quoted(text)));
        }
        let Some(unit) = unit(name) else {
            let name = quoted(name);
            return Err(format!("time: unknown unit {name} in duration {}", quoted(text)));
        };
        let part = amount(whole, fraction, unit).ok_or_else(invalid)?;
        total = total.checked_add(part).filter(|all| *all <= BEYOND).ok_or_else(invalid)?;
        rest = tail;
    }
    match negative {
        true => Ok((total as i64).wrapping_neg()),
        false => i64::try_from(total).map_err(|_| invalid()),
    }
}

fn split(text: &str, fits: impl Fn(char) -> bool) -> (&str, &str) {
    text.split_at(text.find(|c| !fits(c)).unwrap_or(text.len()))
}

/// `whole.fraction` times the unit.
fn amount(whole: &str, fraction: &str, unit: u64) -> Option<u64> {
    let whole = if whole.is_empty() { 0 } else { whole.parse::<u64>().ok()? };
    let product = whole.checked_mul(unit).filter(|product| *product <= BEYOND)?;
    // Digits beyond what 63 bits hold do not count.
    let (mut digits, mut scale) = (0_u64, 1.0_f64);
    for digit in fraction.bytes().map(|byte| u64::from(byte - b'0')) {
        match digits.checked_mul(10).and_then(|digits| digits.checked_add(digit)) {
            Some(more) if more < BEYOND => digits = more,
            _ => break,
        }
        scale *= 10.0;
    }
    let part = (digits as f64 * (unit as f64 / scale)) as u64;
    product.checked_add(part).filter(|sum| *sum <= BEYOND)
}

/// Go's `Duration.String`.
pub(crate) fn text(duration: Duration) -> String {
    let all = duration.unsigned_abs();
    let sign = if duration < 0 { "-" } else { "" };
    let with = |value: u64, unit: u64, name: &str| {
        let digits = unit.to_string().len() - 1;
        let fraction = format!("{:0digits$}", value % unit);
        let fraction = if digits == 0 { "" } else { fraction.trim_end_matches('0') };
        let point = if fraction.is_empty() { "" } else { "." };
        format!("{}{point}{fraction}{name}", value / unit)
    };
    let second = SECOND as u64;
    let body = match all {
        0 => "0s".to_owned(),
        1..1_000 => with(all, 1, "ns"),
        1_000..1_000_000 => with(all, 1_000, "µs"),
        1_000_000..1_000_000_000 => with(all, 1_000_000, "ms"),
        _ => {
            let minutes = all / (60 * second);
            let seconds = with(all % (60 * second), second, "s");
            match (minutes / 60, minutes % 60) {
                (0, 0) => seconds,
                (0, minutes) => format!("{minutes}m{seconds}"),
                (hours, minutes) => format!("{hours}h{minutes}m{seconds}"),
            }
        }
    };
    format!("{sign}{body}")
}

/// Go's `Duration.Truncate`.
pub(crate) fn truncated(duration: Duration, to: Duration) -> Duration {
    if to <= 0 { duration } else { duration - duration % to }
}

/// Go's `Duration.Round`: halves go away from zero.
pub(crate) fn rounded(duration: Duration, to: Duration) -> Duration {
    if to <= 0 {
        return duration;
    }
    let rest = (duration % to).unsigned_abs();
    let down = truncated(duration, to);
    if rest * 2 < to.unsigned_abs() {
        return down;
    }
    if duration < 0 { down.saturating_sub(to) } else { down.saturating_add(to) }
}
