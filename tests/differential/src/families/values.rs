//! Values over values: random trees of charts, their values files, overrides, nulls, globals,
//! conditions, tags, aliases and import-values.

use serde_json::{Map, Value, json};

use crate::{Inputs, Random, Sample};

const KEYS: &[&str] = &["a", "b", "c", "enabled", "global", "exports", "tags", "s", "t", "u", "x"];
const SHOW: &str = "v: {{ toJson .Values }}\nd: {{ toJson .Chart.Dependencies }}\n\
    s: {{ keys .Subcharts | sortAlpha }}\nk: {{ range $k, $v := .Values }}{{ $k }}={{ kindOf $v }} {{ end }}\n";

pub(super) fn inputs(random: &mut Random, rounds: usize) -> Inputs {
    Inputs::Samples((0..rounds).map(|_| sample(random)).collect())
}

fn sample(random: &mut Random) -> Sample {
    let mut sample = Sample::new(Vec::<(String, String)>::new());
    let trees: &[&[&[&str]]] = &[
        &[],
        &[&["s"]],
        &[&["s", "t"]],
        &[&["s"], &["u"]],
        &[&["s", "t"], &["u"]],
        &[&["s", "t"], &["u"], &["t"]],
    ];
    let below = *random.pick(trees);
    add_chart(random, "c", "c", below, &mut sample);
    for number in 0..random.below(3) {
        let name = format!("v{number}.yaml");
        sample = sample.with(&name, format!("{:#}\n", table(random, 3))).arguments(["-f", &name]);
    }
    for _ in 0..*random.pick(&[0, 0, 1, 2]) {
        let path = random.word(
            "a|s.a|global.b|tags.a|s.enabled|s.u.a|enabled|s.global.c|a.b|x.a|s.u.enabled|tags.b",
        );
        let set = format!("{path}={}", random.word("null|1|true|false|x|{1,null}"));
        sample = sample.arguments([random.word("--set|--set|--set-string"), set.as_str()]);
    }
    sample
}

fn scalar(random: &mut Random) -> Value {
    let scalars = [
        Value::Null,
        Value::Null,
        json!(1),
        json!(0),
        json!("x"),
        json!(""),
        json!(true),
        json!(false),
        json!(1.5),
        json!([]),
        json!([1]),
        json!([null, {"a": null}]),
        json!({}),
        json!(12_345_678),
        json!({"a": null}),
    ];
    random.pick(&scalars).clone()
}

fn tree(random: &mut Random, depth: usize) -> Value {
    if depth == 0 || random.chance(40) {
        return scalar(random);
    }
    let count = random.below(5);
    let keys = random.some(KEYS, count);
    Value::Object(keys.into_iter().map(|key| (key.to_owned(), tree(random, depth - 1))).collect())
}

/// A tree that is a table. Most of its reserved names hold tables, too; one in ten does not.
fn table(random: &mut Random, depth: usize) -> Value {
    let count = random.below(6);
    let keys = random.some(KEYS, count);
    let mut table = Map::new();
    for key in keys {
        let mut value = tree(random, depth - 1);
        let reserved = ["global", "tags", "s", "t", "u", "x", "exports"].contains(&key);
        if reserved && !value.is_object() && random.chance(90) {
            let names = random.some(&KEYS[..4], 2);
            value = Value::Object(
                names.into_iter().map(|name| (name.to_owned(), scalar(random))).collect(),
            );
        }
        table.insert(key.to_owned(), value);
    }
    Value::Object(table)
}

/// `leaf`: whether the chart has none below it. What lies below an aliased chart that declares no
/// dependencies keeps its path in Helm, but not in our engine: only leaves get aliases.
fn dependency(random: &mut Random, name: &str, leaf: bool) -> Value {
    let version = random.word("1.0.0|>0|^1.0.0|*|1.x");
    let mut entry = json!({"name": name, "version": version});
    if random.chance(40) {
        let condition = random.word("@.enabled|enabled|@.enabled,global.enabled|a.b|@.a.b,enabled");
        entry["condition"] = json!(condition.replace('@', name));
    }
    if random.chance(30) {
        entry["tags"] = json!(random.some(&["a", "b", "c"], 2));
    }
    if leaf && random.chance(40) {
        entry["alias"] = json!(random.word("x|y|s2|t"));
    }
    if random.chance(40) {
        let choices = [
            json!("a"),
            json!("b"),
            json!({"child": "a", "parent": "b"}),
            json!({"child": "exports.a", "parent": "."}),
            json!({"child": "c", "parent": "a.b"}),
            json!({"child": "u.a", "parent": "x"}),
        ];
        entry["import-values"] = json!(random.some(&choices, 2));
    }
    entry
}

/// A chart with subcharts named `below[0]`, which have subcharts of their own.
fn add_chart(
    random: &mut Random,
    folder: &str,
    name: &str,
    below: &[&[&str]],
    sample: &mut Sample,
) {
    let mut head = json!({"apiVersion": "v2", "name": name, "version": "1.0.0"});
    let children = below.first().copied().unwrap_or_default();
    let leaf = below.len() < 2;
    if !children.is_empty() && random.chance(75) {
        let mut listed: Vec<_> =
            children.iter().map(|child| dependency(random, child, leaf)).collect();
        if random.chance(20) {
            listed.push(dependency(random, children[0], leaf));
        }
        if random.chance(15) {
            listed.remove(0);
        }
        head["dependencies"] = json!(listed);
    }
    if folder != "c" && random.chance(8) {
        head["type"] = json!("library");
    }
    let mut add = |file: &str, text: String| {
        sample.files.insert(format!("{folder}/{file}"), text.into_bytes());
    };
    add("Chart.yaml", format!("{head:#}\n"));
    add("templates/x.yaml", SHOW.to_owned());
    if random.chance(90) {
        add("values.yaml", format!("{:#}\n", table(random, 3)));
    }
    for child in children {
        add_chart(random, &format!("{folder}/charts/{child}"), child, &below[1..], sample);
    }
}
