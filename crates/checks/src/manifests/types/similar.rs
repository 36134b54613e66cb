//! The name that was probably meant.

/// The nearest of `names`, if one is near: another case, or few letters apart.
pub(crate) fn similar<'n>(wanted: &str, names: impl Iterator<Item = &'n str>) -> Option<&'n str> {
    let allowed = (wanted.len() / 3).clamp(1, 3);
    let near = names.map(|name| (distance(&wanted.to_lowercase(), &name.to_lowercase()), name));
    near.filter(|(apart, _)| *apart <= allowed).min().map(|(_, name)| name)
}

/// Letters to put in, take out or replace, counted after Levenshtein.
fn distance(one: &str, other: &str) -> usize {
    let other: Vec<char> = other.chars().collect();
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (at, letter) in one.chars().enumerate() {
        let mut before = at;
        let mut left = at + 1;
        for (cell, there) in row.iter_mut().skip(1).zip(&other) {
            let cost = before + usize::from(letter != *there);
            before = *cell;
            left = cost.min(*cell + 1).min(left + 1);
            *cell = left;
        }
        if let Some(first) = row.first_mut() {
            *first = at + 1;
        }
    }
    row.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distances_are_counted() {
        for (one, other, apart) in
            [("", "", 0), ("a", "", 1), ("", "ab", 2), ("kitten", "sitting", 3), ("abc", "abd", 1)]
        {
            assert_eq!(distance(one, other), apart, "{one} {other}");
        }
    }

    #[test]
    fn only_what_is_near_is_meant() {
        let names = ["containers", "initContainers", "nodeName", "nodeSelector"];
        assert_eq!(similar("container", names.into_iter()), Some("containers"));
        assert_eq!(similar("nodename", names.into_iter()), Some("nodeName"));
        assert_eq!(similar("replicas", names.into_iter()), None);
    }
}
