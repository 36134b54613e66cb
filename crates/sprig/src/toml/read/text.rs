//! Strings: literal and basic ones, on one line or on several.

use super::{Found, Reader};

impl Reader<'_> {
    pub(super) fn literal(&mut self) -> Found<String> {
        self.skip(1);
        match self.rest.split_once(['\'', '\n']) {
            Some((text, rest)) if self.rest.as_bytes()[text.len()] == b'\'' => {
                self.rest = rest;
                Ok(text.to_owned())
            }
            _ => self.failed("strings cannot contain newlines"),
        }
    }

    pub(super) fn multi_literal(&mut self) -> Found<String> {
        if !self.taken("\n") {
            self.taken("\r\n");
        }
        let Some(end) = self.rest.find("'''") else {
            return self.failed("unexpected EOF; expected \"'''\"");
        };
        // Up to two quotes may stand at the very end of the text.
        let more = self.rest[end + 3..].bytes().take(2).take_while(|byte| *byte == b'\'').count();
        let text = self.rest[..end + more].to_owned();
        self.skip(end + more + 3);
        Ok(text)
    }

    pub(super) fn basic(&mut self) -> Found<String> {
        self.skip(1);
        let mut out = String::new();
        loop {
            match self.next() {
                Some('"') => return Ok(out),
                Some('\\') => out.push(self.escape()?),
                Some('\n') => return self.failed("strings cannot contain newlines"),
                Some(c) => out.push(c),
                None => return self.failed("unexpected EOF; expected '\"'"),
            }
        }
    }

    pub(super) fn multi_basic(&mut self) -> Found<String> {
        if !self.taken("\n") {
            self.taken("\r\n");
        }
        let mut out = String::new();
        loop {
            if self.taken("\"\"\"") {
                while self.taken("\"") {
                    out.push('"');
                }
                return Ok(out);
            }
            match self.next() {
                // A backslash at the end of a line takes the blanks that follow.
                Some('\\') if self.rest.trim_start_matches([' ', '\t', '\r']).starts_with('\n') => {
                    self.rest = self.rest.trim_start();
                }
                Some('\\') => out.push(self.escape()?),
                Some(c) => out.push(c),
                None => return self.failed("unexpected EOF; expected '\"\"\"'"),
            }
        }
    }

    fn escape(&mut self) -> Found<char> {
        let count = match self.next() {
            Some('b') => return Ok('\u{8}'),
            Some('t') => return Ok('\t'),
            Some('n') => return Ok('\n'),
            Some('f') => return Ok('\u{c}'),
            Some('r') => return Ok('\r'),
            Some('e') => return Ok('\u{1b}'),
            Some(c @ ('"' | '\\')) => return Ok(c),
            Some('x') => 2,
            Some('u') => 4,
            Some('U') => 8,
            Some(c) => return self.failed(&format!("invalid escape in string '\\{c}'")),
            None => return self.failed("unexpected EOF; expected an escape"),
        };
        let digits = self.rest.get(..count).unwrap_or_default();
        let code = u32::from_str_radix(digits, 16).ok().and_then(char::from_u32);
        match code {
            Some(c) => {
                self.skip(count);
                Ok(c)
            }
            None => self.failed(&format!("invalid escape in string '\\u{digits}'")),
        }
    }
}
