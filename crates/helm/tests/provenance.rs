//! Every line knows its template and the values it came from.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use helm::{Capabilities, File, Limits, Options, Place, Release, Renderer, Timestamp, World};
use serde_json::json;
use std::rc::Rc;

struct Still;

impl World for Still {
    fn now(&self) -> Timestamp {
        Timestamp::default()
    }

    fn fill_random(&self, _: Place<'_>, out: &mut [u8]) {
        out.fill(0);
    }
}

/// Renders one template and gives, for each line that read values, the line and what it read.
fn reads(template: &str, values: &str) -> Vec<String> {
    let helpers = "{{ define \"h\" }}x: {{ .v.a }}\ny: {{ .v.b }}{{ end }}";
    let rendered = traced(&[
        CHART,
        ("values.yaml", values),
        ("templates/_h.tpl", helpers),
        ("templates/t.yaml", template),
    ]);
    let lines = rendered.manifests[0].text.lines();
    let sources = rendered.lines(&rendered.manifests[0]);
    let row = |(line, source): (&str, helm::LineSource)| {
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

/// A render of these files with provenance.
fn traced(files: &[(&str, &str)]) -> helm::Rendered {
    let file =
        |(name, text): &(&str, &str)| File { name: (*name).to_owned(), data: (*text).into() };
    let chart = helm::load_files(files.iter().map(file).collect(), &Limits::default()).unwrap();
    let options = Options { provenance: true, ..Options::default() };
    let rendered = Renderer::new(chart, Rc::new(Still)).render(
        &json!({}),
        &Release::default(),
        &Capabilities::default(),
        &options,
    );
    assert_eq!(rendered.errors, []);
    rendered
}

const CHART: (&str, &str) = ("Chart.yaml", "apiVersion: v2\nname: p\nversion: 0.1.0\n");

#[test]
fn a_line_knows_who_called_its_template() {
    let rendered = traced(&[
        CHART,
        (
            "templates/_h.tpl",
            "{{ define \"in\" }}a: 1{{ end }}\n{{ define \"out\" }}\n{{ template \"in\" . }}{{ end }}",
        ),
        ("templates/t.yaml", "k:\n  {{- include \"out\" . | nindent 2 }}\n"),
    ]);
    let lines = rendered.lines(&rendered.manifests[0]);
    assert_eq!(
        lines[2].chain,
        ["p/templates/_h.tpl:1", "p/templates/_h.tpl:3", "p/templates/t.yaml:2"]
    );
}

#[test]
fn a_line_of_plain_text_knows_its_own_line() {
    let text = "{{- $x := 1 -}}\n\na: 1\nb: 2\nc: {{ $x }}\nd: 4\n";
    let rendered = traced(&[CHART, ("templates/t.yaml", text)]);
    let lines = rendered.lines(&rendered.manifests[0]);
    let places: Vec<&str> = lines.iter().take(4).map(|line| line.chain[0].as_str()).collect();
    let file = |line: u32| format!("p/templates/t.yaml:{line}");
    assert_eq!(places, [3, 4, 5, 6].map(file));
}

#[test]
fn manifests_of_one_file_know_their_own_lines() {
    let file = "kind: A\nk: {{ .Values.none }}{{ .Values.none }}{{ .Values.none }}\n---\nkind: B\nk: {{ .Values.a }}\n";
    let rendered = traced(&[CHART, ("values.yaml", "a: 1\n"), ("templates/t.yaml", file)]);
    let places = |manifest: &helm::Manifest| {
        let lines = rendered.lines(manifest);
        lines.into_iter().take(2).map(|line| line.chain.concat()).collect::<Vec<_>>()
    };
    let line = |line: u32| format!("p/templates/t.yaml:{line}");
    assert_eq!(places(&rendered.manifests[0]), [1, 2].map(line));
    assert_eq!(places(&rendered.manifests[1]), [4, 5].map(line));
}

#[test]
fn a_map_written_twice_is_known_both_times() {
    let template =
        "k:\n  {{- toYaml .Values.m | nindent 2 }}\nl:\n  {{- toYaml .Values.m | nindent 2 }}\n";
    let once = ["a: < m.a", "- b: 1 < m.a[0].b", "c: 1 < m.a[0].c"];
    assert_eq!(reads(template, "m: {a: [{b: 1, c: 1}]}\n"), [once, once].concat());
}

#[test]
fn lines_that_repeat_are_told_apart_by_their_order() {
    let template = "k:\n  {{- toYaml .Values.m | nindent 2 }}\n";
    assert_eq!(
        reads(template, "m: {a: {x: 1}, b: {x: 1}}\n"),
        ["a: < m.a", "x: 1 < m.a.x", "b: < m.b", "x: 1 < m.b.x"]
    );
}

#[test]
fn a_text_of_several_lines_is_one_value() {
    let template = "k:\n  {{- toYaml .Values.m | nindent 2 }}\n";
    assert_eq!(
        reads(template, "m: {t: \"x: 1\\n\\ny: 2\\n\", u: 1}\n"),
        ["t: | < m.t", "x: 1 < m.t", " < m", "y: 2 < m.t", "u: 1 < m.u"]
    );
}

#[test]
fn an_include_in_an_include_tells_the_innermost() {
    let rendered = traced(&[
        CHART,
        ("values.yaml", "a: 1\nb: 2\n"),
        (
            "templates/_h.tpl",
            "{{ define \"in\" }}a: {{ .Values.a }}{{ end }}\n{{ define \"out\" }}{{ include \"in\" . }}\nb: {{ .Values.b }}{{ end }}",
        ),
        ("templates/t.yaml", "k:\n  {{- include \"out\" . | nindent 2 }}\n  c: 3\n"),
    ]);
    let lines = rendered.lines(&rendered.manifests[0]);
    let row = |line: &helm::LineSource| {
        let reads: Vec<String> = line.reads.iter().map(ToString::to_string).collect();
        format!("{} < {}", line.chain.join(" "), reads.join(" "))
    };
    assert_eq!(
        lines.iter().take(4).map(row).collect::<Vec<_>>(),
        [
            "p/templates/t.yaml:1 < ",
            "p/templates/_h.tpl:1 p/templates/_h.tpl:2 p/templates/t.yaml:2 < a",
            "p/templates/_h.tpl:3 p/templates/t.yaml:2 < b",
            "p/templates/t.yaml:3 < ",
        ]
    );
}

/// `keyword condition wants < reads` of every branch not taken.
fn untaken(template: &str, values: &str) -> Vec<String> {
    let rendered = traced(&[CHART, ("values.yaml", values), ("templates/t.yaml", template)]);
    let row = |it: helm::Untaken| {
        let reads: Vec<String> = it.reads.iter().map(ToString::to_string).collect();
        format!(
            "{} {} {} {} < {}",
            it.chain[0],
            it.keyword,
            it.condition,
            it.wants,
            reads.join(" ")
        )
    };
    rendered.provenance.unwrap().untaken.into_iter().map(row).collect()
}

#[test]
fn a_branch_not_taken_tells_its_condition() {
    let template = "a: 1\n{{ if and .Values.o (not .Values.p) }}\nb: 1\n{{ end }}";
    assert_eq!(
        untaken(template, "o: false\np: false\n"),
        ["p/templates/t.yaml:2 if and .Values.o (not .Values.p) true < o"]
    );
}

#[test]
fn an_else_not_taken_wants_the_contrary() {
    let template = "{{ if .Values.o }}a: 1{{ else if .Values.b }}a: 2{{ else }}a: 3{{ end }}";
    assert_eq!(untaken(template, "o: true\n"), ["p/templates/t.yaml:1 if .Values.o false < o"]);
    assert_eq!(
        untaken(template, "o: false\nb: 1\n"),
        [
            "p/templates/t.yaml:1 if .Values.o true < o",
            "p/templates/t.yaml:1 if .Values.b false < b"
        ]
    );
}

#[test]
fn a_loop_without_elements_and_an_empty_with_are_not_taken() {
    let template =
        "a: 1\n{{ range .Values.l }}b: {{ . }}{{ end }}\n{{ with .Values.w }}c: 1{{ end }}";
    assert_eq!(
        untaken(template, "l: []\nw: {}\n"),
        [
            "p/templates/t.yaml:2 range .Values.l true < l",
            "p/templates/t.yaml:3 with .Values.w true < w"
        ]
    );
}

#[test]
fn a_branch_that_one_round_of_a_loop_took_is_taken() {
    let template = "{{ range .Values.l }}{{ if . }}\na: 1{{ end }}{{ end }}";
    assert_eq!(untaken(template, "l: [false, true]\n"), [""; 0]);
}

fn unread(template: &str, values: &str) -> Vec<String> {
    let rendered = traced(&[CHART, ("values.yaml", values), ("templates/t.yaml", template)]);
    rendered.provenance.unwrap().unread.iter().map(ToString::to_string).collect()
}

#[test]
fn a_value_that_nobody_reads_is_told() {
    assert_eq!(unread("k: {{ .Values.m.a }}\n", "m: {a: 1, b: 2}\nq: 1\n"), ["m.b", "q"]);
}

#[test]
fn a_map_written_whole_is_read_whatever_else_is_read_of_it() {
    let template = "k: {{ .Values.m | toJson }}\nl: {{ .Values.m.a }}\n";
    assert_eq!(unread(template, "m: {a: 1, b: 2}\n"), [""; 0]);
}

#[test]
fn a_value_knows_its_layer() {
    let chart = helm::load_files(
        [
            CHART,
            ("values.yaml", "a: 1\nb: 1\nc: 1\nsub: {x: 1}\nglobal: {g: 1}\n"),
            ("charts/sub/Chart.yaml", "apiVersion: v2\nname: sub\nversion: 0.1.0\n"),
            ("charts/sub/values.yaml", "x: 2\nz: 2\nglobal: {g: 2, own: 2}\n"),
        ]
        .map(|(name, text)| File { name: name.to_owned(), data: text.into() })
        .to_vec(),
        &Limits::default(),
    );
    let files = [("prod.yaml".to_owned(), json!({"b": 2, "c": 2}))];
    let edits = json!({"c": 3, "global": {"h": 1}});
    let layers = helm::Layers { chart: &chart.unwrap(), files: &files, edits: &edits };
    let of = |path: &str| format!("{:?}", layers.of(&path.parse().unwrap()));
    for (path, layer) in [
        ("a", r#"Default("p")"#),
        ("b", r#"File("prod.yaml")"#),
        ("c", "Edit"),
        ("sub.x", r#"Parent("p")"#),
        ("sub.z", r#"Default("p/sub")"#),
        ("sub.global.g", r#"Global(Default("p"))"#),
        ("sub.global.h", "Global(Edit)"),
        ("sub.global.own", r#"Default("p/sub")"#),
        ("none", "Unset"),
    ] {
        assert_eq!(of(path), layer, "{path}");
    }
}
