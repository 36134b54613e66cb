//! Characters to the output: indentation, folding at the width, escapes.

use super::Style;
use super::analyze::{is_break, is_printable};

pub(super) struct Writer {
    pub(super) out: String,
    pub(super) indent: i64,
    /// Nothing but indentation stands on the line.
    pub(super) indention: bool,
    pub(super) pretty: bool,
    column: usize,
    whitespace: bool,
    width: usize,
}

impl Writer {
    pub(super) fn new(width: usize, pretty: bool) -> Self {
        Self {
            out: String::new(),
            indent: -1,
            indention: true,
            pretty,
            column: 0,
            whitespace: true,
            width,
        }
    }

    /// Gives the indent to go back to.
    pub(super) fn increase_indent(&mut self, flow: bool, indentless: bool) -> i64 {
        let outer = self.indent;
        if self.indent < 0 {
            self.indent = if flow { 2 } else { 0 };
        } else if !indentless {
            self.indent += 2;
        }
        outer
    }

    fn put(&mut self, c: char) {
        self.out.push(c);
        self.column += 1;
    }

    fn break_line(&mut self) {
        self.out.push('\n');
        self.column = 0;
    }

    /// Writes a break of the text itself.
    fn write_break(&mut self, c: char) {
        if c == '\n' {
            self.break_line();
        } else {
            self.out.push(c);
            self.column = 0;
        }
    }

    /// Goes to the indent, on a new line where something stands on this one.
    pub(super) fn line(&mut self) {
        let indent = usize::try_from(self.indent).unwrap_or(0);
        if !self.indention || self.column > indent || (self.column == indent && !self.whitespace) {
            self.break_line();
        }
        while self.column < indent {
            self.put(' ');
        }
        self.whitespace = true;
        self.indention = true;
    }

    pub(super) fn indicator(
        &mut self,
        text: &str,
        needs_space: bool,
        is_whitespace: bool,
        is_indention: bool,
    ) {
        if needs_space && !self.whitespace {
            self.put(' ');
        }
        text.chars().for_each(|c| self.put(c));
        self.whitespace = is_whitespace;
        self.indention = self.indention && is_indention;
    }

    pub(super) fn finish(&mut self) {
        if self.column > 0 {
            self.break_line();
        }
    }

    pub(super) fn scalar(&mut self, text: &str, style: Style, folds: bool) {
        match style {
            Style::Plain => self.plain(text, folds),
            Style::Single => self.single(text, folds),
            Style::Double => self.double(text, folds),
            Style::Literal => self.literal(text),
        }
    }

    /// Where a space may become a line break: one space, past the width, and another word after.
    fn may_fold(&self, folds: bool, spaces: bool, next: Option<char>) -> bool {
        folds && !spaces && self.column > self.width && next != Some(' ')
    }

    pub(super) fn plain(&mut self, text: &str, folds: bool) {
        if !self.whitespace && !text.is_empty() {
            self.put(' ');
        }
        let mut spaces = false;
        let mut chars = text.chars().peekable();
        while let Some(c) = chars.next() {
            if c == ' ' {
                if self.may_fold(folds, spaces, chars.peek().copied()) {
                    self.line();
                } else {
                    self.put(c);
                }
                spaces = true;
            } else {
                self.put(c);
                self.indention = false;
                spaces = false;
            }
        }
        self.whitespace = false;
        self.indention = false;
    }

    fn single(&mut self, text: &str, folds: bool) {
        self.indicator("'", true, false, false);
        let (mut spaces, mut breaks) = (false, false);
        let last = text.chars().count().saturating_sub(1);
        let mut chars = text.chars().enumerate().peekable();
        while let Some((at, c)) = chars.next() {
            let next = chars.peek().map(|(_, next)| *next);
            if c == ' ' {
                if at > 0 && at < last && self.may_fold(folds, spaces, next) {
                    self.line();
                } else {
                    self.put(c);
                }
                spaces = true;
            } else if is_break(c) {
                if !breaks && c == '\n' {
                    self.break_line();
                }
                self.write_break(c);
                self.indention = true;
                breaks = true;
            } else {
                if breaks {
                    self.line();
                }
                if c == '\'' {
                    self.put(c);
                }
                self.put(c);
                self.indention = false;
                (spaces, breaks) = (false, false);
            }
        }
        self.indicator("'", false, false, false);
        self.whitespace = false;
        self.indention = false;
    }

    fn double(&mut self, text: &str, folds: bool) {
        self.indicator("\"", true, false, false);
        // go-yaml looks for a byte order mark at the start of the whole text, every time.
        let all = text.starts_with('\u{feff}');
        let mut spaces = false;
        let last = text.chars().count().saturating_sub(1);
        let mut chars = text.chars().enumerate().peekable();
        while let Some((at, c)) = chars.next() {
            let next = chars.peek().map(|(_, next)| *next);
            if all || !is_printable(c) || is_break(c) || c == '"' || c == '\\' {
                self.escape(c);
                spaces = false;
            } else if c == ' ' {
                let fold = folds && !spaces && self.column > self.width;
                if fold && at > 0 && at < last {
                    self.line();
                    if next == Some(' ') {
                        self.put('\\');
                    }
                } else {
                    self.put(c);
                }
                spaces = true;
            } else {
                self.put(c);
                spaces = false;
            }
        }
        self.indicator("\"", false, false, false);
        self.whitespace = false;
        self.indention = false;
    }

    fn escape(&mut self, c: char) {
        let short = match c {
            '\0' => "0",
            '\u{7}' => "a",
            '\u{8}' => "b",
            '\t' => "t",
            '\n' => "n",
            '\u{b}' => "v",
            '\u{c}' => "f",
            '\r' => "r",
            '\u{1b}' => "e",
            '"' => "\"",
            '\\' => "\\",
            '\u{85}' => "N",
            '\u{a0}' => "_",
            '\u{2028}' => "L",
            '\u{2029}' => "P",
            _ => "",
        };
        let code = c as u32;
        let text = match code {
            _ if !short.is_empty() => short.to_owned(),
            0..=0xff => format!("x{code:02X}"),
            0x100..=0xffff => format!("u{code:04X}"),
            _ => format!("U{code:08X}"),
        };
        self.put('\\');
        text.chars().for_each(|c| self.put(c));
    }

    fn literal(&mut self, text: &str) {
        self.indicator("|", true, false, false);
        if text.starts_with([' ', '\n', '\u{85}', '\u{2028}', '\u{2029}', '\r']) {
            self.indicator("2", false, false, false);
        }
        let mut ending = text.chars().rev();
        let hint = match (ending.next(), ending.next()) {
            (Some(last), _) if !is_break(last) => "-",
            (Some(_), None) => "+",
            (Some(_), Some(before)) if is_break(before) => "+",
            _ => "",
        };
        if !hint.is_empty() {
            self.indicator(hint, false, false, false);
        }
        self.break_line();
        self.indention = true;
        self.whitespace = true;
        let mut breaks = true;
        for c in text.chars() {
            if is_break(c) {
                self.write_break(c);
                self.indention = true;
                breaks = true;
            } else {
                if breaks {
                    self.line();
                }
                self.put(c);
                self.indention = false;
                breaks = false;
            }
        }
    }
}
