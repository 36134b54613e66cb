//! Classes in brackets: `[a-z]`, with what escapes and POSIX names add to them.

use super::{Parsed, Parser, PatternError, class};
use regex_syntax::hir::{Class, ClassUnicode, Hir};

impl Parser<'_> {
    /// `[a-z]` and its like.
    pub(super) fn bracket(&mut self) -> Parsed<()> {
        let whole = self.rest;
        self.skip(1);
        let negated = self.rest.starts_with('^');
        if negated {
            self.skip(1);
        }
        let mut class = ClassUnicode::empty();
        let mut first = true;
        while first || !self.rest.starts_with(']') {
            first = false;
            let part = match self.named_class()? {
                Some(part) => part,
                None => match self.class_escape()? {
                    Some(part) => part,
                    None => self.range(whole)?,
                },
            };
            class.union(&part);
        }
        self.skip(1);
        let class = class::finished(class, false, negated);
        self.push(Hir::class(Class::Unicode(class)));
        Ok(())
    }

    /// `[:alpha:]`.
    fn named_class(&mut self) -> Parsed<Option<ClassUnicode>> {
        let Some(body) = self.rest.strip_prefix("[:") else { return Ok(None) };
        let Some(end) = body.find(":]") else { return Ok(None) };
        let Some((class, negated)) = class::posix(&body[..end]) else {
            return Err(PatternError::ClassRange(self.rest[..end + 4].to_owned()));
        };
        self.rest = &body[end + 2..];
        Ok(Some(class::finished(class, self.flags.fold, negated)))
    }

    /// One character, or two with a hyphen between them.
    fn range(&mut self, whole: &str) -> Parsed<ClassUnicode> {
        let before = self.rest;
        let from = self.class_char(whole)?;
        let mut to = from;
        if self.rest.len() >= 2 && self.rest.starts_with('-') && !self.rest.starts_with("-]") {
            self.skip(1);
            to = self.class_char(whole)?;
        }
        let (Some(from), Some(to)) = (from, to) else { return Ok(ClassUnicode::empty()) };
        if to < from {
            return Err(PatternError::ClassRange(self.since(before)));
        }
        Ok(class::finished(class::of([(from, to)]), self.flags.fold, false))
    }

    fn class_char(&mut self, whole: &str) -> Parsed<Option<char>> {
        if self.rest.starts_with('\\') {
            return self.escape();
        }
        match self.next() {
            Some(c) => Ok(Some(c)),
            None => Err(PatternError::MissingBracket(whole.to_owned())),
        }
    }
}
