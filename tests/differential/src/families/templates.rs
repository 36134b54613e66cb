//! Templates: control structures in each other, white space and its trimming, variables, defines,
//! `include`, `template`, `block` and `tpl`, `break` and `continue`; some of them damaged.
//!
//! Every line of text starts with `#`, so that what is printed is a comment, wherever it is cut.

use super::expressions::Library;
use super::operands;
use super::text::go;
use crate::{Inputs, Probes, Random};

const TEXTS: &[&str] =
    &["a", " ", "  ", "\n# ", "\n#\n#   ", "x-y", "{", "}", ": ", "\t", "b \n", "é"];
const DAMAGE: &[&str] = &[
    "{{",
    "}}",
    "{{ end }}",
    "{{ else }}",
    "{{-",
    "-}}",
    "(",
    ")",
    "|",
    "\"",
    "`",
    ".",
    "$",
    ":=",
    ",",
    "{{ break }}",
    "{{ if",
    "/*",
    "'",
    "=",
    "$x",
    "-",
    " ",
    "{{ continue }}",
    "{{ define \"zz\" }}",
    "nofunc ",
    "5",
    ".Values.s.t",
    "{{ template \"nope\" }}",
    "{{ else if true }}",
    "\n",
];

/// One template as it grows.
struct Template<'r> {
    random: &'r mut Random,
    library: &'r Library,
    /// Variables in scope, the innermost last.
    variables: Vec<String>,
    /// Templates defined at its end; each calls only later ones, so that none calls itself.
    defines: Vec<String>,
    loops: usize,
    /// Apart from the names of other probes in the same chart.
    tag: u64,
    names: usize,
}

pub(super) fn inputs(random: &mut Random, rounds: usize) -> Inputs {
    let library = Library::read();
    let templates = (0..rounds).map(|_| probe(random, &library)).collect();
    Inputs::Probes(Probes { templates, base: operands::base() })
}

fn probe(random: &mut Random, library: &Library) -> String {
    let tag = random.number() % 0x1_0000_0000;
    let mut template = Template {
        random,
        library,
        variables: Vec::new(),
        defines: Vec::new(),
        loops: 0,
        tag,
        names: 0,
    };
    let body = template.body(3);
    let defines = template.defines.concat();
    let first = template.random.chance(50);
    let text = if first { format!("# {defines}{body}\n") } else { format!("# {body}{defines}\n") };
    if random.chance(8) { damaged(random, &text) } else { text }
}

/// With one thing wrong.
fn damaged(random: &mut Random, text: &str) -> String {
    let ends: Vec<_> = text.char_indices().map(|(at, _)| at).skip(1).collect();
    let (from, to) = (*random.pick(&ends), *random.pick(&ends));
    match random.below(3) {
        0 => format!("{}{}{}", &text[..from], random.pick(DAMAGE), &text[from..]),
        1 => format!("{}{}", &text[..from.min(to)], &text[from.max(to)..]),
        _ => format!("{}\n", &text[..from]),
    }
}

