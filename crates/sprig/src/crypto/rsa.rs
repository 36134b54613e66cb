//! RSA: keys in PKCS #1's form, signatures by PKCS #1 v1.5 with SHA-256.

use super::der::{Reader, integer, sequence, small};
use super::primes::prime;
use super::seeded::Seeded;
use num_bigint::BigUint;
use sha2::{Digest, Sha256};

const EXPONENT: u32 = 65_537;
/// What stands before a SHA-256 digest in a signature: the digest's name in DER.
const DIGEST_INFO: [u8; 19] = [
    0x30, 0x31, 0x30, 0x0d, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x01, 0x05,
    0x00, 0x04, 0x20,
];

pub(super) struct RsaKey {
    modulus: BigUint,
    public: BigUint,
    private: BigUint,
    primes: [BigUint; 2],
}

impl RsaKey {
    pub(super) fn generate(bits: usize, random: &mut Seeded) -> Self {
        let public = BigUint::from(EXPONENT);
        loop {
            let primes = [prime(bits / 2, random), prime(bits / 2, random)];
            let totient = (&primes[0] - 1_u32) * (&primes[1] - 1_u32);
            if primes[0] == primes[1] {
                continue;
            }
            if let Some(private) = public.modinv(&totient) {
                let modulus = &primes[0] * &primes[1];
                return Self { modulus, public, private, primes };
            }
        }
    }

    pub(super) fn from_pkcs1(der: &[u8]) -> Option<Self> {
        let mut key = Reader(der).sequence()?;
        key.integer()?;
        let (modulus, public, private) = (key.integer()?, key.integer()?, key.integer()?);
        let primes = [key.integer()?, key.integer()?];
        let fits = &primes[0] * &primes[1] == modulus && modulus.bits() >= 512;
        fits.then_some(Self { modulus, public, private, primes })
    }

    pub(super) fn to_pkcs1(&self) -> Vec<u8> {
        let [p, q] = &self.primes;
        let none = BigUint::ZERO;
        sequence(&[
            small(0),
            integer(&self.modulus),
            integer(&self.public),
            integer(&self.private),
            integer(p),
            integer(q),
            integer(&(&self.private % (p - 1_u32))),
            integer(&(&self.private % (q - 1_u32))),
            integer(&q.modinv(p).unwrap_or(none)),
        ])
    }

    /// Modulus and exponent.
    pub(super) fn public_key(&self) -> Vec<u8> {
        sequence(&[integer(&self.modulus), integer(&self.public)])
    }

    pub(super) fn sign(&self, message: &[u8]) -> Vec<u8> {
        let size = self.modulus.bits().div_ceil(8) as usize;
        let mut padded = vec![0x00, 0x01];
        padded.resize(size.saturating_sub(DIGEST_INFO.len() + 33), 0xff);
        padded.push(0x00);
        padded.extend_from_slice(&DIGEST_INFO);
        padded.extend_from_slice(&Sha256::digest(message));
        let signed = BigUint::from_bytes_be(&padded).modpow(&self.private, &self.modulus);
        let bytes = signed.to_bytes_be();
        [vec![0; size.saturating_sub(bytes.len())], bytes].concat()
    }
}

#[cfg(test)]
mod tests {
    use super::{DIGEST_INFO, RsaKey};
    use crate::crypto::seeded::Seeded;
    use num_bigint::BigUint;
    use sha2::{Digest, Sha256};

    #[test]
    fn the_public_key_opens_a_signature() {
        let key = RsaKey::generate(1_024, &mut Seeded::new(b"seed"));
        let signature = BigUint::from_bytes_be(&key.sign(b"message"));
        let opened = signature.modpow(&key.public, &key.modulus).to_bytes_be();
        let end = [DIGEST_INFO.as_slice(), &Sha256::digest(b"message")].concat();
        assert_eq!(key.modulus.bits(), 1_024);
        assert_eq!(opened.len(), 127, "a leading zero, then 01");
        assert_eq!(opened[..3], [0x01, 0xff, 0xff]);
        assert!(opened.ends_with(&end));
    }
}
