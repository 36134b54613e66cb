//! TOML 1.0 to values, with the types and the commonest complaints of BurntSushi's decoder:
//! headings, keys and collections here, what they are put into in `table`.

mod scalar;
mod table;
mod text;

use gotemplate::{Value, fmt};
use table::{Node, Table, below, finished, named};

/// Deepest nesting of values read.
const MAX_DEPTH: usize = 100;

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

impl Reader<'_> {
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
        match named(root, &path, array) {
            Some(()) => Ok(path),
            None => self.defined(&self.key),
        }
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
}
