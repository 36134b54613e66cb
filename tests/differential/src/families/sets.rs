//! `--set` in its forms: a table of odd ones, and random ones, over a small tree of values.

use super::text::rows;
use crate::{CHART, Inputs, Random, Sample};

const VALUES: &str =
    r#"{"n": 1.5, "l": [1, {"a": 2}], "m": {"a": 1, "b": {"c": "x"}}, "s": "x", "z": null}"#;
const FLAGS: &str = "--set|--set|--set|--set-string|--set-literal|--set-json";

pub(super) fn inputs(random: &mut Random, rounds: usize) -> Inputs {
    let table: Vec<_> = rows(include_str!("tables/sets.txt")).collect();
    let sample = |random: &mut Random| {
        let mut sample = Sample::new([
            ("c/Chart.yaml".to_owned(), CHART),
            ("c/templates/x.yaml".to_owned(), "a: {{ toJson .Values }}\nb: {{ .Values }}\n"),
            ("n.yaml".to_owned(), VALUES),
        ]);
        sample = sample.arguments(["-f", "n.yaml"]);
        for _ in 0..*random.pick(&[1, 1, 2]) {
            let flag = random.word(FLAGS);
            let text = if random.chance(30) {
                (*random.pick(&table)).to_owned()
            } else {
                text(random, flag)
            };
            sample = sample.arguments([flag, text.as_str()]);
        }
        sample
    };
    Inputs::Samples((0..rounds).map(|_| sample(random)).collect())
}

fn text(random: &mut Random, flag: &str) -> String {
    let count = *random.pick(&[1, 1, 2, 3]);
    let json = flag == "--set-json";
    let pairs: Vec<_> =
        (0..count).map(|_| format!("{}={}", path(random), value(random, json))).collect();
    let mut text = pairs.join(",");
    if random.chance(15) {
        let ends: Vec<_> = text.char_indices().map(|(at, _)| at).collect();
        let at = *random.pick(&ends);
        if random.chance(50) {
            text.insert_str(at, random.word("[|]|{|}|,|=|\\|.|\"|é| |0"));
        } else {
            text.remove(at);
        }
    }
    text
}

fn path(random: &mut Random) -> String {
    let mut path = key(random);
    for _ in 0..*random.pick(&[0, 0, 1, 1, 2, 3]) {
        match random.below(3) {
            0 => path.push_str(random.word("[0]|[1]|[2]|[3]|[0][1]|[-1]|[x]|[00]|[ 1]")),
            _ => path.push_str(&format!(".{}", key(random))),
        }
    }
    path
}

fn key(random: &mut Random) -> String {
    random.word("a|b|n|l|m|s|z|c|a\\.b|k-x|é|x y|m|l|A|1|global|a\\,b").to_owned()
}

fn value(random: &mut Random, json: bool) -> String {
    if json {
        return random.word("1|\"x\"|null|true|{\"b\":1,\"c\":null}|[1,{\"d\":2.50}]|1e3|12345678901|[]|{}|x|{|\"a,b\"|-0.0| 5 |[1,]").to_owned();
    }
    if random.chance(15) {
        let items: Vec<_> = (0..random.below(4)).map(|_| scalar(random)).collect();
        return format!("{{{}}}", items.join(","));
    }
    scalar(random).to_owned()
}

fn scalar(random: &mut Random) -> &'static str {
    random.word("1|x|null|true|false||0|-5|1.5|007|0x10|1e3|a\\,b|a=b|a.b|\"q\"|9223372036854775808|NULL|True|é日| sp |~|a\\\\b|12345678|+1|a b|[1]|\\{x\\}|-0|0o7|.5")
}
