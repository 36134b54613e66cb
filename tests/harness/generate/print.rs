//! Writes values as YAML, with comments as one of the tools that read them expects.

use super::examples;
use super::tree::{Entry, Node, each_leaf, join};
use crate::Random;

/// Whose comments stand in a values.yaml.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Comments {
    /// helm-docs: `# -- text` above the key.
    HelmDocs,
    /// Plain, helm-docs and `# @schema` blocks, as a chart of many hands has them.
    Mixed,
    /// readme-generator: `## @section` and `## @param path text`.
    Params,
    /// Nobody says anything.
    Silent,
}

/// A values.yaml in the making.
struct Printer<'r> {
    comments: Comments,
    random: &'r mut Random,
    text: String,
}

/// The values.yaml of these entries.
pub(super) fn values(entries: &[Entry], comments: Comments, random: &mut Random) -> String {
    let mut printer = Printer { comments, random, text: String::new() };
    for entry in entries {
        printer.section(entry);
        printer.entry(entry, "", 0);
    }
    printer.text
}

impl Printer<'_> {
    fn line(&mut self, depth: usize, text: &str) {
        let text = format!("{:width$}{text}", "", width = depth * 2);
        self.text.push_str(text.trim_end());
        self.text.push('\n');
    }

    /// The heading of a top-level map.
    fn section(&mut self, entry: &Entry) {
        if !matches!(entry.node, Node::Map(_)) {
            return;
        }
        let title = super::names::title(&entry.key);
        match self.comments {
            Comments::Params => {
                self.text.push_str(&format!("\n## @section {title} parameters\n##\n\n"));
            }
            Comments::HelmDocs | Comments::Mixed => {
                self.text.push_str(&format!("\n# {title}\n# {}\n", "-".repeat(title.len())));
            }
            Comments::Silent => {}
        }
    }

    fn entry(&mut self, entry: &Entry, prefix: &str, depth: usize) {
        let path = join(prefix, &entry.key);
        let beside = self.above(entry, &path, depth);
        let key = &entry.key;
        match &entry.node {
            Node::Leaf(value) => {
                self.line(depth, &format!("{key}: {value}{beside}"));
                self.example(entry, value, depth);
            }
            Node::List(lines) => {
                self.line(depth, &format!("{key}:{beside}"));
                lines.iter().for_each(|line| self.line(depth + 1, line));
            }
            Node::Map(inside) => {
                self.line(depth, &format!("{key}:{beside}"));
                inside.iter().for_each(|entry| self.entry(entry, &path, depth + 1));
            }
        }
    }

    /// The comment above an entry; returns one that stands beside it.
    fn above(&mut self, entry: &Entry, path: &str, depth: usize) -> String {
        match self.comments {
            Comments::Silent => {}
            Comments::HelmDocs => self.helm_docs(entry, depth),
            Comments::Params => self.params(entry, path, depth),
            Comments::Mixed => return self.mixed(entry, depth),
        }
        String::new()
    }

    fn helm_docs(&mut self, entry: &Entry, depth: usize) {
        if entry.doc.is_empty() {
            return;
        }
        let kind = match &entry.node {
            Node::Leaf(value) if value == "[]" => "(list) ",
            Node::Leaf(value) if value == "{}" => "(object) ",
            _ => "",
        };
        self.line(depth, &format!("# -- {kind}{}", entry.doc));
        if matches!(entry.node, Node::List(_)) && self.random.chance(40) {
            self.line(depth, "# @default -- see `values.yaml`");
        }
    }

    /// All parameters of a section's entry stand above it, as its tool wants.
    fn params(&mut self, entry: &Entry, path: &str, depth: usize) {
        if depth > 1 || (depth == 0 && matches!(entry.node, Node::Map(_))) {
            return;
        }
        let prefix = path.strip_suffix(&entry.key).unwrap_or_default().trim_end_matches('.');
        let mut lines = Vec::new();
        each_leaf(std::slice::from_ref(entry), prefix, &mut |path, leaf| {
            let kind = match &leaf.node {
                Node::List(_) => "[array] ",
                Node::Leaf(value) if value.starts_with('[') => "[array] ",
                Node::Leaf(value) if value == "{}" => "[object] ",
                Node::Leaf(value) if value == "\"\"" => "[nullable] ",
                _ => "",
            };
            lines.push(match leaf.doc.as_str() {
                "" => format!("## @skip {path}"),
                doc => format!("## @param {path} {kind}{doc}"),
            });
        });
        lines.iter().for_each(|line| self.line(depth, line));
        self.line(depth, "##");
    }

    fn mixed(&mut self, entry: &Entry, depth: usize) -> String {
        let whole = matches!(&entry.node, Node::Leaf(value) if value.parse::<i64>().is_ok());
        match self.random.below(10) {
            _ if entry.doc.is_empty() => {}
            0 if whole => {
                for line in ["# @schema", "# type: integer", "# minimum: 0", "# @schema"] {
                    self.line(depth, line);
                }
                self.helm_docs(entry, depth);
            }
            0..=3 => self.helm_docs(entry, depth),
            4 if whole => self.line(depth, "# @schema type:integer;minimum:0"),
            4..=6 => self.line(depth, &format!("# {}.", entry.doc)),
            7 => return format!(" # {}", entry.doc),
            _ => {}
        }
        String::new()
    }

    /// What an empty collection could hold, commented out.
    fn example(&mut self, entry: &Entry, value: &str, depth: usize) {
        let mark = match self.comments {
            Comments::Silent => return,
            Comments::Params => "##",
            Comments::HelmDocs | Comments::Mixed => "#",
        };
        if value == "[]" || value == "{}" {
            for line in examples::of(&entry.key) {
                self.line(depth + 1, &format!("{mark} {line}"));
            }
        }
    }
}
