//! go-yaml's order of keys: letters after the rest, numbers inside keys by their value.

use std::cmp::Ordering;

pub(super) fn compare(a: &str, b: &str) -> Ordering {
    if less(a, b) {
        Ordering::Less
    } else if less(b, a) {
        Ordering::Greater
    } else {
        Ordering::Equal
    }
}

fn less(a: &str, b: &str) -> bool {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let mut digits = false;
    for (at, (left, right)) in a.iter().zip(&b).enumerate() {
        if left == right {
            digits = left.is_numeric();
            continue;
        }
        match (left.is_alphabetic(), right.is_alphabetic()) {
            (true, true) => return left < right,
            (true, false) => return digits,
            (false, true) => return !digits,
            (false, false) => {}
        }
        return less_numbers(&a, &b, at);
    }
    a.len() < b.len()
}

/// Both differ at `at` and neither is a letter there.
fn less_numbers(a: &[char], b: &[char], at: usize) -> bool {
    let (mut left, mut right) = (0_i64, 0_i64);
    if a[at] == '0' || b[at] == '0' {
        let before = a[..at].iter().rev().take_while(|c| c.is_ascii_digit());
        if before.into_iter().any(|c| *c != '0') {
            (left, right) = (1, 1);
        }
    }
    let (left_end, left) = number(a, at, left);
    let (right_end, right) = number(b, at, right);
    if left != right {
        return left < right;
    }
    if left_end != right_end {
        return left_end < right_end;
    }
    a[at] < b[at]
}

fn number(text: &[char], from: usize, start: i64) -> (usize, i64) {
    let mut value = start;
    let mut end = from;
    while let Some(digit) = text.get(end).and_then(|c| c.to_digit(10)) {
        value = value.wrapping_mul(10).wrapping_add(i64::from(digit));
        end += 1;
    }
    (end, value)
}

#[cfg(test)]
mod tests {
    #[test]
    fn keys_come_in_the_order_measured_with_helm() {
        let mut keys = ["ab", "a10", "a2", "a.b", "a-b", "A", "10", "2", "1"];
        keys.sort_by(|a, b| super::compare(a, b));
        assert_eq!(keys, ["1", "2", "10", "A", "a-b", "a.b", "a2", "a10", "ab"]);
    }
}
