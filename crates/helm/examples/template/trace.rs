//! `--trace FILE`: where every line came from, as JSON (`main.rs` tells its form).
//!
//! It is written as it is made: a tree of it would take longer than the render.

use crate::flags::Flags;
use crate::values::{self, Given};
use finding::Path;
use helm::{Chart, Layer, Layers, LineSource, Manifest, Rendered};
use serde::Serialize;
use serde_json::json;
use std::collections::HashMap;
use std::fs::File;
use std::io::{BufWriter, Write};

// The keys stand in the order of their names.

#[derive(Serialize)]
struct Trace<'t> {
    manifests: Vec<Lines<'t>>,
    unread: Vec<&'t Origin>,
    untaken: Vec<Untaken<'t>>,
}

/// A manifest.
#[derive(Serialize)]
struct Lines<'t> {
    hook: bool,
    kind: &'t str,
    lines: Vec<Line<'t>>,
    name: &'t str,
    source: &'t str,
}

#[derive(Serialize)]
struct Line<'t> {
    chain: &'t [String],
    reads: Vec<&'t Origin>,
    text: &'t str,
}

/// A value, and where it is set.
#[derive(Serialize)]
struct Origin {
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    global: bool,
    layer: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    of: Option<String>,
    path: String,
}

#[derive(Serialize)]
struct Untaken<'t> {
    chain: &'t [String],
    condition: &'t str,
    keyword: &'static str,
    reads: Vec<&'t Origin>,
    wants: bool,
}

/// Every value that is named, once: most are named many times.
type Origins<'t> = HashMap<&'t Path, Origin>;

/// Writes the trace of a render to the file that was asked for.
pub(crate) fn write(rendered: &Rendered, chart: &Chart, flags: &Flags) -> Result<(), String> {
    let Some(file) = flags.last("trace") else { return Ok(()) };
    let Some(provenance) = &rendered.provenance else { return Ok(()) };
    let files = values::files(flags)?;
    let mut edits = Given { values: json!({}), integers: Vec::new() };
    values::sets(flags, &mut edits)?;
    let layers = Layers { chart, files: &files, edits: &edits.values };
    let plain = rendered.manifests.iter().map(|manifest| (manifest, false));
    let hooks = rendered.hooks.iter().map(|manifest| (manifest, true));
    let sources = |(manifest, hook)| (manifest, hook, rendered.lines(manifest));
    let all: Vec<(&Manifest, bool, Vec<LineSource>)> = plain.chain(hooks).map(sources).collect();
    let read = all.iter().flat_map(|(_, _, lines)| lines).flat_map(|line| &line.reads);
    let decided = provenance.untaken.iter().flat_map(|branch| &branch.reads);
    let mut origins = Origins::new();
    for path in read.chain(decided).chain(&provenance.unread) {
        origins.entry(path).or_insert_with(|| origin(path, &layers));
    }
    let trace = Trace {
        manifests: all.iter().map(|(it, hook, from)| lines(it, *hook, from, &origins)).collect(),
        unread: named(&provenance.unread, &origins),
        untaken: provenance.untaken.iter().map(|branch| untaken(branch, &origins)).collect(),
    };
    save(&trace, file).map_err(|error| format!("cannot write {file}: {error}"))
}

fn save(trace: &Trace<'_>, file: &str) -> std::io::Result<()> {
    let mut out = BufWriter::new(File::create(file)?);
    serde_json::to_writer_pretty(&mut out, trace)?;
    out.write_all(b"\n")?;
    out.flush()
}

fn lines<'t>(
    manifest: &'t Manifest,
    hook: bool,
    sources: &'t [LineSource],
    origins: &'t Origins<'t>,
) -> Lines<'t> {
    let line = |(text, source): (&'t str, &'t LineSource)| Line {
        chain: &source.chain,
        reads: named(&source.reads, origins),
        text,
    };
    Lines {
        hook,
        kind: &manifest.kind,
        lines: manifest.text.split('\n').zip(sources).map(line).collect(),
        name: &manifest.name,
        source: &manifest.source,
    }
}

fn untaken<'t>(branch: &'t helm::Untaken, origins: &'t Origins<'t>) -> Untaken<'t> {
    Untaken {
        chain: &branch.chain,
        condition: &branch.condition,
        keyword: branch.keyword,
        reads: named(&branch.reads, origins),
        wants: branch.wants,
    }
}

fn named<'t>(paths: &[Path], origins: &'t Origins<'t>) -> Vec<&'t Origin> {
    paths.iter().filter_map(|path| origins.get(path)).collect()
}

fn origin(path: &Path, layers: &Layers<'_>) -> Origin {
    let mut global = false;
    let mut layer = layers.of(path);
    while let Layer::Global(inner) = layer {
        global = true;
        layer = *inner;
    }
    let (layer, of) = match layer {
        Layer::Edit => ("edit", None),
        Layer::File(file) => ("file", Some(file)),
        Layer::Parent(chart) => ("parent", Some(chart)),
        Layer::Default(chart) => ("default", Some(chart)),
        Layer::Global(_) | Layer::Unset => ("unset", None),
    };
    Origin { global, layer, of, path: path.to_string() }
}
