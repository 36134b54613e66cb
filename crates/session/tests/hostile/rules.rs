//! Schemas, patterns and rules that are costly to follow.

use super::support::*;

fn with_schema(schema: &str, values: &str) -> Page {
    let mut parts = chart("a: 1", values);
    parts.push(("values.schema.json".to_owned(), schema.as_bytes().to_vec()));
    run_files(parts)
}

#[test]
fn schemas_nested_too_deep_are_refused() {
    for depth in [190, 9_000] {
        let schema = nested(r#"{"not":"#, "{}", "}", depth);
        let _ = with_schema(&schema, "");
    }
    let problem = outcome(&with_schema(&nested(r#"{"not":"#, "{}", "}", 9_000), "")).unwrap_err();
    assert!(problem.contains("exceeded max depth"), "{problem}");
}

#[test]
fn references_in_a_ring_are_told() {
    for schema in [
        r##"{"$ref": "#"}"##,
        r##"{"$ref": "#/definitions/a", "definitions": {"a": {"$ref": "#/definitions/b"}, "b": {"$ref": "#/definitions/a"}}}"##,
        r##"{"allOf": [{"$ref": "#"}, {"$ref": "#"}]}"##,
    ] {
        let page = with_schema(schema, "a: 1");
        assert!(outcome(&page).is_err(), "{schema}");
    }
}

#[test]
fn a_schema_that_describes_itself_makes_a_form_of_bounded_size() {
    let schema =
        r##"{"properties": {"a": {"$ref": "#"}, "b": {"$ref": "#"}, "c": {"$ref": "#"}}}"##;
    assert!(outcome(&with_schema(schema, "a: {}")).is_ok());
    let schema = r##"{"definitions": {"x": {"allOf": [{"$ref": "#/definitions/x"}, {"$ref": "#/definitions/x"}]}}, "properties": {"a": {"allOf": [{"$ref": "#/definitions/x"}, {"$ref": "#/definitions/x"}]}}}"##;
    let _ = with_schema(schema, "b: {}");
}

#[test]
fn references_out_of_the_schema_are_not_followed() {
    for address in ["https://example.com/s.json", "file:///etc/passwd", "file:///dev/zero"] {
        let page = with_schema(&format!(r#"{{"$ref": "{address}"}}"#), "");
        let problem = outcome(&page).unwrap_err();
        assert!(problem.contains("failing loading"), "{problem}");
    }
}

#[test]
fn long_chains_of_references_are_refused_or_followed() {
    let links: Vec<String> = (0..9_000)
        .map(|at| format!(r##""d{at}": {{"$ref": "#/definitions/d{}"}}"##, at + 1))
        .collect();
    let schema = format!(
        r##"{{"$ref": "#/definitions/d0", "definitions": {{{}, "d9000": {{}}}}}}"##,
        links.join(",")
    );
    let _ = with_schema(&schema, "a: 1");
}

#[test]
fn choices_of_choices_end() {
    let mut schema = r#"{"type": "string"}"#.to_owned();
    for _ in 0..12 {
        schema = format!(r#"{{"anyOf": [{schema}, {schema}]}}"#);
        if schema.len() > 100_000 {
            break;
        }
    }
    let _ = with_schema(&schema, "a: 1");
    let schema = r##"{"definitions": {"x": {"anyOf": [{"properties": {"a": {"$ref": "#/definitions/x"}}, "required": ["z"]}, {"properties": {"a": {"$ref": "#/definitions/x"}}, "required": ["y"]}]}}, "$ref": "#/definitions/x"}"##;
    let values = nested("{a: ", "1", "}", 12);
    let _ = with_schema(schema, &values);
}

#[test]
fn patterns_of_a_schema_are_linear() {
    let schema = r#"{"properties": {"a": {"pattern": "^(a+)+$"}}}"#;
    let values = format!("a: {}b", "a".repeat(5_000));
    assert!(outcome(&with_schema(schema, &values)).is_err());
}

fn rule(expression: &str, values: &str) -> Vec<String> {
    let rule = serde_json::json!({
        "x-kubernetes-validations": [{"rule": expression, "message": "broken", "x-id": "R1"}]
    });
    let page = with_schema(&rule.to_string(), values);
    page.review.findings.iter().map(|it| format!("{:?} {}", it.rule, it.message)).collect()
}

#[test]
fn rules_that_cost_too_much_are_not_taken_as_kept() {
    let values = format!("a: [{}]\ns: {}", "1,".repeat(1_000), "x".repeat(1_000));
    for expression in [
        "self.a.all(x, self.a.all(y, self.a.all(z, x == y || y == z || true)))",
        "self.a.map(x, self.a.map(y, self.a.map(z, x))).size() > 0",
        "self.a.map(a, self.s + self.s + self.s).map(b, b + b + b + b).map(b, b + b + b + b).map(b, b + b + b + b).map(b, b + b + b + b).map(b, b + b + b + b).map(b, b + b + b + b).size() > 0",
        "self.a.map(x, self.a + self.a).map(x, x + x + x + x).map(x, x + x + x + x).size() > 0",
    ] {
        let found = rule(expression, &values);
        assert!(found.iter().any(|text| text.contains("costly")), "{expression}: {found:?}");
    }
}

#[test]
fn rules_nested_too_deep_are_not_taken_as_kept() {
    for expression in [
        nested("(", "true", ")", 4_000),
        nested("!", "true", "", 4_001),
        nested("[", "1", "]", 4_000),
        format!("true{}", " && true".repeat(1_000)),
        format!("1{} > 0", "+1".repeat(4_000)),
        format!("self{} == 1", ".a".repeat(4_000)),
        format!("self{} == 1", "[0]".repeat(3_000)),
        format!("{}true", "true ? true : ".repeat(700)),
    ] {
        let _ = rule(&expression, "a: 1");
    }
}
