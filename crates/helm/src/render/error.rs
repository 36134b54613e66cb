//! What Helm says when it refuses a chart or a template fails, in Helm's layout.

use crate::capabilities::Capabilities;
use crate::chart::Chart;
use crate::coalesce::CoalesceError;
use crate::manifest::BadManifest;
use finding::Path;
use gotemplate::{Error, ErrorKind};

/// A failure of a render.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RenderError {
    /// What `helm template` prints behind `Error: `, without the hint on `--debug`.
    pub message: String,
    /// Template it happened in (innermost), as in `# Source`.
    pub template: String,
    /// From 1; 0 is unknown.
    pub line: u32,
    pub column: u32,
    /// The file whose output is missing because of it.
    pub file: String,
    /// Values paths that the failing action had read.
    pub reads: Vec<Path>,
    /// Whether Helm adds its hint on `--debug`.
    pub debug_hint: bool,
}

/// Charts that only lend their templates.
pub(super) fn not_installable(chart: &Chart) -> Result<(), RenderError> {
    if !chart.is_library() {
        return Ok(());
    }
    let message = "library charts are not installable".to_owned();
    Err(RenderError { message, ..RenderError::default() })
}

/// Charts that want another Kubernetes.
pub(super) fn wrong_cluster(chart: &Chart, capabilities: &Capabilities) -> Result<(), RenderError> {
    let wanted = &chart.metadata.kube_version;
    if wanted.is_empty() {
        return Ok(());
    }
    let kubernetes = capabilities.plain_kube_version();
    let version = sprig::semver::Version::parse(&kubernetes);
    let fits = sprig::semver::Constraint::parse(wanted)
        .is_ok_and(|constraint| version.is_some_and(|version| constraint.check(&version)));
    if fits {
        return Ok(());
    }
    let message = format!(
        "chart requires kubeVersion: {wanted} which is incompatible with Kubernetes {}",
        capabilities.kube_version
    );
    Err(RenderError { message, debug_hint: true, ..RenderError::default() })
}

/// Values that keep the subcharts from being chosen.
pub(super) fn of_dependencies(error: &CoalesceError) -> RenderError {
    let message = format!("chart dependencies processing failed: {error}");
    RenderError { message, ..RenderError::default() }
}

/// Values that do not fit the tree of charts.
pub(super) fn of_values(error: &CoalesceError) -> RenderError {
    RenderError { message: error.to_string(), ..RenderError::default() }
}

pub(super) fn of_parse(error: Error) -> RenderError {
    // Helm keeps what stands behind the last colon.
    let reason = error.message.rsplit(": ").next().unwrap_or(&error.message);
    RenderError {
        message: format!("parse error at ({}:{}): {reason}", error.template, error.line),
        template: error.template.clone(),
        line: error.line,
        file: error.template,
        debug_hint: true,
        ..RenderError::default()
    }
}

pub(super) fn of_manifest(bad: BadManifest) -> RenderError {
    RenderError {
        message: bad.message,
        template: bad.source.clone(),
        line: bad.line,
        file: bad.source,
        debug_hint: true,
        ..RenderError::default()
    }
}

pub(super) fn of_execution(error: &Error, file: &str) -> RenderError {
    let mut innermost = error;
    while let Some(source) = &innermost.source {
        innermost = source;
    }
    RenderError {
        message: layout(error),
        template: innermost.template.clone(),
        line: innermost.line,
        column: innermost.column,
        file: file.to_owned(),
        reads: Vec::new(),
        debug_hint: true,
    }
}

/// Helm's layout: `fail` and `required` speak for themselves, a chain of includes goes over
/// lines, anything else stays as Go words it.
fn layout(error: &Error) -> String {
    if let Some(said) = said_by_author(error) {
        let (template, line, column) = (&error.template, error.line, error.column);
        return format!("execution error at ({template}:{line}:{column}): {said}");
    }
    lines(error).unwrap_or_else(|| error.message.clone())
}

fn reason(error: &Error) -> &str {
    let at = format!(" at <{}>: ", error.context);
    error.message.split_once(&at).map_or(error.message.as_str(), |(_, reason)| reason)
}

/// The text of the `fail` or `required` that ended it all.
fn said_by_author(error: &Error) -> Option<&str> {
    let mut innermost = error;
    while let Some(source) = &innermost.source {
        innermost = source;
    }
    let reason = reason(innermost);
    ["error calling fail: ", "error calling required: "]
        .iter()
        .find_map(|prefix| reason.strip_prefix(prefix))
}

/// One paragraph a template; `None` where a function other than `include` failed.
fn lines(error: &Error) -> Option<String> {
    let mut out = Vec::new();
    let mut current = error;
    loop {
        if current.kind == ErrorKind::Parse {
            return None;
        }
        if current.line == 0 {
            out.push(current.message.clone());
            return Some(out.join("\n"));
        }
        let reason = reason(current);
        let (_, after) = current.message.split_once(": executing ")?;
        let name = after.split(" at <").next().unwrap_or_default();
        let head = format!(
            "{}:{}:{}\n  executing {name} at <{}>:",
            current.template, current.line, current.column, current.context
        );
        match &current.source {
            Some(source) if reason.starts_with("error calling include: ") => {
                out.push(format!("{head}\n    error calling include:"));
                current = source;
            }
            Some(_) => return None,
            None if reason.starts_with("error calling ") => return None,
            None => {
                // Helm trims what it lays out, so that a value that ends in white space loses it.
                out.push(format!("{head}\n    {}", reason.trim_end()));
                return Some(out.join("\n"));
            }
        }
    }
}
