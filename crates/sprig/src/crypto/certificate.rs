//! X.509 certificates as Go's `x509.CreateCertificate` makes them from Sprig's template.

use super::der::{
    self, BIT_STRING, OCTET_STRING, OID, Reader, bits, context, octets, oid, sequence,
};
use super::keys::Key;
use crate::dates::Time;
use core::net::IpAddr;
use num_bigint::BigUint;
use sha2::{Digest, Sha256};

const COMMON_NAME: &[u8] = &[0x55, 0x04, 0x03];
const KEY_USAGE: &[u8] = &[0x55, 0x1d, 0x0f];
const EXTENDED_KEY_USAGE: &[u8] = &[0x55, 0x1d, 0x25];
const BASIC_CONSTRAINTS: &[u8] = &[0x55, 0x1d, 0x13];
const SUBJECT_KEY_ID: &[u8] = &[0x55, 0x1d, 0x0e];
const AUTHORITY_KEY_ID: &[u8] = &[0x55, 0x1d, 0x23];
const ALTERNATIVE_NAME: &[u8] = &[0x55, 0x1d, 0x11];
const SERVER_AUTH: &[u8] = &[0x2b, 0x06, 0x01, 0x05, 0x05, 0x07, 0x03, 0x01];
const CLIENT_AUTH: &[u8] = &[0x2b, 0x06, 0x01, 0x05, 0x05, 0x07, 0x03, 0x02];

const TRUE: [u8; 3] = [0x01, 0x01, 0xff];
const PRINTABLE_STRING: u8 = 0x13;
const UTF8_STRING: u8 = 0x0c;
const UTC_TIME: u8 = 0x17;
const GENERALIZED_TIME: u8 = 0x18;

/// What a certificate is to say.
pub(super) struct Request {
    pub(super) common_name: String,
    pub(super) addresses: Vec<IpAddr>,
    pub(super) dns_names: Vec<String>,
    pub(super) from: Time,
    pub(super) until: Time,
    /// Sixteen random bytes.
    pub(super) serial: Vec<u8>,
    /// Signs other certificates.
    pub(super) authority: bool,
}

/// Who signs: what a certificate that was read says of itself.
pub(super) struct Issuer {
    name: Vec<u8>,
    public_key: Vec<u8>,
    key_id: Vec<u8>,
}

impl Issuer {
    /// Reads a certificate; `None` where it is none.
    pub(super) fn parse(certificate: &[u8]) -> Option<Self> {
        let mut outer = Reader(certificate).sequence()?;
        let mut fields = outer.sequence()?;
        outer.sequence()?;
        outer.tag(BIT_STRING)?;
        fields.tag(0xa0);
        fields.integer()?;
        fields.sequence()?;
        fields.sequence()?;
        fields.sequence()?;
        let name = fields.any()?.whole.to_vec();
        let public_key = fields.any()?.whole.to_vec();
        let mut key_id = Vec::new();
        while let Some(field) = fields.any() {
            if field.tag == 0xa3 {
                key_id = extension(field.content, SUBJECT_KEY_ID).unwrap_or_default();
            }
        }
        Some(Self { name, public_key, key_id })
    }
}

/// The octets within an extension.
fn extension(extensions: &[u8], wanted: &[u8]) -> Option<Vec<u8>> {
    let mut all = Reader(extensions).sequence()?;
    while let Some(mut one) = all.sequence() {
        let found = one.tag(OID)?.content == wanted;
        one.tag(0x01);
        if found {
            let value = one.tag(OCTET_STRING)?.content;
            return Some(Reader(value).tag(OCTET_STRING)?.content.to_vec());
        }
    }
    None
}

