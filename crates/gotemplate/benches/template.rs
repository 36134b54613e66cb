//! Parsing and executing templates: `cargo bench -p gotemplate`.

#![allow(clippy::unwrap_used, reason = "a bench fails by panicking")]

use criterion::{Criterion, criterion_group, criterion_main};
use gotemplate::{
    Budget, FuncMap, Heap, Limits, Map, MissingKey, NoObserver, Options, Str, TemplateSet, Value,
};
use std::hint::black_box;
use std::rc::Rc;

/// A template of the shape that charts have: control, pipelines, a helper called for every item.
const TEXT: &str = r#"{{- define "labels" }}app: {{ .name }}
tier: {{ .tier | printf "%-8s" }}{{ end -}}
{{- range $i, $item := .items }}
- name: {{ $item.name | printf "%s-%d" $.prefix }}
  {{- if and $item.enabled (gt $i 2) }}
  index: {{ $i }}
  labels: {{ template "labels" $item }}
  {{- else }}
  off: true
  {{- end }}
{{- end }}
"#;

fn set(text: &str) -> Rc<TemplateSet> {
    let mut set = TemplateSet::new(Rc::new(FuncMap::new()), Limits::default());
    set.parse("bench", text.as_bytes()).unwrap();
    Rc::new(set)
}

fn map(entries: &[(&str, Value)]) -> Value {
    let map = Map::new();
    for (key, value) in entries {
        map.insert(Str::from(*key), value.clone());
    }
    Value::Map(map)
}

fn data(items: usize) -> Value {
    let item = |at: usize| {
        map(&[
            ("name", Value::string(format!("item-{at}"))),
            ("tier", Value::string("backend")),
            ("enabled", Value::Bool(at.is_multiple_of(2))),
        ])
    };
    let list = Value::list((0..items).map(item).collect());
    map(&[("items", list), ("prefix", Value::string("release"))])
}

fn benches(criterion: &mut Criterion) {
    criterion.bench_function("parse", |bench| bench.iter(|| set(black_box(TEXT))));
    let parsed = set(TEXT);
    criterion.bench_function("execute 1000 items", |bench| {
        let _heap = Heap::enter();
        let data = data(1000);
        bench.iter(|| {
            let options = Options { missing_key: MissingKey::Zero };
            let mut budget = Budget::new(Limits::default());
            let dot = data.clone();
            gotemplate::execute(&parsed, "bench", dot, &options, &mut budget, &mut NoObserver)
                .unwrap()
        });
    });
}

criterion_group!(all, benches);
criterion_main!(all);
