//! Pipelines, commands and operands.

use super::{Parse, Parser, literal};
use crate::ast::{NodeId, NodeKind, Pipe};
use crate::lex::{Kind, Token};

impl Parser<'_> {
    pub(super) fn pipeline(&mut self, context: &str, end: Kind) -> Parse<NodeId> {
        let pos = self.peek_non_space().start as u32;
        let mut pipe = Pipe::default();
        while self.declaration(context, &mut pipe)? {}
        loop {
            let token = self.next_non_space();
            match token.kind {
                kind if kind == end => break,
                Kind::Bool
                | Kind::CharConstant
                | Kind::Dot
                | Kind::Field
                | Kind::Identifier
                | Kind::Number
                | Kind::Nil
                | Kind::RawString
                | Kind::String
                | Kind::Variable
                | Kind::LeftParen => {
                    self.backup(token);
                    let command = self.command()?;
                    pipe.commands.push(command);
                }
                _ => return self.unexpected(&token, context),
            }
        }
        self.check_pipeline(&pipe, context)?;
        Ok(self.tree.add(pos, NodeKind::Pipe(pipe)))
    }

    /// Reads `$x :=`, `$x =` or the `$x,` of a range; true where another declaration follows.
    fn declaration(&mut self, context: &str, pipe: &mut Pipe) -> Parse<bool> {
        if self.peek_non_space().kind != Kind::Variable {
            return Ok(false);
        }
        let variable = self.next();
        let after = self.peek().clone();
        let next = self.peek_non_space().clone();
        match next.kind {
            Kind::Assign | Kind::Declare => {
                pipe.assign = next.kind == Kind::Assign;
                self.next_non_space();
                self.declare(&variable, pipe);
                Ok(false)
            }
            Kind::Char if self.text(&next) == "," => {
                self.next_non_space();
                self.declare(&variable, pipe);
                if context != "range" || pipe.decl.len() >= 2 {
                    return self.error(format!("too many declarations in {context}"));
                }
                match self.peek_non_space().kind {
                    Kind::Variable | Kind::RightDelim | Kind::RightParen => Ok(true),
                    _ => self.error("range can only initialize variables"),
                }
            }
            _ => {
                if after.kind == Kind::Space {
                    self.backup(after);
                }
                self.backup(variable);
                Ok(false)
            }
        }
    }

    fn declare(&mut self, variable: &Token, pipe: &mut Pipe) {
        let name = self.text(variable);
        self.vars.push(name.clone());
        pipe.decl.push(name);
    }

    fn check_pipeline(&self, pipe: &Pipe, context: &str) -> Parse<()> {
        if pipe.commands.is_empty() {
            return self.error(format!("missing value for {context}"));
        }
        for (index, command) in pipe.commands.iter().enumerate().skip(1) {
            let NodeKind::Command(args) = self.tree.kind(*command) else { continue };
            let first = args.first().map(|arg| self.tree.kind(*arg));
            if let Some(
                NodeKind::Bool(_)
                | NodeKind::Dot
                | NodeKind::Nil
                | NodeKind::Number(_)
                | NodeKind::String { .. },
            ) = first
            {
                let stage = index + 1;
                return self.error(format!("non executable command in pipeline stage {stage}"));
            }
        }
        Ok(())
    }

    fn command(&mut self) -> Parse<NodeId> {
        let pos = self.peek_non_space().start as u32;
        let mut args = Vec::new();
        loop {
            self.room()?;
            self.peek_non_space();
            if let Some(operand) = self.operand()? {
                args.push(operand);
            }
            let token = self.next();
            match token.kind {
                Kind::Space => continue,
                Kind::RightDelim | Kind::RightParen => self.backup(token),
                Kind::Pipe => {}
                _ => return self.unexpected(&token, "operand"),
            }
            break;
        }
        if args.is_empty() {
            return self.error("empty command");
        }
        Ok(self.tree.add(pos, NodeKind::Command(args)))
    }

    fn operand(&mut self) -> Parse<Option<NodeId>> {
        let Some(node) = self.term()? else { return Ok(None) };
        if self.peek().kind != Kind::Field {
            return Ok(Some(node));
        }
        let pos = self.peek().start as u32;
        let mut fields = Vec::new();
        while self.peek().kind == Kind::Field {
            let token = self.next();
            fields.push(self.text(&token)[1..].to_owned());
        }
        let kind = match self.tree.kind(node).clone() {
            NodeKind::Field(mut names) => {
                names.append(&mut fields);
                NodeKind::Field(names)
            }
            NodeKind::Variable(mut names) => {
                names.append(&mut fields);
                NodeKind::Variable(names)
            }
            NodeKind::Bool(_)
            | NodeKind::String { .. }
            | NodeKind::Number(_)
            | NodeKind::Nil
            | NodeKind::Dot => {
                let text = crate::fmt::quote(self.tree.text(node).as_bytes());
                return self.error(format!("unexpected . after term {text}"));
            }
            _ => NodeKind::Chain(node, fields),
        };
        Ok(Some(self.tree.add(pos, kind)))
    }

    fn term(&mut self) -> Parse<Option<NodeId>> {
        let token = self.next_non_space();
        let text = self.text(&token);
        let kind = match token.kind {
            Kind::Identifier => {
                if !self.is_function(&text) {
                    let name = crate::fmt::quote(text.as_bytes());
                    return self.error(format!("function {name} not defined"));
                }
                NodeKind::Identifier(text)
            }
            Kind::Dot => NodeKind::Dot,
            Kind::Nil => NodeKind::Nil,
            Kind::Variable => {
                if !self.vars.contains(&text) {
                    let name = crate::fmt::quote(text.as_bytes());
                    return self.error(format!("undefined variable {name}"));
                }
                NodeKind::Variable(vec![text])
            }
            Kind::Field => NodeKind::Field(vec![text[1..].to_owned()]),
            Kind::Bool => NodeKind::Bool(text == "true"),
            Kind::CharConstant | Kind::Number => match literal::number(&text) {
                Ok(number) => NodeKind::Number(number),
                Err(message) => return self.error(message),
            },
            Kind::LeftParen => return self.parenthesized().map(Some),
            Kind::String | Kind::RawString => {
                let value = self.unquote(&token)?;
                NodeKind::String { quoted: text, value }
            }
            _ => {
                self.backup(token);
                return Ok(None);
            }
        };
        Ok(Some(self.tree.add(token.start as u32, kind)))
    }

    fn parenthesized(&mut self) -> Parse<NodeId> {
        self.depth += 1;
        if self.depth > self.max_depth {
            return self.error("max expression depth exceeded");
        }
        let pipe = self.pipeline("parenthesized pipeline", Kind::RightParen)?;
        self.depth -= 1;
        Ok(pipe)
    }
}
