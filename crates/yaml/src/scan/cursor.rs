//! Where the scanner stands in the text: the bytes ahead, and moving past them.

use super::{Scan, Scanner};
use crate::error::Error;

impl Scanner<'_> {
    pub(super) fn byte(&self, ahead: usize) -> u8 {
        self.text.get(self.mark.offset + ahead).copied().unwrap_or(0)
    }

    pub(super) fn at_end(&self, ahead: usize) -> bool {
        self.mark.offset + ahead >= self.text.len()
    }

    pub(super) fn is_blank(&self, ahead: usize) -> bool {
        !self.at_end(ahead) && matches!(self.byte(ahead), b' ' | b'\t')
    }

    /// Length in bytes of the line break here, 0 where there is none.
    pub(super) fn break_length(&self, ahead: usize) -> usize {
        let rest = self.text.get(self.mark.offset + ahead..).unwrap_or_default();
        match rest {
            [b'\r', b'\n', ..] => 2,
            [b'\r' | b'\n', ..] => 1,
            [0xc2, 0x85, ..] => 2,
            [0xe2, 0x80, 0xa8 | 0xa9, ..] => 3,
            _ => 0,
        }
    }

    pub(super) fn is_break(&self, ahead: usize) -> bool {
        self.break_length(ahead) > 0
    }

    pub(super) fn is_blank_or_end(&self, ahead: usize) -> bool {
        self.at_end(ahead) || self.is_blank(ahead) || self.is_break(ahead)
    }

    /// Passes one character that is no line break.
    pub(super) fn skip(&mut self) {
        let width = match self.byte(0) {
            0x00..=0x7f => 1,
            0xc0..=0xdf => 2,
            0xe0..=0xef => 3,
            _ => 4,
        };
        self.mark.offset = (self.mark.offset + width).min(self.text.len());
        self.mark.column += 1;
    }

    /// How many bytes from here on are these; asked for ASCII that is no line break, so that each
    /// is a character on this line.
    pub(super) fn run(&self, these: impl Fn(u8) -> bool) -> usize {
        let rest = self.text.get(self.mark.offset..).unwrap_or_default();
        rest.iter().take_while(|byte| these(**byte)).count()
    }

    /// Passes a [`Scanner::run`].
    pub(super) fn pass(&mut self, run: usize) {
        self.mark.offset += run;
        self.mark.column += run as u32;
    }

    pub(super) fn skip_line(&mut self) {
        self.mark.offset += self.break_length(0);
        self.mark.line += 1;
        self.mark.column = 0;
    }

    /// libyaml's `is_alpha`.
    pub(super) fn is_word(&self) -> bool {
        matches!(self.byte(0), b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z' | b'_' | b'-')
    }

    /// Passes libyaml's word, which may be empty, and gives it.
    pub(super) fn word(&mut self) -> String {
        let from = self.mark.offset;
        while self.is_word() {
            self.skip();
        }
        self.slice(from)
    }

    pub(super) fn skip_to_break(&mut self) {
        while !self.at_end(0) && !self.is_break(0) {
            self.skip();
        }
    }

    /// Passes what may stand behind a directive or a block scalar's header: blanks and a comment.
    pub(super) fn line_end(&mut self) -> Scan<()> {
        while self.is_blank(0) {
            self.skip();
        }
        if self.byte(0) == b'#' {
            self.skip_to_break();
        }
        if !self.at_end(0) && !self.is_break(0) {
            return Err(Error::scan("did not find expected comment or line break", self.mark));
        }
        Ok(())
    }
}
