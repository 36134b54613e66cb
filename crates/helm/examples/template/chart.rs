//! The chart from this machine's disk, and what Helm checks before it renders one.

use crate::folder;
use helm::{Chart, Limits, LoadError};
use std::path::{Path, PathBuf};

/// The chart's absolute place.
pub(crate) fn locate(chart: &str) -> Result<PathBuf, String> {
    let place = Path::new(chart);
    if place.exists() {
        return std::path::absolute(place).map_err(|error| error.to_string());
    }
    if place.is_absolute() || chart.starts_with('.') {
        return Err(format!("path {chart:?} not found"));
    }
    Err(format!("non-absolute URLs should be in form of repo_name/path_to_chart, got: {chart}"))
}

pub(crate) fn load(place: &Path) -> Result<Chart, String> {
    let limits = Limits::default();
    if place.is_file() {
        let bytes = std::fs::read(place).map_err(|error| error.to_string())?;
        return archive(place, &bytes, &limits);
    }
    let chart_yaml = place.join("Chart.yaml");
    if !chart_yaml.is_file() {
        let file = chart_yaml.display();
        return Err(format!(
            "unable to detect chart at {file}: open {file}: no such file or directory"
        ));
    }
    let files = folder::read(place).map_err(|error| error.to_string())?;
    helm::load_files(files, &limits).map_err(|error| error.to_string())
}

fn archive(place: &Path, bytes: &[u8], limits: &Limits) -> Result<Chart, String> {
    let name = place.display();
    if !bytes.starts_with(&[0x1f, 0x8b]) && !bytes.starts_with(b"PK\x03\x04") {
        let yaml = name.to_string().ends_with(".yaml") || name.to_string().ends_with(".yml");
        return Err(if yaml {
            format!("file '{name}' seems to be a YAML file, but expected a gzipped archive")
        } else {
            let kind = "application/octet-stream";
            format!("file '{name}' does not appear to be a gzipped archive; got '{kind}'")
        });
    }
    // Helm is short here; the library says what is wrong.
    helm::load_archive(bytes, limits).map_err(|error| match error {
        LoadError::Archive(_) | LoadError::TooLarge { .. } | LoadError::TooMany { .. } => {
            "unable to load chart archive".to_owned()
        }
        LoadError::NoChartYaml => "unable to detect chart version, no Chart.yaml found".to_owned(),
        error => error.to_string(),
    })
}

/// Charts that Helm does not install, and dependencies that are not there.
pub(crate) fn installable(chart: &Chart) -> Result<(), String> {
    if chart.is_library() {
        return Err("library charts are not installable".to_owned());
    }
    if chart.metadata.api_version != "v1" && chart.file("requirements.yaml").is_some() {
        eprintln!(
            r#"level=INFO msg="Warning: Dependencies are handled in Chart.yaml since apiVersion \"v2\". We recommend migrating dependencies to Chart.yaml.""#
        );
    }
    if chart.metadata.deprecated {
        eprintln!("level=WARN msg=\"this chart is deprecated\"");
    }
    let missing = helm::missing_dependencies(chart);
    if missing.is_empty() {
        return Ok(());
    }
    Err(format!(
        "an error occurred while checking for chart dependencies. You may need to run 'helm dependency build' to fetch missing dependencies: found in Chart.yaml, but missing in charts/ directory: {}",
        missing.join(", ")
    ))
}
