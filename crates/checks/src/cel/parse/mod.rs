//! Text to an expression tree: CEL's grammar, by precedence.

mod literal;

use super::value::Cel;
use literal::string_prefix;
use std::fmt;

/// Nesting that an expression may have.
const MAX_DEPTH: usize = 32;
/// Most operators and accesses of one expression.
const MAX_LINKS: usize = 250;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ParseError {
    /// Byte offset.
    pub at: usize,
    pub message: String,
}

impl fmt::Display for ParseError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} (at character {})", self.message, self.at + 1)
    }
}

impl std::error::Error for ParseError {}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Binary {
    Or,
    And,
    Equal,
    NotEqual,
    Less,
    LessEqual,
    Greater,
    GreaterEqual,
    In,
    Add,
    Subtract,
    Multiply,
    Divide,
    Modulo,
}

#[derive(Debug)]
pub(super) enum Expr {
    Literal(Cel),
    Name(String),
    Not(Box<Expr>),
    Negate(Box<Expr>),
    Binary(Binary, Box<Expr>, Box<Expr>),
    Conditional(Box<Expr>, Box<Expr>, Box<Expr>),
    Select(Box<Expr>, String),
    Index(Box<Expr>, Box<Expr>),
    /// A function or, with a target, a method or macro.
    Call(Option<Box<Expr>>, String, Vec<Expr>),
    List(Vec<Expr>),
    Map(Vec<(Expr, Expr)>),
}

pub(super) fn parse(source: &str) -> Result<Expr, ParseError> {
    let mut parser = Parser { source, at: 0, depth: 0, links: 0 };
    let expr = parser.expression()?;
    parser.blanks();
    if parser.at < source.len() {
        return parser.fail("unexpected text");
    }
    Ok(expr)
}

struct Parser<'s> {
    source: &'s str,
    at: usize,
    depth: usize,
    /// Operators and accesses so far: in a chain each holds all before it, which is depth as well.
    links: usize,
}

type Parse<T> = Result<T, ParseError>;

/// Operators from the loosest to the tightest.
const LEVELS: [&[(&str, Binary)]; 5] = [
    &[("||", Binary::Or)],
    &[("&&", Binary::And)],
    &[
        ("==", Binary::Equal),
        ("!=", Binary::NotEqual),
        ("<=", Binary::LessEqual),
        (">=", Binary::GreaterEqual),
        ("<", Binary::Less),
        (">", Binary::Greater),
        ("in", Binary::In),
    ],
    &[("+", Binary::Add), ("-", Binary::Subtract)],
    &[("*", Binary::Multiply), ("/", Binary::Divide), ("%", Binary::Modulo)],
];

impl<'s> Parser<'s> {
    fn fail<T>(&self, message: &str) -> Parse<T> {
        Err(ParseError { at: self.at, message: message.to_owned() })
    }

    fn link(&mut self) -> Parse<()> {
        self.links += 1;
        if self.links > MAX_LINKS { self.fail("the expression has too many parts") } else { Ok(()) }
    }

