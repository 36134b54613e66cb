//! Tokens to [`Node`]s: YAML's grammar, with go-yaml's words where it is not followed.

use crate::error::Error;
use crate::node::{Mark, Node, NodeKind, Style};
use crate::scan::{Scanner, Token, TokenKind};
use std::collections::HashMap;
use std::rc::Rc;

struct Composer<'t> {
    scanner: Scanner<'t>,
    /// What each anchor names, and how deep that nests with its aliases followed.
    anchors: HashMap<String, (Rc<Node>, usize)>,
    /// Anchors whose nodes are being read.
    open: Vec<String>,
    depth: usize,
    /// How deep the parts read so far of the node that is being read nest, aliases followed.
    height: usize,
    nodes: usize,
    last_end: Mark,
    /// An anchor inside its own value, told once the document is read.
    cycle: Option<Error>,
}

type Compose<T> = Result<T, Error>;

/// The first document of a stream.
pub(crate) fn first(text: &str) -> Compose<Option<Node>> {
    let scanner = Scanner::new(text)?;
    let mut composer = Composer {
        scanner,
        anchors: HashMap::new(),
        open: Vec::new(),
        depth: 0,
        height: 0,
        nodes: 0,
        last_end: Mark::default(),
        cycle: None,
    };
    composer.document()
}

