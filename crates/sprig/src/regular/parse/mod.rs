//! Go's regular expressions (RE2 syntax, Perl flavour) to the tree that the `regex` crates search
//! with. Where their own syntax differs (classes, escapes, repetition) Go's counts, errors too.
//!
//! Like Go's parser it keeps an explicit stack, so that no pattern is too deep for it.

use super::class;
use regex_syntax::hir::{Capture, Class, ClassUnicode, Dot, Hir, Look, Repetition};
use thiserror::Error;

/// Why a pattern is none, in the words of Go's `regexp/syntax`.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub(crate) enum PatternError {
    #[error("missing closing ): `{0}`")]
    MissingParen(String),
    #[error("unexpected ): `{0}`")]
    UnexpectedParen(String),
    #[error("missing closing ]: `{0}`")]
    MissingBracket(String),
    #[error("missing argument to repetition operator: `{0}`")]
    MissingArgument(String),
    #[error("invalid nested repetition operator: `{0}`")]
    NestedRepeat(String),
    #[error("invalid repeat count: `{0}`")]
    RepeatSize(String),
    #[error("invalid character class range: `{0}`")]
    ClassRange(String),
    #[error("invalid escape sequence: `{0}`")]
    Escape(String),
    #[error("trailing backslash at end of expression: ``")]
    TrailingBackslash,
    #[error("invalid named capture: `{0}`")]
    NamedCapture(String),
    #[error("invalid or unsupported Perl syntax: `{0}`")]
    Perl(String),
    #[error("expression nests too deeply: `{0}`")]
    TooDeep(String),
    #[error("expression too large: `{0}`")]
    TooLarge(String),
}

type Parsed<T> = Result<T, PatternError>;

/// Go's limit to counts, and to the product of nested counts.
const MAX_REPEAT: u32 = 1_000;
/// Go's limit to the height of the tree.
const MAX_HEIGHT: u32 = 1_000;

#[derive(Clone, Copy, Default)]
struct Flags {
    fold: bool,
    multi_line: bool,
    dot_newline: bool,
    ungreedy: bool,
}

/// A tree, how often its innermost part may be repeated in all, and its height.
struct Node {
    hir: Hir,
    copies: u32,
    height: u32,
}

impl From<Hir> for Node {
    fn from(hir: Hir) -> Self {
        Self { hir, copies: 1, height: 1 }
    }
}

/// An open parenthesis: what its group is, and the flags that hold again behind it.
struct Open {
    capture: Option<u32>,
    outer: Flags,
    /// Branches that are complete, and the one that is being read.
    branches: Vec<Node>,
    items: Vec<Node>,
}

struct Parser<'p> {
    pattern: &'p str,
    /// What is still to be read.
    rest: &'p str,
    flags: Flags,
    open: Vec<Open>,
    captures: u32,
    names: Vec<(String, usize)>,
}

/// What a pattern says.
pub(crate) struct Pattern {
    pub(crate) tree: Hir,
    /// Names of groups, with their numbers: Go lets two groups have one name.
    pub(crate) names: Vec<(String, usize)>,
}

pub(crate) fn parse(pattern: &str) -> Parsed<Pattern> {
    let whole = Open { capture: None, outer: Flags::default(), branches: vec![], items: vec![] };
    let flags = Flags::default();
    let (open, names) = (vec![whole], Vec::new());
    let mut parser = Parser { pattern, rest: pattern, flags, open, captures: 0, names };
    let mut last_repeat: Option<&str> = None;
    while let Some(c) = parser.rest.chars().next() {
        let before = parser.rest;
        let repeated = parser.item(c, last_repeat)?;
        last_repeat = repeated.then_some(before);
    }
    match (parser.open.pop(), parser.open.is_empty()) {
        (Some(whole), true) => Ok(Pattern { tree: parser.closed(whole)?.hir, names: parser.names }),
        _ => Err(PatternError::MissingParen(pattern.to_owned())),
    }
}

fn any_of(nodes: Vec<Node>, join: fn(Vec<Hir>) -> Hir) -> Node {
    let copies = nodes.iter().map(|node| node.copies).max().unwrap_or(1);
    let height = nodes.iter().map(|node| node.height).max().unwrap_or(0) + 1;
    Node { hir: join(nodes.into_iter().map(|node| node.hir).collect()), copies, height }
}

impl<'p> Parser<'p> {
    fn push(&mut self, node: impl Into<Node>) {
        if let Some(open) = self.open.last_mut() {
            open.items.push(node.into());
        }
    }

    fn skip(&mut self, bytes: usize) {
        self.rest = self.rest.get(bytes..).unwrap_or_default();
    }

    /// What was read since `before`.
    fn since(&self, before: &str) -> String {
        before[..before.len() - self.rest.len()].to_owned()
    }

    fn next(&mut self) -> Option<char> {
        let c = self.rest.chars().next()?;
        self.skip(c.len_utf8());
        Some(c)
    }

