//! Keywords about texts and numbers; when two values are the same.

use super::{Run, Work};
use crate::failure::Kind;
use crate::schema::Node;
use serde_json::{Number, Value as Json};
use std::cmp::Ordering;

/// A keyword, its number, and what order of a value and the number breaks it.
type Bound<'n> = (&'static str, &'n Option<Number>, fn(Ordering) -> bool);

impl<'c, 'v> Run<'c, 'v> {
    /// The two keywords that bound a count.
    pub(super) fn counted(
        &self,
        keywords: [&'static str; 2],
        got: usize,
        (least, most): (Option<usize>, Option<usize>),
        work: &mut Work<'v>,
    ) {
        let [lower, upper] = keywords;
        if let Some(want) = least.filter(|least| got < *least) {
            work.failures.push(self.failure(Kind::Count { keyword: lower, got, want }));
        }
        if let Some(want) = most.filter(|most| got > *most) {
            work.failures.push(self.failure(Kind::Count { keyword: upper, got, want }));
        }
    }

    #[inline(never)]
    pub(super) fn text(&mut self, node: &'c Node, text: &'v str, work: &mut Work<'v>) {
        let keywords = &node.texts;
        if keywords.least.is_some() || keywords.most.is_some() {
            let length = text.chars().count();
            self.counted(["minLength", "maxLength"], length, (keywords.least, keywords.most), work);
        }
        if let Some((want, pattern)) = &keywords.pattern
            && !pattern.matches(text)
        {
            let (got, want) = (text.to_owned(), want.clone());
            work.failures.push(self.failure(Kind::Pattern { got, want }));
        }
    }

    #[inline(never)]
    pub(super) fn number(&mut self, node: &'c Node, got: &'v Number, work: &mut Work<'v>) {
        let keywords = &node.numbers;
        let breaks = |want: &Number, wrong: fn(Ordering) -> bool| wrong(compare(got, want));
        let bounds: [Bound<'_>; 4] = [
            ("minimum", &keywords.minimum, Ordering::is_lt),
            ("maximum", &keywords.maximum, Ordering::is_gt),
            ("exclusiveMinimum", &keywords.above, Ordering::is_le),
            ("exclusiveMaximum", &keywords.below, Ordering::is_ge),
        ];
        for (keyword, want, wrong) in bounds {
            if let Some(want) = want.as_ref().filter(|want| breaks(want, wrong)) {
                let (got, want) = (got.clone(), want.clone());
                work.failures.push(self.failure(Kind::Bound { keyword, got, want }));
            }
        }
        if let Some(want) = keywords.multiple_of.as_ref().filter(|want| !is_multiple(got, want)) {
            let (got, want) = (got.clone(), want.clone());
            work.failures.push(self.failure(Kind::Bound { keyword: "multipleOf", got, want }));
        }
    }
}

fn whole(number: &Number) -> Option<i128> {
    number.as_i64().map(i128::from).or_else(|| number.as_u64().map(i128::from))
}

fn float(number: &Number) -> f64 {
    number.as_f64().unwrap_or_default()
}

fn compare(a: &Number, b: &Number) -> Ordering {
    match (whole(a), whole(b)) {
        (Some(a), Some(b)) => a.cmp(&b),
        _ => float(a).total_cmp(&(float(b) + 0.0)),
    }
}

pub(super) fn is_whole(number: &Number) -> bool {
    whole(number).is_some() || float(number).fract() == 0.0
}

/// A number as digits and a power of ten.
fn decimal(number: &Number) -> Option<(i128, u32)> {
    let text = number.to_string();
    let (mantissa, exponent) = text.split_once(['e', 'E']).unwrap_or((&text, "0"));
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let digits: i128 = format!("{whole}{fraction}").parse().ok()?;
    let exponent =
        exponent.parse::<i32>().ok()?.checked_sub(i32::try_from(fraction.len()).ok()?)?;
    if exponent >= 0 {
        let factor = 10_i128.checked_pow(u32::try_from(exponent).ok()?)?;
        return Some((digits.checked_mul(factor)?, 0));
    }
    Some((digits, exponent.unsigned_abs()))
}

/// Decimals as they are written; what no 128 bits hold, as floats.
fn is_multiple(got: &Number, want: &Number) -> bool {
    let exact = || {
        let ((got, got_scale), (want, want_scale)) = (decimal(got)?, decimal(want)?);
        let scale = got_scale.max(want_scale);
        let got = got.checked_mul(10_i128.checked_pow(scale - got_scale)?)?;
        got.checked_rem(want.checked_mul(10_i128.checked_pow(scale - want_scale)?)?)
    };
    exact().map_or_else(|| (float(got) / float(want)).fract() == 0.0, |rest| rest == 0)
}

/// Whether two values are the same to JSON Schema: `1` is `1.0`.
pub(super) fn equal(a: &Json, b: &Json) -> bool {
    match (a, b) {
        (Json::Number(a), Json::Number(b)) => match (whole(a), whole(b)) {
            (Some(a), Some(b)) => a == b,
            _ => float(a) == float(b),
        },
        (Json::Array(a), Json::Array(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| equal(a, b))
        }
        (Json::Object(a), Json::Object(b)) => {
            let same =
                |(key, value): (&String, &Json)| b.get(key).is_some_and(|it| equal(value, it));
            a.len() == b.len() && a.iter().all(same)
        }
        _ => a == b,
    }
}
