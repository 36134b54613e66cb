//! What `helm template` prints of a render.

use crate::load::file_match;
use crate::manifest::split;
use crate::render::Rendered;

/// CRDs and manifests, then hooks.
pub fn to_stream(rendered: &Rendered) -> String {
    let mut body = String::new();
    let document = |source: &str, text: &str, out: &mut String| {
        out.push_str("---\n# Source: ");
        out.push_str(source);
        out.push('\n');
        out.push_str(text);
        out.push('\n');
    };
    for (source, text) in &rendered.crds {
        document(source, text, &mut body);
    }
    for manifest in &rendered.manifests {
        document(&manifest.source, &manifest.text, &mut body);
    }
    let mut out = body.trim().to_owned();
    out.push('\n');
    for hook in &rendered.hooks {
        document(&hook.source, &hook.text, &mut out);
    }
    out
}

/// `--show-only`: of a stream, the documents from templates that match a pattern, pattern by
/// pattern.
///
/// # Errors
/// Helm's text where a pattern matches none.
pub fn show_only(stream: &str, patterns: &[&str]) -> Result<String, String> {
    let documents = split(stream);
    let mut out = String::new();
    for pattern in patterns {
        let before = out.len();
        for (_, text) in &documents {
            let Some(name) = template_of(text) else { continue };
            if file_match(pattern, name) {
                out.push_str("---\n");
                out.push_str(text);
                out.push('\n');
            }
        }
        if out.len() == before {
            return Err(format!("could not find template {pattern} in chart"));
        }
    }
    Ok(out)
}

/// The template that a document says it is from, without the chart's name.
fn template_of(document: &str) -> Option<&str> {
    let names = document.lines().filter_map(|line| line.split_once("# Source: "));
    names.filter_map(|(_, source)| source.split_once('/')).map(|(_, name)| name).next()
}
