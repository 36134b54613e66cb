//! What a text reads, told without running it: which fields below the dot that a template begins
//! with, through which functions, and under which key of YAML the output stands.
//!
//! What a variable, `with` and a chain of fields lead to is followed; the items of a `range` and
//! what a function returns are not.

use crate::ast::{Control, NodeId, NodeKind, Pipe, Tree};
use crate::error::Error;
use crate::parse;
use std::collections::HashMap;

/// Nesting that is followed. The parser limits all but chains of `else if`, which are as long as
/// they like: what stands further down in one is not told.
const DEEPEST: usize = 200;

/// What an action does with what it reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// Its output is written.
    Written,
    /// It decides an `if` or a `with`, or is given to another template.
    Decides,
    /// Its items are ranged over.
    Items,
    /// Its keys and items are ranged over.
    Entries,
    /// It is kept in a variable.
    Kept,
}

/// One place that reads a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StaticRead {
    /// `["Values", "image", "tag"]`.
    pub path: Vec<String>,
    pub purpose: Purpose,
    /// Names of the functions that it passes through, in their order.
    pub through: Vec<String>,
    /// The key of YAML before the action, empty where there is none.
    pub key: String,
}

/// The reads of a text and of every template that it defines, in the order of the text.
///
/// # Errors
/// Where Go's parser has one; functions are not looked up.
pub fn static_reads(name: &str, text: &[u8], parse_depth: usize) -> Result<Vec<StaticRead>, Error> {
    let parsed = parse::parse(name, text, parse_depth, &|_| true)?;
    let mut walk = Walk {
        tree: &parsed.tree,
        text,
        dot: Some(Vec::new()),
        variables: HashMap::new(),
        key: String::new(),
        found: Vec::new(),
        depth: 0,
    };
    for root in &parsed.roots {
        walk.dot = Some(Vec::new());
        walk.variables = HashMap::from([("$".to_owned(), Some(Vec::new()))]);
        walk.key.clear();
        walk.list(&root.list);
    }
    Ok(walk.found)
}

/// A place below the first dot; `None` is somewhere else.
type Place = Option<Vec<String>>;

struct Walk<'t> {
    tree: &'t Tree,
    text: &'t [u8],
    dot: Place,
    variables: HashMap<String, Place>,
    key: String,
    found: Vec<StaticRead>,
    /// Lists that are being read.
    depth: usize,
}

impl Walk<'_> {
    fn list(&mut self, nodes: &[NodeId]) {
        if self.depth >= DEEPEST {
            return;
        }
        self.depth += 1;
        self.each(nodes);
        self.depth -= 1;
    }

    fn each(&mut self, nodes: &[NodeId]) {
        for node in nodes {
            match self.tree.kind(*node) {
                NodeKind::Text(start, end) => {
                    let text = self.text.get(*start..*end).unwrap_or_default();
                    self.passed(&String::from_utf8_lossy(text));
                }
                NodeKind::Action(pipe) => self.action(*pipe),
                NodeKind::If(control) => self.control(control, Purpose::Decides, false),
                NodeKind::With(control) => self.control(control, Purpose::Decides, true),
                NodeKind::Range(control) => self.range(control),
                NodeKind::Template { pipe: Some(pipe), .. } => {
                    self.pipe(*pipe, Purpose::Decides, &[]);
                }
                _ => {}
            }
        }
    }

    /// Keeps the key that a text ends with: `a:`, `- a: "`, or `a:` on a line above.
    fn passed(&mut self, text: &str) {
        let Some(line) = text.lines().rev().find(|line| !line.trim().is_empty()) else { return };
        let ended = text.trim_end_matches([' ', '\t']).ends_with('\n');
        let entry = line.trim_start_matches([' ', '\t', '-']);
        self.key.clear();
        if let Some((name, rest)) = entry.split_once(':') {
            let rest = rest.trim();
            let open = !ended && !rest.contains(' ');
            if (rest.is_empty() || rest.starts_with('|') || open) && is_name(name) {
                self.key.push_str(name.trim_matches(['"', '\'']));
            }
        }
    }

    fn action(&mut self, id: NodeId) {
        let declared = matches!(self.tree.kind(id), NodeKind::Pipe(pipe) if !pipe.decl.is_empty());
        let purpose = if declared { Purpose::Kept } else { Purpose::Written };
        self.pipe(id, purpose, &[]);
        if declared {
            self.declare(id);
        } else {
            self.key.clear();
        }
    }

    fn control(&mut self, control: &Control, purpose: Purpose, moves: bool) {
        self.pipe(control.pipe, purpose, &[]);
        let place = self.declare(control.pipe);
        let (dot, key) = (self.dot.clone(), self.key.clone());
        if moves {
            self.dot = place;
        }
        self.list(&control.list);
        self.dot = dot;
        self.key = key;
        self.list(control.otherwise.as_deref().unwrap_or_default());
    }

    fn range(&mut self, control: &Control) {
        let declared = match self.tree.kind(control.pipe) {
            NodeKind::Pipe(pipe) => pipe.decl.clone(),
            _ => Vec::new(),
        };
        let purpose = if declared.len() > 1 { Purpose::Entries } else { Purpose::Items };
        self.pipe(control.pipe, purpose, &[]);
        let dot = self.dot.take();
        self.variables.extend(declared.into_iter().map(|name| (name, None)));
        self.list(&control.list);
        self.dot = dot;
        self.list(control.otherwise.as_deref().unwrap_or_default());
    }

    /// Where a pipeline leads; a variable that it declares leads there, too.
    fn declare(&mut self, id: NodeId) -> Place {
        let NodeKind::Pipe(Pipe { decl, commands, .. }) = self.tree.kind(id) else { return None };
        let place = match commands.as_slice() {
            [command] => match self.tree.kind(*command) {
                NodeKind::Command(words) if words.len() == 1 => {
                    words.first().and_then(|word| self.place(*word))
                }
                _ => None,
            },
            _ => None,
        };
        for name in decl {
            self.variables.insert(name.clone(), place.clone());
        }
        place
    }

    fn place(&self, id: NodeId) -> Place {
        let below = |place: &Place, names: &[String]| {
            place.as_ref().map(|place| [place.as_slice(), names].concat())
        };
        match self.tree.kind(id) {
            NodeKind::Dot => self.dot.clone(),
            NodeKind::Field(names) => below(&self.dot, names),
            NodeKind::Variable(names) => {
                let (first, rest) = names.split_first()?;
                below(self.variables.get(first)?, rest)
            }
            NodeKind::Chain(inner, names) => below(&self.inner(*inner), names),
            _ => None,
        }
    }

    /// `(.Values.a)` leads where `.Values.a` does, and `(default dict .Values.a)` there, too.
    fn inner(&self, id: NodeId) -> Place {
        let NodeKind::Pipe(pipe) = self.tree.kind(id) else { return self.place(id) };
        let NodeKind::Command(words) = self.tree.kind(*pipe.commands.first()?) else { return None };
        words.iter().rev().find_map(|word| self.place(*word))
    }

    fn pipe(&mut self, id: NodeId, purpose: Purpose, outer: &[String]) {
        let NodeKind::Pipe(pipe) = self.tree.kind(id) else { return };
        let commands: Vec<&[NodeId]> = pipe
            .commands
            .iter()
            .filter_map(|command| match self.tree.kind(*command) {
                NodeKind::Command(words) => Some(words.as_slice()),
                _ => None,
            })
            .collect();
        let function = |words: &[NodeId]| match words.first().map(|word| self.tree.kind(*word)) {
            Some(NodeKind::Identifier(name)) => Some(name.clone()),
            _ => None,
        };
        let functions: Vec<Option<String>> = commands.iter().map(|it| function(it)).collect();
        for (at, words) in commands.iter().enumerate() {
            let later = functions.iter().skip(at).flatten().chain(outer).cloned();
            let through: Vec<String> = later.collect();
            for word in *words {
                self.word(*word, purpose, &through);
            }
        }
    }

    fn word(&mut self, id: NodeId, purpose: Purpose, through: &[String]) {
        match self.tree.kind(id) {
            NodeKind::Pipe(_) => self.pipe(id, purpose, through),
            NodeKind::Chain(inner, _) => self.pipe(*inner, Purpose::Kept, &[]),
            _ => {}
        }
        if let Some(path) = self.place(id).filter(|path| !path.is_empty()) {
            let (through, key) = (through.to_vec(), self.key.clone());
            self.found.push(StaticRead { path, purpose, through, key });
        }
    }
}

