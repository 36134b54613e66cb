//! Private keys of all kinds that Sprig makes: generated, read from PEM, written, signing.

use super::der::{self, OCTET_STRING, OID, Reader, bits, context, octets, oid, sequence, small};
use super::dsa::DsaKey;
use super::pem;
use super::rsa::RsaKey;
use super::seeded::Seeded;
use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

const RSA_ENCRYPTION: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01];
const SHA256_WITH_RSA: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x0b];
const EC_PUBLIC_KEY: &[u8] = &[0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01];
const P256: &[u8] = &[0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07];
const ECDSA_WITH_SHA256: &[u8] = &[0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x02];
const ED25519: &[u8] = &[0x2b, 0x65, 0x70];

/// Keys that are kept for the next render.
const KEPT: usize = 64;

/// What to generate; RSA with its bits.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Kind {
    Rsa(usize),
    Ec,
    Ed25519,
    Dsa,
}

pub(super) enum Key {
    Rsa(RsaKey),
    Ec(p256::ecdsa::SigningKey),
    Ed25519(ed25519_dalek::SigningKey),
    Dsa(DsaKey),
}

/// Keys by kind and seed.
type Keys = HashMap<(Kind, Vec<u8>), Rc<Key>>;

thread_local! {
    static KEYS: RefCell<Keys> = RefCell::new(HashMap::new());
}

impl Key {
    /// The key of a seed, which is made only once.
    pub(super) fn of_seed(kind: Kind, seed: &[u8]) -> Rc<Self> {
        let name = (kind, seed.to_vec());
        if let Some(known) = KEYS.with_borrow(|keys| keys.get(&name).cloned()) {
            return known;
        }
        let key = Rc::new(Self::generate(kind, &mut Seeded::new(seed)));
        KEYS.with_borrow_mut(|keys| {
            if keys.len() >= KEPT {
                keys.clear();
            }
            keys.insert(name, Rc::clone(&key));
        });
        key
    }

    fn generate(kind: Kind, random: &mut Seeded) -> Self {
        match kind {
            Kind::Rsa(bits) => Self::Rsa(RsaKey::generate(bits, random)),
            Kind::Dsa => Self::Dsa(DsaKey::generate(random)),
            Kind::Ed25519 => {
                let mut secret = [0; 32];
                secret.copy_from_slice(&random.bytes(32));
                Self::Ed25519(ed25519_dalek::SigningKey::from_bytes(&secret))
            }
            Kind::Ec => loop {
                if let Ok(key) = p256::ecdsa::SigningKey::from_slice(&random.bytes(32)) {
                    return Self::Ec(key);
                }
            },
        }
    }

    pub(super) fn to_pem(&self) -> String {
        let (label, der) = match self {
            Self::Rsa(key) => ("RSA PRIVATE KEY", key.to_pkcs1()),
            Self::Dsa(key) => ("DSA PRIVATE KEY", key.to_der()),
            Self::Ec(key) => ("EC PRIVATE KEY", ec_to_der(key)),
            Self::Ed25519(key) => {
                let secret = octets(&octets(&key.to_bytes()));
                ("PRIVATE KEY", sequence(&[small(0), sequence(&[oid(ED25519)]), secret]))
            }
        };
        pem::encode(label, &der)
    }

    /// Reads the first key of a text; errors in Sprig's words.
    pub(super) fn from_pem(text: &str) -> Result<Self, String> {
        let Some(block) = pem::decode(text) else { return Err("no PEM data in input".to_owned()) };
        let (label, der) = (block.label.as_str(), block.bytes.as_slice());
        if label == "PRIVATE KEY" {
            return from_pkcs8(der)
                .ok_or_else(|| format!("decoding PEM as PKCS#8: {}", complaint(der)));
        }
        let Some(kind) = label.strip_suffix(" PRIVATE KEY") else {
            return Err(format!("no private key data in PEM block of type {label}"));
        };
        let key = match kind {
            "RSA" => RsaKey::from_pkcs1(der).map(Self::Rsa),
            "EC" => ec_from_der(der).map(Self::Ec),
            "DSA" => DsaKey::from_der(der).map(Self::Dsa),
            _ => return Err(format!("invalid private key type {label}")),
        };
        key.ok_or_else(|| format!("parsing {kind} private key from PEM: {}", complaint(der)))
    }

