//! Text to tokens, as Go's `text/template/parse` lexer: delimiters, trim markers, comments,
//! keywords, literals.

/// Kinds of tokens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// The value is the message.
    Error,
    Bool,
    /// A character that has a meaning of its own only in context (`,`).
    Char,
    CharConstant,
    Assign,
    Declare,
    Eof,
    /// `.x`, dot included.
    Field,
    Identifier,
    LeftDelim,
    LeftParen,
    Number,
    Pipe,
    RawString,
    RightDelim,
    RightParen,
    Space,
    String,
    Text,
    /// `$x`, dollar included.
    Variable,
    Block,
    Break,
    Continue,
    Dot,
    Define,
    Else,
    End,
    If,
    Nil,
    Range,
    Template,
    With,
}

/// A token: kind, byte range of the source, line.
#[derive(Clone, Debug)]
pub(crate) struct Token {
    pub(crate) kind: Kind,
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) line: u32,
    /// Message of an error token.
    pub(crate) message: String,
}

/// Reads tokens one at a time.
pub(crate) struct Lexer<'t> {
    source: &'t [u8],
    at: usize,
    line: u32,
    inside: bool,
    parens: usize,
    done: bool,
}

const SPACES: &[u8] = b" \t\r\n";

fn is_space(byte: u8) -> bool {
    SPACES.contains(&byte)
}

fn is_alphanumeric(byte: u8) -> bool {
    byte == b'_' || byte.is_ascii_alphanumeric() || byte >= 0x80
}

impl<'t> Lexer<'t> {
    pub(crate) fn new(source: &'t [u8]) -> Self {
        Self { source, at: 0, line: 1, inside: false, parens: 0, done: false }
    }

    pub(crate) fn next(&mut self) -> Token {
        if self.done {
            return self.token(Kind::Eof, self.at, self.at);
        }
        let token = if self.inside { self.action() } else { self.text() };
        if matches!(token.kind, Kind::Error | Kind::Eof) {
            self.done = true;
        }
        token
    }

    fn token(&self, kind: Kind, start: usize, end: usize) -> Token {
        Token { kind, start, end, line: self.line, message: String::new() }
    }

    fn error(&self, start: usize, message: impl Into<String>) -> Token {
        let message = message.into();
        Token { kind: Kind::Error, start, end: start, line: self.line, message }
    }

    /// Takes the bytes up to `end` as a token that began at the cursor.
    fn take(&mut self, kind: Kind, end: usize) -> Token {
        let start = self.at;
        let token = self.token(kind, start, end);
        self.skip(end);
        token
    }

    fn skip(&mut self, end: usize) {
        let newlines = self.source[self.at..end].iter().filter(|byte| **byte == b'\n').count();
        self.line += newlines as u32;
        self.at = end;
    }

