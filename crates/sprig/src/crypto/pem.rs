//! Text armour of keys and certificates, as Go's `encoding/pem` writes and reads it.

use crate::encoding::{base64, from_base64};

const LINE: usize = 64;

/// What a block holds.
pub(super) struct Block {
    /// `RSA PRIVATE KEY`, ….
    pub(super) label: String,
    pub(super) bytes: Vec<u8>,
}

pub(super) fn encode(label: &str, bytes: &[u8]) -> String {
    let body = base64(bytes);
    let mut out = format!("-----BEGIN {label}-----\n");
    let mut rest = body.as_str();
    while !rest.is_empty() {
        let (line, more) = rest.split_at(rest.len().min(LINE));
        out.push_str(line);
        out.push('\n');
        rest = more;
    }
    out.push_str(&format!("-----END {label}-----\n"));
    out
}

/// The first block of a text.
pub(super) fn decode(text: &str) -> Option<Block> {
    let mut lines = text.lines().map(str::trim_end);
    loop {
        let label = lines.next()?.strip_prefix("-----BEGIN ");
        let Some(label) = label.and_then(|line| line.strip_suffix("-----")) else { continue };
        let end = format!("-----END {label}-----");
        let mut body = String::new();
        for line in lines.by_ref().take_while(|line| *line != end) {
            // A header stands before the body.
            if !line.contains(':') {
                body.push_str(line.trim());
            }
        }
        let bytes = from_base64(body.as_bytes()).ok()?;
        return Some(Block { label: label.to_owned(), bytes });
    }
}
