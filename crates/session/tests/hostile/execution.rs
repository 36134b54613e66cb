//! Templates that compute, print or recurse without end.

use super::support::*;

#[test]
fn a_template_that_includes_itself_stops_where_helm_stops() {
    stops(
        r#"{{ define "x" }}{{ include "x" . }}{{ end }}{{ include "x" . }}"#,
        "rendering template has a nested reference name: x: unable to execute template",
    );
}

#[test]
fn templates_that_include_each_other_stop() {
    let mut text = String::new();
    for at in 0..20 {
        let next = (at + 1) % 20;
        text += &format!("{{{{ define \"x{at}\" }}}}{{{{ include \"x{next}\" . }}}}{{{{ end }}}}");
    }
    stops(&(text + r#"{{ include "x0" . }}"#), "templates execute each other more than 10000 deep");
}

#[test]
fn a_template_action_of_itself_stops_where_go_in_a_browser_stops() {
    stops(
        r#"{{ define "x" }}{{ template "x" . }}{{ end }}{{ template "x" . }}"#,
        "exceeded maximum template depth (1000)",
    );
}

#[test]
fn tpl_of_itself_stops() {
    stops(
        r#"{{ $_ := set .Values "t" "{{ tpl .Values.t . }}" }}{{ tpl .Values.t . }}"#,
        "templates execute each other more than 10000 deep",
    );
}

#[test]
fn tpl_that_defines_itself_anew_stops() {
    stops(
        r#"{{ $_ := set .Values "t" "{{ define \"y\" }}{{ tpl .Values.t . }}{{ end }}{{ include \"y\" . }}" }}{{ tpl .Values.t . }}"#,
        "used up the memory limit",
    );
}

#[test]
fn recursion_in_which_each_level_has_many_variables_stops() {
    let variables = "{{ $a := 1 }}".repeat(5_000);
    stops(
        &format!(
            r#"{{{{ define "x" }}}}{variables}{{{{ include "x" . }}}}{{{{ end }}}}{{{{ include "x" . }}}}"#
        ),
        "a list would have more than 1000000 elements",
    );
}

#[test]
fn includes_that_fan_out_use_up_the_work_limit() {
    let mut text = r#"{{ define "x0" }}{{ end }}"#.to_owned();
    for at in 1..40 {
        let below = at - 1;
        text += &format!(
            "{{{{ define \"x{at}\" }}}}{{{{ include \"x{below}\" . }}}}{{{{ include \"x{below}\" . }}}}{{{{ end }}}}"
        );
    }
    runs_out(&(text + r#"{{ include "x39" . }}"#), "used up the work limit");
}

#[test]
fn a_failure_deep_in_includes_keeps_its_text_in_bounds() {
    let mut text = r#"{{ define "x" }}{{ if gt (int .) 0 }}{{ include "x" (sub . 1) }}{{ else }}{{ fail "deep" }}{{ end }}{{ end }}"#.to_owned();
    text += r#"{{ include "x" 900 }}"#;
    stops(&text, "deep");
}

#[test]
fn counting_without_end_uses_up_the_work_limit() {
    runs_out("{{ range 1000000000000 }}{{ end }}", "used up the work limit");
}

#[test]
fn lists_are_as_long_as_the_limit_at_most() {
    for call in ["until 1000000000", "untilStep 0 9223372036854775807 1", "seq 1 1000000000"] {
        stops(&format!("{{{{ {call} }}}}"), "a list would have more than 1000000 elements");
    }
    stops(r#"{{ splitList "" (repeat 2000000 "a") }}"#, "more than 1000000 elements");
}

#[test]
fn strings_are_as_long_as_the_limit_at_most() {
    for call in [
        r#"repeat 1000000000000 "a""#,
        r#"repeat 9223372036854775807 "ab""#,
        r#"indent 1000000000 "a""#,
        r#"nindent 9223372036854775807 "a""#,
        r#"replace "" (repeat 100000 "a") (repeat 100000 "b")"#,
        r#"join (repeat 100000 "a") (until 100000)"#,
        r#"wrapWith 1 (repeat 100000 "a") (repeat 100000 "b")"#,
        r#"regexReplaceAll "a" (repeat 100000 "a") (repeat 100000 "b")"#,
        r#"printf "%1000000s%1000000s%1000000s%1000000s%1000000s%1000000s%1000000s%1000000s%1000000s%1000000s%1000000s%1000000s%1000000s%1000000s%1000000s%1000000s%1000000s" 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1"#,
        r#"randAlpha 1000000000"#,
    ] {
        stops(&format!("{{{{ {call} }}}}"), "a string would be longer than 16777216 bytes");
    }
}

#[test]
fn gos_own_limit_of_a_width_holds() {
    let text = run(r#"a: {{ printf "%1000000000d" 1 | quote }}"#, "").unwrap();
    assert!(text.contains("%!(NOVERB)%!(EXTRA int=1)"), "{text}");
    stops(r#"{{ repeat -1 "a" }}"#, "strings: negative Repeat count");
}

#[test]
fn strings_that_are_kept_use_up_the_memory_limit() {
    stops(
        r#"{{ $big := repeat 15000000 "a" }}{{ $all := list }}{{ range until 1000 }}{{ $all = append $all (toString $big) }}{{ end }}"#,
        "used up the memory limit",
    );
}

#[test]
fn output_is_as_long_as_the_limit_at_most() {
    stops(
        r#"{{ $big := repeat 1000000 "a" }}{{ range until 1000 }}{{ $big }}{{ end }}"#,
        "printed more than 8388608 bytes",
    );
}

#[test]
fn values_that_share_their_parts_are_not_written_out() {
    let double = "{{ $x := list }}{{ range until 60 }}{{ $x = list $x $x }}{{ end }}";
    for call in ["toJson $x", "toYaml $x", "toYamlPretty $x", "toRawJson $x"] {
        runs_out(
            &format!("{double}{{{{ {call} }}}}"),
            "a string would be longer than 1048576 bytes",
        );
    }
    // `fmt` has a limit of its own.
    for call in ["print $x", "quote $x"] {
        stops(&format!("{double}{{{{ {call} }}}}"), "a string would be longer than 16777216 bytes");
    }
}

#[test]
fn values_that_share_their_parts_are_not_gone_through() {
    let double = "{{ $x := list }}{{ $y := list }}{{ range until 60 }}{{ $x = list $x $x }}{{ $y = list $y $y }}{{ end }}";
    for call in ["deepEqual $x $y", "has $x (list $y)", "deepCopy $x"] {
        runs_out(&format!("{double}{{{{ {call} }}}}"), "used up the");
    }
}

#[test]
fn values_nested_without_end_are_freed() {
    let text = run("{{ $x := list }}{{ range until 60000 }}{{ $x = list $x }}{{ end }}a: 1", "");
    assert!(text.unwrap().contains("a: 1"));
    let text =
        run(r#"{{ $x := dict }}{{ range until 60000 }}{{ $x = dict "a" $x }}{{ end }}a: 1"#, "");
    assert!(text.unwrap().contains("a: 1"));
}

#[test]
fn values_nested_without_end_are_not_walked() {
    let deep = "{{ $x := list 1 }}{{ $y := list 1 }}{{ range until 20000 }}{{ $x = list $x }}{{ $y = list $y }}{{ end }}";
    for call in ["toJson $x", "toYaml $x", "toYamlPretty $x"] {
        let text = run(&format!("{deep}a: {{{{ {call} | quote }}}}"), "").unwrap();
        assert!(text.contains("a: \"\""), "{call}");
    }
    for (call, words) in [
        ("print $x", "a string would be longer"),
        ("deepCopy $x", "cyclic value"),
        ("mustToJson $x", "encountered a cycle"),
    ] {
        stops(&format!("{deep}{{{{ {call} }}}}"), words);
    }
    let text = run(&format!("{deep}a: {{{{ deepEqual $x $y }}}}"), "").unwrap();
    assert!(text.contains("a: true"));
    assert!(run(&format!("{deep}a: {{{{ toToml (dict \"x\" $x) | quote }}}}"), "").is_ok());
}

#[test]
fn a_map_that_holds_itself_is_told() {
    let cycle = r#"{{ $d := dict "a" 1 }}{{ $_ := set $d "self" $d }}"#;
    for call in ["toJson $d", "toYaml $d", "toYamlPretty $d", "toPrettyJson $d"] {
        let text = run(&format!("{cycle}a: {{{{ {call} | quote }}}}"), "").unwrap();
        assert!(text.contains("a: \"\""), "{call}: {text}");
    }
    for (call, words) in [
        ("print $d", "a string would be longer"),
        (r#"printf "%v" $d"#, "a string would be longer"),
        ("mustToJson $d", "encountered a cycle"),
        ("mustToToml $d", "nests too deeply"),
        ("deepCopy $d", "cyclic value"),
        (r#"merge $d (deepCopy $d)"#, "cyclic value"),
        (r#"merge (dict "self" $d) $d"#, "cyclic value"),
    ] {
        stops(&format!("{cycle}{{{{ {call} }}}}"), words);
    }
    let text = run(&format!("{cycle}a: {{{{ deepEqual $d $d }}}}"), "").unwrap();
    assert!(text.contains("a: true"));
}

#[test]
fn values_that_hold_themselves_do_not_outlive_the_render() {
    let text =
        run(r#"{{ $_ := set .Values "self" .Values }}a: {{ .Values.self.self.b }}"#, "b: 7\n");
    assert!(text.unwrap().contains("a: 7"));
}

#[test]
fn a_map_may_change_while_it_is_gone_through() {
    let text = run(
        r#"{{ $d := dict "a" 1 "b" 2 }}{{ range $k, $v := $d }}{{ $_ := set $d (print $k $k) $v }}{{ $_ := unset $d "b" }}{{ end }}{{ $_ := merge $d $d }}a: {{ toJson $d | quote }}"#,
        "",
    );
    assert!(text.unwrap().contains(r#"{\"a\":1,\"aa\":1,\"bb\":2}"#));
}

#[test]
fn lists_compared_each_with_each_use_up_the_work_limit() {
    runs_out("{{ uniq (until 20000) }}", "used up the work limit");
}

#[test]
fn searching_a_long_text_again_and_again_uses_up_the_work_limit() {
    runs_out(
        r#"{{ $big := repeat 800000 "a" }}{{ $needle := print (repeat 400000 "a") "b" }}{{ range until 1000000 }}{{ contains $needle $big }}{{ end }}"#,
        "used up the work limit",
    );
}

#[test]
fn patterns_are_searched_for_in_linear_time_and_bounded_size() {
    let text = run(r#"a: {{ regexMatch "^(a+)+$" (print (repeat 2000 "a") "b") }}"#, "").unwrap();
    assert!(text.contains("a: false"));
    stops(r#"{{ regexFind "((a{1000}){1000}){1000}" "a" }}"#, "error parsing regexp");
    stops(&format!("{{{{ regexFind {:?} \"a\" }}}}", nested("(", "a", ")", 2_000)), "nest");
    runs_out(r#"{{ regexFind "(a?b?c?){300}" (repeat 300000 "abc") }}"#, "used up the work limit");
}

#[test]
fn numbers_beyond_their_type_wrap_or_complain_as_go_does() {
    let text = run(
        r#"a: [{{ add 9223372036854775807 1 }}, {{ mul 9223372036854775807 9223372036854775807 }}, {{ sub -9223372036854775807 9 }}, {{ div -9223372036854775808 -1 }}, {{ mod -9223372036854775808 -1 }}, {{ int "99999999999999999999" }}, {{ int64 1e30 }}, {{ round 1e308 300 }}, {{ floor -1e300 | int64 }}]"#,
        "",
    );
    assert!(text.unwrap().contains("a: [-9223372036854775808, 1, "));
    stops("{{ div 1 0 }}", "integer divide by zero");
    stops("{{ mod 1 0 }}", "integer divide by zero");
}

#[test]
fn places_beyond_a_text_or_list_complain_as_go_does() {
    stops(r#"{{ substr 5 3 "abcdef" }}"#, "slice bounds out of range [5:3]");
    stops("{{ slice (list 1 2) 5 }}", "slice index out of bounds");
    stops("{{ chunk 0 (list 1) }}", "makeslice: len out of range");
    stops("{{ index (list 1) 5 }}", "index out of range: 5");
    stops("{{ index (list 1) -9223372036854775808 }}", "index out of range");
    for call in [
        r#"trunc -9223372036854775808 "é""#,
        r#"abbrev 9223372036854775807 "é""#,
        r#"abbrevboth 9223372036854775807 9223372036854775807 "aé""#,
        r#"abbrevboth -9223372036854775808 9 "aébbbbbbbbbbbbbbb""#,
        r#"splitn "," -9223372036854775808 "a,b""#,
        r#"wrap -9223372036854775808 "a b""#,
        r#"wrap 9223372036854775807 "a b""#,
        r#"wrapWith 9223372036854775807 "" "a b""#,
        r#"substr -9223372036854775808 1 "é""#,
        r#"regexSplit "" "é" -9223372036854775808"#,
        r#"regexFindAll "" "é" 9223372036854775807"#,
        r#"dateModify "9999999999999999999h" now"#,
        r#"dateModify "9223372036s" now"#,
        r#"date "2006" 9223372036854775807"#,
        r#"date "2006" -9223372036854775808"#,
        r#"duration 9223372036854775807"#,
        r#"durationRound -9223372036854775808"#,
        r#"toDecimal "99999999999999999999999""#,
        r#"semver "99999999999999999999999.0.0""#,
    ] {
        // Whatever Go says: what counts is that we say something.
        let _ = run(&format!("a: {{{{ {call} | quote }}}}"), "");
    }
}

#[test]
fn long_versions_and_constraints_are_refused() {
    stops(r#"{{ semverCompare (repeat 400000 ">1.0.0 ") "1.0.0" }}"#, "too long (max 512 bytes)");
    stops(r#"{{ semver (repeat 400000 "1") }}"#, "ersion");
}

#[test]
fn files_outside_the_chart_are_empty() {
    let text = run(r#"a: {{ .Files.Get "../../../../etc/passwd" | quote }}"#, "").unwrap();
    assert!(text.contains("a: \"\""));
    let deep = nested("{", "a", "}", 2_000);
    assert!(run(&format!("a: {{{{ len (.Files.Glob {deep:?}) }}}}"), "").is_ok());
}
