//! Text to tokens: YAML 1.1's scanner with go-yaml v2's differences.
//!
//! The hard part is that `key:` is a key only once its colon is seen: a token that may begin a
//! key is remembered, and a `Key` (and the start of a mapping) is put before it later.

mod flow;
mod scalar;
mod token;

pub(crate) use token::{Token, TokenKind};

use crate::error::Error;
use crate::node::Mark;
use std::collections::{HashMap, VecDeque};
use std::hash::{BuildHasherDefault, Hasher};

/// A place where a key without `?` may have begun.
#[derive(Clone, Copy, Debug)]
struct SimpleKey {
    possible: bool,
    required: bool,
    token: usize,
    mark: Mark,
}

impl SimpleKey {
    /// No key, before the token of this number.
    const fn none(token: usize) -> Self {
        let mark = Mark { offset: 0, line: 0, column: 0 };
        Self { possible: false, required: false, token, mark }
    }
}

pub(crate) struct Scanner<'t> {
    text: &'t [u8],
    mark: Mark,
    tokens: VecDeque<Token>,
    /// Tokens handed out so far.
    taken: usize,
    /// No key can begin at the first token any more.
    certain: bool,
    ended: bool,
    flow: usize,
    indent: i64,
    indents: Vec<i64>,
    key_allowed: bool,
    /// One for each level of flow collections, and the block level below them.
    keys: Vec<SimpleKey>,
    /// Which of `keys` may begin at the token of a number.
    key_at: HashMap<usize, usize, BuildHasherDefault<Number>>,
}

/// Hashes the number of a token: tokens are counted here, so nobody can choose them to collide.
#[derive(Default)]
struct Number(u64);

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

/// ASCII that stands on a line.
const fn is_printable(byte: u8) -> bool {
    matches!(byte, b'\t' | b' '..=b'~')
}

/// A byte order mark may begin any line.
const BOM: &[u8] = "\u{feff}".as_bytes();

type Scan<T> = Result<T, Error>;

impl<'t> Scanner<'t> {
    pub(crate) fn new(text: &'t str) -> Scan<Self> {
        check_characters(text)?;
        let bytes = text.as_bytes();
        let offset = if text.starts_with('\u{feff}') { 3 } else { 0 };
        Ok(Self {
            text: bytes,
            mark: Mark { offset, line: 0, column: 0 },
            tokens: VecDeque::new(),
            taken: 0,
            certain: false,
            ended: false,
            flow: 0,
            indent: -1,
            indents: Vec::new(),
            key_allowed: true,
            keys: vec![SimpleKey::none(0)],
            key_at: HashMap::default(),
        })
    }

    pub(crate) fn peek(&mut self) -> Scan<&Token> {
        self.fill()?;
        let mark = self.mark;
        self.tokens.front().ok_or_else(|| Error::scan("unexpected end of stream", mark))
    }

    pub(crate) fn next(&mut self) -> Scan<Token> {
        self.fill()?;
        self.taken += 1;
        self.certain = false;
        let mark = self.mark;
        self.tokens.pop_front().ok_or_else(|| Error::scan("unexpected end of stream", mark))
    }

    /// Scans until the first token is certain: no key can begin there any more.
    fn fill(&mut self) -> Scan<()> {
        while !self.certain {
            if !self.tokens.is_empty() {
                let level = self.key_at.get(&self.taken).copied();
                self.certain = match level {
                    Some(level) => !self.key_holds(level)?,
                    None => true,
                };
            } else if self.ended {
                return Ok(());
            }
            if !self.certain {
                self.fetch()?;
            }
        }
        Ok(())
    }

    fn byte(&self, ahead: usize) -> u8 {
        self.text.get(self.mark.offset + ahead).copied().unwrap_or(0)
    }

    fn at_end(&self, ahead: usize) -> bool {
        self.mark.offset + ahead >= self.text.len()
    }

    fn is_blank(&self, ahead: usize) -> bool {
        !self.at_end(ahead) && matches!(self.byte(ahead), b' ' | b'\t')
    }

    /// Length in bytes of the line break here, 0 where there is none.
    fn break_length(&self, ahead: usize) -> usize {
        let rest = self.text.get(self.mark.offset + ahead..).unwrap_or_default();
        match rest {
            [b'\r', b'\n', ..] => 2,
            [b'\r' | b'\n', ..] => 1,
            [0xc2, 0x85, ..] => 2,
            [0xe2, 0x80, 0xa8 | 0xa9, ..] => 3,
            _ => 0,
        }
    }

