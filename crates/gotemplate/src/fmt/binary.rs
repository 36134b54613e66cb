//! Floats by their bits: `%b` and `%x`.

const FRACTION: u32 = 52;

/// Mantissa and exponent (of the mantissa as a whole number) of a finite float.
fn parts(number: f64) -> (u64, i64) {
    let bits = number.to_bits();
    let fraction = bits & ((1 << FRACTION) - 1);
    let exponent = (bits >> FRACTION & 0x7ff) as i64;
    let (mantissa, exponent) =
        if exponent == 0 { (fraction, 1) } else { (fraction | 1 << FRACTION, exponent) };
    (mantissa, exponent - 1023 - i64::from(FRACTION))
}

fn sign(number: f64) -> &'static str {
    if number.is_sign_negative() { "-" } else { "" }
}

/// `%b`: the mantissa and the power of two that it is multiplied with.
pub(super) fn power_of_two(number: f64) -> String {
    let (mantissa, exponent) = parts(number);
    format!("{}{mantissa}p{exponent:+}", sign(number))
}

/// `%x`: one digit, the fraction in hexadecimal, the power of two.
pub(super) fn hexadecimal(number: f64, precision: Option<usize>) -> String {
    let (mut mantissa, mut exponent) = parts(number);
    if mantissa == 0 {
        exponent = 0;
    } else {
        while mantissa >> FRACTION == 0 {
            mantissa <<= 1;
            exponent -= 1;
        }
        exponent += i64::from(FRACTION);
    }
    if let Some(digits) = precision.filter(|digits| *digits < 13) {
        let drop = (13 - digits as u32) * 4;
        let rest = mantissa & ((1 << drop) - 1);
        let half = 1 << (drop - 1);
        mantissa >>= drop;
        if rest > half || (rest == half && mantissa & 1 == 1) {
            mantissa += 1;
        }
        mantissa <<= drop;
        if mantissa >> (FRACTION + 1) > 0 {
            mantissa >>= 1;
            exponent += 1;
        }
    }
    let digits = format!("{:013x}", mantissa & ((1 << FRACTION) - 1));
    let digits = match precision {
        None => digits.trim_end_matches('0').to_owned(),
        Some(wanted) => format!("{digits:0<wanted$}").chars().take(wanted).collect(),
    };
    let point = if digits.is_empty() { "" } else { "." };
    let way = if exponent < 0 { '-' } else { '+' };
    format!("{}0x{}{point}{digits}p{way}{:02}", sign(number), mantissa >> FRACTION, exponent.abs())
}
