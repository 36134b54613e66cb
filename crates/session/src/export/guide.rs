//! What to do with the export, in order: the commands, and the checklist of told rules.

use crate::job::Job;
use crate::stack::OpenStack;
use std::fmt::Write as _;

/// A release as it is installed.
pub(super) struct Step {
    pub(super) name: String,
    pub(super) namespace: String,
    /// Folder of the chart in the export.
    pub(super) chart: String,
    /// Values files in the export, in order.
    pub(super) values: Vec<String>,
}

fn command(step: &Step) -> String {
    let values: String = step.values.iter().map(|file| format!(" --values {file}")).collect();
    format!(
        "helm upgrade --install {} {} --namespace {} --create-namespace{values} --wait",
        step.name, step.chart, step.namespace
    )
}

/// `install.sh`: each release after what it needs.
pub(super) fn script(steps: &[Step], has_secrets: bool) -> String {
    let mut text = String::from(
        "#!/bin/sh\n# Installs everything in order. Run it in this folder.\nset -eu\ncd \"$(dirname \"$0\")\"\n\n",
    );
    if has_secrets {
        text.push_str("# Secrets first: see the folder secrets/.\n");
    }
    for step in steps {
        text.push_str(&command(step));
        text.push('\n');
    }
    text
}

/// `README.md` of the export.
pub(super) fn readme(open: &OpenStack, job: &Job, steps: &[Step], files: &[String]) -> String {
    let has = |name: &str| files.iter().any(|file| file == name || file.starts_with(name));
    let mut text = format!("# {}\n\n{}\n", open.card.name, open.card.description);
    // Writing to a string cannot fail.
    let _ = write!(
        text,
        "\nMade from {} with your values.\n\n## Install\n\n",
        job.preset
            .as_ref()
            .map_or("the chart's defaults".to_owned(), |it| format!("the preset `{it}`"))
    );
    let mut number = 0;
    let mut step = |title: &str, command: &str| {
        number += 1;
        let _ = write!(
            text,
            "{number}. {title}\n\n   ```sh\n   {}\n   ```\n\n",
            command.replace('\n', "\n   ")
        );
    };
    if has("images/build.sh") {
        step(
            "Build the images where their sources are, and load them into Minikube:",
            "./images/build.sh",
        );
    }
    if has("secrets/create-secrets.sh") {
        step("Make the Secrets:", "./secrets/create-secrets.sh");
    } else if has("secrets/secrets.yaml") {
        step("Make the Secrets:", "kubectl apply --filename secrets/secrets.yaml");
    }
    let commands: Vec<String> = steps.iter().map(command).collect();
    step("Install, in this order (`install.sh` does the same):", &commands.join("\n"));
    if has(helm::HELMFILE) {
        let environment = job.preset.as_deref().unwrap_or("default");
        step(
            "Or all at once with helmfile:",
            &format!("helmfile --environment {environment} apply"),
        );
    }
    text.push_str("`manifests.yaml` is what `helm template` prints with these values.\n");
    text.push_str(&checklist(open));
    text
}

/// The rules that nobody can compute from a chart.
fn checklist(open: &OpenStack) -> String {
    if open.card.form.told.is_empty() {
        return String::new();
    }
    let mut text = String::from("\n## Before you install\n\n");
    for rule in &open.card.form.told {
        let _ = writeln!(text, "- [ ] {} ({}, {})", rule.message, rule.id, rule.source);
        if let Some(command) = &rule.command {
            let _ = write!(text, "\n      {command}\n\n");
        }
    }
    text
}