    fn rest(&self) -> &'s str {
        &self.source[self.at..]
    }

    fn blanks(&mut self) {
        loop {
            let trimmed = self.rest().trim_start();
            self.at = self.source.len() - trimmed.len();
            if !trimmed.starts_with("//") {
                return;
            }
            self.at += trimmed.find('\n').unwrap_or(trimmed.len());
        }
    }

    /// Takes an operator or punctuation; words must end where they end.
    fn take(&mut self, text: &str) -> bool {
        self.blanks();
        let Some(after) = self.rest().strip_prefix(text) else { return false };
        let word = text.starts_with(|c: char| c.is_ascii_alphabetic());
        if word && after.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '_') {
            return false;
        }
        self.at += text.len();
        true
    }

    fn expect(&mut self, text: &str) -> Parse<()> {
        if self.take(text) { Ok(()) } else { self.fail(&format!("expected `{text}`")) }
    }

    fn expression(&mut self) -> Parse<Expr> {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return self.fail("the expression is nested too deeply");
        }
        let condition = self.level(0)?;
        let expr = if self.take("?") {
            let then = self.expression()?;
            self.expect(":")?;
            let otherwise = self.expression()?;
            Expr::Conditional(Box::new(condition), Box::new(then), Box::new(otherwise))
        } else {
            condition
        };
        self.depth -= 1;
        Ok(expr)
    }

    fn level(&mut self, level: usize) -> Parse<Expr> {
        let Some(operators) = LEVELS.get(level) else { return self.unary() };
        let mut left = self.level(level + 1)?;
        'more: loop {
            for (text, operator) in *operators {
                if self.take(text) {
                    self.link()?;
                    let right = self.level(level + 1)?;
                    left = Expr::Binary(*operator, Box::new(left), Box::new(right));
                    continue 'more;
                }
            }
            return Ok(left);
        }
    }

    fn unary(&mut self) -> Parse<Expr> {
        self.blanks();
        let (mut nots, mut minuses) = (0, 0);
        while self.rest().starts_with('!') && !self.rest().starts_with("!=") {
            self.link()?;
            self.at += 1;
            nots += 1;
            self.blanks();
        }
        while self.rest().starts_with('-') {
            self.link()?;
            self.at += 1;
            minuses += 1;
            self.blanks();
        }
        let mut expr = self.postfix()?;
        for _ in 0..minuses {
            expr = Expr::Negate(Box::new(expr));
        }
        for _ in 0..nots {
            expr = Expr::Not(Box::new(expr));
        }
        Ok(expr)
    }

    fn postfix(&mut self) -> Parse<Expr> {
        let mut expr = self.primary()?;
        loop {
            if self.take("[") {
                self.link()?;
                let index = self.expression()?;
                self.expect("]")?;
                expr = Expr::Index(Box::new(expr), Box::new(index));
            } else if self.take(".") {
                self.link()?;
                let name = self.name()?;
                expr = if self.take("(") {
                    let args = self.arguments(")")?;
                    Expr::Call(Some(Box::new(expr)), name, args)
                } else {
                    Expr::Select(Box::new(expr), name)
                };
            } else {
                return Ok(expr);
            }
        }
    }

    fn name(&mut self) -> Parse<String> {
        self.blanks();
        let rest = self.rest();
        let end =
            rest.find(|c: char| !(c.is_ascii_alphanumeric() || c == '_')).unwrap_or(rest.len());
        if end == 0 || rest.starts_with(|c: char| c.is_ascii_digit()) {
            return self.fail("expected a name");
        }
        self.at += end;
        Ok(rest[..end].to_owned())
    }

    fn arguments(&mut self, close: &str) -> Parse<Vec<Expr>> {
        let mut args = Vec::new();
        while !self.take(close) {
            if !args.is_empty() {
                self.expect(",")?;
                if self.take(close) {
                    break;
                }
            }
            args.push(self.expression()?);
        }
        Ok(args)
    }

    fn primary(&mut self) -> Parse<Expr> {
        self.blanks();
        let rest = self.rest();
        let Some(first) = rest.chars().next() else { return self.fail("unexpected end") };
        if self.take("(") {
            let expr = self.expression()?;
            self.expect(")")?;
            return Ok(expr);
        }
        if self.take("[") {
            return Ok(Expr::List(self.arguments("]")?));
        }
        if self.take("{") {
            return self.map();
        }
        if first.is_ascii_digit()
            || (first == '.' && rest[1..].starts_with(|c: char| c.is_ascii_digit()))
        {
            return self.number();
        }
        if let Some(prefix) = string_prefix(rest) {
            return self.string(prefix);
        }
        let name = self.name()?;
        Ok(match name.as_str() {
            "true" => Expr::Literal(Cel::Bool(true)),
            "false" => Expr::Literal(Cel::Bool(false)),
            "null" => Expr::Literal(Cel::Null),
            _ if self.take("(") => Expr::Call(None, name, self.arguments(")")?),
            _ => Expr::Name(name),
        })
    }

    fn map(&mut self) -> Parse<Expr> {
        let mut entries = Vec::new();
        while !self.take("}") {
            if !entries.is_empty() {
                self.expect(",")?;
                if self.take("}") {
                    break;
                }
            }
            let key = self.expression()?;
            self.expect(":")?;
            entries.push((key, self.expression()?));
        }
        Ok(Expr::Map(entries))
    }
}
