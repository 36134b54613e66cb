//! Scalars: plain, quoted, literal and folded.

use super::{Scan, Scanner, TokenKind, is_printable};
use crate::error::Error;
use crate::node::{Mark, Style};

impl Scanner<'_> {
    /// Reads one character onto `out`.
    fn take(&mut self, out: &mut Vec<u8>) {
        let from = self.mark.offset;
        self.skip();
        out.extend_from_slice(&self.text[from..self.mark.offset]);
    }

    /// Reads one character onto `out`, and all of these bytes that follow ([`Scanner::run`]).
    fn take_run(&mut self, out: &mut Vec<u8>, these: impl Fn(u8) -> bool) {
        let from = self.mark.offset;
        self.skip();
        self.pass(self.run(these));
        out.extend_from_slice(&self.text[from..self.mark.offset]);
    }

    /// Reads a line break onto `out`: CR, LF, CRLF and NEL as a newline, LS and PS as they are.
    fn take_break(&mut self, out: &mut Vec<u8>) {
        let from = self.mark.offset;
        let length = self.break_length(0);
        if length == 3 {
            out.extend_from_slice(&self.text[from..from + 3]);
        } else if length > 0 {
            out.push(b'\n');
        }
        self.skip_line();
    }

    fn scalar(&mut self, value: Vec<u8>, style: Style, start: Mark, end: Mark) {
        let value = String::from_utf8(value)
            .unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned());
        let kind = TokenKind::Scalar(value, style);
        self.tokens.push_back(super::Token { kind, start, end });
    }

    pub(super) fn block_scalar(&mut self, literal: bool) -> Scan<()> {
        self.remove_key()?;
        self.key_allowed = true;
        let start = self.mark;
        self.skip();
        let (chomping, increment) = self.block_header()?;
        let mut end = self.mark;
        let mut indent = if increment > 0 { self.indent.max(0) + increment } else { 0 };
        let mut value = Vec::new();
        let (mut leading, mut trailing) = (Vec::new(), Vec::new());
        self.block_breaks(&mut indent, &mut trailing, &mut end)?;
        let (mut leading_blank, mut trailing_blank);
        leading_blank = false;
        while i64::from(self.mark.column) == indent && !self.at_end(0) {
            trailing_blank = self.is_blank(0);
            if !literal && leading.starts_with(b"\n") && !leading_blank && !trailing_blank {
                if trailing.is_empty() {
                    value.push(b' ');
                }
            } else {
                value.append(&mut leading);
            }
            leading.clear();
            value.append(&mut trailing);
            leading_blank = self.is_blank(0);
            while !self.at_end(0) && !self.is_break(0) {
                self.take_run(&mut value, is_printable);
            }
            end = self.mark;
            if self.is_break(0) {
                self.take_break(&mut leading);
                end = self.mark;
            }
            self.block_breaks(&mut indent, &mut trailing, &mut end)?;
        }
        if chomping >= 0 {
            value.append(&mut leading);
        }
        if chomping > 0 {
            value.append(&mut trailing);
        }
        let style = if literal { Style::Literal } else { Style::Folded };
        self.scalar(value, style, start, end);
        Ok(())
    }

    /// Chomping (-1 strip, 0 clip, 1 keep) and indentation indicator, in either order.
    fn block_header(&mut self) -> Scan<(i8, i64)> {
        let (mut chomping, mut increment) = (0, 0);
        for _ in 0..2 {
            match self.byte(0) {
                b'+' if chomping == 0 => chomping = 1,
                b'-' if chomping == 0 => chomping = -1,
                b'0' => {
                    let problem = "found an indentation indicator equal to 0";
                    return Err(Error::scan(problem, self.mark));
                }
                digit @ b'1'..=b'9' if increment == 0 => increment = i64::from(digit - b'0'),
                _ => break,
            }
            self.skip();
        }
        self.line_end()?;
        if self.is_break(0) {
            self.skip_line();
        }
        Ok((chomping, increment))
    }

    /// Indentation and empty lines before a line of a block scalar; finds the indent of the first.
    fn block_breaks(&mut self, indent: &mut i64, breaks: &mut Vec<u8>, end: &mut Mark) -> Scan<()> {
        let mut deepest = 0;
        loop {
            while (*indent == 0 || i64::from(self.mark.column) < *indent) && self.byte(0) == b' ' {
                self.skip();
            }
            deepest = deepest.max(i64::from(self.mark.column));
            if (*indent == 0 || i64::from(self.mark.column) < *indent) && self.byte(0) == b'\t' {
                let problem = "found a tab character where an indentation space is expected";
                return Err(Error::scan(problem, self.mark));
            }
            if !self.is_break(0) {
                break;
            }
            self.take_break(breaks);
            *end = self.mark;
        }
        if *indent == 0 {
            *indent = deepest.max(self.indent + 1).max(1);
        }
        Ok(())
    }

    pub(super) fn quoted_scalar(&mut self, single: bool) -> Scan<()> {
        self.save_key()?;
        self.key_allowed = false;
        let start = self.mark;
        let quote = self.byte(0);
        self.skip();
        let mut value = Vec::new();
        loop {
            if self.mark.column == 0
                && (self.document_marker(b"---") || self.document_marker(b"..."))
            {
                return Err(Error::scan("found unexpected document indicator", self.mark));
            }
            if self.at_end(0) {
                return Err(Error::scan("found unexpected end of stream", self.mark));
            }
            let joined = self.quoted_text(single, quote, &mut value)?;
            if !self.at_end(0) && self.byte(0) == quote {
                break;
            }
            self.quoted_blanks(joined, &mut value);
        }
        self.skip();
        let style = if single { Style::SingleQuoted } else { Style::DoubleQuoted };
        self.scalar(value, style, start, self.mark);
        Ok(())
    }

    /// Non-blank characters; true where an escaped line break ended them.
    fn quoted_text(&mut self, single: bool, quote: u8, value: &mut Vec<u8>) -> Scan<bool> {
        while !self.is_blank_or_end(0) {
            let byte = self.byte(0);
            if single && byte == b'\'' && self.byte(1) == b'\'' {
                value.push(b'\'');
                self.skip();
                self.skip();
            } else if byte == quote {
                break;
            } else if !single && byte == b'\\' && self.is_break(1) {
                self.skip();
                self.skip_line();
                return Ok(true);
            } else if !single && byte == b'\\' {
                self.escape(value)?;
            } else {
                self.take_run(value, |byte| {
                    byte.is_ascii_graphic() && !matches!(byte, b'\'' | b'"' | b'\\')
                });
            }
        }
        Ok(false)
    }

    fn escape(&mut self, value: &mut Vec<u8>) -> Scan<()> {
        let simple = match self.byte(1) {
            b'0' => "\0",
            b'a' => "\u{7}",
            b'b' => "\u{8}",
            b't' | b'\t' => "\t",
            b'n' => "\n",
            b'v' => "\u{b}",
            b'f' => "\u{c}",
            b'r' => "\r",
            b'e' => "\u{1b}",
            b' ' => " ",
            b'"' => "\"",
            b'\'' => "'",
            b'\\' => "\\",
            b'N' => "\u{85}",
            b'_' => "\u{a0}",
            b'L' => "\u{2028}",
            b'P' => "\u{2029}",
            b'x' => return self.escaped_code(2, value),
            b'u' => return self.escaped_code(4, value),
            b'U' => return self.escaped_code(8, value),
            _ => return Err(Error::scan("found unknown escape character", self.mark)),
        };
        self.skip();
        self.skip();
        value.extend_from_slice(simple.as_bytes());
        Ok(())
    }

    fn escaped_code(&mut self, digits: usize, value: &mut Vec<u8>) -> Scan<()> {
        self.skip();
        self.skip();
        let from = self.mark.offset;
        let text = self.text.get(from..from + digits).unwrap_or_default();
        if text.len() < digits || !text.iter().all(u8::is_ascii_hexdigit) {
            return Err(Error::scan("did not find expected hexdecimal number", self.mark));
        }
        let code =
            std::str::from_utf8(text).ok().and_then(|text| u32::from_str_radix(text, 16).ok());
        let Some(c) = code.and_then(char::from_u32) else {
            return Err(Error::scan("found invalid Unicode character escape code", self.mark));
        };
        (0..digits).for_each(|_| self.skip());
        let mut buffer = [0; 4];
        value.extend_from_slice(c.encode_utf8(&mut buffer).as_bytes());
        Ok(())
    }

    /// Blanks and line breaks inside quotes: one break folds to a space.
    fn quoted_blanks(&mut self, joined: bool, value: &mut Vec<u8>) {
        let mut leading_blanks = joined;
        let (mut blanks, mut leading, mut trailing) = (Vec::new(), Vec::new(), Vec::new());
        while self.is_blank(0) || self.is_break(0) {
            if self.is_blank(0) {
                if leading_blanks {
                    self.skip();
                } else {
                    self.take(&mut blanks);
                }
            } else if leading_blanks {
                self.take_break(&mut trailing);
            } else {
                blanks.clear();
                self.take_break(&mut leading);
                leading_blanks = true;
            }
        }
        if !leading_blanks {
            value.append(&mut blanks);
        } else if leading.first() == Some(&b'\n') {
            if trailing.is_empty() {
                value.push(b' ');
            } else {
                value.append(&mut trailing);
            }
        } else {
            value.append(&mut leading);
            value.append(&mut trailing);
        }
    }

    pub(super) fn plain_scalar(&mut self) -> Scan<()> {
        self.save_key()?;
        self.key_allowed = false;
        let start = self.mark;
        let mut end = start;
        let indent = self.indent + 1;
        let mut value = Vec::new();
        let (mut blanks, mut leading, mut trailing) = (Vec::new(), Vec::new(), Vec::new());
        let mut leading_blanks = false;
        loop {
            if self.mark.column == 0
                && (self.document_marker(b"---") || self.document_marker(b"..."))
            {
                break;
            }
            if self.byte(0) == b'#' {
                break;
            }
            while !self.is_blank_or_end(0) && !self.plain_ends() {
                if leading_blanks {
                    if leading.first() == Some(&b'\n') {
                        if trailing.is_empty() {
                            value.push(b' ');
                        }
                    } else {
                        value.append(&mut leading);
                    }
                    value.append(&mut trailing);
                    leading.clear();
                    leading_blanks = false;
                } else {
                    value.append(&mut blanks);
                }
                blanks.clear();
                self.take_run(&mut value, |byte| {
                    byte.is_ascii_graphic()
                        && !matches!(byte, b':' | b',' | b'?' | b'[' | b']' | b'{' | b'}')
                });
                end = self.mark;
            }
            if !(self.is_blank(0) || self.is_break(0)) {
                break;
            }
            while self.is_blank(0) || self.is_break(0) {
                if self.is_blank(0) {
                    let shallow = i64::from(self.mark.column) < indent;
                    if leading_blanks && shallow && self.byte(0) == b'\t' {
                        let problem = "found a tab character that violates indentation";
                        return Err(Error::scan(problem, self.mark));
                    }
                    if leading_blanks {
                        self.skip();
                    } else {
                        self.take(&mut blanks);
                    }
                } else if leading_blanks {
                    self.take_break(&mut trailing);
                } else {
                    blanks.clear();
                    self.take_break(&mut leading);
                    leading_blanks = true;
                }
            }
            if self.flow == 0 && i64::from(self.mark.column) < indent {
                break;
            }
        }
        self.scalar(value, Style::Plain, start, end);
        if leading_blanks {
            self.key_allowed = true;
        }
        Ok(())
    }

    fn plain_ends(&self) -> bool {
        let byte = self.byte(0);
        (byte == b':' && self.is_blank_or_end(1))
            || (self.flow > 0 && matches!(byte, b',' | b'?' | b'[' | b']' | b'{' | b'}'))
    }
}
