//! Tokens as Go's parser takes them: one ahead, spaces passed over, the unexpected told in its words.

use super::{Parse, Parser};
use crate::error::{Error, ErrorKind};
use crate::lex::{Kind, Token};

impl Parser<'_> {
    pub(crate) fn error<T>(&self, message: impl AsRef<str>) -> Parse<T> {
        Err(Error {
            message: format!("template: {}:{}: {}", self.name, self.line, message.as_ref()),
            kind: ErrorKind::Parse,
            template: self.name.to_owned(),
            line: self.line,
            column: 0,
            context: String::new(),
            source: None,
        })
    }

    pub(crate) fn next(&mut self) -> Token {
        self.pending.pop().unwrap_or_else(|| self.read())
    }

    /// A token from the text. Errors tell the line of the last one read, looked ahead at or not.
    fn read(&mut self) -> Token {
        let token = self.lexer.next();
        self.line = token.line;
        token
    }

    pub(crate) fn backup(&mut self, token: Token) {
        self.pending.push(token);
    }

    pub(crate) fn peek(&mut self) -> &Token {
        if self.pending.is_empty() {
            let token = self.read();
            self.pending.push(token);
        }
        &self.pending[self.pending.len() - 1]
    }

    pub(crate) fn next_non_space(&mut self) -> Token {
        loop {
            let token = self.next();
            if token.kind != Kind::Space {
                return token;
            }
        }
    }

    pub(crate) fn peek_non_space(&mut self) -> &Token {
        let token = self.next_non_space();
        self.backup(token);
        self.peek()
    }

    pub(crate) fn text(&self, token: &Token) -> String {
        String::from_utf8_lossy(&self.source[token.start..token.end]).into_owned()
    }

    pub(crate) fn unexpected<T>(&self, token: &Token, context: &str) -> Parse<T> {
        if token.kind == Kind::Error {
            let mut extra = String::new();
            if self.action_line != 0 && self.action_line != token.line {
                let place = format!("started at {}:{}", self.name, self.action_line);
                let action = token.message.ends_with(" action");
                extra = format!(" {}{place}", if action { "" } else { "in action " });
            }
            return self.error(format!("{}{extra}", token.message));
        }
        self.error(format!("unexpected {} in {context}", self.describe(token)))
    }

    /// Go's `item.String()`.
    fn describe(&self, token: &Token) -> String {
        let text = self.text(token);
        match token.kind {
            Kind::Eof => "EOF".to_owned(),
            Kind::Error => token.message.clone(),
            Kind::Block
            | Kind::Break
            | Kind::Continue
            | Kind::Dot
            | Kind::Define
            | Kind::Else
            | Kind::End
            | Kind::If
            | Kind::Nil
            | Kind::Range
            | Kind::Template
            | Kind::With => format!("<{text}>"),
            _ if text.chars().count() > 10 => {
                let start: String = text.chars().take(10).collect();
                format!("{}...", crate::fmt::quote(start.as_bytes()))
            }
            _ => crate::fmt::quote(text.as_bytes()),
        }
    }
}
