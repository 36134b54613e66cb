//! ASN.1 in DER, as far as keys and certificates need it.

use num_bigint::BigUint;

pub(super) const INTEGER: u8 = 0x02;
pub(super) const BIT_STRING: u8 = 0x03;
pub(super) const OCTET_STRING: u8 = 0x04;
pub(super) const OID: u8 = 0x06;
pub(super) const SEQUENCE: u8 = 0x30;
const SET: u8 = 0x31;
const NULL: [u8; 2] = [0x05, 0x00];

/// Tag, length and content.
pub(super) fn tagged(tag: u8, content: &[u8]) -> Vec<u8> {
    let mut out = vec![tag];
    match u8::try_from(content.len()) {
        Ok(short) if short < 0x80 => out.push(short),
        _ => {
            let length = content.len().to_be_bytes();
            let zeros = length.iter().take_while(|byte| **byte == 0).count();
            out.push(0x80 | (length.len() - zeros) as u8);
            out.extend_from_slice(&length[zeros..]);
        }
    }
    out.extend_from_slice(content);
    out
}

pub(super) fn sequence(parts: &[Vec<u8>]) -> Vec<u8> {
    tagged(SEQUENCE, &parts.concat())
}

pub(super) fn set(part: &[u8]) -> Vec<u8> {
    tagged(SET, part)
}

/// An integer that is not negative.
pub(super) fn integer(number: &BigUint) -> Vec<u8> {
    let mut bytes = number.to_bytes_be();
    if bytes.first().is_some_and(|first| *first >= 0x80) {
        bytes.insert(0, 0);
    }
    tagged(INTEGER, &bytes)
}

pub(super) fn small(number: u32) -> Vec<u8> {
    integer(&BigUint::from(number))
}

/// Whole bytes of bits.
pub(super) fn bits(bytes: &[u8]) -> Vec<u8> {
    tagged(BIT_STRING, &[&[0], bytes].concat())
}

pub(super) fn octets(bytes: &[u8]) -> Vec<u8> {
    tagged(OCTET_STRING, bytes)
}

/// An object identifier from its encoded content.
pub(super) fn oid(encoded: &[u8]) -> Vec<u8> {
    tagged(OID, encoded)
}

/// A constructed value with a context's tag.
pub(super) fn context(number: u8, content: &[u8]) -> Vec<u8> {
    tagged(0xa0 | number, content)
}

pub(super) fn null() -> Vec<u8> {
    NULL.to_vec()
}

/// One value that was read.
#[derive(Clone, Copy)]
pub(super) struct Element<'d> {
    pub(super) tag: u8,
    pub(super) content: &'d [u8],
    /// With tag and length.
    pub(super) whole: &'d [u8],
}

/// Reads one value after the other.
pub(super) struct Reader<'d>(pub(super) &'d [u8]);

impl<'d> Reader<'d> {
    /// The next value; `None` at the end and where the rest is none.
    pub(super) fn any(&mut self) -> Option<Element<'d>> {
        let data = self.0;
        let (tag, first) = (*data.first()?, *data.get(1)?);
        let (length, header) = match first {
            0..=0x7f => (usize::from(first), 2),
            0x81..=0x84 => {
                let count = usize::from(first & 0x7f);
                let bytes = data.get(2..2 + count)?;
                let length = bytes.iter().fold(0_usize, |all, byte| all << 8 | usize::from(*byte));
                (length, 2 + count)
            }
            _ => return None,
        };
        let whole = data.get(..header.checked_add(length)?)?;
        self.0 = &data[whole.len()..];
        Some(Element { tag, content: &whole[header..], whole })
    }

    /// The next value, where it has this tag; else nothing is read.
    pub(super) fn tag(&mut self, tag: u8) -> Option<Element<'d>> {
        let before = self.0;
        let found = self.any().filter(|element| element.tag == tag);
        if found.is_none() {
            self.0 = before;
        }
        found
    }

    pub(super) fn sequence(&mut self) -> Option<Reader<'d>> {
        self.tag(SEQUENCE).map(|element| Reader(element.content))
    }

    pub(super) fn integer(&mut self) -> Option<BigUint> {
        self.tag(INTEGER).map(|element| BigUint::from_bytes_be(element.content))
    }
}
