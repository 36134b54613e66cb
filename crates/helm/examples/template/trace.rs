//! `--trace FILE`: where every line came from, as JSON (`main.rs` tells its form).

use crate::flags::Flags;
use crate::values::{self, Given};
use finding::Path;
use helm::{Chart, Layer, Layers, Manifest, Rendered, Untaken};
use serde_json::{Value as Json, json};

/// Writes the trace of a render to the file that was asked for.
pub(crate) fn write(rendered: &Rendered, chart: &Chart, flags: &Flags) -> Result<(), String> {
    let Some(file) = flags.last("trace") else { return Ok(()) };
    let Some(provenance) = &rendered.provenance else { return Ok(()) };
    let files = values::files(flags)?;
    let mut edits = Given { values: json!({}), integers: Vec::new() };
    values::sets(flags, &mut edits)?;
    let layers = Layers { chart, files: &files, edits: &edits.values };
    let value = |path: &Path| value(path, &layers);
    let all = rendered.manifests.iter().map(|manifest| (manifest, false));
    let all = all.chain(rendered.hooks.iter().map(|manifest| (manifest, true)));
    let manifests = all.map(|(manifest, hook)| {
        let lines = manifest.text.split('\n').zip(rendered.lines(manifest));
        let lines = lines.map(|(text, source)| {
            let reads: Vec<Json> = source.reads.iter().map(value).collect();
            json!({"text": text, "chain": source.chain, "reads": reads})
        });
        head(manifest, hook, lines.collect())
    });
    let trace = json!({
        "manifests": manifests.collect::<Vec<_>>(),
        "unread": provenance.unread.iter().map(value).collect::<Vec<_>>(),
        "untaken": provenance.untaken.iter().map(|it| untaken(it, &layers)).collect::<Vec<_>>(),
    });
    let text = format!("{trace:#}\n");
    std::fs::write(file, text).map_err(|error| format!("cannot write {file}: {error}"))
}

fn head(manifest: &Manifest, hook: bool, lines: Vec<Json>) -> Json {
    json!({
        "source": manifest.source,
        "kind": manifest.kind,
        "name": manifest.name,
        "hook": hook,
        "lines": lines,
    })
}

fn untaken(untaken: &Untaken, layers: &Layers<'_>) -> Json {
    let reads: Vec<Json> = untaken.reads.iter().map(|path| value(path, layers)).collect();
    json!({
        "chain": untaken.chain,
        "keyword": untaken.keyword,
        "condition": untaken.condition,
        "wants": untaken.wants,
        "reads": reads,
    })
}

fn value(path: &Path, layers: &Layers<'_>) -> Json {
    let mut out = json!({"path": path.to_string()});
    let mut layer = layers.of(path);
    while let Layer::Global(inner) = layer {
        out["global"] = json!(true);
        layer = *inner;
    }
    let (name, of) = match layer {
        Layer::Edit => ("edit", None),
        Layer::File(file) => ("file", Some(file)),
        Layer::Parent(chart) => ("parent", Some(chart)),
        Layer::Default(chart) => ("default", Some(chart)),
        Layer::Global(_) | Layer::Unset => ("unset", None),
    };
    out["layer"] = json!(name);
    if let Some(of) = of {
        out["of"] = json!(of);
    }
    out
}