    fn is_break(&self, ahead: usize) -> bool {
        self.break_length(ahead) > 0
    }

    fn is_blank_or_end(&self, ahead: usize) -> bool {
        self.at_end(ahead) || self.is_blank(ahead) || self.is_break(ahead)
    }

    /// Passes one character that is no line break.
    fn skip(&mut self) {
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
    fn run(&self, these: impl Fn(u8) -> bool) -> usize {
        let rest = self.text.get(self.mark.offset..).unwrap_or_default();
        rest.iter().take_while(|byte| these(**byte)).count()
    }

    /// Passes a [`Scanner::run`].
    fn pass(&mut self, run: usize) {
        self.mark.offset += run;
        self.mark.column += run as u32;
    }

    fn skip_line(&mut self) {
        self.mark.offset += self.break_length(0);
        self.mark.line += 1;
        self.mark.column = 0;
    }

    fn push(&mut self, kind: TokenKind, start: Mark) {
        self.tokens.push_back(Token { kind, start, end: self.mark });
    }

    fn fetch(&mut self) -> Scan<()> {
        self.skip_to_token();
        self.unroll(i64::from(self.mark.column));
        if self.at_end(0) {
            return self.end_of_stream();
        }
        if self.mark.column == 0 {
            if self.byte(0) == b'%' {
                return self.directive();
            }
            if self.document_marker(b"---") {
                return self.document(TokenKind::DocumentStart);
            }
            if self.document_marker(b"...") {
                return self.document(TokenKind::DocumentEnd);
            }
        }
        match self.byte(0) {
            b'[' => self.flow_start(TokenKind::FlowSequenceStart),
            b'{' => self.flow_start(TokenKind::FlowMappingStart),
            b']' => self.flow_end(TokenKind::FlowSequenceEnd),
            b'}' => self.flow_end(TokenKind::FlowMappingEnd),
            b',' => self.flow_entry(),
            b'-' if self.is_blank_or_end(1) => self.block_entry(),
            b'?' if self.flow > 0 || self.is_blank_or_end(1) => self.key(),
            b':' if self.flow > 0 || self.is_blank_or_end(1) => self.value(),
            b'*' => self.anchor(true),
            b'&' => self.anchor(false),
            b'!' => self.tag(),
            b'|' if self.flow == 0 => self.block_scalar(true),
            b'>' if self.flow == 0 => self.block_scalar(false),
            b'\'' => self.quoted_scalar(true),
            b'"' => self.quoted_scalar(false),
            _ if self.begins_plain() => self.plain_scalar(),
            _ => Err(Error::scan("found character that cannot start any token", self.mark)),
        }
    }

    fn begins_plain(&self) -> bool {
        let byte = self.byte(0);
        let indicator = matches!(
            byte,
            b'-' | b'?'
                | b':'
                | b','
                | b'['
                | b']'
                | b'{'
                | b'}'
                | b'#'
                | b'&'
                | b'*'
                | b'!'
                | b'|'
                | b'>'
                | b'\''
                | b'"'
                | b'%'
                | b'@'
                | b'`'
        );
        if !self.is_blank_or_end(0) && !indicator {
            return true;
        }
        match byte {
            b'-' => !self.is_blank(1),
            b'?' | b':' => self.flow == 0 && !self.is_blank_or_end(1),
            _ => false,
        }
    }

    fn document_marker(&self, marker: &[u8]) -> bool {
        self.text[self.mark.offset..].starts_with(marker) && self.is_blank_or_end(3)
    }

    /// Blanks, comments and line breaks; a line break in block context allows a key again.
    fn skip_to_token(&mut self) {
        loop {
            if self.mark.column == 0 && self.text[self.mark.offset..].starts_with(BOM) {
                self.skip();
            }
            while self.byte(0) == b' '
                || (self.byte(0) == b'\t' && (self.flow > 0 || !self.key_allowed))
            {
                self.skip();
            }
            if self.byte(0) == b'#' {
                while !self.at_end(0) && !self.is_break(0) {
                    self.skip();
                    self.pass(self.run(is_printable));
                }
            }
            if !self.is_break(0) {
                return;
            }
            self.skip_line();
            if self.flow == 0 {
                self.key_allowed = true;
            }
        }
    }

    /// Whether a key may still begin where it was remembered: it must stand on one line, within
    /// 1,024 characters.
    fn key_holds(&mut self, level: usize) -> Scan<bool> {
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
    fn next_number(&self) -> usize {
        self.taken + self.tokens.len()
    }

    fn save_key(&mut self) -> Scan<()> {
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

    fn remove_key(&mut self) -> Scan<()> {
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
    fn insert(&mut self, number: usize, token: Token) {
        match number.checked_sub(self.taken) {
            Some(at) if at <= self.tokens.len() => self.tokens.insert(at, token),
            _ => self.tokens.push_back(token),
        }
    }

    /// Begins a block collection where the column is deeper than the indent.
    fn roll(&mut self, column: i64, token: Option<usize>, kind: TokenKind, mark: Mark) -> Scan<()> {
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

    fn unroll(&mut self, column: i64) {
        if self.flow > 0 {
            return;
        }
        while self.indent > column {
            self.push(TokenKind::BlockEnd, self.mark);
            self.indent = self.indents.pop().unwrap_or(-1);
        }
    }

    fn end_of_stream(&mut self) -> Scan<()> {
        if self.mark.column != 0 {
            self.mark.column = 0;
            self.mark.line += 1;
        }
        self.unroll(-1);
        self.remove_key()?;
        self.key_allowed = false;
        self.ended = true;
        self.push(TokenKind::StreamEnd, self.mark);
        Ok(())
    }

    fn directive(&mut self) -> Scan<()> {
        self.unroll(-1);
        self.remove_key()?;
        self.key_allowed = false;
        let start = self.mark;
        self.skip();
        let from = self.mark.offset;
        while self.is_word() {
            self.skip();
        }
        let name = self.slice(from);
        let wrong = |problem: &str, mark: Mark| Err(Error::scan(problem, mark));
        if name.is_empty() {
            return wrong("could not find expected directive name", self.mark);
        }
        if !self.is_blank_or_end(0) {
            return wrong("found unexpected non-alphabetical character", self.mark);
        }
        match name.as_str() {
            "YAML" => self.version(start)?,
            "TAG" => {
                while !self.at_end(0) && !self.is_break(0) {
                    self.skip();
                }
            }
            _ => return wrong("found unknown directive name", self.mark),
        }
        while self.is_blank(0) {
            self.skip();
        }
        if self.byte(0) == b'#' {
            while !self.at_end(0) && !self.is_break(0) {
                self.skip();
            }
        }
        if !self.at_end(0) && !self.is_break(0) {
            return wrong("did not find expected comment or line break", self.mark);
        }
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

    /// libyaml's `is_alpha`.
    fn is_word(&self) -> bool {
        matches!(self.byte(0), b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z' | b'_' | b'-')
    }

    fn document(&mut self, kind: TokenKind) -> Scan<()> {
        self.unroll(-1);
        self.remove_key()?;
        self.key_allowed = false;
        let start = self.mark;
        (0..3).for_each(|_| self.skip());
        self.push(kind, start);
        Ok(())
    }

    fn block_entry(&mut self) -> Scan<()> {
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

    fn key(&mut self) -> Scan<()> {
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

    fn value(&mut self) -> Scan<()> {
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

/// go-yaml's reader: which characters a text may hold at all.
fn check_characters(text: &str) -> Scan<()> {
    let allowed = |c: char| {
        matches!(c, '\t' | '\n' | '\r' | ' '..='~' | '\u{85}' | '\u{a0}'..='\u{d7ff}'
            | '\u{e000}'..='\u{fffd}' | '\u{10000}'..='\u{10ffff}')
    };
    if text.bytes().all(|byte| is_printable(byte) || matches!(byte, b'\n' | b'\r')) {
        return Ok(());
    }
    match text.char_indices().find(|(_, c)| !allowed(*c)) {
        None => Ok(()),
        Some((offset, _)) => {
            let before = &text[..offset];
            let line = before.matches('\n').count() as u32;
            let column = before.rsplit('\n').next().map_or(0, |tail| tail.chars().count()) as u32;
            let mark = Mark { offset, line, column };
            Err(Error::new("yaml: control characters are not allowed", mark))
        }
    }
}
