//! A changed value executes only the files that saw it, and the render is the one that executing
//! everything gives.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use helm::{
    Capabilities, File, Limits, LineSource, Options, Place, Release, Rendered, Renderer, Timestamp,
    World,
};
use serde_json::{Map, Value as Json, json};
use std::path::Path;
use std::rc::Rc;

struct Still;

impl World for Still {
    fn now(&self) -> Timestamp {
        Timestamp::default()
    }

    fn fill_random(&self, _: Place<'_>, out: &mut [u8]) {
        out.fill(7);
    }
}

fn options() -> Options {
    Options { provenance: true, keep_going: true, skip_schema: true, ..Options::default() }
}

fn render(renderer: &mut Renderer, given: &Json) -> Rendered {
    renderer.render(given, &Release::default(), &Capabilities::default(), &options())
}

/// Everything that a render tells, but for how many files it executed.
fn told(rendered: &Rendered) -> (String, Vec<Vec<LineSource>>) {
    let all = rendered.manifests.iter().chain(&rendered.hooks);
    let lines = all.map(|manifest| rendered.lines(manifest)).collect();
    let provenance = rendered.provenance.as_ref();
    let text = format!(
        "{:#?}\n{:#?}\n{:?}\n{:#?}\n{}\n{:?}\n{:#?}\n{:#?}",
        rendered.manifests,
        rendered.hooks,
        rendered.notes,
        rendered.errors,
        rendered.values,
        rendered.log,
        provenance.map(|it| &it.unread),
        provenance.map(|it| &it.untaken),
    );
    (text, lines)
}

/// Fails with the first line that differs.
fn same(lasting: &Rendered, anew: &Rendered, what: &str) {
    let ((one, one_lines), (other, other_lines)) = (told(lasting), told(anew));
    for (at, (one, other)) in one.lines().zip(other.lines()).enumerate() {
        assert_eq!(one, other, "line {at} {what}");
    }
    assert_eq!(one.len(), other.len(), "{what}");
    assert!(one_lines == other_lines, "origins {what}");
}

/// A chart with these templates.
fn renderer(values: &str, templates: &[(&str, &str)]) -> Renderer {
    let file = |name: &str, text: &str| File { name: name.to_owned(), data: text.into() };
    let mut files = vec![
        file("Chart.yaml", "apiVersion: v2\nname: c\nversion: 0.1.0\n"),
        file("values.yaml", values),
    ];
    files.extend(templates.iter().map(|(name, text)| file(&format!("templates/{name}"), text)));
    Renderer::new(helm::load_files(files, &Limits::default()).unwrap(), Rc::new(Still))
}

/// Renders the chart with each of these values in turn; gives how many files each render executed,
/// and compares each with a render of its own.
fn executed(values: &str, templates: &[(&str, &str)], given: &[Json]) -> Vec<usize> {
    let mut lasting = renderer(values, templates);
    let compare = |given: &Json| {
        let rendered = render(&mut lasting, given);
        let anew = render(&mut renderer(values, templates), given);
        same(&rendered, &anew, &format!("with {given}"));
        rendered.executed
    };
    given.iter().map(compare).collect()
}

#[test]
fn only_what_saw_the_change_is_executed() {
    let templates = [
        ("a.yaml", "kind: A\nx: {{ .Values.a.x }}\n"),
        ("b.yaml", "kind: B\nx: {{ .Values.b.x }}\n"),
        ("c.yaml", "kind: C\n{{ with .Values.a }}x: {{ toYaml . }}{{ end }}\n"),
    ];
    let given = [json!({}), json!({}), json!({"b": {"x": 2}}), json!({"a": {"x": 2}}), json!({})];
    assert_eq!(executed("a: {x: 1, y: 1}\nb: {x: 1}\n", &templates, &given), [3, 0, 1, 3, 2]);
}

