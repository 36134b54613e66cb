//! Numbers that look random and come again from the same seed (SplitMix64).

/// A stream of numbers.
pub struct Random(u64);

impl Random {
    /// The stream of a seed; `name` keeps the streams of one seed apart.
    pub fn new(seed: u64, name: &str) -> Self {
        let mix = |state: u64, byte: u8| (state ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        Self(name.bytes().fold(seed ^ 0xcbf2_9ce4_8422_2325, mix))
    }

    /// The next number.
    pub fn number(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// From 0 to `count` without it; 0 where there is nothing to choose from.
    pub fn below(&mut self, count: usize) -> usize {
        (self.number() % count.max(1) as u64) as usize
    }

    /// From `least` to `most`, both among them.
    pub fn between(&mut self, least: usize, most: usize) -> usize {
        least + self.below(most + 1 - least)
    }

    /// True in so many of a hundred cases.
    pub fn chance(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    /// One of these, which are never none.
    pub fn pick<'i, T>(&mut self, items: &'i [T]) -> &'i T {
        // Every list to pick from is a table of its caller.
        &items[self.below(items.len())]
    }

    /// The word before or between `|`.
    pub fn word<'t>(&mut self, words: &'t str) -> &'t str {
        let words: Vec<&str> = words.split('|').collect();
        words[self.below(words.len())]
    }

    /// Puts items into another order.
    pub fn shuffle<T>(&mut self, items: &mut [T]) {
        for last in (1..items.len()).rev() {
            items.swap(last, self.below(last + 1));
        }
    }

    /// Some of the items, each once, in another order.
    pub fn some<T: Clone>(&mut self, items: &[T], count: usize) -> Vec<T> {
        let mut all = items.to_vec();
        self.shuffle(&mut all);
        all.truncate(count);
        all
    }
}

#[cfg(test)]
mod tests {
    use super::Random;

    #[test]
    fn the_same_seed_gives_the_same_numbers() {
        let numbers = |seed, name| {
            let mut random = Random::new(seed, name);
            [random.number(), random.number()]
        };
        assert_eq!(numbers(1, "a"), numbers(1, "a"));
        assert_ne!(numbers(1, "a"), numbers(2, "a"));
        assert_ne!(numbers(1, "a"), numbers(1, "b"));
    }

    #[test]
    fn ranges_are_kept() {
        let mut random = Random::new(1, "");
        assert!((0..1000).all(|_| (2..=4).contains(&random.between(2, 4))));
        assert_eq!(random.below(0), 0);
        assert_eq!(random.some(&[1, 2, 3], 9).len(), 3);
    }
}
