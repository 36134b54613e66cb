//! What differs between two lists, as the stretches that are to be replaced: the one diff of the
//! house. The worker makes it, the page only applies it, so a key costs the page what has changed
//! and not what is there.

use serde::{Deserialize, Serialize};
use similar::{Algorithm, DiffOp, capture_diff_slices};

/// Lines, old and new together, up to which a shortest difference is looked for.
const MAX_COMPARED: usize = 2_000;

/// A stretch of a list that is replaced. `at` and `removed` count in the old list.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hunk<T> {
    pub at: u32,
    pub removed: u32,
    pub items: Vec<T>,
}

impl<T> Hunk<T> {
    fn new(old: std::ops::Range<usize>, items: Vec<T>) -> Self {
        Self { at: old.start as u32, removed: old.len() as u32, items }
    }
}

/// Replaces what the hunks say, which are in the order of the list. What lies behind the list's
/// end is added at its end.
pub(crate) fn apply<T>(list: &mut Vec<T>, hunks: Vec<Hunk<T>>) {
    for hunk in hunks.into_iter().rev() {
        let start = (hunk.at as usize).min(list.len());
        let end = start.saturating_add(hunk.removed as usize).min(list.len());
        list.splice(start..end, hunk.items);
    }
}

/// The text with the lines replaced that the hunks say, which are in its order.
pub(crate) fn apply_lines(text: &str, hunks: &[Hunk<String>]) -> String {
    if hunks.is_empty() {
        return text.to_owned();
    }
    let mut rest = lines(text).into_iter();
    let (mut all, mut at) = (Vec::new(), 0);
    for hunk in hunks {
        let start = hunk.at as usize;
        all.extend(rest.by_ref().take(start.saturating_sub(at)));
        rest.by_ref().take(hunk.removed as usize).for_each(drop);
        at = start + hunk.removed as usize;
        all.extend(hunk.items.iter().map(String::as_str));
    }
    all.extend(rest);
    all.join("\n")
}

/// The hunks between two lists of which few items differ: item by item where both are as long,
/// else the one stretch between what is equal at both ends.
pub(crate) fn changed_items<T: PartialEq + Clone>(old: &[T], new: &[T]) -> Vec<Hunk<T>> {
    let (start, end) = equal_ends(old, new);
    let (old_middle, new_middle) = (start..old.len() - end, start..new.len() - end);
    if old_middle.is_empty() && new_middle.is_empty() {
        return Vec::new();
    }
    if old.len() == new.len() {
        return side_by_side(old, new, old_middle, T::clone);
    }
    vec![Hunk::new(old_middle, new[new_middle].to_vec())]
}

/// The hunks between two texts, line by line.
pub(crate) fn changed_lines(old: &str, new: &str) -> Vec<Hunk<String>> {
    let (old, new): (Vec<&str>, Vec<&str>) = (lines(old), lines(new));
    let (start, end) = equal_ends(&old, &new);
    let (old_middle, new_middle) = (start..old.len() - end, start..new.len() - end);
    if old_middle.is_empty() && new_middle.is_empty() {
        return Vec::new();
    }
    let own = |line: &&str| (*line).to_owned();
    if old.len() == new.len() {
        return side_by_side(&old, &new, old_middle, own);
    }
    if old_middle.len() + new_middle.len() > MAX_COMPARED {
        return vec![Hunk::new(old_middle, new[new_middle].iter().map(own).collect())];
    }
    let operations =
        capture_diff_slices(Algorithm::Myers, &old[old_middle], &new[new_middle.clone()]);
    let hunk = |operation: DiffOp| {
        let (from, to) = (operation.old_range(), operation.new_range());
        let items = &new[to.start + new_middle.start..to.end + new_middle.start];
        let from = from.start + start..from.end + start;
        Hunk::new(from, items.iter().map(own).collect())
    };
    let changes = operations.into_iter().filter(|it| !matches!(it, DiffOp::Equal { .. }));
    changes.map(hunk).collect()
}

