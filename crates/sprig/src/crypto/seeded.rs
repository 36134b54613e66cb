//! Any number of random bytes from a few: SHA-256 over the seed and a counter. The same seed makes
//! the same key.

use num_bigint::BigUint;
use sha2::{Digest, Sha256};

/// Bytes that the world is asked for.
pub(super) const SEED: usize = 32;

pub(super) struct Seeded {
    seed: Vec<u8>,
    counter: u64,
}

impl Seeded {
    pub(super) fn new(seed: &[u8]) -> Self {
        Self { seed: seed.to_vec(), counter: 0 }
    }

    pub(super) fn bytes(&mut self, count: usize) -> Vec<u8> {
        let mut out = Vec::with_capacity(count + 32);
        while out.len() < count {
            let block =
                Sha256::new().chain_update(&self.seed).chain_update(self.counter.to_be_bytes());
            out.extend_from_slice(&block.finalize());
            self.counter += 1;
        }
        out.truncate(count);
        out
    }

    pub(super) fn number(&mut self, bits: usize) -> BigUint {
        let number = BigUint::from_bytes_be(&self.bytes(bits.div_ceil(8)));
        number >> (bits.div_ceil(8) * 8 - bits)
    }
}
