//! What is compared: a command line, and the files that stand in the folder where it is run.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use harness::Result;

/// The chart's name and version, and no more.
pub const CHART: &str = "apiVersion: v2\nname: c\nversion: 0.1.0\n";

/// One `helm template` command line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sample {
    /// Paths in the folder, and what stands there.
    pub files: BTreeMap<String, Vec<u8>>,
    /// What follows `helm template`.
    pub arguments: Vec<String>,
}

impl Sample {
    /// Files, rendered as the release `r` of the chart `c`.
    pub fn new<T: Into<Vec<u8>>>(files: impl IntoIterator<Item = (String, T)>) -> Self {
        let files = files.into_iter().map(|(name, text)| (name, text.into())).collect();
        Self { files, arguments: vec!["r".to_owned(), "c".to_owned()] }
    }

    /// The chart `c` with one template.
    pub fn chart(template: &str) -> Self {
        Self::new([("c/Chart.yaml", CHART), ("c/templates/x.yaml", template)].map(owned))
    }

    /// The same with one more file.
    pub fn with(mut self, name: &str, text: impl Into<Vec<u8>>) -> Self {
        self.files.insert(name.to_owned(), text.into());
        self
    }

    /// The same with more arguments.
    pub fn arguments<T: Into<String>>(mut self, more: impl IntoIterator<Item = T>) -> Self {
        self.arguments.extend(more.into_iter().map(Into::into));
        self
    }

    /// Writes the files below `folder`.
    ///
    /// # Errors
    /// If the disk refuses.
    pub fn write(&self, folder: &Path) -> Result<()> {
        for (name, data) in &self.files {
            let path = folder.join(name);
            if let Some(parent) = path.parent() {
                fs::create_dir_all(parent)?;
            }
            fs::write(path, data)?;
        }
        Ok(())
    }

    /// All of it as text, for a person and for the table of known differences.
    pub fn text(&self) -> String {
        let mut text = format!("{}\n", self.arguments.join(" "));
        for (name, data) in &self.files {
            let data = String::from_utf8_lossy(data);
            if name == "c/Chart.yaml" && data == CHART {
                continue;
            }
            text.push_str(&format!("--- {name}\n{data}"));
            if !data.ends_with('\n') {
                text.push('\n');
            }
        }
        text
    }
}

fn owned((name, text): (&str, &str)) -> (String, String) {
    (name.to_owned(), text.to_owned())
}
