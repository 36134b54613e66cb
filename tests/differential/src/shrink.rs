//! A sample that differs, made as small as it can be and still differ in the same way.

use std::ops::Range;

use harness::Result;

use crate::{CHART, Programs, Sample};

/// So often both programs are run for one finding.
const TRIES: usize = 150;

/// The smallest sample found, and its difference.
///
/// # Errors
/// If a program cannot be run.
pub fn shrink(programs: &Programs, sample: &Sample) -> Result<Option<(Sample, String)>> {
    let Some(difference) = programs.difference(sample)? else { return Ok(None) };
    let kind = kind(&difference);
    let mut small = Smaller { programs, kind, best: sample.clone(), difference, tries: TRIES };
    while small.files()? | small.arguments()? | small.texts()? {}
    Ok(Some((small.best, small.difference)))
}

/// What differs: `exit 0 became 1`, how the line of stdout begins, or how Helm's message ends.
fn kind(difference: &str) -> String {
    let word = difference.split([' ', ':']).next().unwrap_or_default();
    match word {
        "exit" => difference.split(':').next().unwrap_or_default().to_owned(),
        "stderr" => {
            let helm = difference.lines().nth(1).unwrap_or_default();
            let last = helm.rsplit(": ").next().unwrap_or_default();
            let words =
                last.split_whitespace().filter(|word| word.chars().all(char::is_alphabetic));
            words.take(4).collect::<Vec<_>>().join(" ")
        }
        _ => {
            let helm = difference.lines().nth(1).unwrap_or_default();
            helm.trim_start().chars().take(16).take_while(|c| *c != '{').collect()
        }
    }
}

struct Smaller<'p> {
    programs: &'p Programs,
    kind: String,
    best: Sample,
    difference: String,
    tries: usize,
}

impl Smaller<'_> {
    /// Takes a smaller sample if it differs in the same way.
    fn accept(&mut self, sample: Sample) -> Result<bool> {
        let chart = |sample: &Sample| {
            sample.files.get("c/Chart.yaml").is_some_and(|it| it == CHART.as_bytes())
        };
        // A plain chart stays one: without it, everything fails, and not as it did.
        if self.tries == 0 || sample == self.best || chart(&self.best) && !chart(&sample) {
            return Ok(false);
        }
        self.tries -= 1;
        let difference = self.programs.difference(&sample)?;
        // `.Values` without its name is everything, and everything differs in ways of its own.
        let whole = |difference: &String| difference.contains("\\\"KubeVersion\\\":{");
        let same =
            |text: &String| kind(text) == self.kind && whole(text) <= whole(&self.difference);
        let Some(difference) = difference.filter(same) else { return Ok(false) };
        (self.best, self.difference) = (sample, difference);
        Ok(true)
    }

    fn files(&mut self) -> Result<bool> {
        let mut any = false;
        for name in self.best.files.keys().cloned().collect::<Vec<_>>() {
            let mut less = self.best.clone();
            less.files.remove(&name);
            any |= self.accept(less)?;
        }
        Ok(any)
    }

    /// Arguments behind release and chart, two at once: a flag and its text.
    fn arguments(&mut self) -> Result<bool> {
        let (mut any, mut at) = (false, 2);
        while at < self.best.arguments.len() {
            let mut less = self.best.clone();
            less.arguments.drain(at..(at + 2).min(less.arguments.len()));
            if self.accept(less)? {
                any = true;
            } else {
                at += 2;
            }
        }
        Ok(any)
    }

    fn texts(&mut self) -> Result<bool> {
        let mut any = false;
        for name in self.best.files.keys().cloned().collect::<Vec<_>>() {
            any |= self.text(&name, lines)?;
            // A word less in Chart.yaml makes another kind of chart, or none.
            any |= !name.ends_with("Chart.yaml") && self.text(&name, tokens)?;
        }
        Ok(any)
    }

    /// Leaves out runs of parts of a file: half of them, then a quarter, down to one.
    fn text(&mut self, name: &str, parts: fn(&str) -> Vec<Range<usize>>) -> Result<bool> {
        let (mut any, mut run) = (false, usize::MAX);
        while run > 0 && self.tries > 0 {
            let mut at = 0;
            loop {
                let Some(data) = self.best.files.get(name) else { return Ok(any) };
                let Ok(text) = String::from_utf8(data.clone()) else { return Ok(any) };
                let ranges = parts(&text);
                run = run.min(ranges.len().div_ceil(2));
                if at >= ranges.len() || run == 0 {
                    break;
                }
                let end = ranges[(at + run).min(ranges.len()) - 1].end;
                let less = format!("{}{}", &text[..ranges[at].start], &text[end..]);
                if self.accept(self.best.clone().with(name, less))? {
                    any = true;
                } else {
                    at += run;
                }
            }
            run = if run == 1 { 0 } else { run.div_ceil(2) };
        }
        Ok(any)
    }
}

fn lines(text: &str) -> Vec<Range<usize>> {
    parts(text, |last, _| last == '\n')
}

/// Words, and every sign by itself.
fn tokens(text: &str) -> Vec<Range<usize>> {
    parts(text, |last, next| !(last.is_alphanumeric() && next.is_alphanumeric()))
}

/// Cuts where `between` says so of the characters on both sides.
fn parts(text: &str, between: fn(char, char) -> bool) -> Vec<Range<usize>> {
    let (mut parts, mut start) = (Vec::new(), 0);
    for ((_, last), (at, next)) in text.char_indices().zip(text.char_indices().skip(1)) {
        if between(last, next) {
            parts.push(start..at);
            start = at;
        }
    }
    if start < text.len() {
        parts.push(start..text.len());
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::{kind, lines, tokens};

    #[test]
    fn texts_are_cut_into_all_of_their_parts() {
        let cut = |parts: Vec<std::ops::Range<usize>>, text: &str| -> Vec<String> {
            parts.into_iter().map(|part| text[part].to_owned()).collect()
        };
        assert_eq!(cut(lines("a\nbé\n"), "a\nbé\n"), ["a\n", "bé\n"]);
        assert_eq!(
            cut(tokens("{{ .ab }}"), "{{ .ab }}"),
            ["{", "{", " ", ".", "ab", " ", "}", "}"]
        );
        assert!(lines("").is_empty());
    }

    #[test]
    fn a_smaller_sample_must_differ_in_the_same_way() {
        assert_eq!(kind("exit 0 became 1: Error: x"), "exit 0 became 1");
        assert_eq!(kind("stdout line 3\n  Helm: \"a: {}\""), "Helm: \"a: ");
        let stderr = "stderr line 1\n  Helm: \"Error: a: index out of range: 5\"\n  ours: \"x\"";
        assert_eq!(kind(&stderr.replace(": 5", "")), "index out of");
    }
}