impl Request {
    /// The certificate of `key` in DER, signed by itself or by an issuer with its key.
    pub(super) fn signed(
        &self,
        key: &Key,
        issuer: Option<(&Issuer, &Key)>,
    ) -> Result<Vec<u8>, String> {
        let signer = issuer.map_or(key, |(_, key)| key);
        let unable = "x509: certificate private key does not implement crypto.Signer";
        let (Some((public_key, bare)), Some((signer_key, _))) =
            (key.public_key(), signer.public_key())
        else {
            return Err(unable.to_owned());
        };
        let subject = self.name();
        if issuer.is_some_and(|(issuer, _)| issuer.public_key != signer_key) {
            return Err("x509: provided PrivateKey doesn't match parent's PublicKey".to_owned());
        }
        let issuer_name = issuer.map_or_else(|| subject.clone(), |(issuer, _)| issuer.name.clone());
        let authority_id = issuer.map(|(issuer, _)| issuer.key_id.as_slice());
        let authority_id = authority_id.filter(|_| issuer_name != subject);
        let fields = sequence(&[
            context(0, &der::small(2)),
            der::integer(&BigUint::from_bytes_be(&self.serial)),
            signer.algorithm(),
            issuer_name,
            sequence(&[time(&self.from), time(&self.until)]),
            subject,
            public_key,
            context(3, &self.extensions(&bare, authority_id.unwrap_or_default())?),
        ]);
        let signature = signer.sign(&fields).ok_or(unable)?;
        Ok(sequence(&[fields, signer.algorithm(), bits(&signature)]))
    }

    fn name(&self) -> Vec<u8> {
        if self.common_name.is_empty() {
            return sequence(&[]);
        }
        let printable = |c: char| c.is_ascii_alphanumeric() || " '()+,-./:=?*&".contains(c);
        let tag = match self.common_name.chars().all(printable) {
            true => PRINTABLE_STRING,
            false => UTF8_STRING,
        };
        let text = der::tagged(tag, self.common_name.as_bytes());
        sequence(&[der::set(&sequence(&[oid(COMMON_NAME), text]))])
    }

    fn extensions(&self, public_key: &[u8], authority_id: &[u8]) -> Result<Vec<u8>, String> {
        // Digital signature, key encipherment; with the signing of certificates.
        let usage: [u8; 2] = if self.authority { [2, 0xa4] } else { [5, 0xa0] };
        let basic = if self.authority { TRUE.to_vec() } else { Vec::new() };
        let mut all = vec![
            written(KEY_USAGE, true, &der::tagged(BIT_STRING, &usage)),
            written(EXTENDED_KEY_USAGE, false, &sequence(&[oid(SERVER_AUTH), oid(CLIENT_AUTH)])),
            written(BASIC_CONSTRAINTS, true, &sequence(&[basic])),
        ];
        if self.authority {
            let id = &Sha256::digest(public_key)[..20];
            all.push(written(SUBJECT_KEY_ID, false, &octets(id)));
        }
        if !authority_id.is_empty() {
            let id = sequence(&[der::tagged(0x80, authority_id)]);
            all.push(written(AUTHORITY_KEY_ID, false, &id));
        }
        let names = self.alternative_names()?;
        if !names.is_empty() {
            let critical = self.common_name.is_empty();
            all.push(written(ALTERNATIVE_NAME, critical, &sequence(&names)));
        }
        Ok(sequence(&all))
    }

    fn alternative_names(&self) -> Result<Vec<Vec<u8>>, String> {
        let mut names = Vec::new();
        for name in &self.dns_names {
            if !name.is_ascii() {
                let name = gotemplate::fmt::quote(name.as_bytes());
                return Err(format!("x509: {name} cannot be encoded as an IA5String"));
            }
            names.push(der::tagged(0x82, name.as_bytes()));
        }
        for address in &self.addresses {
            names.push(match address.to_canonical() {
                IpAddr::V4(address) => der::tagged(0x87, &address.octets()),
                IpAddr::V6(address) => der::tagged(0x87, &address.octets()),
            });
        }
        Ok(names)
    }
}

fn written(name: &[u8], critical: bool, value: &[u8]) -> Vec<u8> {
    let critical = if critical { TRUE.to_vec() } else { Vec::new() };
    sequence(&[oid(name), critical, octets(value)])
}

/// Two digits of the year where they are enough.
fn time(time: &Time) -> Vec<u8> {
    match time.civil().year {
        1950..2050 => der::tagged(UTC_TIME, time.format("060102150405Z").as_bytes()),
        _ => der::tagged(GENERALIZED_TIME, time.format("20060102150405Z").as_bytes()),
    }
}
