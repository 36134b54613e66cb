//! Tokens to a [`Tree`], with the errors of Go's `text/template/parse`: templates, definitions
//! and control structures here, pipelines in `pipeline`, literals in `literal`, tokens and
//! complaints in `tokens`.

mod literal;
mod pipeline;
mod tokens;

use crate::ast::{Control, NodeId, NodeKind, Tree};
use crate::error::Error;
use crate::lex::{Kind, Lexer, Token};
use std::collections::HashMap;

/// What one text gave: its own body and its definitions, all in one tree.
pub(crate) struct Parsed {
    pub(crate) tree: Tree,
    pub(crate) roots: Vec<Root>,
}

/// A named body.
pub(crate) struct Root {
    pub(crate) name: String,
    pub(crate) list: Vec<NodeId>,
    /// Nothing but white space: it does not replace a template of the same name.
    pub(crate) empty: bool,
}

/// What ends a list of nodes.
enum End {
    End,
    /// `{{else}}`, or the keyword that followed it.
    Else,
}

impl End {
    fn text(&self) -> &'static str {
        match self {
            Self::End => "{{end}}",
            Self::Else => "{{else}}",
        }
    }
}

enum Item {
    Node(NodeId),
    End(End),
}

pub(crate) struct Parser<'t> {
    pub(crate) source: &'t [u8],
    name: &'t str,
    lexer: Lexer<'t>,
    pending: Vec<Token>,
    /// Line of the token read last.
    line: u32,
    action_line: u32,
    pub(crate) tree: Tree,
    roots: Vec<Root>,
    /// Where each name stands in `roots`.
    places: HashMap<String, usize>,
    pub(crate) vars: Vec<String>,
    ranges: usize,
    pub(crate) depth: usize,
    pub(crate) max_depth: usize,
    known: &'t dyn Fn(&str) -> bool,
}

/// Nodes of one text: a tree takes tens of times the text's own bytes.
const MAX_NODES: usize = 1_000_000;

type Parse<T> = Result<T, Error>;

/// Parses `source` as Go's `New(name).Parse(source)`; `known` tells which functions exist.
pub(crate) fn parse(
    name: &str,
    source: &[u8],
    max_depth: usize,
    known: &dyn Fn(&str) -> bool,
) -> Parse<Parsed> {
    let mut parser = Parser {
        source,
        name,
        lexer: Lexer::new(source),
        pending: Vec::new(),
        line: 1,
        action_line: 0,
        tree: Tree::default(),
        roots: Vec::new(),
        places: HashMap::new(),
        vars: vec!["$".to_owned()],
        ranges: 0,
        depth: 0,
        max_depth,
        known,
    };
    parser.file()?;
    Ok(Parsed { tree: parser.tree, roots: parser.roots })
}

