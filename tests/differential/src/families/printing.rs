//! `printf` in all its forms; printing, access and comparison across all kinds.

use super::operands::{ALL, base};
use super::text::go;
use crate::{Inputs, Probes, Random};

/// `p` only behind these: elsewhere it prints an address.
const SCALARS: &str = r#"5|-7|1.5|true|"text"|'a'|(int 65)"#;
const VERBS: &str = "v|T|t|b|c|d|o|O|q|x|X|U|e|E|f|F|g|G|s|w|z|!|y|k|%";
const COMMON: &str = "v|T|t|b|c|d|o|O|q|x|X|U|e|E|f|F|g|G|s";
const PRINTERS: &str = "print|println|html|js|urlquery|len|not|toString|quote|squote|kindOf|typeOf|toJson|toYaml|empty|int|float64|int64";
const KEYS: &str = r#"0|1|-1|9|"a"|"zz"|1.5|.Values.i|(int 1)|nil|'a'|true"#;

pub(super) fn inputs(random: &mut Random, rounds: usize) -> Inputs {
    let templates = (0..rounds).map(|_| format!("# {}\n", probe(random))).collect();
    Inputs::Probes(Probes { templates, base: base() })
}

fn probe(random: &mut Random) -> String {
    let left = random.word(ALL);
    let right = random.word(ALL);
    match random.below(10) {
        0..=3 => formatted(random),
        4 => all_forms(random, left),
        5 => {
            let printer = random.word(PRINTERS);
            format!("{{{{ {printer} {left} | toJson }}}} {{{{ print {left} {right} | toJson }}}}")
        }
        6 => format!(
            "{{{{ and {left} {right} | toJson }}}} {{{{ or {left} {right} | toJson }}}} {{{{ if {left} }}}}y{{{{ else }}}}n{{{{ end }}}}"
        ),
        7 => {
            let function = random.word("eq|ne|lt|le|gt|ge|deepEqual");
            format!("{{{{ {function} {left} {right} }}}}")
        }
        8 => access(random, left),
        _ => format!(
            "{{{{ default 9 {left} | toJson }}}} {{{{ {left} | toJson }}}} {{{{ {left} | toYaml | toJson }}}}"
        ),
    }
}

fn access(random: &mut Random, operand: &str) -> String {
    match random.below(3) {
        0 => format!("{{{{ index {operand} {} | toJson }}}}", random.word(KEYS)),
        1 => {
            let range = random.word("|1|0 2|2 1|0 99|-1|0 1 2");
            format!("{{{{ slice {operand} {range} | toJson }}}}")
        }
        _ => {
            let head = operand.trim_start_matches('(').trim_end_matches(')');
            let tail = random.word(".a|.b.c|.zz|.zz.yy|.Name|.a.b");
            format!("{{{{ ({head}){tail} | toJson }}}}")
        }
    }
}

/// One verb with every flag.
fn all_forms(random: &mut Random, operand: &str) -> String {
    let verb = random.word(VERBS);
    let forms = ["", "+", "#", "8", "-8", "08.3", " "].map(|form| format!("%{form}{verb}"));
    let operands = vec![operand; forms.len()].join(" ");
    format!("{{{{ printf {} {operands} | toJson }}}}", go(&forms.join("|")))
}

fn formatted(random: &mut Random) -> String {
    if random.chance(3) {
        return format!("{{{{ printf \"%p\" {} }}}}", random.word(SCALARS));
    }
    let mut format = String::new();
    for _ in 0..random.between(1, 3) {
        format.push_str(random.word("a| |||é|%%"));
        format.push_str(&directive(random));
    }
    format.push_str(random.word("|||||%"));
    let operands: Vec<_> = (0..random.below(4)).map(|_| random.word(ALL)).collect();
    format!("{{{{ printf {} {} | toJson }}}}", go(&format), operands.join(" "))
}

fn directive(random: &mut Random) -> String {
    let count = *random.pick(&[0, 0, 0, 1, 1, 2]);
    let flags = random.some(&["+", "-", "#", " ", "0"], count).concat();
    let width = random.word("|||1|5|12|*|[2]*|[1]");
    let precision = random.word("|||.0|.3|.|.10|.*|.[1]*");
    let index = random.word("||||||||||||[1]|[2]|[3]|[x]|[|[0]|[1");
    let verb = if random.chance(75) { random.word(COMMON) } else { random.word(VERBS) };
    format!("%{flags}{width}{precision}{index}{verb}")
}