    /// Reads one item; true where it was a repetition operator.
    fn item(&mut self, c: char, last_repeat: Option<&str>) -> Parsed<bool> {
        match c {
            '(' if self.rest.starts_with("(?") => self.perl_group()?,
            '(' => {
                self.skip(1);
                self.begin_capture(None);
            }
            '|' => {
                self.skip(1);
                self.end_branch();
            }
            ')' => self.end_group()?,
            '[' => self.bracket()?,
            '*' | '+' | '?' => return self.operator(c, last_repeat),
            '{' => return self.counted(last_repeat),
            '\\' => self.backslash()?,
            '^' | '$' | '.' => {
                self.skip(1);
                self.push(self.symbol(c));
            }
            _ => {
                self.skip(c.len_utf8());
                self.literal(c);
            }
        }
        Ok(false)
    }

    fn symbol(&self, c: char) -> Hir {
        match (c, self.flags) {
            ('^', Flags { multi_line: true, .. }) => Hir::look(Look::StartLF),
            ('^', _) => Hir::look(Look::Start),
            ('$', Flags { multi_line: true, .. }) => Hir::look(Look::EndLF),
            ('$', _) => Hir::look(Look::End),
            (_, Flags { dot_newline: true, .. }) => Hir::dot(Dot::AnyChar),
            _ => Hir::dot(Dot::AnyCharExceptLF),
        }
    }

    fn literal(&mut self, c: char) {
        if self.flags.fold {
            let class = class::finished(class::of([(c, c)]), true, false);
            return self.push(Hir::class(Class::Unicode(class)));
        }
        let mut buffer = [0; 4];
        self.push(Hir::literal(c.encode_utf8(&mut buffer).as_bytes()));
    }

    fn begin_capture(&mut self, name: Option<String>) {
        self.captures += 1;
        self.names.extend(name.map(|name| (name, self.captures as usize)));
        self.begin(Some(self.captures));
    }

    fn begin(&mut self, capture: Option<u32>) {
        let open = Open { capture, outer: self.flags, branches: Vec::new(), items: Vec::new() };
        self.open.push(open);
    }

    fn end_branch(&mut self) {
        if let Some(open) = self.open.last_mut() {
            let items = std::mem::take(&mut open.items);
            open.branches.push(any_of(items, Hir::concat));
        }
    }

    /// The node of a group that nothing follows in.
    fn closed(&self, mut group: Open) -> Parsed<Node> {
        group.branches.push(any_of(group.items, Hir::concat));
        let mut node = match group.branches.len() {
            1 => group.branches.remove(0),
            _ => any_of(group.branches, Hir::alternation),
        };
        if let Some(index) = group.capture {
            node.hir = Hir::capture(Capture { index, name: None, sub: Box::new(node.hir) });
            node.height += 1;
        }
        if node.height > MAX_HEIGHT {
            return Err(PatternError::TooDeep(self.pattern.to_owned()));
        }
        Ok(node)
    }

    fn end_group(&mut self) -> Parsed<()> {
        match self.open.pop() {
            Some(group) if !self.open.is_empty() => {
                self.skip(1);
                self.flags = group.outer;
                let node = self.closed(group)?;
                self.push(node);
                Ok(())
            }
            _ => Err(PatternError::UnexpectedParen(self.pattern.to_owned())),
        }
    }

    /// `(?P<name>`, `(?<name>`, `(?flags)` and `(?flags:`.
    fn perl_group(&mut self) -> Parsed<()> {
        let before = self.rest;
        let named = [("(?P<", 5), ("(?<", 4)]
            .into_iter()
            .find(|(lead, least)| before.starts_with(lead) && before.len() >= *least);
        let Some((lead, _)) = named else { return self.flag_group() };
        let Some(end) = before.find('>') else {
            return Err(PatternError::NamedCapture(before.to_owned()));
        };
        let name = &before[lead.len()..end];
        let word = |c: char| c == '_' || c.is_ascii_alphanumeric();
        if name.is_empty() || !name.chars().all(word) {
            return Err(PatternError::NamedCapture(before[..=end].to_owned()));
        }
        self.skip(end + 1);
        self.begin_capture(Some(name.to_owned()));
        Ok(())
    }

    fn flag_group(&mut self) -> Parsed<()> {
        let before = self.rest;
        self.skip(2);
        let (mut flags, mut on, mut seen) = (self.flags, true, false);
        while let Some(c) = self.next() {
            match c {
                'i' => flags.fold = on,
                'm' => flags.multi_line = on,
                's' => flags.dot_newline = on,
                'U' => flags.ungreedy = on,
                '-' if on => {
                    on = false;
                    seen = false;
                    continue;
                }
                ':' | ')' if on || seen => {
                    if c == ':' {
                        self.begin(None);
                    }
                    self.flags = flags;
                    return Ok(());
                }
                _ => break,
            }
            seen = true;
        }
        Err(PatternError::Perl(self.since(before)))
    }