#[test]
fn a_key_that_was_missed_is_seen() {
    let templates = [
        ("a.yaml", "kind: A\nx: {{ .Values.a.new | default 1 }}\n"),
        ("b.yaml", "kind: B\nx: {{ hasKey .Values.a \"new\" }}\n"),
        ("c.yaml", "kind: C\nx: {{ .Values.a.old }}\n"),
        ("d.yaml", "kind: D\nx: {{ len .Values.a }}\n"),
        ("e.yaml", "kind: E\nx: {{ keys .Values.a | join \"-\" }}\n"),
    ];
    let given = [json!({}), json!({"a": {"new": 5}}), json!({"a": {"new": 6}})];
    // Who asks whether there is a key is taken to have seen what it holds.
    assert_eq!(executed("a: {old: 1}\n", &templates, &given), [5, 4, 3]);
}

#[test]
fn a_map_that_becomes_something_else_is_seen() {
    let templates = [
        ("a.yaml", "kind: A\nx: {{ .Values.a.b.c }}\n"),
        ("b.yaml", "kind: B\nx: {{ kindOf .Values.a.b }}\n"),
        ("c.yaml", "kind: C\nx: {{ .Values.z }}\n"),
    ];
    let given = [json!({}), json!({"a": {"b": null}}), json!({"a": {"b": [1]}}), json!({})];
    assert_eq!(executed("a: {b: {c: 1}}\nz: 1\n", &templates, &given), [3, 2, 2, 2]);
}

#[test]
fn what_helpers_and_dicts_carry_along_is_seen() {
    let templates = [
        ("_h.tpl", "{{ define \"h\" }}{{ .ctx.Values.a.x }}{{ end }}"),
        ("a.yaml", "kind: A\nx: {{ include \"h\" (dict \"ctx\" $) }}\n"),
        ("b.yaml", "kind: B\nx: {{ tpl .Values.text . }}\n"),
        ("c.yaml", "kind: C\n{{- range $k, $v := .Values.a }}\n{{ $k }}: {{ $v }}{{ end }}\n"),
        ("d.yaml", "kind: D\nx: {{ .Values.other }}\n"),
    ];
    let values = "a: {x: 1, y: 2}\nother: 1\ntext: '{{ .Values.a.y }}'\n";
    let given = [json!({}), json!({"a": {"x": 3}}), json!({"a": {"x": 3, "y": 4}})];
    assert_eq!(executed(values, &templates, &given), [4, 2, 2]);
}

#[test]
fn who_sets_a_value_has_everything_executed() {
    let templates = [
        ("a.yaml", "kind: A\nx: {{ .Values.a }}\n"),
        ("b.yaml", "kind: B\n{{- if .Values.change }}{{ $_ := set .Values \"a\" 9 }}{{ end }}\n"),
        ("c.yaml", "kind: C\nx: {{ .Values.a }}\n"),
    ];
    let given =
        [json!({}), json!({"change": true}), json!({"change": true, "a": 2}), json!({}), json!({})];
    assert_eq!(executed("a: 1\nchange: false\n", &templates, &given), [3, 3, 3, 3, 0]);
}

#[test]
fn who_marks_the_shared_dot_has_everything_executed() {
    let templates = [
        ("a.yaml", "kind: A\nx: {{ .mode }}\n{{ $_ := set . \"mode\" .Values.a }}"),
        ("b.yaml", "kind: B\nx: {{ .mode }}\n"),
    ];
    assert_eq!(executed("a: 1\n", &templates, &[json!({}), json!({"a": 2})]), [2, 2]);
}

#[test]
fn a_file_that_fails_is_tried_again() {
    let templates = [
        ("a.yaml", "kind: A\nx: {{ required \"a is missing\" .Values.a }}\n"),
        ("b.yaml", "kind: B\n"),
    ];
    let given = [json!({}), json!({"z": 1}), json!({"a": 1}), json!({"a": 1, "z": 2})];
    assert_eq!(executed("b: 1\n", &templates, &given), [2, 1, 1, 0]);
}

#[test]
fn another_release_or_cluster_is_another_render() {
    let mut renderer = renderer("a: 1\n", &[("a.yaml", "kind: A\nx: {{ .Release.Name }}\n")]);
    let mut run = |name: &str, cluster: &Capabilities| {
        let release = Release { name: name.to_owned(), ..Release::default() };
        renderer.render(&json!({}), &release, cluster, &options()).executed
    };
    let (one, other) =
        (Capabilities::default(), Capabilities::default().with_kube_version("1.20.0").unwrap());
    assert_eq!([run("x", &one), run("x", &one), run("y", &one), run("y", &other)], [1, 0, 1, 1]);
}