    fn rest(&self) -> &'t [u8] {
        &self.source[self.at..]
    }

    fn find(&self, from: usize, needle: &[u8]) -> Option<usize> {
        let rest = self.source.get(from..)?;
        rest.windows(needle.len()).position(|window| window == needle).map(|at| from + at)
    }

    /// Outside actions: text up to the next delimiter, comments skipped.
    fn text(&mut self) -> Token {
        loop {
            let Some(delim) = self.find(self.at, b"{{") else {
                let end = self.source.len();
                let kind = if self.at == end { Kind::Eof } else { Kind::Text };
                return self.take(kind, end);
            };
            if delim > self.at {
                let mut end = delim;
                if self.trims_left(delim) {
                    while end > self.at && is_space(self.source[end - 1]) {
                        end -= 1;
                    }
                }
                let text = self.take(Kind::Text, end);
                self.skip(delim);
                if text.end > text.start {
                    return text;
                }
            }
            let inner = delim + 2 + if self.trims_left(delim) { 2 } else { 0 };
            if !self.source[inner..].starts_with(b"/*") {
                let token = self.token(Kind::LeftDelim, self.at, delim + 2);
                self.skip(inner);
                self.inside = true;
                self.parens = 0;
                return token;
            }
            if let Err(token) = self.comment(inner) {
                return token;
            }
        }
    }

    fn trims_left(&self, delim: usize) -> bool {
        self.source.get(delim + 2) == Some(&b'-')
            && self.source.get(delim + 3).copied().is_some_and(is_space)
    }

    fn comment(&mut self, start: usize) -> Result<(), Token> {
        let Some(close) = self.find(start + 2, b"*/") else {
            return Err(self.error(start, "unclosed comment"));
        };
        let after = close + 2;
        let (end, trim) = self
            .right_delim(after)
            .ok_or_else(|| self.error(start, "comment ends before closing delimiter"))?;
        self.skip(end);
        if trim {
            self.skip_space();
        }
        Ok(())
    }

    fn skip_space(&mut self) {
        let blanks = self.rest().iter().take_while(|byte| is_space(**byte)).count();
        self.skip(self.at + blanks);
    }

    /// Whether `at` is a right delimiter: where it ends, and whether it trims.
    fn right_delim(&self, at: usize) -> Option<(usize, bool)> {
        let rest = self.source.get(at..)?;
        if rest.first().copied().is_some_and(is_space) && rest[1..].starts_with(b"-}}") {
            return Some((at + 4, true));
        }
        rest.starts_with(b"}}").then_some((at + 2, false))
    }

    fn action(&mut self) -> Token {
        if let Some((end, trim)) = self.right_delim(self.at) {
            if self.parens > 0 {
                return self.error(self.at, "unclosed left paren");
            }
            // The trimming part belongs to no token.
            self.skip(end - 2);
            let token = self.take(Kind::RightDelim, end);
            if trim {
                self.skip_space();
            }
            self.inside = false;
            return token;
        }
        let Some(byte) = self.rest().first().copied() else {
            return self.error(self.at, "unclosed action");
        };
        match byte {
            _ if is_space(byte) => self.space(),
            b'=' => self.take(Kind::Assign, self.at + 1),
            b':' => {
                if self.rest().get(1) == Some(&b'=') {
                    self.take(Kind::Declare, self.at + 2)
                } else {
                    self.error(self.at, "expected :=")
                }
            }
            b'|' => self.take(Kind::Pipe, self.at + 1),
            b'"' => self.quoted(b'"', Kind::String, "unterminated quoted string"),
            b'`' => self.raw(),
            b'$' => self.word(Kind::Variable, 1),
            b'\'' => self.quoted(b'\'', Kind::CharConstant, "unterminated character constant"),
            b'.' if !self.rest().get(1).is_some_and(u8::is_ascii_digit) => {
                self.word(Kind::Field, 1)
            }
            b'.' | b'+' | b'-' | b'0'..=b'9' => self.number(),
            b'(' => {
                self.parens += 1;
                self.take(Kind::LeftParen, self.at + 1)
            }
            b')' => {
                if self.parens == 0 {
                    return self.error(self.at, "unexpected right paren");
                }
                self.parens -= 1;
                self.take(Kind::RightParen, self.at + 1)
            }
            _ if is_alphanumeric(byte) => self.word(Kind::Identifier, 0),
            b' '..=b'~' => self.take(Kind::Char, self.at + 1),
            _ => self.error(self.at, format!("unrecognized character in action: U+{byte:04X}")),
        }
    }

    fn space(&mut self) -> Token {
        let mut blanks = self.rest().iter().take_while(|byte| is_space(**byte)).count();
        // The last blank may belong to a trimming right delimiter.
        if blanks > 1 && self.source[self.at + blanks..].starts_with(b"-}}") {
            blanks -= 1;
        }
        self.take(Kind::Space, self.at + blanks)
    }

    fn quoted(&mut self, quote: u8, kind: Kind, unterminated: &str) -> Token {
        let mut end = self.at + 1;
        loop {
            match self.source.get(end) {
                None | Some(b'\n') => return self.error(self.at, unterminated),
                Some(b'\\') if !matches!(self.source.get(end + 1), None | Some(b'\n')) => end += 2,
                Some(b'\\') => return self.error(self.at, unterminated),
                Some(byte) if *byte == quote => return self.take(kind, end + 1),
                Some(_) => end += 1,
            }
        }
    }

    fn raw(&mut self) -> Token {
        match self.find(self.at + 1, b"`") {
            Some(end) => self.take(Kind::RawString, end + 1),
            None => self.error(self.at, "unterminated raw quoted string"),
        }
    }

    /// A field, variable, identifier or keyword.
    fn word(&mut self, kind: Kind, prefix: usize) -> Token {
        let rest = &self.rest()[prefix..];
        let length = rest.iter().take_while(|byte| is_alphanumeric(**byte)).count();
        let end = self.at + prefix + length;
        if kind == Kind::Field && length == 0 {
            return self.take(Kind::Dot, end);
        }
        if !self.at_terminator(end) {
            let found = String::from_utf8_lossy(&self.source[end..]).chars().next();
            let found = found.map_or_else(String::new, go_char);
            return self.error(end, format!("bad character {found}"));
        }
        let kind = if kind == Kind::Identifier { self.keyword(end) } else { kind };
        self.take(kind, end)
    }

    fn keyword(&self, end: usize) -> Kind {
        match &self.source[self.at..end] {
            b"true" | b"false" => Kind::Bool,
            b"block" => Kind::Block,
            b"break" => Kind::Break,
            b"continue" => Kind::Continue,
            b"define" => Kind::Define,
            b"else" => Kind::Else,
            b"end" => Kind::End,
            b"if" => Kind::If,
            b"range" => Kind::Range,
            b"nil" => Kind::Nil,
            b"template" => Kind::Template,
            b"with" => Kind::With,
            _ => Kind::Identifier,
        }
    }

    fn at_terminator(&self, end: usize) -> bool {
        match self.source.get(end) {
            None => true,
            Some(byte) if is_space(*byte) => true,
            Some(b'.' | b',' | b'|' | b':' | b')' | b'(') => true,
            _ => self.source[end..].starts_with(b"}}"),
        }
    }

    fn number(&mut self) -> Token {
        let mut end = self.scan_number(self.at);
        // Complex constants: `1+2i` must be one word ending in `i`.
        if matches!(self.source.get(end), Some(b'+' | b'-')) {
            let second = self.scan_number(end);
            if self.source.get(second.wrapping_sub(1)) != Some(&b'i') {
                let text = String::from_utf8_lossy(&self.source[self.at..second]).into_owned();
                return self.error(self.at, format!("bad number syntax: {}", quoted(&text)));
            }
            end = second;
        }
        if self.source.get(end).copied().is_some_and(is_alphanumeric) {
            let text = String::from_utf8_lossy(&self.source[self.at..=end]).into_owned();
            return self.error(self.at, format!("bad number syntax: {}", quoted(&text)));
        }
        self.take(Kind::Number, end)
    }

    fn scan_number(&self, from: usize) -> usize {
        let byte = |at: usize| self.source.get(at).copied().unwrap_or(0);
        let mut at = from + usize::from(matches!(byte(from), b'+' | b'-'));
        let (mut digits, mut exponent): (&[u8], &[u8]) = (b"0123456789_", b"eE");
        if byte(at) == b'0' {
            match byte(at + 1) {
                b'x' | b'X' => (digits, exponent) = (b"0123456789abcdefABCDEF_", b"pP"),
                b'o' | b'O' => (digits, exponent) = (b"01234567_", b""),
                b'b' | b'B' => (digits, exponent) = (b"01_", b""),
                _ => {}
            }
            if !matches!(byte(at + 1), b'x' | b'X' | b'o' | b'O' | b'b' | b'B') {
                at += 1;
            } else {
                at += 2;
            }
        }
        let run = |at: &mut usize, set: &[u8]| {
            while *at < self.source.len() && set.contains(&byte(*at)) {
                *at += 1;
            }
        };
        run(&mut at, digits);
        if byte(at) == b'.' {
            at += 1;
            run(&mut at, digits);
        }
        if exponent.contains(&byte(at)) && at < self.source.len() {
            at += 1;
            at += usize::from(matches!(byte(at), b'+' | b'-'));
            run(&mut at, b"0123456789_");
        }
        at + usize::from(byte(at) == b'i')
    }
}

fn quoted(text: &str) -> String {
    crate::fmt::quote(text.as_bytes())
}

/// Go's `%#U`.
fn go_char(c: char) -> String {
    format!("U+{:04X} '{c}'", c as u32)
}