impl Parser<'_> {
    fn file(&mut self) -> Parse<()> {
        let mut list = Vec::new();
        while self.peek().kind != Kind::Eof {
            if self.peek().kind == Kind::LeftDelim {
                let delim = self.next();
                let token = self.next_non_space();
                if token.kind == Kind::Define {
                    self.definition()?;
                    continue;
                }
                self.backup(token);
                self.backup(delim);
            }
            match self.text_or_action()? {
                Item::Node(node) => list.push(node),
                Item::End(end) => return self.error(format!("unexpected {}", end.text())),
            }
        }
        self.add_root(self.name.to_owned(), list)
    }

    fn definition(&mut self) -> Parse<()> {
        let context = "define clause";
        let token = self.next_non_space();
        if !matches!(token.kind, Kind::String | Kind::RawString) {
            return self.unexpected(&token, context);
        }
        let name = self.string_value(&token)?;
        let close = self.next_non_space();
        if close.kind != Kind::RightDelim {
            return self.unexpected(&close, context);
        }
        self.body(name, context)
    }

    /// The body of a `define` or `block`: its own variables, ended by `{{end}}`.
    fn body(&mut self, name: String, context: &str) -> Parse<()> {
        let vars = std::mem::replace(&mut self.vars, vec!["$".to_owned()]);
        let ranges = std::mem::take(&mut self.ranges);
        let (list, end) = self.item_list()?;
        if let End::Else = end {
            return self.error(format!("unexpected {} in {context}", end.text()));
        }
        self.vars = vars;
        self.ranges = ranges;
        self.add_root(name, list)
    }

    fn add_root(&mut self, name: String, list: Vec<NodeId>) -> Parse<()> {
        let empty = list.iter().all(|node| match self.tree.kind(*node) {
            NodeKind::Text(start, end) => {
                String::from_utf8_lossy(&self.source[*start..*end]).trim().is_empty()
            }
            _ => false,
        });
        let known = self.places.get(&name).copied();
        match known.and_then(|at| self.roots.get_mut(at)) {
            Some(root) if root.empty => *root = Root { name, list, empty },
            Some(_) if empty => {}
            Some(_) => {
                let name = crate::fmt::quote(name.as_bytes());
                return self.error(format!("template: multiple definition of template {name}"));
            }
            None => {
                self.places.insert(name.clone(), self.roots.len());
                self.roots.push(Root { name, list, empty });
            }
        }
        Ok(())
    }

    fn item_list(&mut self) -> Parse<(Vec<NodeId>, End)> {
        self.depth += 1;
        if self.depth > self.max_depth {
            return self.error("max expression depth exceeded");
        }
        let mut list = Vec::new();
        while self.peek_non_space().kind != Kind::Eof {
            match self.text_or_action()? {
                Item::Node(node) => list.push(node),
                Item::End(end) => {
                    self.depth -= 1;
                    return Ok((list, end));
                }
            }
        }
        self.error("unexpected EOF")
    }

    fn text_or_action(&mut self) -> Parse<Item> {
        self.room()?;
        let token = self.next_non_space();
        match token.kind {
            Kind::Text => {
                let kind = NodeKind::Text(token.start, token.end);
                Ok(Item::Node(self.tree.add(token.start as u32, kind)))
            }
            Kind::LeftDelim => {
                self.action_line = token.line;
                let item = self.action()?;
                self.action_line = 0;
                Ok(item)
            }
            _ => self.unexpected(&token, "input"),
        }
    }

    fn action(&mut self) -> Parse<Item> {
        let token = self.next_non_space();
        let node = match token.kind {
            Kind::Block => self.block()?,
            Kind::Break => self.loop_exit(&token, "{{break}}", NodeKind::Break)?,
            Kind::Continue => self.loop_exit(&token, "{{continue}}", NodeKind::Continue)?,
            Kind::Else => return self.otherwise().map(Item::End),
            Kind::End => {
                let close = self.next_non_space();
                if close.kind != Kind::RightDelim {
                    return self.unexpected(&close, "end");
                }
                return Ok(Item::End(End::End));
            }
            Kind::If => self.control("if", NodeKind::If)?,
            Kind::Range => self.control("range", NodeKind::Range)?,
            Kind::With => self.control("with", NodeKind::With)?,
            Kind::Template => self.template()?,
            _ => {
                let pos = token.start as u32;
                self.backup(token);
                let pipe = self.pipeline("command", Kind::RightDelim)?;
                self.tree.add(pos, NodeKind::Action(pipe))
            }
        };
        Ok(Item::Node(node))
    }

    fn otherwise(&mut self) -> Parse<End> {
        if matches!(self.peek_non_space().kind, Kind::If | Kind::With) {
            return Ok(End::Else);
        }
        let close = self.next_non_space();
        if close.kind != Kind::RightDelim {
            return self.unexpected(&close, "else");
        }
        Ok(End::Else)
    }

    fn loop_exit(&mut self, token: &Token, text: &str, kind: NodeKind) -> Parse<NodeId> {
        let close = self.next_non_space();
        if close.kind != Kind::RightDelim {
            return self.unexpected(&close, text);
        }
        if self.ranges == 0 {
            return self.error(format!("{text} outside {{{{range}}}}"));
        }
        Ok(self.tree.add(token.start as u32, kind))
    }

    /// One control structure; the branches of an `else if` or `else with` chain are read in a
    /// loop, however many they are.
    fn control(&mut self, context: &str, node: fn(Control) -> NodeKind) -> Parse<NodeId> {
        let vars = self.vars.len();
        let mut arms = Vec::new();
        let mut otherwise = loop {
            let pipe = self.pipeline(context, Kind::RightDelim)?;
            self.ranges += usize::from(context == "range");
            let (list, end) = self.item_list()?;
            self.ranges -= usize::from(context == "range");
            arms.push((pipe, list));
            match end {
                End::End => break None,
                End::Else if self.chained(context) => {
                    self.next();
                }
                End::Else => break Some(self.else_list()?),
            }
        };
        self.vars.truncate(vars);
        // Go nests each further branch in the `{{else}}` of the one before.
        while let Some((pipe, list)) = arms.pop() {
            let pos = self.tree.node(pipe).pos;
            let id = self.tree.add(pos, node(Control { pipe, list, otherwise }));
            if arms.is_empty() {
                return Ok(id);
            }
            otherwise = Some(vec![id]);
        }
        self.error("unexpected {{end}}")
    }

    /// Whether an `{{else` goes on with the keyword it belongs to.
    fn chained(&mut self, context: &str) -> bool {
        matches!((context, self.peek().kind), ("if", Kind::If) | ("with", Kind::With))
    }

    fn else_list(&mut self) -> Parse<Vec<NodeId>> {
        let (list, end) = self.item_list()?;
        if let End::Else = end {
            return self.error(format!("expected end; found {}", end.text()));
        }
        Ok(list)
    }

    fn template(&mut self) -> Parse<NodeId> {
        let context = "template clause";
        let token = self.next_non_space();
        let name = self.template_name(&token, context)?;
        let next = self.next_non_space();
        let pipe = if next.kind == Kind::RightDelim {
            None
        } else {
            self.backup(next);
            Some(self.pipeline(context, Kind::RightDelim)?)
        };
        Ok(self.tree.add(token.start as u32, NodeKind::Template { name, pipe }))
    }

    fn block(&mut self) -> Parse<NodeId> {
        let context = "block clause";
        let token = self.next_non_space();
        let name = self.template_name(&token, context)?;
        let pipe = Some(self.pipeline(context, Kind::RightDelim)?);
        self.body(name.clone(), context)?;
        Ok(self.tree.add(token.start as u32, NodeKind::Template { name, pipe }))
    }

    fn template_name(&mut self, token: &Token, context: &str) -> Parse<String> {
        match token.kind {
            Kind::String | Kind::RawString => self.string_value(token),
            _ => self.unexpected(token, context),
        }
    }

    fn string_value(&self, token: &Token) -> Parse<String> {
        let bytes = self.unquote(token)?;
        Ok(String::from_utf8_lossy(&bytes).into_owned())
    }

    pub(crate) fn unquote(&self, token: &Token) -> Parse<Vec<u8>> {
        match literal::unquote(&self.source[token.start..token.end]) {
            Some(bytes) => Ok(bytes),
            None => self.error("invalid syntax"),
        }
    }

    /// Go has no such limit: a browser has less memory.
    fn room(&self) -> Parse<()> {
        if self.tree.nodes.len() > MAX_NODES {
            return self.error(format!("the template has more than {MAX_NODES} parts"));
        }
        Ok(())
    }

    pub(crate) fn is_function(&self, name: &str) -> bool {
        (self.known)(name)
    }
}
