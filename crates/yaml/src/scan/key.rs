//! Keys without `?`: where one may have begun, until its colon is seen or cannot come any more.

use super::{Scan, Scanner, Token};
use crate::error::Error;
use crate::node::Mark;
use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

/// Which level's key may begin at the token of a number.
pub(super) type Levels = HashMap<usize, usize, BuildHasherDefault<Number>>;

/// A place where a key without `?` may have begun.
#[derive(Clone, Copy, Debug)]
pub(super) struct SimpleKey {
    pub(super) possible: bool,
    required: bool,
    pub(super) token: usize,
    pub(super) mark: Mark,
}

impl SimpleKey {
    /// No key, before the token of this number.
    pub(super) const fn none(token: usize) -> Self {
        let mark = Mark { offset: 0, line: 0, column: 0 };
        Self { possible: false, required: false, token, mark }
    }
}

/// Hashes the number of a token: tokens are counted here, so nobody can choose them to collide.
#[derive(Default)]
pub(super) struct Number(u64);

impl Hasher for Number {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = self.0.rotate_left(8) ^ u64::from(*byte);
        }
    }

    fn write_usize(&mut self, number: usize) {
        self.0 = (number as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    }
}

impl Scanner<'_> {
    /// Whether a key may still begin where it was remembered: it must stand on one line, within
    /// 1,024 characters.
    pub(super) fn key_holds(&mut self, level: usize) -> Scan<bool> {
        let mark = self.mark;
        let Some(key) = self.keys.get_mut(level) else { return Ok(false) };
        if !key.possible {
            return Ok(false);
        }
        if key.mark.line < mark.line || key.mark.column + 1_024 < mark.column {
            if key.required {
                return Err(Error::scan("could not find expected ':'", mark));
            }
            key.possible = false;
            return Ok(false);
        }
        Ok(true)
    }

    /// The number that the next token gets.
    pub(super) fn next_number(&self) -> usize {
        self.taken + self.tokens.len()
    }

    pub(super) fn save_key(&mut self) -> Scan<()> {
        let required = self.flow == 0 && self.indent == i64::from(self.mark.column);
        if self.key_allowed {
            let token = self.next_number();
            self.remove_key()?;
            let key = SimpleKey { possible: true, required, token, mark: self.mark };
            if let Some(last) = self.keys.last_mut() {
                *last = key;
                self.key_at.insert(token, self.keys.len() - 1);
            }
        }
        Ok(())
    }

    pub(super) fn remove_key(&mut self) -> Scan<()> {
        let mark = self.mark;
        if let Some(key) = self.keys.last_mut()
            && key.possible
        {
            if key.required {
                return Err(Error::scan("could not find expected ':'", mark));
            }
            key.possible = false;
            self.key_at.remove(&key.token);
        }
        Ok(())
    }

    /// Puts a token before the one of a number; at the end, as go-yaml does, where that one has
    /// been handed out already (which is why a flow collection cannot be a key).
    pub(super) fn insert(&mut self, number: usize, token: Token) {
        match number.checked_sub(self.taken) {
            Some(at) if at <= self.tokens.len() => self.tokens.insert(at, token),
            _ => self.tokens.push_back(token),
        }
    }
}
