//! Charts of public size, from a seed: the same seed, shape and scale give the same bytes on every machine.
//!
//! A chart is a number of parts (`component`), each a workload with its service, roles, budget and so on; what a
//! part's values and templates say stands in `parts/`. Settings (`settings`) fill a chart up to the number of values
//! that its shape (`shape`) has. `print` writes values.yaml with the comments of one of the tools that read them.

mod chart;
mod component;
mod dashboard;
mod definition;
mod examples;
mod names;
mod part;
mod print;
mod readme;
mod settings;
mod shape;
#[cfg(test)]
mod tests;
mod tree;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

pub use shape::Shape;

use crate::{Error, Result, tools};

/// A generated chart.
pub struct Chart {
    /// Its name.
    pub name: String,
    /// Texts by their paths in the chart's folder.
    pub files: BTreeMap<String, String>,
}

/// The chart of a seed; `scale` times as many parts, values and lines as its shape has.
pub fn generate(shape: Shape, seed: u64, scale: usize) -> Chart {
    let files = chart::files(shape, seed, scale);
    let named = files
        .get("Chart.yaml")
        .and_then(|text| text.lines().find_map(|line| line.strip_prefix("name: ")));
    Chart { name: named.unwrap_or_default().to_owned(), files }
}

impl Chart {
    /// Writes it below `folder`, in a folder of its name; returns that folder.
    pub fn write(&self, folder: &Path) -> Result<PathBuf> {
        let chart = folder.join(&self.name);
        for (path, text) in &self.files {
            let file = chart.join(path);
            if let Some(parent) = file.parent() {
                std::fs::create_dir_all(parent)?;
            }
            std::fs::write(&file, text)
                .map_err(|error| Error::new(format!("cannot write {}: {error}", file.display())))?;
        }
        Ok(chart)
    }

    /// Writes it below `folder` as an archive, which Helm packs; returns the archive.
    pub fn pack(&self, folder: &Path) -> Result<PathBuf> {
        self.write(folder)?;
        let said = tools::helm(folder, &["package", &self.name])?;
        let said = String::from_utf8_lossy(&said);
        let path = said.trim().rsplit(": ").next().unwrap_or_default();
        Ok(PathBuf::from(path))
    }
}
