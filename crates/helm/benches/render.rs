//! A chart of 100 templates and 10 subcharts, rendered with and without the observer:
//! `cargo bench -p helm`.

#![allow(clippy::unwrap_used, reason = "a bench fails by panicking")]

use criterion::{Criterion, criterion_group, criterion_main};
use helm::{Capabilities, File, Limits, Options, Release, Renderer, Timestamp, World};
use serde_json::json;
use std::rc::Rc;

struct Frozen;

impl World for Frozen {
    fn now(&self) -> Timestamp {
        Timestamp { seconds: 0, nanoseconds: 0 }
    }

    fn fill_random(&self, _: (&str, u32), out: &mut [u8]) {
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

fn benches(criterion: &mut Criterion) {
    let mut renderer = Renderer::new(chart(), Rc::new(Frozen));
    let (release, capabilities) = (Release::default(), Capabilities::default());
    let mut render = |provenance: bool| {
        let options = Options { provenance, ..Options::default() };
        let rendered = renderer.render(&json!({}), &release, &capabilities, &options);
        assert_eq!(rendered.manifests.len(), SUBCHARTS * TEMPLATES, "{:?}", rendered.errors);
        rendered
    };
    criterion.bench_function("100 templates, nobody watches", |bench| bench.iter(|| render(false)));
    criterion.bench_function("100 templates, traced", |bench| bench.iter(|| render(true)));
    let rendered = render(true);
    criterion.bench_function("the origins of all their lines", |bench| {
        bench.iter(|| rendered.manifests.iter().map(|it| rendered.lines(it).len()).sum::<usize>());
    });
}

criterion_group!(all, benches);
criterion_main!(all);
