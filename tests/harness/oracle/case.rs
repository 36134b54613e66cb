//! Which command lines are compared, found by looking at the folders: nobody keeps a list.

use std::fs;
use std::path::{Path, PathBuf};

use crate::{Error, Result};

/// The release name and the namespace of the catalog's cases.
const RELEASE: &str = "demo";

/// One `helm template` or `helm lint` command line and where its golden lies.
#[derive(Clone, Debug)]
pub struct Case {
    /// Its name in reports: `004-phase4-kubernetes/production`, `corpus/range/maps-sort-their-keys`.
    pub name: String,
    /// Where the command is run: the paths in Helm's messages are relative to it.
    pub folder: PathBuf,
    /// What follows `helm template` or `helm lint`.
    pub arguments: Vec<String>,
    /// The folder of `stdout.txt`, `stderr.txt` and `exit`.
    pub golden: PathBuf,
}

/// Every case of the repository at `root`, sorted by name.
pub fn list(root: &Path) -> Result<Vec<Case>> {
    let mut cases = Vec::new();
    let catalog = root.join("charts");
    for chart in charts(&catalog)? {
        of_catalog(&catalog, &chart, &root.join("tests/golden"), &mut cases)?;
    }
    of_corpus(&root.join("tests/corpus"), "corpus", &["release", "chart"], &mut cases)?;
    cases.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(cases)
}

/// Every `helm lint` command line: the folders of `tests/lint`.
pub fn list_lint(root: &Path) -> Result<Vec<Case>> {
    let mut cases = Vec::new();
    of_corpus(&root.join("tests/lint"), "lint", &["chart"], &mut cases)?;
    Ok(cases)
}

/// Every chart below `folder`, as paths relative to it. A chart's own subcharts are part of it.
pub fn charts(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for child in folders(folder)? {
        let name = PathBuf::from(child.file_name().unwrap_or_default());
        if child.join("Chart.yaml").is_file() {
            found.push(name);
        } else {
            found.extend(charts(&child)?.into_iter().map(|chart| name.join(chart)));
        }
    }
    Ok(found)
}

/// The presets of a chart: the names between `values-` and `.yaml`, sorted.
pub fn presets(chart: &Path) -> Result<Vec<String>> {
    let names = entries(chart)?.into_iter().filter_map(|file| {
        let name = file.file_name()?.to_str()?.strip_prefix("values-")?;
        name.strip_suffix(".yaml").map(str::to_owned)
    });
    Ok(names.collect())
}

/// The defaults and every preset of one chart, and the cases that someone wrote beside their goldens.
fn of_catalog(catalog: &Path, chart: &Path, goldens: &Path, cases: &mut Vec<Case>) -> Result<()> {
    let chart_name = chart.to_string_lossy().replace('\\', "/");
    let mut add = |name: &str, more: Vec<String>| {
        let mut arguments = vec![RELEASE.to_owned(), chart_name.clone()];
        arguments.extend(more);
        arguments.extend(["--namespace".to_owned(), RELEASE.to_owned()]);
        cases.push(Case {
            name: format!("{chart_name}/{name}"),
            folder: catalog.to_path_buf(),
            arguments,
            golden: goldens.join(chart).join(name),
        });
    };
    add("defaults", Vec::new());
    for preset in presets(&catalog.join(chart))? {
        add(&preset, vec!["-f".to_owned(), format!("{chart_name}/values-{preset}.yaml")]);
    }
    for folder in folders(&goldens.join(chart))? {
        let more = written_arguments(&folder)?;
        if let (false, Some(name)) =
            (more.is_empty(), folder.file_name().and_then(|name| name.to_str()))
        {
            add(name, more);
        }
    }
    Ok(())
}

/// The arguments in a golden's folder: its `values.yaml` and the lines of its `args.txt`.
fn written_arguments(folder: &Path) -> Result<Vec<String>> {
    let values = folder.join("values.yaml");
    let mut arguments = Vec::new();
    if values.is_file() {
        // Relative to the catalog, so that messages name no path of this machine.
        let golden = folder.components().rev().take_while(|part| part.as_os_str() != "golden");
        let inside: PathBuf = golden.collect::<Vec<_>>().into_iter().rev().collect();
        let path = Path::new("../tests/golden").join(inside).join("values.yaml");
        arguments.extend(["-f".to_owned(), path.to_string_lossy().into_owned()]);
    }
    arguments.extend(lines(&folder.join("args.txt"))?);
    Ok(arguments)
}

/// Every folder below `folder` that holds a `chart` or an `args.txt` is a case; its golden lies in it.
fn of_corpus(folder: &Path, name: &str, usual: &[&str], cases: &mut Vec<Case>) -> Result<()> {
    for child in folders(folder)? {
        let name = format!("{name}/{}", child.file_name().unwrap_or_default().to_string_lossy());
        let written = lines(&child.join("args.txt"))?;
        if written.is_empty() && !child.join("chart").is_dir() {
            of_corpus(&child, &name, usual, cases)?;
            continue;
        }
        let usual = || usual.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>();
        let arguments = if written.is_empty() { usual() } else { written };
        with_other_values(&child, &name, usual(), cases)?;
        cases.push(Case { name, folder: child.clone(), arguments, golden: child });
    }
    Ok(())
}

/// The same chart with other values: each folder of a case's `also/` holds an `over.yaml`, more
/// arguments in an `args.txt`, or both, and its own golden.
fn with_other_values(
    case: &Path,
    name: &str,
    usual: Vec<String>,
    cases: &mut Vec<Case>,
) -> Result<()> {
    for golden in folders(&case.join("also"))? {
        let own = golden.file_name().unwrap_or_default().to_string_lossy();
        let mut arguments = usual.clone();
        if golden.join("over.yaml").is_file() {
            arguments.extend(["-f".to_owned(), format!("also/{own}/over.yaml")]);
        }
        arguments.extend(lines(&golden.join("args.txt"))?);
        let (name, folder) = (format!("{name}/{own}"), case.to_path_buf());
        cases.push(Case { name, folder, arguments, golden });
    }
    Ok(())
}

/// The lines of a file, one argument each; none if there is no such file.
fn lines(file: &Path) -> Result<Vec<String>> {
    if !file.is_file() {
        return Ok(Vec::new());
    }
    let text = fs::read_to_string(file).map_err(|error| cannot_read(file, &error))?;
    Ok(text.lines().filter(|line| !line.is_empty()).map(str::to_owned).collect())
}

/// The folders in a folder, sorted; none if there is no such folder.
fn folders(folder: &Path) -> Result<Vec<PathBuf>> {
    Ok(entries(folder)?.into_iter().filter(|path| path.is_dir()).collect())
}

fn entries(folder: &Path) -> Result<Vec<PathBuf>> {
    if !folder.is_dir() {
        return Ok(Vec::new());
    }
    let entries = fs::read_dir(folder).map_err(|error| cannot_read(folder, &error))?;
    let mut paths = entries
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<std::io::Result<Vec<_>>>()?;
    paths.sort();
    Ok(paths)
}

fn cannot_read(path: &Path, error: &std::io::Error) -> Error {
    Error::new(format!("cannot read {}: {error}", path.display()))
}
