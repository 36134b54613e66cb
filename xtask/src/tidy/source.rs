//! The Rust files that git knows or would add, with their texts.

use std::path::Path;

use harness::Result;

use crate::steps::{command, output};

/// One Rust file.
pub(super) struct Source {
    /// Its path in the repository.
    pub(super) path: String,
    /// What is in it.
    pub(super) text: String,
}

pub(super) fn tracked(root: &Path) -> Result<Vec<Source>> {
    let mut git = command("git");
    let listed =
        output(git.args(["ls-files", "--cached", "--others", "--exclude-standard", "*.rs"]))?;
    let files = listed.lines().filter(|path| root.join(path).is_file());
    files
        .map(|path| {
            Ok(Source { path: path.to_owned(), text: std::fs::read_to_string(root.join(path))? })
        })
        .collect()
}

impl Source {
    /// The numbered lines that are compiled into the product: no comments, nothing from the test module on.
    pub(super) fn product_lines(&self) -> impl Iterator<Item = (usize, &str)> {
        let lines = self.text.lines().enumerate().map(|(index, line)| (index + 1, line));
        let product = lines.take_while(|(_, line)| !line.trim_start().starts_with("#[cfg(test)]"));
        product.filter(|(_, line)| !line.trim_start().starts_with("//"))
    }
}
