//! Go's regular expressions (RE2 syntax, Perl flavour) to the tree that the `regex` crates search
//! with. Where their own syntax differs (classes, escapes, repetition) Go's counts, errors too.
//!
//! Groups, branches and text here; repetition, escapes and brackets each in a module. Like Go's
//! parser it keeps an explicit stack, so that no pattern is too deep for it.

mod bracket;
mod error;
mod escape;
mod repeat;

pub(crate) use error::PatternError;

use super::class;
use regex_syntax::hir::{Capture, Class, Dot, Hir, Look};

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

impl Parser<'_> {
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
}