impl Composer<'_> {
    fn next(&mut self) -> Compose<Token> {
        let token = self.scanner.next()?;
        self.last_end = token.end;
        Ok(token)
    }

    fn peek(&mut self) -> Compose<&TokenKind> {
        Ok(&self.scanner.peek()?.kind)
    }

    fn mark(&mut self) -> Compose<Mark> {
        Ok(self.scanner.peek()?.start)
    }

    fn fail<T>(&mut self, problem: &str) -> Compose<T> {
        let mark = self.mark()?;
        Err(Error::parse(problem, mark))
    }

    fn document(&mut self) -> Compose<Option<Node>> {
        if *self.peek()? == TokenKind::StreamEnd {
            return Ok(None);
        }
        let mut explicit = false;
        while *self.peek()? == TokenKind::Directive {
            explicit = true;
            self.next()?;
        }
        if *self.peek()? == TokenKind::DocumentStart {
            self.next()?;
            let ended = matches!(
                self.peek()?,
                TokenKind::Directive
                    | TokenKind::DocumentStart
                    | TokenKind::DocumentEnd
                    | TokenKind::StreamEnd
            );
            if ended {
                let mark = self.mark()?;
                return Ok(Some(empty(mark)));
            }
        } else if explicit {
            return self.fail("did not find expected <document start>");
        }
        let node = self.node(true, false)?;
        // What follows is no longer read, but must begin with a token.
        self.peek()?;
        self.cycle.take().map_or(Ok(Some(node)), Err)
    }

    fn node(&mut self, block: bool, indentless: bool) -> Compose<Node> {
        self.depth += 1;
        self.check_depth(0)?;
        self.nodes += 1;
        if self.nodes > crate::MAX_NODES {
            let most = crate::MAX_NODES;
            return self.fail(&format!("more than {most} values"));
        }
        let before = std::mem::take(&mut self.height);
        let node = self.properties_and_content(block, indentless)?;
        self.height = before.max(self.height + 1);
        self.depth -= 1;
        Ok(node)
    }

    /// Aliases of aliases nest deeper than the text does.
    fn check_depth(&mut self, below: usize) -> Compose<()> {
        if self.depth + below > crate::MAX_DEPTH {
            let most = crate::MAX_DEPTH;
            return self.fail(&format!("exceeded max depth of {most}"));
        }
        Ok(())
    }

    fn properties_and_content(&mut self, block: bool, indentless: bool) -> Compose<Node> {
        if let TokenKind::Alias(name) = self.peek()? {
            let name = name.clone();
            return self.alias(name);
        }
        let (mut anchor, mut tag) = (None, String::new());
        loop {
            match self.peek()? {
                TokenKind::Anchor(name) if anchor.is_none() => anchor = Some(name.clone()),
                TokenKind::Tag(text) if tag.is_empty() => tag.clone_from(text),
                _ => break,
            }
            self.next()?;
        }
        let Some(name) = anchor else {
            let bare = tag.is_empty();
            let mut node = self.content(block, indentless, bare)?;
            node.tag = tag;
            return Ok(node);
        };
        self.open.push(name.clone());
        let mut node = self.content(block, indentless, false)?;
        self.open.pop();
        node.tag = tag;
        self.anchors.insert(name, (Rc::new(node.clone()), self.height));
        Ok(node)
    }

    fn alias(&mut self, name: String) -> Compose<Node> {
        let token = self.next()?;
        if self.open.contains(&name) {
            let message = format!("yaml: anchor '{name}' value contains itself");
            self.cycle.get_or_insert(Error::new(message, token.start));
            return Ok(empty(token.start));
        }
        let Some((target, height)) = self.anchors.get(&name).cloned() else {
            let message = format!("yaml: unknown anchor '{name}' referenced");
            return Err(Error::new(message, token.start));
        };
        self.check_depth(height)?;
        self.height = self.height.max(height);
        let kind = NodeKind::Alias { name, target };
        Ok(Node { kind, tag: String::new(), start: token.start, end: token.end })
    }

    /// What follows the properties; `bare` where there were none, so that something must.
    fn content(&mut self, block: bool, indentless: bool, bare: bool) -> Compose<Node> {
        let start = self.mark()?;
        match self.peek()? {
            TokenKind::BlockEntry if indentless => self.indentless_sequence(start),
            TokenKind::Scalar(..) => {
                let token = self.next()?;
                let TokenKind::Scalar(value, style) = token.kind else {
                    return self.fail("did not find expected node content");
                };
                let kind = NodeKind::Scalar { value, style };
                Ok(Node { kind, tag: String::new(), start: token.start, end: token.end })
            }
            TokenKind::FlowSequenceStart => self.flow_sequence(),
            TokenKind::FlowMappingStart => self.flow_mapping(),
            TokenKind::BlockSequenceStart if block => self.block_sequence(),
            TokenKind::BlockMappingStart if block => self.block_mapping(),
            _ if !bare => Ok(empty(self.last_end)),
            _ => self.fail("did not find expected node content"),
        }
    }

    fn collection(&self, kind: NodeKind, start: Mark, end: Mark) -> Node {
        Node { kind, tag: String::new(), start, end }
    }

    fn block_sequence(&mut self) -> Compose<Node> {
        let start = self.next()?.start;
        let mut items = Vec::new();
        let mut end = start;
        loop {
            match self.peek()? {
                TokenKind::BlockEntry => {
                    items.push(self.entry(false)?);
                    end = self.last_content_end(&items, end);
                }
                TokenKind::BlockEnd => {
                    self.next()?;
                    return Ok(self.collection(
                        NodeKind::Sequence { items: items.into(), flow: false },
                        start,
                        end,
                    ));
                }
                _ => return self.fail("did not find expected '-' indicator"),
            }
        }
    }

    fn last_content_end(&self, items: &[Node], end: Mark) -> Mark {
        items.last().map_or(end, |item| item.end)
    }

    fn indentless_sequence(&mut self, start: Mark) -> Compose<Node> {
        let mut items = Vec::new();
        while *self.peek()? == TokenKind::BlockEntry {
            items.push(self.entry(true)?);
        }
        let end = self.last_content_end(&items, start);
        Ok(self.collection(NodeKind::Sequence { items: items.into(), flow: false }, start, end))
    }

    /// What stands behind a `-`; in a sequence that is not indented, a key ends it, too.
    fn entry(&mut self, indentless: bool) -> Compose<Node> {
        let entry = self.next()?;
        match self.peek()? {
            TokenKind::BlockEntry | TokenKind::BlockEnd => Ok(empty(entry.end)),
            TokenKind::Key | TokenKind::Value if indentless => Ok(empty(entry.end)),
            _ => self.node(true, false),
        }
    }

    fn block_mapping(&mut self) -> Compose<Node> {
        let start = self.next()?.start;
        let mut pairs: Vec<(Node, Node)> = Vec::new();
        loop {
            match self.peek()? {
                TokenKind::Key => {
                    let token = self.next()?;
                    let key = self.part(token.end)?;
                    let value = self.mapping_value(key.end)?;
                    pairs.push((key, value));
                }
                TokenKind::BlockEnd => {
                    self.next()?;
                    let end = pairs.last().map_or(start, |(_, value)| value.end);
                    return Ok(self.collection(
                        NodeKind::Mapping { pairs: pairs.into(), flow: false },
                        start,
                        end,
                    ));
                }
                _ => return self.fail("did not find expected key"),
            }
        }
    }

    fn mapping_value(&mut self, at: Mark) -> Compose<Node> {
        if *self.peek()? != TokenKind::Value {
            return Ok(empty(at));
        }
        let token = self.next()?;
        self.part(token.end)
    }

    /// A key or value of a block mapping, which may be left out.
    fn part(&mut self, at: Mark) -> Compose<Node> {
        match self.peek()? {
            TokenKind::Key | TokenKind::Value | TokenKind::BlockEnd => Ok(empty(at)),
            _ => self.node(true, true),
        }
    }

    fn flow_sequence(&mut self) -> Compose<Node> {
        let start = self.next()?.start;
        let mut items = Vec::new();
        while *self.peek()? != TokenKind::FlowSequenceEnd {
            if !items.is_empty() {
                if *self.peek()? != TokenKind::FlowEntry {
                    return self.fail("did not find expected ',' or ']'");
                }
                self.next()?;
                if *self.peek()? == TokenKind::FlowSequenceEnd {
                    break;
                }
            }
            if *self.peek()? == TokenKind::Key {
                items.push(self.single_pair()?);
            } else {
                items.push(self.node(false, false)?);
            }
        }
        let end = self.next()?.end;
        Ok(self.collection(NodeKind::Sequence { items: items.into(), flow: true }, start, end))
    }

    /// `[a: b]`: a mapping of one pair.
    fn single_pair(&mut self) -> Compose<Node> {
        let token = self.next()?;
        let key = match self.peek()? {
            TokenKind::Value | TokenKind::FlowEntry | TokenKind::FlowSequenceEnd => {
                // go-yaml passes over it, and so loses the end of `[?]`.
                let lost = self.next()?;
                empty(lost.end)
            }
            _ => self.node(false, false)?,
        };
        let value = self.flow_value(key.end)?;
        let end = value.end;
        let kind = NodeKind::Mapping { pairs: vec![(key, value)].into(), flow: true };
        Ok(self.collection(kind, token.start, end))
    }

    fn flow_mapping(&mut self) -> Compose<Node> {
        let start = self.next()?.start;
        let mut pairs: Vec<(Node, Node)> = Vec::new();
        while *self.peek()? != TokenKind::FlowMappingEnd {
            if !pairs.is_empty() {
                if *self.peek()? != TokenKind::FlowEntry {
                    return self.fail("did not find expected ',' or '}'");
                }
                self.next()?;
                if *self.peek()? == TokenKind::FlowMappingEnd {
                    break;
                }
            }
            if *self.peek()? == TokenKind::Key {
                let token = self.next()?;
                let key = self.flow_key(token.end)?;
                let value = self.flow_value(key.end)?;
                pairs.push((key, value));
            } else {
                let key = self.node(false, false)?;
                let value = empty(key.end);
                pairs.push((key, value));
            }
        }
        let end = self.next()?.end;
        Ok(self.collection(NodeKind::Mapping { pairs: pairs.into(), flow: true }, start, end))
    }

    fn flow_key(&mut self, at: Mark) -> Compose<Node> {
        match self.peek()? {
            TokenKind::Value | TokenKind::FlowEntry | TokenKind::FlowMappingEnd => Ok(empty(at)),
            _ => self.node(false, false),
        }
    }

    fn flow_value(&mut self, at: Mark) -> Compose<Node> {
        if *self.peek()? != TokenKind::Value {
            return Ok(empty(at));
        }
        let token = self.next()?;
        match self.peek()? {
            TokenKind::FlowEntry | TokenKind::FlowSequenceEnd | TokenKind::FlowMappingEnd => {
                Ok(empty(token.end))
            }
            _ => self.node(false, false),
        }
    }
}

/// A scalar that is not there: null.
fn empty(mark: Mark) -> Node {
    let kind = NodeKind::Scalar { value: String::new(), style: Style::Plain };
    Node { kind, tag: String::new(), start: mark, end: mark }
}
