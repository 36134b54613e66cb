//! `helm template` by our engine: prints on stdout exactly what Helm prints, errors on stderr.
//!
//! `template RELEASE CHART [-f FILE]... [--set K=V]... [--namespace N] [--kube-version V]
//! [--api-versions V]... [--include-crds] [--is-upgrade]`

#![allow(clippy::print_stdout, reason = "a command line tool prints")]

use helm::{
    Capabilities, Chart, File, Limits, Options, Release, Renderer, Timestamp, World, strvals,
};
use serde_json::Value as Json;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::rc::Rc;

/// Time and randomness of this machine.
struct Host;

impl World for Host {
    fn now(&self) -> Timestamp {
        let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
        let now = now.unwrap_or_default();
        Timestamp { seconds: now.as_secs() as i64, nanoseconds: now.subsec_nanos() }
    }

    fn fill_random(&self, _: (&str, u32), out: &mut [u8]) {
        use std::io::Read;
        let opened = std::fs::File::open("/dev/urandom");
        // A machine without it gets zeros, which a test would show at once.
        let _ = opened.and_then(|mut file| file.read_exact(out));
    }
}

#[derive(Default)]
struct Arguments {
    words: Vec<String>,
    values: Json,
    namespace: Option<String>,
    kube_version: Option<String>,
    api_versions: Vec<String>,
    include_crds: bool,
    is_upgrade: bool,
    /// Where `--set` gave integers.
    integers: Vec<finding::Path>,
}

fn main() -> ExitCode {
    match run() {
        Ok(text) => {
            print!("{text}");
            ExitCode::SUCCESS
        }
        Err(message) => {
            eprintln!("Error: {message}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<String, String> {
    let arguments = arguments()?;
    let [release, chart] = arguments.words.as_slice() else {
        return Err("usage: template RELEASE CHART [-f FILE]... [--set K=V]...".to_owned());
    };
    let chart = load(Path::new(chart))?;
    let mut capabilities = Capabilities::default().with_api_versions(arguments.api_versions);
    if let Some(version) = &arguments.kube_version {
        capabilities = capabilities
            .with_kube_version(version)
            .ok_or_else(|| format!("invalid kube version '{version}': invalid semantic version"))?;
    }
    let release = Release {
        name: release.clone(),
        namespace: arguments.namespace.unwrap_or_else(|| "default".to_owned()),
        is_upgrade: arguments.is_upgrade,
        revision: 1,
    };
    let options = Options {
        include_crds: arguments.include_crds,
        integers: arguments.integers,
        ..Options::default()
    };
    let mut renderer = Renderer::new(chart, Rc::new(Host));
    let rendered = renderer.render(&arguments.values, &release, &capabilities, &options);
    for events in &rendered.unknown_hooks {
        eprintln!("level=INFO msg=\"skipping unknown hooks\" hookTypes={events}");
    }
    match rendered.errors.first() {
        None => Ok(helm::to_stream(&rendered)),
        Some(error) if error.debug_hint => {
            Err(format!("{}\n\nUse --debug flag to render out invalid YAML", error.message))
        }
        Some(error) => Err(error.message.clone()),
    }
}

fn arguments() -> Result<Arguments, String> {
    let mut found =
        Arguments { values: Json::Object(serde_json::Map::new()), ..Arguments::default() };
    let (mut files, mut sets) = (Vec::new(), Vec::new());
    let mut words = std::env::args().skip(1);
    while let Some(word) = words.next() {
        let mut value = || words.next().ok_or_else(|| format!("flag needs an argument: {word}"));
        match word.as_str() {
            "-f" | "--values" => files.push(value()?),
            "--set" => sets.push((strvals::Mode::Typed, value()?)),
            "--set-string" => sets.push((strvals::Mode::String, value()?)),
            "--set-json" => sets.push((strvals::Mode::Json, value()?)),
            "-n" | "--namespace" => found.namespace = Some(value()?),
            "--kube-version" => found.kube_version = Some(value()?),
            "-a" | "--api-versions" => found.api_versions.push(value()?),
            "--include-crds" => found.include_crds = true,
            "--is-upgrade" => found.is_upgrade = true,
            _ => found.words.push(word),
        }
    }
    for file in files {
        let text = std::fs::read(&file).map_err(|error| format!("open {file}: {error}"))?;
        let values =
            yaml::from_slice(&text).map_err(|error| format!("failed to parse {file}: {error}"))?;
        layer(&mut found.values, values);
    }
    // Helm takes --set-json first, then --set, then --set-string.
    for mode in [strvals::Mode::Json, strvals::Mode::Typed, strvals::Mode::String] {
        for (_, text) in sets.iter().filter(|(kind, _)| *kind == mode) {
            let wrong = |error| format!("failed parsing --set data: {error}");
            strvals::parse_into(text, mode, &mut found.values).map_err(wrong)?;
            if mode == strvals::Mode::Typed {
                let mut alone = Json::Null;
                strvals::parse_into(text, mode, &mut alone).map_err(wrong)?;
                integers(&alone, &finding::Path::root(), &mut found.integers);
            }
        }
    }
    Ok(found)
}

fn integers(value: &Json, path: &finding::Path, out: &mut Vec<finding::Path>) {
    match value {
        Json::Object(map) => {
            map.iter().for_each(|(key, value)| integers(value, &path.key(key.as_str()), out));
        }
        Json::Number(number) if number.is_i64() => out.push(path.clone()),
        _ => {}
    }
}

fn layer(base: &mut Json, over: Json) {
    match (base, over) {
        (Json::Object(base), Json::Object(over)) => {
            for (key, value) in over {
                layer(base.entry(key).or_insert(Json::Null), value);
            }
        }
        (base, over) => *base = over,
    }
}

fn load(path: &Path) -> Result<Chart, String> {
    let limits = Limits::default();
    if path.is_file() {
        let bytes = std::fs::read(path).map_err(|error| error.to_string())?;
        return helm::load_archive(&bytes, &limits).map_err(|error| error.to_string());
    }
    if !path.is_dir() {
        return Err(format!("path \"{}\" not found", path.display()));
    }
    let mut files = Vec::new();
    walk(path, path, &mut files).map_err(|error| error.to_string())?;
    helm::load_files(files, &limits).map_err(|error| error.to_string())
}

fn walk(root: &Path, folder: &Path, files: &mut Vec<File>) -> std::io::Result<()> {
    let mut entries: Vec<PathBuf> = std::fs::read_dir(folder)?
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<Result<_, _>>()?;
    entries.sort();
    for path in entries {
        if path.is_dir() {
            walk(root, &path, files)?;
        } else {
            let name =
                path.strip_prefix(root).unwrap_or(&path).to_string_lossy().replace('\\', "/");
            files.push(File { name, data: std::fs::read(&path)? });
        }
    }
    Ok(())
}
