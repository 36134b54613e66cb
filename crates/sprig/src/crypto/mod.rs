//! Digests, keys, certificates and passwords.
//!
//! What is random here comes from the world's bytes, so a preview shows the same key at the same
//! place from one keystroke to the next; what is slow is computed once and kept. Keys made here
//! are as secret as the world's bytes are.

mod certificate;
mod der;
mod dsa;
mod functions;
mod keys;
mod password;
mod pem;
mod primes;
mod rsa;
mod seeded;

use crate::args::string;
use gotemplate::{CallResult, Value};
use sha2::Digest;
use std::rc::Rc;

pub(crate) fn table(world: &Rc<dyn crate::World>) -> Vec<crate::Row> {
    let mut table = functions::table(world);
    table.extend(password::table(world));
    table
}

pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

pub(crate) fn sha1sum(args: &[Value]) -> CallResult {
    Ok(Value::from(hex(&sha1::Sha1::digest(string(args, 0).as_bytes()))))
}

pub(crate) fn sha256sum(args: &[Value]) -> CallResult {
    Ok(Value::from(hex(&sha2::Sha256::digest(string(args, 0).as_bytes()))))
}

pub(crate) fn sha512sum(args: &[Value]) -> CallResult {
    Ok(Value::from(hex(&sha2::Sha512::digest(string(args, 0).as_bytes()))))
}

/// In decimal, as Sprig prints it.
pub(crate) fn adler32sum(args: &[Value]) -> CallResult {
    let (mut low, mut high) = (1_u32, 0_u32);
    for byte in string(args, 0).as_bytes() {
        low = (low + u32::from(*byte)) % 65_521;
        high = (high + low) % 65_521;
    }
    Ok(Value::from((high << 16 | low).to_string()))
}
