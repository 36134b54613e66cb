//! What the comments of a values.yaml say of its keys: `# text`, `# -- text`, `## @param path text`.

use std::collections::BTreeMap;
use yaml::{Node, NodeKind};

/// Descriptions by dotted path, and the order of each map's keys by its dotted path.
#[derive(Default)]
pub(crate) struct Comments {
    pub(crate) texts: BTreeMap<String, String>,
    pub(crate) orders: BTreeMap<String, Vec<String>>,
}

impl Comments {
    pub(crate) fn read(text: &str) -> Self {
        let mut comments = Self::default();
        let lines: Vec<&str> = text.lines().collect();
        for line in &lines {
            let bare = line.trim_start().trim_start_matches('#').trim_start();
            if let Some(rest) = bare.strip_prefix("@param ") {
                let (path, rest) = rest.split_once(' ').unwrap_or((rest, ""));
                let rest = match rest.trim_start().strip_prefix('[') {
                    Some(tail) => tail.split_once(']').map_or("", |(_, text)| text),
                    None => rest,
                };
                comments.texts.insert(path.to_owned(), rest.trim().to_owned());
            }
        }
        if let Ok(Some(root)) = yaml::parse(text) {
            comments.walk(&root, "", &lines);
        }
        comments
    }

    fn walk(&mut self, node: &Node, path: &str, lines: &[&str]) {
        let NodeKind::Mapping { pairs, .. } = &node.kind else { return };
        let mut order = Vec::new();
        for (key, value) in pairs.iter() {
            let NodeKind::Scalar { value: name, .. } = &key.kind else { continue };
            order.push(name.clone());
            let below = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
            let text = above(lines, key.start.line as usize, key.start.column as usize);
            if !text.is_empty() {
                self.texts.entry(below.clone()).or_insert(text);
            }
            self.walk(value, &below, lines);
        }
        self.orders.insert(path.to_owned(), order);
    }
}

/// The comment lines straight above a key, at its own indentation.
fn above(lines: &[&str], line: usize, column: usize) -> String {
    let mut found = Vec::new();
    for text in lines.get(..line).unwrap_or_default().iter().rev() {
        let bare = text.trim_start();
        if !bare.starts_with('#') || text.len() - bare.len() != column {
            break;
        }
        found.push(bare);
    }
    found.reverse();
    // helm-docs: the description begins at `# --`.
    let start = found.iter().rposition(|text| text.starts_with("# --"));
    let kept = start.map_or(found.as_slice(), |start| &found[start..]);
    let clean = |text: &&str| {
        text.trim_start_matches('#').trim().trim_start_matches("--").trim().to_owned()
    };
    let words: Vec<String> = kept
        .iter()
        .map(clean)
        .filter(|text| !text.is_empty() && !text.starts_with('@') && !text.starts_with("---"))
        .collect();
    words.join(" ")
}
