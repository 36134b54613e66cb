//! Below `src/` there is no file system, clock, randomness, environment or browser: the library crates are handed
//! what they need, so that the same job gives the same report.

use super::source::Source;

/// Names by which a crate would reach outside.
const OUTSIDE: [&str; 14] = [
    "std::fs",
    "std::env",
    "std::net",
    "std::process",
    "std::thread",
    "SystemTime",
    "Instant",
    "getrandom",
    "thread_rng",
    "OsRng",
    "web_sys",
    "js_sys",
    "wasm_bindgen",
    "leptos",
];

pub(super) fn check(sources: &[Source]) -> Vec<String> {
    sources.iter().filter(|source| is_library(&source.path)).flat_map(reaches_out).collect()
}

/// Examples, tests and benches of a crate run on a host and may use it.
fn is_library(path: &str) -> bool {
    let inside = path.strip_prefix("crates/").and_then(|rest| rest.split_once('/'));
    inside.is_some_and(|(_, file)| {
        file.starts_with("src/") && !file.ends_with("/tests.rs") && !file.contains("/tests/")
    })
}

fn reaches_out(source: &Source) -> Vec<String> {
    let lines = source.product_lines().filter_map(|(number, line)| {
        let name = OUTSIDE.into_iter().find(|name| has_word(line, name))?;
        Some(format!(
            "{}:{number}: `{name}`: a library crate reaches outside; take it as an argument",
            source.path
        ))
    });
    lines.collect()
}

/// Whether `name` stands in `line` and is not a part of a longer name.
fn has_word(line: &str, name: &str) -> bool {
    let part_of_name = |letter: char| letter.is_alphanumeric() || letter == '_';
    line.match_indices(name).any(|(start, _)| {
        let before = line[..start].chars().next_back();
        let after = line[start + name.len()..].chars().next();
        !before.is_some_and(part_of_name) && !after.is_some_and(part_of_name)
    })
}

#[cfg(test)]
mod tests {
    use super::{check, has_word};
    use crate::tidy::source::Source;

    fn source(path: &str, text: &str) -> Source {
        Source { path: path.to_owned(), text: text.to_owned() }
    }

    #[test]
    fn a_library_may_not_reach_outside_but_its_tests_may() {
        let text = "// std::fs\nuse std::fs;\n#[cfg(test)]\nmod tests { use std::env; }\n";
        let broken = check(&[source("crates/helm/src/load/mod.rs", text)]);
        assert_eq!(broken.len(), 1);
        assert!(broken[0].starts_with("crates/helm/src/load/mod.rs:2: `std::fs`"));
        for host in [
            "crates/helm/examples/template.rs",
            "crates/helm/tests/load.rs",
            "src/app.rs",
            "xtask/src/main.rs",
        ] {
            assert!(check(&[source(host, text)]).is_empty(), "{host}");
        }
    }

    #[test]
    fn a_longer_name_is_another_name() {
        assert!(has_word("let now = Instant::now();", "Instant"));
        assert!(!has_word("struct Instantiated;", "Instant"));
    }
}
