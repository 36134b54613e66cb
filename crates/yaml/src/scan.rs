//! Text to tokens: YAML 1.1's scanner with go-yaml v2's differences.
//!
//! The hard part is that `key:` is a key only once its colon is seen: a token that may begin a
//! key is remembered (`key`), and a `Key` (and the start of a mapping) is put before it later.

mod block;
mod cursor;
mod directive;
mod flow;
mod key;
mod scalar;
mod token;

pub(crate) use token::{Token, TokenKind};

use crate::error::Error;
use crate::node::Mark;
use key::{Levels, SimpleKey};
use std::collections::VecDeque;

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
    key_at: Levels,
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
            key_at: Levels::default(),
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

    fn document(&mut self, kind: TokenKind) -> Scan<()> {
        self.unroll(-1);
        self.remove_key()?;
        self.key_allowed = false;
        let start = self.mark;
        (0..3).for_each(|_| self.skip());
        self.push(kind, start);
        Ok(())
    }
}

/// go-yaml's reader: which characters a text may hold at all.
pub(crate) fn check_characters(text: &str) -> Scan<()> {
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
