//! The form of a chart without a schema: comments, questions, subcharts, and what templates do.

use crate::support::open_source;
use finding::Path;
use schema::{Control, Field};
use serde_json::json;
use session::{InputFile, OpenSource, StackCard};

fn file(name: &str, text: &str) -> InputFile {
    InputFile { name: name.to_owned(), data: text.as_bytes().to_vec() }
}

fn open(files: Vec<InputFile>) -> StackCard {
    open_source(OpenSource::Files { name: "chart".to_owned(), files }).card
}

fn field<'c>(card: &'c StackCard, path: &str) -> &'c Field {
    let path: Path = path.parse().unwrap();
    card.form.field(&path).unwrap_or_else(|| panic!("{path} is a field"))
}

#[test]
fn a_value_is_what_its_templates_make_of_it() {
    let values = "place: {}\nlist: []\nwhole:\nflag:\ncount:\nword:\npairs: {}\n";
    let template = "nodeSelector:\n  {{- toYaml .Values.place | nindent 2 }}\ntolerations:\n{{ toYaml .Values.list }}\n\
         {{ if .Values.flag }}x: {{ toYaml .Values.whole }}{{ end }}\nn: {{ int .Values.count }}\nw: {{ .Values.word | quote }}\n\
         {{ range $k, $v := .Values.pairs }}{{ $k }}: {{ $v }}{{ end }}\n";
    let card = open(vec![
        file("Chart.yaml", "apiVersion: v2\nname: a\nversion: 0.1.0\n"),
        file("values.yaml", values),
        file("templates/a.yaml", template),
    ]);
    assert!(matches!(field(&card, "place").control, Control::Map { .. }));
    assert_eq!(field(&card, "list").kind, "tolerations");
    assert!(card.form.shapes["tolerations"].list);
    assert_eq!(field(&card, "whole").control, Control::Yaml);
    assert_eq!(field(&card, "flag").control, Control::Switch);
    assert_eq!(field(&card, "count").control, Control::Number { integer: true });
    assert_eq!(field(&card, "word").control, Control::Text);
    assert!(matches!(field(&card, "pairs").control, Control::Map { .. }));
}

#[test]
fn a_subchart_used_twice_is_told_at_both_keys() {
    let chart = "apiVersion: v2\nname: a\nversion: 0.1.0\ndependencies:\n  - name: sub\n    version: 0.1.0\n    alias: one\n  - name: sub\n    version: 0.1.0\n    alias: two\n";
    let card = open(vec![
        file("Chart.yaml", chart),
        file("values.yaml", "one: {size: 1}\ntwo: {size: 2}\n"),
        file("questions.yml", "questions:\n  - variable: one.size\n    label: How large\n"),
        file("charts/sub/Chart.yaml", "apiVersion: v2\nname: sub\nversion: 0.1.0\n"),
        file("charts/sub/values.yaml", "# -- Told by the subchart\nsize: 1\nttl: 60\n"),
    ]);
    assert_eq!(field(&card, "one.size").title, "How large");
    assert_eq!(field(&card, "two.ttl").default, Some(json!(60)));
    assert!(card.form.field(&"sub".parse().unwrap()).is_none(), "the alias stands for the name");
    for path in ["one.size", "two.size"] {
        assert_eq!(field(&card, path).description, "Told by the subchart", "{path}");
    }
}
