//! Command lines: every flag that our host tool has, right and wrong. A table.

use super::text::rows;
use crate::{Inputs, Random, Sample};

const TEMPLATE: &str = r#"kind: ConfigMap
metadata: {name: x}
data: {{ toJson .Values }}
kinds: {{ kindOf .Values.a }}
release: {{ .Release }} {{ toJson .Release }}
v: {{ .Capabilities.KubeVersion }} {{ .Capabilities.KubeVersion.Minor }} {{ .Capabilities.APIVersions.Has "c/d" }}
---
kind: ConfigMap
metadata: {name: y}
"#;

pub(super) fn inputs(random: &mut Random, rounds: usize) -> Inputs {
    let chart = chart();
    let sample = |row: &str| {
        let mut sample = chart.clone();
        sample.arguments = row.split(' ').map(str::to_owned).collect();
        sample
    };
    let all: Vec<_> = rows(include_str!("tables/flags.txt")).map(sample).collect();
    Inputs::Samples(random.some(&all, rounds))
}

fn chart() -> Sample {
    let hook =
        |hook: &str| format!("kind: Job\nmetadata: {{annotations: {{helm.sh/hook: {hook}}}}}\n");
    Sample::chart(TEMPLATE)
        .with("c/templates/sub/y.yaml", "kind: Service\n")
        .with(
            "c/templates/tests/t.yaml",
            "kind: Pod\nmetadata: {name: t, annotations: {helm.sh/hook: test}}\n",
        )
        .with("c/templates/h.yaml", hook("\"pre-install,test-success\"") + "\n")
        .with("c/templates/b.yaml", hook("pre-install"))
        .with("c/templates/u.yaml", hook("\"\""))
        .with("c/values.yaml", "a: 1\n")
        .with("c/crds/a.yaml", "kind: CustomResourceDefinition\n")
        .with("c/charts/s/Chart.yaml", "apiVersion: v2\nname: s\nversion: 1.0.0\n")
        .with("c/charts/s/templates/z.yaml", "kind: Secret\n")
        .with("v.yaml", "a: {b: 2}\nl: [1, 2]\n")
}
