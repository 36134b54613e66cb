//! What the observer costs: a chart of 100 templates and 10 subcharts, a large one of the corpus,
//! and one of public size (`harness::generate`), rendered without it, with it, and with the origins
//! of all lines: `cargo bench -p helm`.
//!
//! Each render is a renderer's first, of which nothing is known: a traced one would else execute
//! nothing the second time.

#![allow(clippy::unwrap_used, reason = "a bench fails by panicking")]

use criterion::{BatchSize, Criterion, criterion_group, criterion_main};
use harness::generate::{Shape, generate};
use helm::{
    Capabilities, File, Limits, Options, Place, Release, Rendered, Renderer, Timestamp, World,
};
use serde_json::{Value as Json, json};
use std::hint::black_box;
use std::path::Path;
use std::rc::Rc;

struct Frozen;

impl World for Frozen {
    fn now(&self) -> Timestamp {
        Timestamp { seconds: 0, nanoseconds: 0 }
    }

    fn fill_random(&self, _: Place<'_>, out: &mut [u8]) {
        out.fill(7);
    }
}

const SUBCHARTS: usize = 10;
const TEMPLATES: usize = 10;

/// A deployment as `helm create` writes it, with its helpers.
const DEPLOYMENT: &str = r#"{{- $full := include "bench.fullname" . -}}
apiVersion: apps/v1
kind: Deployment
metadata:
  name: {{ $full }}-NUMBER
  labels:
    {{- include "bench.labels" . | nindent 4 }}
spec:
  {{- if not .Values.autoscaling.enabled }}
  replicas: {{ .Values.replicaCount }}
  {{- end }}
  template:
    metadata:
      {{- with .Values.podAnnotations }}
      annotations:
        {{- toYaml . | nindent 8 }}
      {{- end }}
      labels:
        {{- include "bench.labels" . | nindent 8 }}
    spec:
      containers:
        - name: {{ .Chart.Name }}
          image: "{{ .Values.image.repository }}:{{ .Values.image.tag | default .Chart.AppVersion }}"
          env:
            {{- range $name, $value := .Values.env }}
            - name: {{ $name | upper | replace "-" "_" }}
              value: {{ tpl $value $ | quote }}
            {{- end }}
          resources:
            {{- toYaml .Values.resources | nindent 12 }}
"#;

const HELPERS: &str = r#"{{- define "bench.fullname" -}}
{{- printf "%s-%s" .Release.Name .Chart.Name | trunc 63 | trimSuffix "-" }}
{{- end }}
{{- define "bench.labels" -}}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" }}
app.kubernetes.io/name: {{ .Chart.Name }}
app.kubernetes.io/instance: {{ .Release.Name }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
{{- end }}
"#;

const VALUES: &str = r#"replicaCount: 1
autoscaling: {enabled: false}
image: {repository: nginx, tag: ""}
podAnnotations: {prometheus.io/scrape: "true"}
env: {log-level: info, url: "http://{{ .Release.Name }}.{{ .Release.Namespace }}", mode: fast}
resources: {limits: {cpu: 100m, memory: 128Mi}, requests: {cpu: 50m, memory: 64Mi}}
"#;

fn chart() -> helm::Chart {
    let file = |name: String, text: String| File { name, data: text.into_bytes() };
    let metadata = |name: &str| format!("apiVersion: v2\nname: {name}\nversion: 1.0.0\n");
    let mut files = vec![
        file("Chart.yaml".to_owned(), metadata("parent")),
        file("templates/_helpers.tpl".to_owned(), HELPERS.to_owned()),
    ];
    for sub in 0..SUBCHARTS {
        let folder = format!("charts/sub{sub}");
        files.push(file(format!("{folder}/Chart.yaml"), metadata(&format!("sub{sub}"))));
        files.push(file(format!("{folder}/values.yaml"), VALUES.to_owned()));
        for number in 0..TEMPLATES {
            let text = DEPLOYMENT.replace("NUMBER", &number.to_string());
            files.push(file(format!("{folder}/templates/deployment-{number}.yaml"), text));
        }
    }
    helm::load_files(files, &Limits::default()).unwrap()
}

/// A chart of the corpus, and the values that its case gives.
fn monitoring() -> (helm::Chart, Json) {
    let case =
        Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/corpus/large/monitoring"));
    let mut files = Vec::new();
    walk(&case.join("chart"), "", &mut files);
    let values = std::fs::read_to_string(case.join("over.yaml")).unwrap();
    (helm::load_files(files, &Limits::default()).unwrap(), yaml::from_str(&values).unwrap())
}

/// A chart of 20,000 rendered lines.
fn metrics_stack() -> helm::Chart {
    let chart = generate(Shape::MetricsStack, 1, 1);
    let file = |(name, text): (String, String)| File { name, data: text.into_bytes() };
    helm::load_files(chart.files.into_iter().map(file).collect(), &Limits::default()).unwrap()
}

fn walk(folder: &Path, prefix: &str, files: &mut Vec<File>) {
    for entry in std::fs::read_dir(folder).unwrap().map(Result::unwrap) {
        let name = format!("{prefix}{}", entry.file_name().to_str().unwrap());
        if entry.path().is_dir() {
            walk(&entry.path(), &format!("{name}/"), files);
        } else {
            files.push(File { name, data: std::fs::read(entry.path()).unwrap() });
        }
    }
}

fn render(chart: helm::Chart, values: &Json, provenance: bool) -> Rendered {
    let options = Options { provenance, ..Options::default() };
    let (release, capabilities) = (Release::default(), Capabilities::default());
    let mut renderer = Renderer::new(chart, Rc::new(Frozen));
    let rendered = renderer.render(values, &release, &capabilities, &options);
    assert_eq!(rendered.errors, []);
    rendered
}

fn origins(rendered: &Rendered) -> usize {
    rendered.manifests.iter().map(|manifest| rendered.lines(manifest).len()).sum()
}

fn benches(criterion: &mut Criterion) {
    let (large, values) = monitoring();
    let charts = [
        ("100 templates", &chart(), &json!({})),
        ("large", &large, &values),
        ("generated", &metrics_stack(), &json!({})),
    ];
    for (name, chart, values) in charts {
        let mut group = criterion.benchmark_group(name);
        let mut row = |name: &str, run: fn(helm::Chart, &Json)| {
            group.bench_function(name, |bench| {
                bench.iter_batched(
                    || chart.clone(),
                    |chart| run(chart, values),
                    BatchSize::SmallInput,
                );
            });
        };
        row("nobody watches", |chart, values| drop(render(chart, values, false)));
        row("traced", |chart, values| drop(render(chart, values, true)));
        row("traced, with the origins of all lines", |chart, values| {
            black_box(origins(&render(chart, values, true)));
        });
        let mut renderer = Renderer::new(chart.clone(), Rc::new(Frozen));
        group.bench_function("rendered again, everything executed", |bench| {
            bench.iter(|| {
                let (release, capabilities) = (Release::default(), Capabilities::default());
                renderer.render(values, &release, &capabilities, &Options::default())
            });
        });
    }
}

criterion_group!(all, benches);
criterion_main!(all);
