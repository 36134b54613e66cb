//! Templates that are hard to read.

use super::support::*;

#[test]
fn templates_nested_too_deep_are_refused() {
    stops(
        &format!("{{{{ {} }}}}", nested("(", "1", ")", 100_000)),
        "max expression depth exceeded",
    );
    stops(&nested("{{ if true }}", "", "{{ end }}", 50_000), "max expression depth exceeded");
    stops(
        &nested("{{ with 1 }}{{ else }}", "", "{{ end }}", 50_000),
        "max expression depth exceeded",
    );
}

#[test]
fn a_chain_of_branches_is_as_long_as_it_likes() {
    for keyword in ["if", "with"] {
        let otherwise = format!("{{{{ else {keyword} 0 }}}}").repeat(50_000);
        let chain = format!("{{{{ {keyword} 0 }}}}{otherwise}{{{{ else }}}}b: 1{{{{ end }}}}");
        assert!(run(&chain, "").unwrap().contains("b: 1"));
    }
}

#[test]
fn nesting_just_below_the_limit_works() {
    let parens = format!("a: {{{{ {} }}}}\n", nested("(", "1", ")", 95));
    let blocks = nested("{{ if true }}", "b: 1\n", "{{ end }}", 95);
    assert!(run(&(parens + &blocks), "").unwrap().contains("b: 1"));
}

#[test]
fn a_long_chain_of_fields_is_followed() {
    stops(&format!("{{{{ .Values{} }}}}", ".a".repeat(100_000)), "nil pointer evaluating");
}

#[test]
fn a_template_of_very_many_parts_is_refused() {
    stops(&"{{.}}".repeat(400_000), "the template has more than 1000000 parts");
}

#[test]
fn very_many_definitions_are_read_in_linear_time() {
    let text: String =
        (0..30_000).map(|at| format!("{{{{ define \"t{at}\" }}}}a{{{{ end }}}}")).collect();
    assert!(run(&(text + "a: 1"), "").is_ok());
}