/// The files of a chart's folder.
fn read(root: &Path, folder: &Path, files: &mut Vec<File>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            read(root, &path, files);
        } else {
            let name = path.strip_prefix(root).unwrap().to_str().unwrap().to_owned();
            files.push(File { name, data: std::fs::read(path).unwrap() });
        }
    }
}

/// Every chart below a folder.
fn charts(folder: &Path, found: &mut Vec<std::path::PathBuf>) {
    if folder.join("Chart.yaml").is_file() {
        found.push(folder.to_owned());
        return;
    }
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            charts(&path, found);
        }
    }
}

/// Sets the leaf or map that `dice` leads to, or takes it away.
fn edit(values: &Json, given: &mut Json, dice: &mut impl FnMut(usize) -> usize) {
    let Json::Object(map) = values else { return };
    let Some((key, below)) = map.iter().nth(dice(map.len().max(1))) else { return };
    if !given.is_object() {
        *given = json!({});
    }
    let Some(given) = given.as_object_mut() else { return };
    if below.as_object().is_some_and(|below| !below.is_empty()) && dice(6) > 0 {
        edit(below, given.entry(key.clone()).or_insert_with(|| Json::Object(Map::new())), dice);
        return;
    }
    let new = match dice(8) {
        0 => Json::Null,
        1 => json!(dice(3)),
        2 => json!("other"),
        3 => json!(true),
        4 => json!(false),
        5 => json!({"added": dice(3)}),
        6 => json!(["item"]),
        _ => {
            given.remove(key);
            return;
        }
    };
    given.insert(key.clone(), new);
}

#[test]
fn edits_of_every_chart_render_as_anew() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut folders = Vec::new();
    charts(&root.join("charts"), &mut folders);
    charts(&root.join("tests/corpus/large"), &mut folders);
    let mut state = 1_u64;
    let mut dice = |sides: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        (state >> 33) as usize % sides
    };
    let (mut all, mut executed) = (0, 0);
    for folder in folders {
        let mut files = Vec::new();
        read(&folder, &folder, &mut files);
        let chart = helm::load_files(files, &Limits::default()).unwrap();
        let mut lasting = Renderer::new(chart.clone(), Rc::new(Still));
        let mut given = json!({});
        let values = render(&mut lasting, &given).values;
        for at in 0..12 {
            edit(&values, &mut given, &mut dice);
            if at % 6 == 5 {
                given = json!({});
            }
            let rendered = render(&mut lasting, &given);
            let anew = render(&mut Renderer::new(chart.clone(), Rc::new(Still)), &given);
            same(&rendered, &anew, &format!("{} with {given}", folder.display()));
            (all, executed) = (all + anew.executed, executed + rendered.executed);
        }
    }
    assert!(executed * 3 < all * 2, "{executed} of {all} files were executed");
}

#[test]
fn a_table_that_charts_share_is_seen_from_each() {
    let file = |name: &str, text: &str| File { name: name.to_owned(), data: text.into() };
    let template = |kind: &str| format!("kind: {kind}\nx: {{{{ .Values.global.one.two.x }}}}\n");
    let chart = || {
        let files = vec![
            file("Chart.yaml", "apiVersion: v2\nname: c\nversion: 0.1.0\n"),
            file("values.yaml", "global: {one: {two: {x: 1}}}\n"),
            file("templates/a.yaml", &template("A")),
            file("charts/sub/Chart.yaml", "apiVersion: v2\nname: sub\nversion: 0.1.0\n"),
            file("charts/sub/templates/b.yaml", &template("B")),
        ];
        Renderer::new(helm::load_files(files, &Limits::default()).unwrap(), Rc::new(Still))
    };
    let mut lasting = chart();
    let given = [
        json!({}),
        json!({"sub": {"global": {"one": {"two": {"x": 2}}}}}),
        json!({"global": {"one": {"two": {"x": 3}}}}),
        json!({"sub": {"global": {"one": {"two": {"x": 4}}}}, "global": {"one": {"z": 1}}}),
        json!({}),
    ];
    for given in given {
        let rendered = render(&mut lasting, &given);
        same(&rendered, &render(&mut chart(), &given), &format!("with {given}"));
    }
}
