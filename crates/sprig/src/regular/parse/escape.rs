//! What a backslash begins: looks, quoted text, classes by name, and characters.

use super::{Parsed, Parser, PatternError, class};
use regex_syntax::hir::{Class, ClassUnicode, Hir, Look};

impl Parser<'_> {
    pub(super) fn backslash(&mut self) -> Parsed<()> {
        let look = match self.rest.as_bytes().get(1) {
            Some(b'A') => Look::Start,
            Some(b'z') => Look::End,
            Some(b'b') => Look::WordAscii,
            Some(b'B') => Look::WordAsciiNegate,
            Some(b'C') => return Err(PatternError::Escape("\\C".to_owned())),
            Some(b'Q') => {
                self.quoted();
                return Ok(());
            }
            _ => {
                if let Some(class) = self.class_escape()? {
                    self.push(Hir::class(Class::Unicode(class)));
                } else if let Some(c) = self.escape()? {
                    self.literal(c);
                } else {
                    self.push(Hir::fail());
                }
                return Ok(());
            }
        };
        self.skip(2);
        self.push(Hir::look(look));
        Ok(())
    }

    /// `\Q…\E`: as it stands.
    fn quoted(&mut self) {
        let body = &self.rest[2..];
        let (text, rest) = body.split_once("\\E").unwrap_or((body, ""));
        text.chars().for_each(|c| self.literal(c));
        self.rest = rest;
    }

    /// `\d`, `\pL`, `\p{Greek}` and their like, with the flags of the place.
    pub(super) fn class_escape(&mut self) -> Parsed<Option<ClassUnicode>> {
        let mut chars = self.rest.chars();
        let (Some('\\'), Some(letter)) = (chars.next(), chars.next()) else { return Ok(None) };
        let fold = self.flags.fold;
        if let Some((class, negated)) = class::perl(letter) {
            self.skip(2);
            return Ok(Some(class::finished(class, fold, negated)));
        }
        if !matches!(letter, 'p' | 'P') {
            return Ok(None);
        }
        let before = self.rest;
        self.skip(2);
        let name = match self.next() {
            Some('{') => {
                let Some(end) = before.find('}') else {
                    return Err(PatternError::ClassRange(before.to_owned()));
                };
                self.rest = &before[end + 1..];
                &before[3..end]
            }
            _ => &before[2..before.len() - self.rest.len()],
        };
        let plain = name.strip_prefix('^');
        let negated = (letter == 'P') != plain.is_some();
        let class = class::unicode(plain.unwrap_or(name), &self.since(before))?;
        Ok(Some(class::finished(class, fold, negated)))
    }

    /// One escaped character; `None` for a code point that no text holds.
    pub(super) fn escape(&mut self) -> Parsed<Option<char>> {
        let before = self.rest;
        self.skip(1);
        let Some(c) = self.next() else { return Err(PatternError::TrailingBackslash) };
        let found = match c {
            'a' => Some('\x07'),
            'f' => Some('\x0c'),
            'n' => Some('\n'),
            'r' => Some('\r'),
            't' => Some('\t'),
            'v' => Some('\x0b'),
            'x' => return self.hexadecimal(before),
            '0'..='7' if c == '0' || self.rest.starts_with(|c| matches!(c, '0'..='7')) => {
                self.octal(c)
            }
            _ if c.is_ascii() && !c.is_ascii_alphanumeric() => Some(c),
            _ => return Err(PatternError::Escape(self.since(before))),
        };
        Ok(found)
    }

    fn octal(&mut self, first: char) -> Option<char> {
        let mut code = first.to_digit(8)?;
        for _ in 0..2 {
            let Some(digit) = self.rest.chars().next().and_then(|c| c.to_digit(8)) else { break };
            code = code * 8 + digit;
            self.skip(1);
        }
        char::from_u32(code)
    }

    /// `\x41` and `\x{1F600}`, behind the `x`.
    fn hexadecimal(&mut self, before: &str) -> Parsed<Option<char>> {
        let Some(first) = self.next() else {
            return Err(PatternError::Escape(self.since(before)));
        };
        let mut code = 0;
        if first != '{' {
            let digits = [Some(first), self.next()];
            for digit in digits {
                let digit = digit.and_then(|c| c.to_digit(16));
                let Some(digit) = digit else {
                    return Err(PatternError::Escape(self.since(before)));
                };
                code = code * 16 + digit;
            }
            return Ok(char::from_u32(code));
        }
        let mut count = 0;
        loop {
            let c = self.next();
            if c == Some('}') && count > 0 {
                return Ok(char::from_u32(code));
            }
            code = match c.and_then(|c| c.to_digit(16)) {
                Some(digit) if code * 16 + digit <= char::MAX as u32 => code * 16 + digit,
                _ => return Err(PatternError::Escape(self.since(before))),
            };
            count += 1;
        }
    }
}
