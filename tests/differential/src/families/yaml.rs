//! YAML read and written: tables of odd scalars and flow collections, random documents and damaged
//! ones, through `fromYaml` and its kin, which put what is wrong into what they give; and strings
//! through `toYaml`.

use super::operands::base;
use super::text::{go, rows, unescaped};
use crate::{Inputs, Probes, Random};

const SHAPES: &[&str] = &[
    "a: @\n",
    "a: [@]\n",
    "a: {b: @}\n",
    "- @\n",
    "@: 1\n",
    "a:\n  @\n",
    "a:\n- @\n- @: @\n",
    "@\n",
    "a:\n  @\n  b\n",
    "a: @\nb: 1\n",
    "a: @ # c\n",
    "a: '@'\n",
    "a: \"@\"\n",
    "a: |\n  @\n",
    "a: >-\n  @\n  b\n",
    "? @\n: b\n",
];
const TAGS: &str = "!!str|!!int|!!float|!!bool|!!null|!!binary|!!timestamp|!x|!!map|!|&x";
const WORDS: &str = "a|bb|ccc|key:|value|-|#|x:|'q'|\"d\"|{}|[]|&|*|!|>|%|@|`|,|?|:|é|日本|🎉|longerwordhere|12345|true|null|~|\\|/|$|${x}|{{|}}";
const GAPS: &[&str] = &[" ", " ", " ", "  ", "\n", "\n\n", "", "\n ", "\t", ": ", "-"];
const WRONG: &[&str] = &[
    " ", "\t", ":", "-", "'", "\"", "[", "}", "#", "&", "*", "!", "\n", ",", "|", "\r\n", "? ",
    "\n---\n", "\u{1}",
];

struct Tables {
    scalars: Vec<String>,
    flows: Vec<String>,
}

pub(super) fn inputs(random: &mut Random, rounds: usize) -> Inputs {
    let read = |table| rows(table).map(unescaped).collect();
    let tables = Tables {
        scalars: read(include_str!("tables/scalars.txt")),
        flows: read(include_str!("tables/flows.txt")),
    };
    let templates = (0..rounds).map(|_| format!("# {}\n", tables.probe(random))).collect();
    Inputs::Probes(Probes { templates, base: base() })
}

/// Reads a document and writes it in every way.
fn read(document: &str) -> String {
    let text = go(document);
    let function = if document.starts_with("- ") { "fromYamlArray" } else { "fromYaml" };
    format!(
        "{{{{ $v := {function} {text} }}}}{{{{ toJson $v }}}} {{{{ toYaml $v | toJson }}}} {{{{ toYamlPretty $v | toJson }}}}"
    )
}

/// Writes a string alone, in a map and in lists.
fn write(text: &str) -> String {
    let text = go(text);
    format!(
        "{{{{ $s := {text} }}}}{{{{ toYaml $s | toJson }}}} {{{{ toYaml (dict $s $s) | toJson }}}} \
         {{{{ toYaml (list $s (list $s) (dict \"k\" (list $s (dict \"q\" $s)))) | toJson }}}} {{{{ toJson $s }}}} \
         {{{{ toYamlPretty (dict \"a\" (list $s (dict \"b\" $s))) | toJson }}}}"
    )
}

impl Tables {
    fn probe(&self, random: &mut Random) -> String {
        match random.below(10) {
            0 | 1 => {
                let shape = random.pick(SHAPES);
                read(&shape.replace('@', random.pick(&self.scalars).as_str()))
            }
            2 => read(&format!("a: {} {}\n", random.word(TAGS), random.pick(&self.scalars))),
            3 => {
                let shape = random.pick(SHAPES);
                read(&shape.replace('@', random.pick(&self.flows).as_str()))
            }
            4 => write(random.pick(&self.scalars).as_str()),
            5 => write(&words(random, 30)),
            6..=8 => read(&self.document(random)),
            _ => {
                let document = self.document(random);
                read(&damaged(random, &document))
            }
        }
    }

    fn document(&self, random: &mut Random) -> String {
        let mut text = random.word("||||---\n|# head\n|--- # x\n|%YAML 1.1\n---\n").to_owned();
        let mut block = Block { tables: self, anchors: 0 };
        text.push_str(&block.lines(random, 0, 3));
        text.push_str(random.word("||||...\n|---\nb: 1\n"));
        if random.chance(10) { text.replace('\n', "\r\n") } else { text }
    }

    fn plain(&self, random: &mut Random) -> String {
        match random.below(4) {
            0 => random.pick(&self.scalars).clone(),
            1 => "word ".repeat(random.between(1, 30)),
            _ => random.word("abc|x y z|5|true|é|1.5|~|0x1F|2001-01-01").to_owned(),
        }
    }

