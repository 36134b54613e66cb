//! Every line knows its template and the values it came from.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use helm::{Capabilities, File, Limits, Options, Release, Renderer, Timestamp, World};
use serde_json::json;
use std::rc::Rc;

struct Still;

impl World for Still {
    fn now(&self) -> Timestamp {
        Timestamp::default()
    }

    fn fill_random(&self, _: (&str, u32), out: &mut [u8]) {
        out.fill(0);
    }
}

/// Renders one template and gives, for each line that read values, the line and what it read.
fn reads(template: &str, values: &str) -> Vec<String> {
    let file = |name: &str, text: &str| File { name: name.to_owned(), data: text.into() };
    let helpers = "{{ define \"h\" }}x: {{ .v.a }}\ny: {{ .v.b }}{{ end }}";
    let files = vec![
        file("Chart.yaml", "apiVersion: v2\nname: p\nversion: 0.1.0\n"),
        file("values.yaml", values),
        file("templates/_h.tpl", helpers),
        file("templates/t.yaml", template),
    ];
    let chart = helm::load_files(files, &Limits::default()).unwrap();
    let options = Options { provenance: true, ..Options::default() };
    let rendered = Renderer::new(chart, Rc::new(Still)).render(
        &json!({}),
        &Release::default(),
        &Capabilities::default(),
        &options,
    );
    assert_eq!(rendered.errors, []);
    let lines = rendered.manifests[0].text.lines();
    let sources = &rendered.provenance.unwrap().manifests[0];
    let row = |(line, source): (&str, &helm::LineSource)| {
        let reads: Vec<String> = source.reads.iter().map(ToString::to_string).collect();
        (!reads.is_empty()).then(|| format!("{} < {}", line.trim(), reads.join(" ")))
    };
    lines.zip(sources).filter_map(row).collect()
}

#[test]
fn a_field_is_known_by_its_path() {
    assert_eq!(reads("k: {{ .Values.a.b }}\n", "a: {b: 1}\n"), ["k: 1 < a.b"]);
}

#[test]
fn a_variable_carries_what_it_was_made_from() {
    let template = "{{ $x := .Values.a }}\nk: {{ $x }}\n";
    assert_eq!(reads(template, "a: 1\n"), ["k: 1 < a"]);
}

#[test]
fn a_range_knows_its_elements() {
    let template = "l:\n{{- range .Values.l }}\n- {{ .k }}\n{{- end }}\n";
    assert_eq!(reads(template, "l: [{k: 1}, {k: 2}]\n"), ["- 1 < l[0].k", "- 2 < l[1].k"]);
}

#[test]
fn an_included_line_is_told_from_its_neighbours() {
    let template = "k:\n  {{- include \"h\" (dict \"v\" .Values.m) | nindent 2 }}\n";
    assert_eq!(reads(template, "m: {a: 1, b: 2}\n"), ["x: 1 < m.a", "y: 2 < m.b"]);
}

#[test]
fn a_map_written_whole_is_known_line_by_line() {
    let template = "k:\n  {{- toYaml .Values.m | nindent 2 }}\n";
    let values = "m: {a: 1, b: {c: 2, d: [x, z]}}\n";
    assert_eq!(
        reads(template, values),
        [
            "a: 1 < m.a",
            "b: < m.b",
            "c: 2 < m.b.c",
            "d: < m.b.d",
            "- x < m.b.d[0]",
            "- z < m.b.d[1]"
        ]
    );
}
