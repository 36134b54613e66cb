//! Charts as they come: lines of Chart.yaml, versions of Kubernetes, requirements.yaml, values
//! files, schemas, `.helmignore`. Tables, of which as many rows are taken as are asked for.

use super::text::{rows, unescaped};
use crate::{CHART, Inputs, Random, Sample};

const TO_JSON: &str = "a: {{ toJson .Values }}\n";
const KUBE_VERSIONS: &str = "1|1.2|v1.20.5+k3s1|1.27.3-gke.100|v1.28.0-rc.1+x.y|1.2.3.4|V1.2|01.2.3|1.28+|1.28.0-eks-a1|1.27|v1.40.0";

pub(super) fn inputs(random: &mut Random, rounds: usize) -> Inputs {
    let mut all = chart_lines();
    all.extend(kube_versions());
    all.extend(requirements());
    all.extend(values_files());
    all.extend(schemas());
    all.extend(ignores());
    Inputs::Samples(random.some(&all, rounds))
}

fn chart_lines() -> Vec<Sample> {
    let template = "a: {{ toJson .Chart }}\nb: {{ .Chart.AppVersion }} {{ .Chart.Name }}\nc: {{ .Chart.Deprecated }}\n";
    let sample = |line: &str| {
        let key = format!("{}:", line.split(':').next().unwrap_or_default());
        let kept = CHART.lines().filter(|other| !other.starts_with(&key));
        let head: String = kept.chain([line]).map(|line| format!("{line}\n")).collect();
        Sample::chart(template).with("c/Chart.yaml", head)
    };
    rows(include_str!("tables/chart-lines.txt")).map(sample).collect()
}

fn kube_versions() -> Vec<Sample> {
    let show = "v: {{ with .Capabilities.KubeVersion }}{{ .Version }} {{ .Major }} {{ .Minor }} {{ .GitVersion }} {{ . }}{{ end }}\n";
    let wanted = ["", "kubeVersion: '>=1.27.0'\n", "kubeVersion: '>=1.27.0-0'\n"];
    let sample = |version, wanted: &str| {
        let sample = Sample::chart(show).with("c/Chart.yaml", format!("{CHART}{wanted}"));
        sample.arguments(["--kube-version", version])
    };
    let versions = KUBE_VERSIONS.split('|');
    versions.flat_map(|version| wanted.map(|wanted| sample(version, wanted))).collect()
}

fn requirements() -> Vec<Sample> {
    let template = format!("{TO_JSON}f: {{{{ .Files.Get \"requirements.yaml\" | quote }}}}\n");
    let mut samples = Vec::new();
    for version in ["v1", "v2"] {
        let listed = "dependencies:\n- name: s\n  version: '>0'\n  condition: s.on\n";
        let bare = Sample::chart(&template)
            .with("c/Chart.yaml", CHART.replace("v2", version))
            .with("c/requirements.yaml", listed);
        let whole = bare
            .clone()
            .with("c/charts/s/Chart.yaml", "name: s\nversion: 1.0.0\n")
            .with("c/charts/s/templates/z.yaml", "z: {{ toJson .Values }}\n");
        for sample in [bare, whole] {
            samples.push(sample.clone().arguments(["--set", "s.on=false"]));
            samples.push(sample);
        }
    }
    samples
}

fn values_files() -> Vec<Sample> {
    let texts = rows(include_str!("tables/values-files.txt")).map(unescaped);
    let sample = |text: String| {
        let given = Sample::chart(TO_JSON).with("v.yaml", text.as_str());
        [Sample::chart(TO_JSON).with("c/values.yaml", text), given.arguments(["-f", "v.yaml"])]
    };
    texts.chain([String::new()]).flat_map(sample).collect()
}

fn schemas() -> Vec<Sample> {
    let sample = |schema: &str| {
        let values = "a: 1\nb: 2\nl: [1, 1]\nn: text\ns: {a: 1}\n";
        let own = Sample::chart("a: 1\n").with("c/values.yaml", values);
        let own = own.with("c/values.schema.json", schema);
        let both = own
            .clone()
            .with("c/charts/s/Chart.yaml", "apiVersion: v2\nname: s\nversion: 1.0.0\n")
            .with("c/charts/s/values.yaml", "b: 1\n")
            .with("c/charts/s/values.schema.json", schema);
        [own, both.clone(), both.arguments(["--skip-schema-validation"])]
    };
    rows(include_str!("tables/schemas.txt")).flat_map(sample).collect()
}

/// A chart of files that `.helmignore` may name.
pub(super) fn tree() -> Sample {
    let show = "files: {{ range $k, $v := .Files }}{{ $k }},{{ end }}\nv: {{ toJson .Values }}\n";
    let files = [
        ("a.md", "a\n"),
        ("b.md", "b\n"),
        ("docs/x.txt", "x\n"),
        ("docs/deep/y.txt", "y\n"),
        (".hidden", "h\n"),
        ("#a.md", "#\n"),
        ("templates/extra.yaml", "extra: 1\n"),
        ("templates/.dot.yaml", "dot: 1\n"),
        ("templates/_p.yaml", "p: 1\n"),
        ("x.tmpl", "t\n"),
        ("templates/a.txt", "kind: T\n"),
        ("templates/b.json", "{\"kind\": \"J\"}\n"),
        ("templates/sub/NOTES.txt", "notes\n"),
        ("crds/c.yml", "kind: C\n"),
        ("crds/d.json", "{\"kind\": \"D\"}\n"),
        ("crds/e.txt", "kind: E\n"),
        ("charts/_off/Chart.yaml", CHART),
        ("values.yaml", "a: 1\n"),
    ];
    let add = |sample: Sample, (name, text): (&str, &str)| sample.with(&format!("c/{name}"), text);
    files.into_iter().fold(Sample::chart(show), add)
}

fn ignores() -> Vec<Sample> {
    let sample = |text: String| {
        let ignoring = tree().with("c/.helmignore", text);
        [
            ignoring.clone().with("c/charts/README.md", "no chart\n"),
            ignoring.arguments(["--include-crds"]),
        ]
    };
    rows(include_str!("tables/ignores.txt")).map(unescaped).flat_map(sample).collect()
}
