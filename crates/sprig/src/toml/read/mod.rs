//! TOML 1.0 to values, with the types and the commonest complaints of BurntSushi's decoder.

use crate::dates::{Time, Zone, parse_time};
use gotemplate::{List, ListType, Map, Value, fmt};
use std::collections::BTreeMap;

/// Deepest nesting of values read.
const MAX_DEPTH: usize = 100;

type Table = BTreeMap<String, Node>;

/// A table's entry while the document is being read.
enum Node {
    Leaf(Value),
    /// `open`: more keys may come by dots or headings.
    Table {
        entries: Table,
        open: bool,
        named: bool,
    },
    /// `[[…]]`.
    Tables(Vec<Table>),
}

struct Reader<'t> {
    whole: &'t str,
    rest: &'t str,
    /// The key read last, with those that lead to it.
    key: String,
}

type Found<T> = Result<T, String>;

pub(super) fn document(text: &str) -> Found<Value> {
    let mut reader = Reader { whole: text, rest: text, key: String::new() };
    let mut root = Table::new();
    let mut heading: Vec<String> = Vec::new();
    loop {
        reader.blank_lines();
        let Some(c) = reader.peek() else { break };
        if c == '[' {
            heading = reader.heading(&mut root)?;
        } else {
            reader.entry(&mut root, &heading)?;
        }
        reader.end_of_line()?;
    }
    Ok(finished(root))
}

fn finished(table: Table) -> Value {
    let value = |node| match node {
        Node::Leaf(value) => value,
        Node::Table { entries, .. } => finished(entries),
        Node::Tables(tables) => {
            let items = tables.into_iter().map(finished).collect();
            Value::List(List::new(items, ListType::Named("[]map[string]interface {}")))
        }
    };
    let entries = table.into_iter().map(|(key, node)| (key, value(node)));
    let map = Map::new();
    entries.for_each(|(key, value)| map.insert(key, value));
    Value::Map(map)
}

/// The table below `table` that the keys lead to, made where it is missing.
fn below<'a>(table: &'a mut Table, path: &[String], dotted: bool) -> Option<&'a mut Table> {
    let Some((key, path)) = path.split_first() else { return Some(table) };
    let node = table.entry(key.clone()).or_insert_with(|| Node::Table {
        entries: Table::new(),
        open: true,
        named: dotted,
    });
    match node {
        Node::Table { entries, open: true, .. } => below(entries, path, dotted),
        Node::Tables(tables) if !dotted => below(tables.last_mut()?, path, dotted),
        _ => None,
    }
}

impl<'t> Reader<'t> {
    fn peek(&self) -> Option<char> {
        self.rest.chars().next()
    }

    fn skip(&mut self, bytes: usize) {
        self.rest = self.rest.get(bytes..).unwrap_or_default();
    }

    fn next(&mut self) -> Option<char> {
        let c = self.peek()?;
        self.skip(c.len_utf8());
        Some(c)
    }

    fn taken(&mut self, text: &str) -> bool {
        let found = self.rest.starts_with(text);
        if found {
            self.skip(text.len());
        }
        found
    }

    fn blanks(&mut self) {
        self.rest = self.rest.trim_start_matches([' ', '\t']);
    }

    /// Blanks, line breaks and comments.
    fn blank_lines(&mut self) {
        loop {
            self.rest = self.rest.trim_start_matches([' ', '\t', '\r', '\n']);
            if self.peek() != Some('#') {
                return;
            }
            self.skip(self.rest.find('\n').unwrap_or(self.rest.len()));
        }
    }

    fn line(&self) -> usize {
        let read = &self.whole[..self.whole.len() - self.rest.len()];
        read.matches('\n').count() + 1
    }

    fn failed<T>(&self, message: &str) -> Found<T> {
        let line = self.line();
        match self.key.is_empty() {
            true => Err(format!("toml: line {line}: {message}")),
            false => {
                let key = fmt::quote(self.key.as_bytes());
                Err(format!("toml: line {line} (last key {key}): {message}"))
            }
        }
    }

    fn defined<T>(&self, key: &str) -> Found<T> {
        self.failed(&format!("Key '{key}' has already been defined."))
    }