    /// A scalar or a flow collection, on one line unless it is quoted.
    fn inline(&self, random: &mut Random, depth: usize) -> String {
        let kind = random.below(100);
        if depth == 0 || kind < 40 {
            return self.plain(random).replace('\n', " ");
        }
        let quoted = words(random, 20);
        if kind < 55 {
            return format!("'{}'", quoted.replace('\'', "''"));
        }
        if kind < 70 {
            return format!("\"{}\"", quoted.replace('\\', "\\\\").replace('"', "\\\""));
        }
        let count = random.below(4);
        if kind < 85 {
            let items: Vec<_> = (0..count).map(|_| self.inline(random, depth - 1)).collect();
            return format!("[{}{}", items.join(", "), random.word("]|,]| ]"));
        }
        let pair = |random: &mut Random| {
            let key = random.word("a|b|c d|1|y|\"q\"");
            format!("{key}: {}", self.inline(random, depth - 1))
        };
        let pairs: Vec<_> = (0..count).map(|_| pair(random)).collect();
        format!("{{{}}}", pairs.join(", "))
    }
}

fn words(random: &mut Random, most: usize) -> String {
    let mut text = String::new();
    for _ in 0..random.between(1, most) {
        text.push_str(random.word(WORDS));
        text.push_str(random.pick::<&str>(GAPS));
    }
    text
}

/// The text with one thing wrong.
fn damaged(random: &mut Random, text: &str) -> String {
    let ends: Vec<_> = text.char_indices().map(|(at, _)| at).collect();
    let at = *random.pick(&ends);
    let (before, after) = text.split_at(at);
    match random.below(5) {
        0 | 1 => before.to_owned() + after.get(after.ceil_char_boundary(1)..).unwrap_or_default(),
        2 | 3 => format!("{before}{}{after}", random.pick(WRONG)),
        _ => before.to_owned(),
    }
}

/// A block collection as it grows.
struct Block<'t> {
    tables: &'t Tables,
    anchors: usize,
}

impl Block<'_> {
    /// A block node whose lines stand at `indent`.
    fn lines(&mut self, random: &mut Random, indent: usize, depth: usize) -> String {
        let (pad, listed, mut text) = (" ".repeat(indent), random.chance(35), String::new());
        for number in 0..random.between(1, 4) {
            let key = random.word("|a|b|'q r'|\"d\"|1|true|x y|<<|? x\n");
            let key = if key.is_empty() { format!("k{number}") } else { key.to_owned() };
            let lead = if listed { "- ".to_owned() } else { format!("{key}:") };
            text.push_str(&format!("{pad}{lead}{}", self.node(random, indent, depth, listed)));
            if random.chance(10) {
                let between = random.word("\n|# comment\n|@# comment\n|   \n");
                text.push_str(&between.replace('@', &pad));
            }
        }
        text
    }

    /// What stands behind a key or a dash.
    fn node(&mut self, random: &mut Random, indent: usize, depth: usize, listed: bool) -> String {
        let gap = if listed { "" } else { " " };
        let mut anchor = String::new();
        if random.chance(15) {
            anchor = format!("&n{} ", self.anchors);
            self.anchors += 1;
        }
        match random.below(100) {
            0..10 if self.anchors > 0 => format!("{gap}*n{}\n", random.below(self.anchors)),
            0..45 if depth > 0 => {
                let more = *random.pick(&[2, 2, 2, 4, 1, if listed { 2 } else { 0 }]);
                let below = self.lines(random, indent + more, depth - 1);
                format!("{}\n{below}", format!("{gap}{anchor}").trim_end())
            }
            0..60 => format!("{gap}{anchor}{}", scalar(random, indent + 2)),
            _ => {
                let inline = self.tables.inline(random, 2);
                format!("{gap}{anchor}{inline}{}\n", random.word("||| # note|  "))
            }
        }
    }
}

/// A block scalar.
fn scalar(random: &mut Random, indent: usize) -> String {
    let style = *random.pick(&["|", ">"]);
    let mut text = format!("{style}{}{}\n", random.word("|-|+|2|2-|+1"), random.word("|| # c"));
    for _ in 0..random.below(7) {
        let inside = words(random, 6).replace('\n', " ");
        let inside = if random.chance(50) { &inside } else { random.word("|text|# no") };
        text.push_str(&format!(
            "{}{}{inside}\n",
            " ".repeat(indent),
            random.pick(&["", "", " ", "  ", "\t"])
        ));
    }
    text
}
