//! What `helm lint` does, in its order: flags, values, chart after chart, the sum.

use crate::flags::Flags;
use crate::host::Host;
use crate::{folder, values};
use helm::{Capabilities, File, Limits, LintMessage, LintOptions, Severity, World};
use std::path::{Path, PathBuf};
use std::rc::Rc;

/// Prints the messages; the sum of failures is the error.
pub(crate) fn run(flags: &Flags) -> Result<(), String> {
    if flags.words.is_empty() {
        let usage = "Usage:  helm lint PATH [flags]";
        return Err(format!("\"helm lint\" requires at least 1 argument\n\n{usage}"));
    }
    let kube_version = kube_version(flags)?;
    let mut paths = flags.words.clone();
    if flags.is_on("with-subcharts") {
        for path in &flags.words {
            subcharts(&Path::new(path).join("charts"), &mut paths);
        }
    }
    let given = values::given(flags)?;
    let options = LintOptions {
        namespace: flags.last("namespace").unwrap_or_default().to_owned(),
        kube_version,
        skip_schema: flags.is_on("skip-schema-validation"),
        integers: given.integers,
        ..LintOptions::default()
    };
    let (quiet, strict) = (flags.is_on("quiet"), flags.is_on("strict"));
    let tolerated = if strict { Severity::Info } else { Severity::Warning };
    let (mut failed, mut noted) = (0, 0);
    for path in &paths {
        let outcome = chart(path, &given.values, &options);
        let worst = worst(&outcome);
        failed += usize::from(worst > Some(tolerated));
        noted += usize::from(worst > Some(Severity::Info));
        print(path, &outcome, quiet);
    }
    let sum = format!("{} chart(s) linted, {failed} chart(s) failed", paths.len());
    if failed > 0 {
        return Err(sum);
    }
    if !quiet || noted > 0 {
        println!("{sum}");
    }
    Ok(())
}

fn kube_version(flags: &Flags) -> Result<Option<String>, String> {
    let Some(version) = flags.last("kube-version").filter(|version| !version.is_empty()) else {
        return Ok(None);
    };
    match Capabilities::default().with_kube_version(version) {
        Ok(capabilities) => Ok(Some(capabilities.kube_version)),
        Err(error) => Err(format!("invalid kube version '{version}': {error}")),
    }
}

/// Charts and archives below a folder of subcharts.
fn subcharts(folder: &Path, paths: &mut Vec<String>) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    let mut entries: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            subcharts(&path, paths);
        } else if path.ends_with("Chart.yaml") {
            paths.push(folder.to_string_lossy().into_owned());
        } else if [".tgz", ".tar.gz"].iter().any(|end| path.to_string_lossy().ends_with(end)) {
            paths.push(path.to_string_lossy().into_owned());
        }
    }
}

type Outcome = Result<Vec<LintMessage>, String>;

fn worst(outcome: &Outcome) -> Option<Severity> {
    match outcome {
        Ok(messages) => messages.iter().map(|message| message.severity).max(),
        Err(_) => Some(Severity::Error),
    }
}

fn print(path: &str, outcome: &Outcome, quiet: bool) {
    if quiet && worst(outcome) <= Some(Severity::Info) {
        return;
    }
    println!("==> Linting {path}");
    match outcome {
        Err(error) => println!("Error {error}"),
        Ok(messages) => messages
            .iter()
            .filter(|message| !quiet || message.severity > Severity::Info)
            .for_each(|message| println!("{message}")),
    }
    println!();
}

fn chart(path: &str, given: &serde_json::Value, options: &LintOptions) -> Outcome {
    let place = Path::new(path);
    let world: Rc<dyn World> = Rc::new(Host);
    let absolute = std::path::absolute(place).map_err(|error| error.to_string())?;
    let files = if path.ends_with(".tgz") || path.ends_with(".tar.gz") {
        archive(place)?
    } else {
        if !place.join("Chart.yaml").exists() {
            let clean: PathBuf = place.components().collect();
            let clean = clean.strip_prefix(".").unwrap_or(&clean).join("Chart.yaml");
            return Err(format!(
                "unable to check Chart.yaml file in chart: stat {}: no such file or directory",
                clean.display()
            ));
        }
        folder::read(place).map_err(|error| error.to_string())?
    };
    let folder = absolute.to_string_lossy().into_owned();
    let options = LintOptions { folder, ..options.clone() };
    let mut log = Vec::new();
    let messages = helm::lint(&files, given, &world, &options, &mut log);
    log.iter().for_each(|line| eprintln!("{line}"));
    Ok(messages)
}

/// The files below the one folder of an archive.
fn archive(place: &Path) -> Result<Vec<File>, String> {
    let bytes = std::fs::read(place)
        .map_err(|error| format!("unable to open tarball: open {}: {error}", place.display()))?;
    let files = helm::unpack(&bytes, &Limits::default());
    let files = files.map_err(|error| format!("unable to extract tarball: {error}"))?;
    let inner = |file: File| {
        let (_, name) = file.name.split_once('/')?;
        Some(File { name: name.to_owned(), data: file.data })
    };
    Ok(files.into_iter().filter_map(inner).collect())
}
