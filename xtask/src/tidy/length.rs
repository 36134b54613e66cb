//! The longest files and functions: a report, not a rule. An interpreter's match and a table may be long.

use super::source::Source;

/// Lines of a file that reads in one go.
const FILE: usize = 400;
/// Lines of a function that reads in one go.
const FUNCTION: usize = 40;
/// So many of each are printed.
const SHOWN: usize = 10;

pub(super) fn report(sources: &[Source]) {
    let files = sources.iter().map(|source| (source.text.lines().count(), source.path.clone()));
    print_longest("files", FILE, files.collect());
    print_longest("functions", FUNCTION, sources.iter().flat_map(functions).collect());
}

fn print_longest(what: &str, limit: usize, mut lengths: Vec<(usize, String)>) {
    let all = lengths.len();
    lengths.retain(|(length, _)| *length > limit);
    lengths.sort_by_key(|(length, _)| std::cmp::Reverse(*length));
    println!("{} of {all} {what} over {limit} lines", lengths.len());
    for (length, name) in lengths.iter().take(SHOWN) {
        println!("{length:>6}  {name}");
    }
}

/// Every function with its length. rustfmt puts its closing brace under the `fn`'s first letter.
fn functions(source: &Source) -> Vec<(usize, String)> {
    let lines: Vec<&str> = source.text.lines().collect();
    let mut found = Vec::new();
    for (start, line) in lines.iter().enumerate() {
        let Some(name) = function_name(line) else { continue };
        let indent = &line[..line.len() - line.trim_start().len()];
        let end = lines[start..].iter().position(|line| line.strip_prefix(indent) == Some("}"));
        let single = line.ends_with(['}', ';']);
        if let (false, Some(end)) = (single, end) {
            found.push((end + 1, format!("{}:{} {name}", source.path, start + 1)));
        }
    }
    found
}

fn function_name(line: &str) -> Option<&str> {
    let words = line.trim_start();
    let start = if words.starts_with("fn ") { 0 } else { words.find(" fn ")? + 1 };
    let qualifiers = words[..start].split(' ').filter(|word| !word.is_empty());
    let plain = |word: &str| {
        word.starts_with("pub") || ["const", "async", "unsafe", "extern", "crate)"].contains(&word)
    };
    qualifiers.into_iter().all(plain).then(|| words[start + 3..].split(['(', '<']).next())?
}

#[cfg(test)]
mod tests {
    use super::functions;
    use crate::tidy::source::Source;

    #[test]
    fn a_function_ends_at_its_own_brace() {
        let text = "pub(crate) fn one<T>(a: T) {\n    if a {\n    }\n}\n\nimpl X {\n    const fn two(\n    ) {\n        3\n    }\n}\n\
            trait T {\n    fn three();\n}\n";
        let source = Source { path: "x.rs".into(), text: text.into() };
        assert_eq!(
            functions(&source),
            [(4, "x.rs:1 one".to_owned()), (4, "x.rs:7 two".to_owned())]
        );
    }
}
