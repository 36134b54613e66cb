//! Directives: `%YAML`, of which 1.1 is taken, and `%TAG`, which go-yaml reads and forgets.

use super::{Scan, Scanner, TokenKind};
use crate::error::Error;
use crate::node::Mark;

impl Scanner<'_> {
    pub(super) fn directive(&mut self) -> Scan<()> {
        self.unroll(-1);
        self.remove_key()?;
        self.key_allowed = false;
        let start = self.mark;
        self.skip();
        let name = self.word();
        let wrong = |problem: &str, mark: Mark| Err(Error::scan(problem, mark));
        if name.is_empty() {
            return wrong("could not find expected directive name", self.mark);
        }
        if !self.is_blank_or_end(0) {
            return wrong("found unexpected non-alphabetical character", self.mark);
        }
        match name.as_str() {
            "YAML" => self.version(start)?,
            "TAG" => self.skip_to_break(),
            _ => return wrong("found unknown directive name", self.mark),
        }
        self.line_end()?;
        self.push(TokenKind::Directive, start);
        Ok(())
    }

    /// The version behind `%YAML`, of which 1.1 is taken.
    fn version(&mut self, start: Mark) -> Scan<()> {
        while self.is_blank(0) {
            self.skip();
        }
        let major = self.version_number()?;
        if self.byte(0) != b'.' {
            return Err(Error::scan("did not find expected digit or '.' character", self.mark));
        }
        self.skip();
        let minor = self.version_number()?;
        if (major.as_str(), minor.as_str()) == ("1", "1") {
            return Ok(());
        }
        Err(Error::parse("found incompatible YAML document", start))
    }

    fn version_number(&mut self) -> Scan<String> {
        let from = self.mark.offset;
        while self.byte(0).is_ascii_digit() {
            self.skip();
        }
        match self.mark.offset - from {
            0 => Err(Error::scan("did not find expected version number", self.mark)),
            1 | 2 => Ok(self.slice(from)),
            _ => Err(Error::scan("found extremely long version number", self.mark)),
        }
    }
}
