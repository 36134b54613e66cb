//! Repetition: `*`, `+`, `?` and counts in braces, within Go's limits.

use super::{MAX_REPEAT, Parsed, Parser, PatternError};
use regex_syntax::hir::{Hir, Repetition};

impl Parser<'_> {
    pub(super) fn operator(&mut self, c: char, last_repeat: Option<&str>) -> Parsed<bool> {
        let before = self.rest;
        self.skip(1);
        let (min, max) = match c {
            '*' => (0, None),
            '+' => (1, None),
            _ => (0, Some(1)),
        };
        self.repeat(min, max, before, last_repeat)?;
        Ok(true)
    }

    /// `{2}`, `{2,}`, `{2,3}`; anything else with a brace is text.
    pub(super) fn counted(&mut self, last_repeat: Option<&str>) -> Parsed<bool> {
        let before = self.rest;
        let Some((min, max, length)) = counts(before) else {
            self.skip(1);
            self.literal('{');
            return Ok(false);
        };
        self.skip(length);
        let most = max.unwrap_or(min);
        if min > MAX_REPEAT || most > MAX_REPEAT || min > most {
            return Err(PatternError::RepeatSize(self.since(before)));
        }
        self.repeat(min, max, before, last_repeat)?;
        let item = self.open.last_mut().and_then(|open| open.items.last_mut());
        if let (Some(node), true) = (item, most >= 2) {
            node.copies = node.copies.saturating_mul(most);
            if node.copies > MAX_REPEAT {
                return Err(PatternError::RepeatSize(self.since(before)));
            }
        }
        Ok(true)
    }

    fn repeat(
        &mut self,
        min: u32,
        max: Option<u32>,
        before: &str,
        last_repeat: Option<&str>,
    ) -> Parsed<()> {
        let lazy = self.rest.starts_with('?');
        if lazy {
            self.skip(1);
        }
        if let Some(last) = last_repeat {
            return Err(PatternError::NestedRepeat(self.since(last)));
        }
        let greedy = lazy == self.flags.ungreedy;
        let item = self.open.last_mut().and_then(|open| open.items.pop());
        let Some(mut node) = item else {
            return Err(PatternError::MissingArgument(self.since(before)));
        };
        node.hir = Hir::repetition(Repetition { min, max, greedy, sub: Box::new(node.hir) });
        node.height += 1;
        if max == Some(0) {
            node.copies = 1;
        }
        self.push(node);
        Ok(())
    }
}

/// The counts in braces and how long they are; one too large to read counts as beyond the limit.
fn counts(text: &str) -> Option<(u32, Option<u32>, usize)> {
    let end = text.find('}')?;
    let number = |digits: &str| {
        let plain = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
        let zero = digits.len() > 1 && digits.starts_with('0');
        (plain && !zero).then(|| digits.parse().unwrap_or(u32::MAX))
    };
    let body = &text[1..end];
    let (min, max) = match body.split_once(',') {
        None => (number(body)?, Some(number(body)?)),
        Some((min, "")) => (number(min)?, None),
        Some((min, max)) => (number(min)?, Some(number(max)?)),
    };
    Some((min, max, end + 1))
}
