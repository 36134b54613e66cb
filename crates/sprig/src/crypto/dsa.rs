//! DSA keys (2048 and 256 bits) in the form that Sprig gives them.

use super::der::{Reader, integer, sequence, small};
use super::primes::{prime, search};
use super::seeded::Seeded;
use num_bigint::BigUint;

const LARGE: usize = 2_048;
const SMALL: usize = 256;

/// Version, p, q, g, y, x.
pub(super) struct DsaKey([BigUint; 5]);

impl DsaKey {
    pub(super) fn generate(random: &mut Seeded) -> Self {
        let q = prime(SMALL, random);
        let step = &q * 2_u32;
        let p = loop {
            let mut start = random.number(LARGE);
            start.set_bit(LARGE as u64 - 1, true);
            let start = &start - (&start % &step) + 1_u32;
            let found = search(&start, &step, random);
            if let Some(p) = found.filter(|p| p.bits() == LARGE as u64) {
                break p;
            }
        };
        let exponent = (&p - 1_u32) / &q;
        let one = BigUint::from(1_u32);
        let mut base = BigUint::from(2_u32);
        let mut g = base.modpow(&exponent, &p);
        while g == one {
            base += 1_u32;
            g = base.modpow(&exponent, &p);
        }
        let x = random.number(SMALL) % (&q - 1_u32) + 1_u32;
        let y = g.modpow(&x, &p);
        Self([p, q, g, y, x])
    }

    pub(super) fn from_der(der: &[u8]) -> Option<Self> {
        let mut key = Reader(der).sequence()?;
        key.integer()?;
        let mut next = || key.integer();
        Some(Self([next()?, next()?, next()?, next()?, next()?]))
    }

    pub(super) fn to_der(&self) -> Vec<u8> {
        let numbers = self.0.iter().map(integer);
        sequence(&[small(0)].into_iter().chain(numbers).collect::<Vec<_>>())
    }
}