impl Template<'_> {
    fn body(&mut self, depth: usize) -> String {
        let scope = self.variables.len();
        let pieces: Vec<_> = (0..self.random.between(1, 4)).map(|_| self.piece(depth)).collect();
        self.variables.truncate(scope);
        pieces.concat()
    }

    fn piece(&mut self, depth: usize) -> String {
        if depth == 0 || self.random.chance(35) {
            return self.random.pick(TEXTS).to_string();
        }
        match self.random.below(20) {
            0..=4 => self.print(),
            5 | 6 => self.assign(),
            7..=9 => self.conditional(depth),
            10 | 11 => self.with(depth),
            12..=14 => self.range(depth),
            15 => self.leave(),
            16 => self.comment(),
            17 => self.template(depth),
            18 => self.include(depth),
            _ => self.tpl(depth),
        }
    }

    /// An action, white space around it trimmed or not.
    fn action(&mut self, inside: &str) -> String {
        let left = *self.random.pick(&["{{ ", "{{ ", "{{- ", "{{", "{{-  ", "{{- \n "]);
        let right = *self.random.pick(&[" }}", " }}", " -}}", "}}", "\t -}}", "  }}"]);
        // A sign behind `{{` would be read as a trim mark or as part of it.
        let left = if left == "{{" && inside.starts_with(['-', '{']) { "{{ " } else { left };
        format!("{left}{inside}{right}")
    }

    fn operand(&mut self) -> String {
        if self.random.chance(30)
            && let Some(variable) = self.variables.last()
        {
            return variable.clone();
        }
        if self.random.chance(15) {
            return self.random.word(".|$.Values.s|$|.Values.m.b.c|.Values.m.a|(index .Values.nested 0 1)|$.Values.words|(.Values.m).b.c|.a|.Values.m.zz").to_owned();
        }
        let kind = *self.random.pick(&["s", "n", "l", "d", "b", "i", "w"]);
        self.library.argument(self.random, kind, 1)
    }

    fn pipeline(&mut self) -> String {
        let mut text = self.operand();
        if self.random.chance(25) {
            let filter = self.random.word("quote|default \"z\"|toJson|toString|upper|len|not|printf \"%v\"|first|int|add 1|print 1|trunc 2|kindOf|join \"-\"|eq 1|and 1|or 0|list");
            text = format!("{text} | {filter}");
        }
        text
    }

    fn print(&mut self) -> String {
        let pipeline = self.pipeline();
        // What spans lines would be no comment.
        let inside = if self.random.chance(70) { format!("{pipeline} | toJson") } else { pipeline };
        self.action(&inside)
    }

    fn variable(&mut self) -> String {
        let name = self.random.word("$x|$y|$é1|$long_name").to_owned();
        self.variables.push(name.clone());
        name
    }

    fn assign(&mut self) -> String {
        let pipeline = self.pipeline();
        let known = self.variables.last().cloned().filter(|_| self.random.chance(40));
        match known {
            Some(name) => self.action(&format!("{name} = {pipeline}")),
            None => {
                let name = self.variable();
                self.action(&format!("{name} := {pipeline}"))
            }
        }
    }

    fn conditional(&mut self, depth: usize) -> String {
        self.branch("if", [15, 30], depth)
    }

    fn with(&mut self, depth: usize) -> String {
        self.branch("with", [30, 15], depth)
    }

    /// In per cent: how often the branch declares a variable, how often another of its kind follows.
    fn branch(&mut self, keyword: &str, [declares, follows]: [usize; 2], depth: usize) -> String {
        let scope = self.variables.len();
        let mut value = self.pipeline();
        if self.random.chance(declares) {
            value = format!("{} := {value}", self.variable());
        }
        let mut text = self.action(&format!("{keyword} {value}"));
        text.push_str(&self.body(depth - 1));
        if self.random.chance(follows) {
            let value = self.pipeline();
            text.push_str(&self.action(&format!("else {keyword} {value}")));
            text.push_str(&self.body(depth - 1));
        }
        self.otherwise(&mut text, depth);
        self.variables.truncate(scope);
        text + &self.action("end")
    }

    fn otherwise(&mut self, text: &mut String, depth: usize) {
        if self.random.chance(40) {
            text.push_str(&self.action("else"));
            text.push_str(&self.body(depth - 1));
        }
    }

    fn range(&mut self, depth: usize) -> String {
        let scope = self.variables.len();
        let over = if self.random.chance(70) {
            self.random
                .word(".Values.l|.Values.m|3|(until 2)|.Values.nested|.Values.el|(dict \"b\" 1 \"a\" 2)|.Values.words|.Values.nil|(list)|.Values.i|\"aé\"|$.Values.l|(int64 2)|0|(splitList \",\" \"p,q\")")
                .to_owned()
        } else {
            // No number that might be large: Helm counts to the end.
            let kind = *self.random.pick(&["s", "l", "d", "b"]);
            self.library.argument(self.random, kind, 1)
        };
        let head = match self.random.below(4) {
            0 => format!("{} := {over}", self.variable()),
            1 => format!("{}, {} := {over}", self.variable(), self.variable()),
            _ => over,
        };
        let mut text = self.action(&format!("range {head}"));
        self.loops += 1;
        text.push_str(&self.body(depth - 1));
        self.loops -= 1;
        self.otherwise(&mut text, depth);
        self.variables.truncate(scope);
        text + &self.action("end")
    }

    /// `break` or `continue`, under a condition more often than not.
    fn leave(&mut self) -> String {
        if self.loops == 0 && self.random.chance(97) {
            return self.print();
        }
        let word = self.random.word("break|continue").to_owned();
        let leave = self.action(&word);
        if self.random.chance(25) {
            return leave;
        }
        let condition = self.pipeline();
        self.action(&format!("if {condition}")) + &leave + &self.action("end")
    }

    fn comment(&mut self) -> String {
        let left = self.random.word("{{|{{- ").to_owned();
        let right = self.random.word("}}| -}}").to_owned();
        let inside = self.random.word("/* c */|/**/|/* {{ }} */|/* \n */|/* - */").to_owned();
        format!("{left}{inside}{right}")
    }

    /// A body that sees no variable of ours and leaves no loop of ours.
    fn sealed(&mut self, depth: usize) -> String {
        let outside = (std::mem::take(&mut self.variables), std::mem::take(&mut self.loops));
        let body = self.body(depth - 1);
        (self.variables, self.loops) = outside;
        body
    }

    /// Defines a template and tells its name.
    fn define(&mut self, depth: usize) -> String {
        let name = format!("t{:08x}-{}", self.tag, self.names);
        self.names += 1;
        let body = self.sealed(depth);
        let define = self.action(&format!("define \"{name}\"")) + &body + &self.action("end");
        self.defines.push(define);
        name
    }

    fn template(&mut self, depth: usize) -> String {
        let operand = self.operand();
        if self.random.chance(30) {
            let name = format!("t{:08x}-{}", self.tag, self.names);
            self.names += 1;
            let body = self.sealed(depth);
            let head = self.action(&format!("block \"{name}\" {operand}"));
            return head + &body + &self.action("end");
        }
        let name = self.define(depth);
        let inside = format!("template \"{name}\" {operand}");
        self.action(inside.trim_end())
    }

    fn include(&mut self, depth: usize) -> String {
        let operand = self.operand();
        let name = self.define(depth);
        let filter = self
            .random
            .word("toJson|quote|upper | toJson|trim | toJson|nindent 2 | toJson")
            .to_owned();
        self.action(&format!("include \"{name}\" {operand} | {filter}"))
    }

    fn tpl(&mut self, depth: usize) -> String {
        let body = self.sealed(depth);
        let dot = self.random.word("$|.|$|(dict \"Template\" $.Template \"a\" 1)").to_owned();
        self.action(&format!("tpl {} {dot} | toJson", go(&body)))
    }
}
