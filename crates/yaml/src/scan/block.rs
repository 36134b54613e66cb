//! Block collections: the indent that begins and ends them, their entries, keys and values.

use super::{Scan, Scanner, Token, TokenKind};
use crate::error::Error;
use crate::node::Mark;

impl Scanner<'_> {
    /// Begins a block collection where the column is deeper than the indent.
    pub(super) fn roll(
        &mut self,
        column: i64,
        token: Option<usize>,
        kind: TokenKind,
        mark: Mark,
    ) -> Scan<()> {
        if self.flow > 0 || self.indent >= column {
            return Ok(());
        }
        if self.indents.len() >= crate::MAX_DEPTH {
            let most = crate::MAX_DEPTH;
            return Err(Error::scan(&format!("exceeded max depth of {most}"), mark));
        }
        self.indents.push(self.indent);
        self.indent = column;
        let token_value = Token { kind, start: mark, end: mark };
        match token {
            Some(number) => self.insert(number, token_value),
            None => self.tokens.push_back(token_value),
        }
        Ok(())
    }

    pub(super) fn unroll(&mut self, column: i64) {
        if self.flow > 0 {
            return;
        }
        while self.indent > column {
            self.push(TokenKind::BlockEnd, self.mark);
            self.indent = self.indents.pop().unwrap_or(-1);
        }
    }

    pub(super) fn block_entry(&mut self) -> Scan<()> {
        if self.flow == 0 {
            if !self.key_allowed {
                let problem = "block sequence entries are not allowed in this context";
                return Err(Error::scan(problem, self.mark));
            }
            let column = i64::from(self.mark.column);
            self.roll(column, None, TokenKind::BlockSequenceStart, self.mark)?;
        }
        self.remove_key()?;
        self.key_allowed = true;
        let start = self.mark;
        self.skip();
        self.push(TokenKind::BlockEntry, start);
        Ok(())
    }

    pub(super) fn key(&mut self) -> Scan<()> {
        if self.flow == 0 {
            if !self.key_allowed {
                return Err(Error::scan("mapping keys are not allowed in this context", self.mark));
            }
            let column = i64::from(self.mark.column);
            self.roll(column, None, TokenKind::BlockMappingStart, self.mark)?;
        }
        self.remove_key()?;
        self.key_allowed = self.flow == 0;
        let start = self.mark;
        self.skip();
        self.push(TokenKind::Key, start);
        Ok(())
    }

    pub(super) fn value(&mut self) -> Scan<()> {
        let level = self.keys.len().saturating_sub(1);
        if self.key_holds(level)? {
            let key = self.keys[level];
            let token = Token { kind: TokenKind::Key, start: key.mark, end: key.mark };
            self.insert(key.token, token);
            let column = i64::from(key.mark.column);
            self.roll(column, Some(key.token), TokenKind::BlockMappingStart, key.mark)?;
            self.keys[level].possible = false;
            self.key_at.remove(&key.token);
            self.key_allowed = false;
        } else {
            if self.flow == 0 {
                if !self.key_allowed {
                    let problem = "mapping values are not allowed in this context";
                    return Err(Error::scan(problem, self.mark));
                }
                let column = i64::from(self.mark.column);
                self.roll(column, None, TokenKind::BlockMappingStart, self.mark)?;
            }
            self.key_allowed = self.flow == 0;
        }
        let start = self.mark;
        self.skip();
        self.push(TokenKind::Value, start);
        Ok(())
    }
}