    fn end_of_line(&mut self) -> Found<()> {
        self.blanks();
        match self.peek() {
            None | Some('\n' | '#') => Ok(()),
            Some('\r') if self.rest.starts_with("\r\n") => Ok(()),
            Some(c) => self.failed(&format!(
                "expected a top-level item to end with a newline, comment, or EOF, but got {c:?} \
                 instead"
            )),
        }
    }

    /// `[a.b]` and `[[a.b]]`: where the next entries belong.
    fn heading(&mut self, root: &mut Table) -> Found<Vec<String>> {
        let array = self.rest.starts_with("[[");
        self.skip(if array { 2 } else { 1 });
        self.key.clear();
        let mut path = Vec::new();
        loop {
            self.blanks();
            path.push(self.key_part()?);
            self.blanks();
            match self.next() {
                Some('.') => {}
                Some(']') => break,
                Some(c) => {
                    return self.failed(&format!(
                        "expected '.' or ']' to end table name, but got {c:?} instead"
                    ));
                }
                None => {
                    return self.failed("unexpected EOF; expected '.' or ']' to end table name");
                }
            }
        }
        if array && !self.taken("]") {
            return self.failed("expected end of table array name delimiter ']'");
        }
        self.key = path.join(".");
        let Some((last, parents)) = path.split_last() else { return self.failed("empty name") };
        let Some(parent) = below(root, parents, false) else { return self.defined(&self.key) };
        match (array, parent.get_mut(last)) {
            (true, None) => {
                parent.insert(last.clone(), Node::Tables(vec![Table::new()]));
            }
            (true, Some(Node::Tables(tables))) => tables.push(Table::new()),
            (false, None) => {
                let node = Node::Table { entries: Table::new(), open: true, named: true };
                parent.insert(last.clone(), node);
            }
            (false, Some(Node::Table { open: true, named: named @ false, .. })) => *named = true,
            _ => return self.defined(&self.key),
        }
        Ok(path)
    }

    /// `a.b = value`.
    fn entry(&mut self, root: &mut Table, heading: &[String]) -> Found<()> {
        let Some(table) = below(root, heading, false) else { return self.defined(&self.key) };
        self.key_value(table, &heading.join("."), 0)
    }

    fn key_value(&mut self, table: &mut Table, context: &str, depth: usize) -> Found<()> {
        let before = std::mem::take(&mut self.key);
        let mut path = Vec::new();
        loop {
            self.blanks();
            path.push(self.key_part()?);
            self.blanks();
            match self.peek() {
                Some('.') => self.skip(1),
                Some('=') => break,
                Some(c) => {
                    self.key = before;
                    return self.failed(&format!("expected '.' or '=', but got {c:?} instead"));
                }
                None => return self.failed("unexpected EOF; expected key separator '='"),
            }
        }
        self.skip(1);
        let joint = if context.is_empty() { "" } else { "." };
        self.key = format!("{context}{joint}{}", path.join("."));
        self.blanks();
        let node = self.value(depth)?;
        let Some((last, parents)) = path.split_last() else { return Ok(()) };
        let Some(table) = below(table, parents, true) else { return self.defined(&self.key) };
        if table.contains_key(last) {
            return self.defined(&self.key);
        }
        table.insert(last.clone(), node);
        Ok(())
    }

    fn key_part(&mut self) -> Found<String> {
        match self.peek() {
            Some('"') => self.basic(),
            Some('\'') => self.literal(),
            _ => {
                let bare = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
                let length = self.rest.find(|c| !bare(c)).unwrap_or(self.rest.len());
                if length == 0 {
                    let found = self.peek().map(String::from).unwrap_or_default();
                    return self.failed(&format!("invalid bare key or empty key at '{found}'"));
                }
                let (key, rest) = self.rest.split_at(length);
                self.rest = rest;
                Ok(key.to_owned())
            }
        }
    }

