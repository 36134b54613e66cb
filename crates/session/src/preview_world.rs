//! The world of a preview: time stands still and random bytes are the same at the same place, so
//! that a keystroke changes only what it means to change. Calls of one place (a loop's turns, a
//! helper that is included twice) are told apart by their number within the file.

use helm::{Place, Timestamp, World};

/// Frozen at the moment that the session began.
#[derive(Clone, Copy, Debug)]
pub struct PreviewWorld {
    pub now: Timestamp,
    /// From the browser's source of random bytes, once a session.
    pub seed: u64,
}

impl World for PreviewWorld {
    fn now(&self) -> Timestamp {
        self.now
    }

    /// One key for all places: each takes up to a second, and an answer is waited for two.
    fn fill_key_seed(&self, _: Place<'_>, out: &mut [u8]) {
        self.fill_random(Place::default(), out);
    }

    fn key_bits(&self) -> usize {
        2_048
    }

    fn fill_random(&self, Place { file, offset, nth }: Place<'_>, out: &mut [u8]) {
        let number = u64::from(nth) << 32 | u64::from(offset);
        let mut state = file.bytes().fold(self.seed ^ number, |state, byte| {
            (state ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
        });
        for byte in out {
            // SplitMix64: enough to look random; secrets are made by the page, not here.
            state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
            let mut mixed = state;
            mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
            mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
            *byte = (mixed ^ (mixed >> 31)) as u8;
        }
    }
}
