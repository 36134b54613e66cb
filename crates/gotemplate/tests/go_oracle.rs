//! Every case that Go itself was asked (`tests/go/oracle.go`), asked of this crate.

use gotemplate::{Budget, FuncMap, Limits, Map, NoObserver, Options, TemplateSet, Value, execute};
use std::rc::Rc;

/// What we say otherwise: a function here sees neither whether a nil was written as one, nor the
/// text of its arguments. Both fail in Go, too.
const OTHER_WORDS: [&str; 2] = ["{{len nil}}", "{{call .s}}"];

/// The same data as in `oracle.go`.
fn data() -> Value {
    let inner: Map = [("c", Value::from("x"))].into_iter().collect();
    let m: Map = [("a", Value::int(1)), ("b", Value::Map(inner))].into_iter().collect();
    let l =
        vec![Value::int(1), Value::from("two"), Value::float(3.5), Value::Bool(true), Value::Nil];
    let entries = [
        ("i", Value::int(5)),
        ("n", Value::int(-7)),
        ("f", Value::float(1.5)),
        ("s", Value::from("text")),
        ("e", Value::from("")),
        ("t", Value::Bool(true)),
        ("nil", Value::Nil),
        ("l", Value::list(l)),
        ("m", Value::Map(m)),
    ];
    Value::Map(entries.into_iter().collect())
}

fn run(text: &str) -> Result<String, String> {
    let mut set = TemplateSet::new(Rc::new(FuncMap::new()), Limits::default());
    set.parse("t", text.as_bytes()).map_err(|error| error.message)?;
    let (set, mut budget) = (Rc::new(set), Budget::new(Limits::default()));
    execute(&set, "t", data(), &Options::default(), &mut budget, &mut NoObserver)
        .map(|output| String::from_utf8_lossy(&output).into_owned())
        .map_err(|error| error.message)
}

fn unescape(text: &str) -> String {
    let mut out = String::new();
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        out.push(match (c, c == '\\') {
            (_, true) => match chars.next() {
                Some('n') => '\n',
                Some('t') => '\t',
                Some('r') => '\r',
                Some(other) => other,
                None => '\\',
            },
            (c, false) => c,
        });
    }
    out
}

#[test]
fn what_go_prints_is_printed() {
    let cases = include_str!("go/cases.tsv");
    let (mut count, mut wrong) = (0, Vec::new());
    for line in cases.lines() {
        let mut parts = line.split('\t').map(unescape);
        let (Some(text), Some(kind), Some(said)) = (parts.next(), parts.next(), parts.next())
        else {
            panic!("a line of cases.tsv has no three parts: {line}");
        };
        let expected = if kind == "ok" { Ok(said) } else { Err(said) };
        let actual = run(&text);
        count += 1;
        if OTHER_WORDS.contains(&text.as_str()) {
            assert!(actual.is_err() && expected.is_err(), "{text}");
        } else if actual != expected {
            wrong.push(format!("{text}\n    Go:   {expected:?}\n    ours: {actual:?}"));
        }
    }
    assert!(count > 2_000, "only {count} cases");
    assert!(wrong.is_empty(), "{} of {count} differ:\n{}", wrong.len(), wrong.join("\n"));
}
