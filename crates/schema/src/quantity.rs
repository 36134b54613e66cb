//! Kubernetes quantities: `64Mi`, `0.5`, `500m`, `1e3`. After apimachinery's `resource.Quantity`.

use std::cmp::Ordering;

/// An exact amount in billionths, which is as fine as Kubernetes keeps it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Quantity(i128);

const SUFFIXES: [(&str, i128, i128); 14] = [
    ("Ki", 1 << 10, 1),
    ("Mi", 1 << 20, 1),
    ("Gi", 1 << 30, 1),
    ("Ti", 1 << 40, 1),
    ("Pi", 1 << 50, 1),
    ("Ei", 1 << 60, 1),
    ("n", 1, 1_000_000_000),
    ("u", 1, 1_000_000),
    ("m", 1, 1_000),
    ("k", 1_000, 1),
    ("M", 1_000_000, 1),
    ("G", 1_000_000_000, 1),
    ("T", 1_000_000_000_000, 1),
    ("P", 1_000_000_000_000_000, 1),
];

impl Quantity {
    /// `None` where the text is no quantity, or too large to be one.
    pub fn parse(text: &str) -> Option<Self> {
        let (negative, body) = match text.strip_prefix('-') {
            Some(body) => (true, body),
            None => (false, text.strip_prefix('+').unwrap_or(text)),
        };
        let end = body.find(|c: char| !(c.is_ascii_digit() || c == '.')).unwrap_or(body.len());
        let (number, suffix) = body.split_at(end);
        let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
        if whole.is_empty() && fraction.is_empty() || fraction.contains('.') || fraction.len() > 18
        {
            return None;
        }
        let digits: i128 = format!("0{whole}{fraction}").parse().ok()?;
        let scale = 10_i128.checked_pow(fraction.len() as u32)?;
        let (times, by) = multiplier(suffix)?;
        let scaled = digits.checked_mul(times)?.checked_mul(1_000_000_000)?;
        let amount = scaled / scale.checked_mul(by)?;
        Some(Self(if negative { -amount } else { amount }))
    }

    pub fn compare(self, other: Self) -> Ordering {
        self.cmp(&other)
    }

    pub fn plus(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }

    pub fn minus(self, other: Self) -> Self {
        Self(self.0.saturating_sub(other.0))
    }

    pub fn sign(self) -> i64 {
        self.0.signum() as i64
    }

    pub fn is_integer(self) -> bool {
        self.0 % 1_000_000_000 == 0
    }

    pub fn as_float(self) -> f64 {
        self.0 as f64 / 1e9
    }
}

fn multiplier(suffix: &str) -> Option<(i128, i128)> {
    if suffix.is_empty() {
        return Some((1, 1));
    }
    if let Some((_, times, by)) = SUFFIXES.iter().find(|(known, ..)| *known == suffix) {
        return Some((*times, *by));
    }
    if suffix == "E" {
        return Some((1_000_000_000_000_000_000, 1));
    }
    let exponent: i32 = suffix.strip_prefix(['e', 'E'])?.parse().ok()?;
    let power = 10_i128.checked_pow(exponent.unsigned_abs().min(30))?;
    Some(if exponent < 0 { (1, power) } else { (power, 1) })
}

#[cfg(test)]
mod tests {
    use super::Quantity;

    #[test]
    fn every_form_of_a_quantity_is_the_same_amount() {
        for (a, b) in [
            ("64Mi", "67108864"),
            ("0.05", "50m"),
            ("1e3", "1k"),
            ("1.5Gi", "1536Mi"),
            ("1E", "1000P"),
            ("100u", "0.1m"),
            ("1E3", "1000"),
        ] {
            assert_eq!(Quantity::parse(a), Quantity::parse(b), "{a} {b}");
            assert!(Quantity::parse(a).is_some(), "{a}");
        }
    }

    #[test]
    fn what_is_no_quantity_is_none() {
        for text in ["", ".", "Mi", "1mi", "1 Mi", "a", "1e", "--1", "1.2.3", "1KiB"] {
            assert_eq!(Quantity::parse(text), None, "{text}");
        }
    }
}