/// A text as the lines that a person sees: none where there is nothing.
pub(crate) fn lines(text: &str) -> Vec<&str> {
    if text.is_empty() { Vec::new() } else { text.split('\n').collect() }
}

/// How many items are equal at the start, and of the others at the end.
fn equal_ends<T: PartialEq>(old: &[T], new: &[T]) -> (usize, usize) {
    let start = old.iter().zip(new).take_while(|(old, new)| old == new).count();
    let rest = old[start..].iter().rev().zip(new[start..].iter().rev());
    (start, rest.take_while(|(old, new)| old == new).count())
}

/// Runs of items that differ at the same place of two lists of one length.
fn side_by_side<T: PartialEq, U>(
    old: &[T],
    new: &[T],
    within: std::ops::Range<usize>,
    own: impl Fn(&T) -> U,
) -> Vec<Hunk<U>> {
    let mut hunks: Vec<Hunk<U>> = Vec::new();
    for at in within.filter(|at| old[*at] != new[*at]) {
        match hunks.last_mut() {
            Some(last) if (last.at + last.removed) as usize == at => {
                last.removed += 1;
                last.items.push(own(&new[at]));
            }
            _ => hunks.push(Hunk::new(at..at + 1, vec![own(&new[at])])),
        }
    }
    hunks
}

#[cfg(test)]
mod tests {
    use super::*;

    fn round_trip(old: &str, new: &str) -> Vec<Hunk<String>> {
        let hunks = changed_lines(old, new);
        assert_eq!(apply_lines(old, &hunks), new, "{old:?} to {new:?}");
        hunks
    }

    #[test]
    fn only_the_lines_that_differ_are_replaced() {
        assert_eq!(round_trip("a\nb\nc", "a\nb\nc"), []);
        let replaced = round_trip("a\nb\nc\nd", "a\nx\nc\ny");
        assert_eq!(
            replaced.iter().map(|it| (it.at, it.removed)).collect::<Vec<_>>(),
            [(1, 1), (3, 1)]
        );
        let inserted = round_trip("a\nb\nc", "a\nb\nx\nc");
        assert_eq!(inserted, [Hunk { at: 2, removed: 0, items: vec!["x".to_owned()] }]);
        let mixed = round_trip("a\nb\nc\nd\ne", "a\nB\nc\nd\nn\ne");
        assert_eq!(mixed.len(), 2);
    }

    #[test]
    fn every_pair_of_short_texts_is_led_over() {
        let texts = ["", "a", "b", "a\na", "a\nb", "b\na", "a\nb\na", "b\na\nb\nb", "a\n\na", "\n"];
        for (old, new) in texts.iter().flat_map(|old| texts.iter().map(move |new| (old, new))) {
            round_trip(old, new);
        }
    }

    #[test]
    fn a_text_too_long_to_compare_is_replaced_between_its_ends() {
        let old: String = (0..3000).map(|n| format!("old {n}\n")).collect();
        let new: String = (0..3100).map(|n| format!("new {n}\n")).collect();
        assert_eq!(round_trip(&format!("same\n{old}"), &format!("same\n{new}")).len(), 1);
    }

    #[test]
    fn lists_are_led_over_item_by_item() {
        let cases: [(&[i32], &[i32], usize); 5] = [
            (&[], &[], 0),
            (&[1, 2, 3], &[1, 9, 3], 1),
            (&[1, 2, 3, 4], &[0, 2, 3, 5], 2),
            (&[1, 2, 3], &[1, 3], 1),
            (&[], &[1, 2], 1),
        ];
        for (old, new, count) in cases {
            let hunks = changed_items(old, new);
            assert_eq!(hunks.len(), count, "{old:?} to {new:?}");
            let mut list = old.to_vec();
            apply(&mut list, hunks);
            assert_eq!(list, new);
        }
    }

    #[test]
    fn a_hunk_behind_the_end_is_added_at_the_end() {
        let mut list = vec![1];
        apply(&mut list, vec![Hunk { at: 9, removed: 9, items: vec![2] }]);
        assert_eq!(list, [1, 2]);
    }
}