    /// `SubjectPublicKeyInfo`, and the key alone; `None` for DSA, which Go does not certify.
    pub(super) fn public_key(&self) -> Option<(Vec<u8>, Vec<u8>)> {
        let (algorithm, key) = match self {
            Self::Rsa(key) => (sequence(&[oid(RSA_ENCRYPTION), der::null()]), key.public_key()),
            Self::Ec(key) => (sequence(&[oid(EC_PUBLIC_KEY), oid(P256)]), point(key)),
            Self::Ed25519(key) => {
                (sequence(&[oid(ED25519)]), key.verifying_key().to_bytes().to_vec())
            }
            Self::Dsa(_) => return None,
        };
        Some((sequence(&[algorithm, bits(&key)]), key))
    }

    /// The name of the way to sign, in DER.
    pub(super) fn algorithm(&self) -> Vec<u8> {
        match self {
            Self::Rsa(_) => sequence(&[oid(SHA256_WITH_RSA), der::null()]),
            Self::Ec(_) => sequence(&[oid(ECDSA_WITH_SHA256)]),
            Self::Ed25519(_) | Self::Dsa(_) => sequence(&[oid(ED25519)]),
        }
    }

    pub(super) fn sign(&self, message: &[u8]) -> Option<Vec<u8>> {
        use p256::ecdsa::signature::Signer;
        match self {
            Self::Rsa(key) => Some(key.sign(message)),
            Self::Ec(key) => {
                let signature: p256::ecdsa::Signature = key.try_sign(message).ok()?;
                Some(signature.to_der().as_bytes().to_vec())
            }
            Self::Ed25519(key) => key.try_sign(message).ok().map(|found| found.to_bytes().to_vec()),
            Self::Dsa(_) => None,
        }
    }
}

/// What Go says of bytes that are no key.
fn complaint(der: &[u8]) -> &'static str {
    match Reader(der).any() {
        None => "asn1: syntax error: truncated tag or length",
        Some(_) => "asn1: structure error: tags don't match",
    }
}

fn point(key: &p256::ecdsa::SigningKey) -> Vec<u8> {
    key.verifying_key().to_encoded_point(false).as_bytes().to_vec()
}

fn ec_to_der(key: &p256::ecdsa::SigningKey) -> Vec<u8> {
    sequence(&[
        small(1),
        octets(&key.to_bytes()),
        context(0, &oid(P256)),
        context(1, &bits(&point(key))),
    ])
}

fn ec_from_der(der: &[u8]) -> Option<p256::ecdsa::SigningKey> {
    let mut key = Reader(der).sequence()?;
    key.integer()?;
    let secret = key.tag(OCTET_STRING)?;
    let curve = key.tag(0xa0).and_then(|named| Reader(named.content).tag(OID));
    if curve.is_some_and(|curve| curve.content != P256) {
        return None;
    }
    p256::ecdsa::SigningKey::from_slice(secret.content).ok()
}

fn from_pkcs8(der: &[u8]) -> Option<Key> {
    let mut info = Reader(der).sequence()?;
    info.integer()?;
    let algorithm = info.sequence()?.tag(OID)?.content;
    let key = info.tag(OCTET_STRING)?.content;
    match algorithm {
        RSA_ENCRYPTION => RsaKey::from_pkcs1(key).map(Key::Rsa),
        EC_PUBLIC_KEY => ec_from_der(key).map(Key::Ec),
        ED25519 => {
            let secret = Reader(key).tag(OCTET_STRING)?.content.try_into().ok()?;
            Some(Key::Ed25519(ed25519_dalek::SigningKey::from_bytes(secret)))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

    use super::{Key, Kind};
    use ed25519_dalek::Verifier;

    const KINDS: [Kind; 3] = [Kind::Rsa(1_024), Kind::Ec, Kind::Ed25519];

    #[test]
    fn a_seed_makes_one_key_and_another_seed_another() {
        for kind in KINDS {
            let first = Key::of_seed(kind, b"first").to_pem();
            assert_eq!(Key::generate(kind, &mut super::Seeded::new(b"first")).to_pem(), first);
            assert_ne!(Key::of_seed(kind, b"second").to_pem(), first);
        }
    }

    #[test]
    fn keys_are_read_as_they_are_written() {
        for kind in KINDS {
            let pem = Key::of_seed(kind, b"seed").to_pem();
            assert_eq!(Key::from_pem(&pem).unwrap().to_pem(), pem);
        }
    }

    #[test]
    fn signatures_fit_the_public_key() {
        let message = b"what is signed";
        let key = Key::of_seed(Kind::Ec, b"seed");
        let (Key::Ec(secret), Some(bytes)) = (key.as_ref(), key.sign(message)) else {
            unreachable!("an elliptic key signs")
        };
        let signature = p256::ecdsa::Signature::from_der(&bytes).unwrap();
        assert!(secret.verifying_key().verify(message, &signature).is_ok());
        assert!(secret.verifying_key().verify(b"another", &signature).is_err());
    }
}
