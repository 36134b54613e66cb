//! Calls of the whole function library, nested, with arguments of the kinds that they want and
//! now and then of another.
//!
//! `tables/functions.txt` says what each function takes and gives, one letter a kind, `*` for any
//! number of them; `tables/leaves.txt` gives small expressions of each kind, `¦` between them. Left out: what is
//! random or asks the clock, and `keys` and `values`, whose order Go does not fix.

use super::operands;
use super::text::rows;
use crate::{Inputs, Probes, Random};

/// How deep calls are nested.
const DEPTH: usize = 3;

struct Function {
    name: &'static str,
    takes: Vec<&'static str>,
    gives: &'static str,
}

/// The tables, read.
pub(super) struct Library {
    functions: Vec<Function>,
    leaves: Vec<(&'static str, Vec<&'static str>)>,
}

pub(super) fn inputs(random: &mut Random, rounds: usize) -> Inputs {
    let library = Library::read();
    let templates = (0..rounds).map(|_| library.probe(random)).collect();
    Inputs::Probes(Probes { templates, base: operands::base() })
}

impl Library {
    pub(super) fn read() -> Self {
        let functions = rows(include_str!("tables/functions.txt")).filter_map(|row| {
            let words: Vec<_> = row.split(' ').collect();
            let (name, kinds) = words.split_first()?;
            let (gives, takes) = kinds.split_last()?;
            Some(Function { name, takes: takes.to_vec(), gives })
        });
        let leaves = rows(include_str!("tables/leaves.txt")).filter_map(|row| {
            let (kind, all) = row.split_once(' ')?;
            Some((kind, all.split('¦').collect()))
        });
        Self { functions: functions.collect(), leaves: leaves.collect() }
    }

    fn probe(&self, random: &mut Random) -> String {
        let function = random.pick(&self.functions);
        let call = self.call(random, function, DEPTH);
        let show = random.pick(&[
            "{{ toJson (C) }}",
            "{{ C | toJson }}",
            "{{ print (C) | toJson }}",
            "{{ C | toYaml | toJson }}",
            "{{ toJson (C) }} {{ typeOf (C) }} {{ kindOf (C) }}",
            "{{ if C }}yes{{ else }}no{{ end }}",
            "{{ with C }}{{ . | toJson }}{{ end }}",
            "{{ range C }}{{ . | toJson }},{{ end }}",
            "{{ $x := C }}{{ printf \"%v %T\" $x $x | toJson }}",
        ]);
        // A range over 3,600,000,000 ends for us, who count steps, but not for Helm.
        let counts = show.contains("range") && !matches!(function.gives, "l" | "L" | "d");
        let show = if counts { "{{ C | toJson }}" } else { show };
        format!("# {}\n", show.replace('C', &call))
    }

    /// A call, now and then piped its last argument.
    fn call(&self, random: &mut Random, function: &Function, depth: usize) -> String {
        let mut words = Vec::new();
        for kind in &function.takes {
            let (kind, count) = match kind.strip_suffix('*') {
                Some(kind) => (kind, random.below(3)),
                None => (*kind, 1),
            };
            for _ in 0..count {
                words.push(self.argument(random, kind, depth - 1));
            }
        }
        if random.chance(2) {
            words.pop();
        }
        if !words.is_empty() && random.chance(15) {
            let last = words.pop().unwrap_or_default();
            return format!("{last} | {} {}", function.name, words.join(" ")).trim_end().to_owned();
        }
        words.insert(0, function.name.to_owned());
        words.join(" ")
    }

    /// An operand of a kind: a leaf, or a call in parentheses that gives the kind.
    pub(super) fn argument(&self, random: &mut Random, kind: &str, depth: usize) -> String {
        match kind {
            "." => return ".".to_owned(),
            // Counts stay small whatever happens: `until 12345678` is a test of patience.
            "c" => {}
            _ if random.chance(3) => return self.leaf(random, "w"),
            "a" => {
                let kind = *random.pick(&["s", "n", "l", "d", "b", "f", "w", "o", "i", "L"]);
                return self.argument(random, kind, depth);
            }
            _ => {}
        }
        let giving: Vec<_> = self.functions.iter().filter(|it| it.gives == kind).collect();
        if depth == 0 || giving.is_empty() || random.chance(55) {
            return self.leaf(random, kind);
        }
        let function = *random.pick(&giving);
        format!("({})", self.call(random, function, depth))
    }

    fn leaf(&self, random: &mut Random, kind: &str) -> String {
        let leaves = self.leaves.iter().find(|(known, _)| *known == kind);
        leaves.map_or("nil", |(_, leaves)| *random.pick::<&str>(leaves)).to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::Library;

    #[test]
    fn every_kind_has_leaves() {
        let library = Library::read();
        for function in &library.functions {
            for kind in &function.takes {
                let kind = kind.trim_end_matches('*');
                let known = library.leaves.iter().any(|(known, _)| *known == kind);
                assert!(known || matches!(kind, "." | "a"), "{}: {kind}", function.name);
            }
        }
    }
}
