//! YAML that grows, nests or repeats without end.

use super::support::*;

#[test]
fn an_alias_bomb_is_refused() {
    let mut bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n".to_owned();
    for at in 1..12 {
        let below = at - 1;
        bomb += &format!(
            "a{at}: &a{at} [*a{below}, *a{below}, *a{below}, *a{below}, *a{below}, *a{below}, *a{below}, *a{below}, *a{below}]\n"
        );
    }
    let values = bomb.clone();
    let problem = small(move || open(&mut session(), files(chart("", &values))).unwrap_err());
    assert!(problem.contains("document contains excessive aliasing"), "{problem}");
    let text = run(&format!("a: {{{{ (fromYaml {bomb:?}).Error | quote }}}}"), "").unwrap();
    assert!(text.contains("excessive aliasing"), "{text}");
}

#[test]
fn yaml_nested_too_deep_is_refused() {
    for values in [
        format!("a: {}", nested("[", "", "]", 20_000)),
        format!("a: {}", nested("{a: ", "1", "}", 20_000)),
        format!("a:\n{}", "- ".repeat(20_000)),
        "? ".repeat(20_000),
        (0..3_000).map(|at| format!("{}a:\n", " ".repeat(at))).collect(),
    ] {
        let problem = small(move || open(&mut session(), files(chart("", &values))).unwrap_err());
        assert!(problem.contains("exceeded max depth of 128"), "{problem}");
    }
}

#[test]
fn yaml_nested_by_aliases_of_aliases_is_refused() {
    let mut list = "a0: &a0 []\n".to_owned();
    let mut merge = "b0: &b0 {x: 1}\n".to_owned();
    for at in 1..20_000 {
        let below = at - 1;
        list += &format!("a{at}: &a{at} [*a{below}]\n");
        merge += &format!("b{at}: &b{at} {{<<: *b{below}}}\n");
    }
    for values in [list, merge] {
        let problem = small(move || open(&mut session(), files(chart("", &values))).unwrap_err());
        let refused = ["exceeded max depth of 128", "document contains excessive aliasing"];
        assert!(refused.iter().any(|words| problem.contains(words)), "{problem}");
    }
}

#[test]
fn yaml_just_below_the_limit_goes_all_the_way() {
    let values = format!("a: {}", nested("[", "", "]", 120));
    let text = run("a: {{ toJson .Values.a | quote }}\n{{ toYaml .Values }}", &values);
    assert!(text.is_ok(), "{text:?}");
}

#[test]
fn nested_anchors_are_not_copied() {
    let inner = "x, ".repeat(4_000);
    let mut values = "a: ".to_owned();
    (0..120).for_each(|at| values += &format!("&a{at} ["));
    values += &inner;
    values += &"]".repeat(120);
    assert!(run("a: 1", &values).is_ok());
}

#[test]
fn yaml_of_very_many_values_is_refused() {
    let values = format!("a: [{}]", "a,".repeat(500_001));
    let problem = small(move || open(&mut session(), files(chart("", &values))).unwrap_err());
    assert!(problem.contains("more than 500000 values"), "{problem}");
}

#[test]
fn a_manifest_that_is_a_bomb_only_fails_itself() {
    let deep = nested("[", "", "]", 20_000);
    let page = run_files(chart(&format!("kind: ConfigMap\na: {deep}\n"), ""));
    assert!(page.preview.releases[0].problem.is_some());
}