    fn operator(&mut self, c: char, last_repeat: Option<&str>) -> Parsed<bool> {
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
    fn counted(&mut self, last_repeat: Option<&str>) -> Parsed<bool> {
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

    fn backslash(&mut self) -> Parsed<()> {
        let look = match self.rest.as_bytes().get(1) {
            Some(b'A') => Look::Start,
            Some(b'z') => Look::End,
            Some(b'b') => Look::WordAscii,
            Some(b'B') => Look::WordAsciiNegate,
            Some(b'C') => return Err(PatternError::Escape("\\C".to_owned())),
            Some(b'Q') => {
                self.quoted();
                return Ok(());
            }
            _ => {
                if let Some(class) = self.class_escape()? {
                    self.push(Hir::class(Class::Unicode(class)));
                } else if let Some(c) = self.escape()? {
                    self.literal(c);
                } else {
                    self.push(Hir::fail());
                }
                return Ok(());
            }
        };
        self.skip(2);
        self.push(Hir::look(look));
        Ok(())
    }

    /// `\Q…\E`: as it stands.
    fn quoted(&mut self) {
        let body = &self.rest[2..];
        let (text, rest) = body.split_once("\\E").unwrap_or((body, ""));
        text.chars().for_each(|c| self.literal(c));
        self.rest = rest;
    }

    /// `\d`, `\pL`, `\p{Greek}` and their like, with the flags of the place.
    fn class_escape(&mut self) -> Parsed<Option<ClassUnicode>> {
        let mut chars = self.rest.chars();
        let (Some('\\'), Some(letter)) = (chars.next(), chars.next()) else { return Ok(None) };
        let fold = self.flags.fold;
        if let Some((class, negated)) = class::perl(letter) {
            self.skip(2);
            return Ok(Some(class::finished(class, fold, negated)));
        }
        if !matches!(letter, 'p' | 'P') {
            return Ok(None);
        }
        let before = self.rest;
        self.skip(2);
        let name = match self.next() {
            Some('{') => {
                let Some(end) = before.find('}') else {
                    return Err(PatternError::ClassRange(before.to_owned()));
                };
                self.rest = &before[end + 1..];
                &before[3..end]
            }
            _ => &before[2..before.len() - self.rest.len()],
        };
        let plain = name.strip_prefix('^');
        let negated = (letter == 'P') != plain.is_some();
        let class = class::unicode(plain.unwrap_or(name), &self.since(before))?;
        Ok(Some(class::finished(class, fold, negated)))
    }

    /// One escaped character; `None` for a code point that no text holds.
    fn escape(&mut self) -> Parsed<Option<char>> {
        let before = self.rest;
        self.skip(1);
        let Some(c) = self.next() else { return Err(PatternError::TrailingBackslash) };
        let found = match c {
            'a' => Some('\x07'),
            'f' => Some('\x0c'),
            'n' => Some('\n'),
            'r' => Some('\r'),
            't' => Some('\t'),
            'v' => Some('\x0b'),
            'x' => return self.hexadecimal(before),
            '0'..='7' if c == '0' || self.rest.starts_with(|c| matches!(c, '0'..='7')) => {
                self.octal(c)
            }
            _ if c.is_ascii() && !c.is_ascii_alphanumeric() => Some(c),
            _ => return Err(PatternError::Escape(self.since(before))),
        };
        Ok(found)
    }

    fn octal(&mut self, first: char) -> Option<char> {
        let mut code = first.to_digit(8)?;
        for _ in 0..2 {
            let Some(digit) = self.rest.chars().next().and_then(|c| c.to_digit(8)) else { break };
            code = code * 8 + digit;
            self.skip(1);
        }
        char::from_u32(code)
    }

    /// `\x41` and `\x{1F600}`, behind the `x`.
    fn hexadecimal(&mut self, before: &str) -> Parsed<Option<char>> {
        let Some(first) = self.next() else {
            return Err(PatternError::Escape(self.since(before)));
        };
        let mut code = 0;
        if first != '{' {
            let digits = [Some(first), self.next()];
            for digit in digits {
                let digit = digit.and_then(|c| c.to_digit(16));
                let Some(digit) = digit else {
                    return Err(PatternError::Escape(self.since(before)));
                };
                code = code * 16 + digit;
            }
            return Ok(char::from_u32(code));
        }
        let mut count = 0;
        loop {
            let c = self.next();
            if c == Some('}') && count > 0 {
                return Ok(char::from_u32(code));
            }
            code = match c.and_then(|c| c.to_digit(16)) {
                Some(digit) if code * 16 + digit <= char::MAX as u32 => code * 16 + digit,
                _ => return Err(PatternError::Escape(self.since(before))),
            };
            count += 1;
        }
    }

    /// `[a-z]` and its like.
    fn bracket(&mut self) -> Parsed<()> {
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