    fn value(&mut self, depth: usize) -> Found<Node> {
        if depth > MAX_DEPTH {
            return self.failed("value nests too deeply");
        }
        match self.peek() {
            None => self.failed("unexpected EOF; expected value"),
            Some('"') => {
                let text = if self.taken("\"\"\"") { self.multi_basic() } else { self.basic() };
                Ok(Node::Leaf(Value::from(text?)))
            }
            Some('\'') => {
                let text = if self.taken("'''") { self.multi_literal() } else { self.literal() };
                Ok(Node::Leaf(Value::from(text?)))
            }
            Some('[') => self.array(depth),
            Some('{') => self.inline(depth),
            Some(_) => self.scalar(),
        }
    }

    fn array(&mut self, depth: usize) -> Found<Node> {
        self.skip(1);
        let mut items = Vec::new();
        loop {
            self.blank_lines();
            if self.taken("]") {
                return Ok(Node::Leaf(Value::list(items)));
            }
            items.push(match self.value(depth + 1)? {
                Node::Leaf(value) => value,
                Node::Table { entries, .. } => finished(entries),
                Node::Tables(_) => Value::Nil,
            });
            self.blank_lines();
            if !self.taken(",") && self.peek() != Some(']') {
                return self.failed("expected a comma (',') or array terminator (']')");
            }
        }
    }

    fn inline(&mut self, depth: usize) -> Found<Node> {
        self.skip(1);
        let context = self.key.clone();
        let mut entries = Table::new();
        loop {
            self.blank_lines();
            if self.taken("}") {
                self.key = context;
                return Ok(Node::Table { entries, open: false, named: true });
            }
            self.key_value(&mut entries, &context, depth + 1)?;
            self.blank_lines();
            if !self.taken(",") && self.peek() != Some('}') {
                return self.failed("expected a comma or an inline table terminator '}'");
            }
        }
    }

    fn scalar(&mut self) -> Found<Node> {
        let end = |c: char| matches!(c, ',' | ']' | '}' | '#' | '\n' | '\r' | '\t');
        let mut length = self.rest.find(end).unwrap_or(self.rest.len());
        // A blank may stand between a date and its time.
        let date = self.rest.as_bytes().get(4) == Some(&b'-');
        if let Some(blank) = self.rest[..length].find(' ').filter(|at| !date || *at != 10) {
            length = blank;
        }
        let (text, rest) = self.rest.split_at(length);
        let text = text.trim_end();
        let value = match text {
            "true" => Some(Value::Bool(true)),
            "false" => Some(Value::Bool(false)),
            _ => self.number(text)?.or_else(|| time(text)),
        };
        let Some(value) = value else {
            return self.failed(&format!("expected value but found {text:?} instead"));
        };
        self.rest = rest;
        Ok(Node::Leaf(value))
    }

    fn number(&self, text: &str) -> Found<Option<Value>> {
        let plain = text.replace('_', "");
        let (sign, digits) = match plain.strip_prefix('-') {
            Some(digits) => ("-", digits),
            None => ("", plain.strip_prefix('+').unwrap_or(&plain)),
        };
        match digits {
            "inf" => {
                let infinite = if sign.is_empty() { f64::INFINITY } else { f64::NEG_INFINITY };
                return Ok(Some(Value::float(infinite)));
            }
            "nan" => return Ok(Some(Value::float(f64::NAN))),
            _ => {}
        }
        let prefixed = [("0x", 16), ("0o", 8), ("0b", 2)].into_iter();
        let (body, radix) = prefixed
            .filter_map(|(prefix, radix)| Some((digits.strip_prefix(prefix)?, radix)))
            .next()
            .unwrap_or((digits, 10));
        if radix != 10 && digits.len() != plain.len() {
            let lead = &plain[..3];
            return self.failed(&format!("cannot use sign with non-decimal numbers: '{lead}'"));
        }
        if !body.is_empty() && body.chars().all(|c| c.is_digit(radix)) {
            return match i64::from_str_radix(&format!("{sign}{body}"), radix) {
                Ok(number) => Ok(Some(Value::int64(number))),
                Err(_) => self.failed(&format!("{text} is out of range for int64")),
            };
        }
        let float = digits.chars().all(|c| c.is_ascii_digit() || ".eE+-".contains(c))
            && digits.starts_with(|c: char| c.is_ascii_digit());
        Ok(if float { plain.parse().ok().map(Value::float) } else { None })
    }

