//! `crds/`: every document is a CustomResourceDefinition, and none is a template.

use super::documents::documents;
use super::{Linter, Loaded, Severity};
use crate::Chart;
use crate::chart::File;

const FOLDER: &str = "crds/";

pub(super) fn run(linter: &mut Linter<'_>, chart: &Loaded) {
    if linter.file("crds").is_some() {
        return linter.say(Severity::Error, FOLDER, "not a directory");
    }
    if !linter.is_folder("crds") {
        return;
    }
    match chart {
        Err(error) => linter.say(Severity::Error, FOLDER, error.to_string()),
        Ok(chart) => {
            let mut files = Vec::new();
            all(chart, &mut files);
            // A file that cannot be read ends the rule.
            files.into_iter().all(|file| check(linter, file));
        }
    }
}

/// The chart's, then its subcharts', under the names that they have in their charts.
fn all<'c>(chart: &'c Chart, out: &mut Vec<&'c File>) {
    out.extend(&chart.crds);
    chart.dependencies.iter().for_each(|subchart| all(subchart, out));
}

fn check(linter: &mut Linter<'_>, file: &File) -> bool {
    for document in documents(&file.text()) {
        let object = match document {
            Ok(object) => object,
            Err(reason) => {
                let text = format!("unable to parse YAML: {reason}");
                linter.say(Severity::Error, &file.name, text);
                return false;
            }
        };
        let mut expect = |fits: bool, text: &str| {
            if !fits {
                linter.say(Severity::Error, &file.name, text);
            }
        };
        let group = object.api_version.starts_with("apiextensions.k8s.io");
        expect(group, "apiVersion is not in 'apiextensions.k8s.io'");
        let kind = object.kind == "CustomResourceDefinition";
        expect(kind, "object kind is not 'CustomResourceDefinition'");
    }
    true
}