fn is_name(text: &str) -> bool {
    let text = text.trim_matches(['"', '\'']);
    !text.is_empty() && text.chars().all(|c| c.is_ascii_alphanumeric() || "-_./".contains(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reads(text: &str) -> Vec<String> {
        let found = static_reads("t", text.as_bytes(), 100).unwrap();
        let line = |read: &StaticRead| {
            let StaticRead { path, purpose, through, key } = read;
            format!("{} {purpose:?} {} {key}", path.join("."), through.join(","))
        };
        found.iter().map(line).collect()
    }

    #[test]
    fn a_pipeline_tells_its_functions_and_the_key_before_it() {
        assert_eq!(
            reads(
                "spec:\n  image: \"{{ .Values.image }}:{{ .Values.tag | default .Chart.AppVersion }}\""
            ),
            [
                "Values.image Written  image",
                "Values.tag Written default ",
                "Chart.AppVersion Written default "
            ]
        );
        assert_eq!(
            reads(
                "resources:\n  {{- toYaml .Values.resources | nindent 4 }}\na: b\n{{ .Values.c }}"
            ),
            ["Values.resources Written toYaml,nindent resources", "Values.c Written  "]
        );
    }

    #[test]
    fn with_and_variables_are_followed() {
        assert_eq!(
            reads(
                "{{ with .Values.a }}\nnodeSelector:\n{{ toYaml . }}{{ .b }}{{ $.Values.c }}{{ end }}"
            ),
            [
                "Values.a Decides  ",
                "Values.a Written toYaml nodeSelector",
                "Values.a.b Written  ",
                "Values.c Written  "
            ]
        );
        assert_eq!(
            reads("{{ $x := .Values.x }}k: {{ $x.y | quote }}"),
            ["Values.x Kept  ", "Values.x.y Written quote k"]
        );
    }

    #[test]
    fn items_are_not_followed() {
        assert_eq!(
            reads(
                "{{ range $k, $v := .Values.m }}{{ $k }}{{ $v.a }}{{ .b }}{{ end }}{{ range .Values.l }}{{ . }}{{ end }}"
            ),
            ["Values.m Entries  ", "Values.l Items  "]
        );
    }

    #[test]
    fn definitions_begin_with_their_own_dot() {
        assert_eq!(
            reads("{{ define \"x\" }}{{ if and .Values.a (not .Values.b) }}{{ end }}{{ end }}"),
            ["Values.a Decides and ", "Values.b Decides not,and "]
        );
        assert!(static_reads("t", b"{{ if }}", 100).is_err());
    }
}