    fn literal(&mut self) -> Found<String> {
        self.skip(1);
        match self.rest.split_once(['\'', '\n']) {
            Some((text, rest)) if self.rest.as_bytes()[text.len()] == b'\'' => {
                self.rest = rest;
                Ok(text.to_owned())
            }
            _ => self.failed("strings cannot contain newlines"),
        }
    }

    fn multi_literal(&mut self) -> Found<String> {
        if !self.taken("\n") {
            self.taken("\r\n");
        }
        let Some(end) = self.rest.find("'''") else {
            return self.failed("unexpected EOF; expected \"'''\"");
        };
        // Up to two quotes may stand at the very end of the text.
        let more = self.rest[end + 3..].bytes().take(2).take_while(|byte| *byte == b'\'').count();
        let text = self.rest[..end + more].to_owned();
        self.skip(end + more + 3);
        Ok(text)
    }

    fn basic(&mut self) -> Found<String> {
        self.skip(1);
        let mut out = String::new();
        loop {
            match self.next() {
                Some('"') => return Ok(out),
                Some('\\') => out.push(self.escape()?),
                Some('\n') => return self.failed("strings cannot contain newlines"),
                Some(c) => out.push(c),
                None => return self.failed("unexpected EOF; expected '\"'"),
            }
        }
    }

    fn multi_basic(&mut self) -> Found<String> {
        if !self.taken("\n") {
            self.taken("\r\n");
        }
        let mut out = String::new();
        loop {
            if self.taken("\"\"\"") {
                while self.taken("\"") {
                    out.push('"');
                }
                return Ok(out);
            }
            match self.next() {
                // A backslash at the end of a line takes the blanks that follow.
                Some('\\') if self.rest.trim_start_matches([' ', '\t', '\r']).starts_with('\n') => {
                    self.rest = self.rest.trim_start();
                }
                Some('\\') => out.push(self.escape()?),
                Some(c) => out.push(c),
                None => return self.failed("unexpected EOF; expected '\"\"\"'"),
            }
        }
    }

    fn escape(&mut self) -> Found<char> {
        let count = match self.next() {
            Some('b') => return Ok('\u{8}'),
            Some('t') => return Ok('\t'),
            Some('n') => return Ok('\n'),
            Some('f') => return Ok('\u{c}'),
            Some('r') => return Ok('\r'),
            Some('e') => return Ok('\u{1b}'),
            Some(c @ ('"' | '\\')) => return Ok(c),
            Some('x') => 2,
            Some('u') => 4,
            Some('U') => 8,
            Some(c) => return self.failed(&format!("invalid escape in string '\\{c}'")),
            None => return self.failed("unexpected EOF; expected an escape"),
        };
        let digits = self.rest.get(..count).unwrap_or_default();
        let code = u32::from_str_radix(digits, 16).ok().and_then(char::from_u32);
        match code {
            Some(c) => {
                self.skip(count);
                Ok(c)
            }
            None => self.failed(&format!("invalid escape in string '\\u{digits}'")),
        }
    }
}

/// A date, a time, or both; without an offset in a zone that tells which.
fn time(text: &str) -> Option<Value> {
    let text = match text.split_at_checked(10) {
        Some((date, clock)) if clock.starts_with(['t', 'T', ' ']) => {
            format!("{date}T{}", &clock[1..])
        }
        _ => text.to_owned(),
    };
    let text = text.replace('z', "Z");
    let layouts = [
        ("2006-01-02T15:04:05.999999999Z07:00", None),
        ("2006-01-02T15:04:05.999999999", Some("datetime-local")),
        ("2006-01-02", Some("date-local")),
        ("15:04:05.999999999", Some("time-local")),
    ];
    layouts.into_iter().find_map(|(layout, local)| {
        let time: Time = parse_time(layout, &text)?;
        let time = match local {
            Some(name) => time.within(Zone::fixed(name, 0)),
            None => time,
        };
        Some(Value::Object(std::rc::Rc::new(time)))
    })
}
