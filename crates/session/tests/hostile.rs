//! Hostile charts through the session, one threat a test: each must end within the limits, with an
//! error that says what happened, on a small stack.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use session::{
    InputFile, Job, OpenSource, PreviewWorld, Reply, Report, Request, Session, StackCard, Timestamp,
};
use std::io::Write;
use std::rc::Rc;

/// The worker has 1 MiB. Frames of a debug build are several times larger than the worker's: what
/// fits here leaves a margin there.
const STACK: usize = 2 << 20;

const CHART: &str = "apiVersion: v2\nname: h\nversion: 0.1.0\n";

/// Runs in a thread whose stack is as small as the worker's.
fn small<T: Send + 'static>(run: impl FnOnce() -> T + Send + 'static) -> T {
    let thread = std::thread::Builder::new().stack_size(STACK).spawn(run).unwrap();
    thread.join().unwrap()
}

fn session() -> Session {
    let world = PreviewWorld { now: Timestamp { seconds: 1_700_000_000, nanoseconds: 0 }, seed: 7 };
    Session::new(Rc::new(world), &[])
}

/// A part of the page's work and memory, that a debug build is at it for less than a second.
fn tight() -> helm::Limits {
    let page = gotemplate::Limits::default();
    let template = gotemplate::Limits { steps: 500_000, string: 1 << 20, ..page };
    helm::Limits { template, ..helm::Limits::default() }
}

/// The card, or what the page shows where there is none.
fn open(session: &mut Session, source: OpenSource) -> Result<StackCard, String> {
    match session.handle(Request::Open { source }) {
        Reply::Opened { card } => Ok(*card),
        Reply::Failed { failure } => Err(failure.message),
        other => panic!("{other:?}"),
    }
}

fn files(parts: Vec<(String, Vec<u8>)>) -> OpenSource {
    let files = parts.into_iter().map(|(name, data)| InputFile { name, data }).collect();
    OpenSource::Files { name: "h".to_owned(), files }
}

fn archive(data: Vec<u8>) -> OpenSource {
    OpenSource::Archive { name: "h.tgz".to_owned(), data }
}

fn refused(data: Vec<u8>) -> String {
    small(move || open(&mut session(), archive(data)).map(|card| card.name).unwrap_err())
}

/// A chart of one template and its values.
fn chart(template: &str, values: &str) -> Vec<(String, Vec<u8>)> {
    [("Chart.yaml", CHART), ("values.yaml", values), ("templates/a.yaml", template)]
        .map(|(name, text)| (name.to_owned(), text.as_bytes().to_vec()))
        .into()
}

fn run_files(parts: Vec<(String, Vec<u8>)>) -> Report {
    run_within(parts, helm::Limits::default())
}

fn run_within(parts: Vec<(String, Vec<u8>)>, limits: helm::Limits) -> Report {
    small(move || {
        let mut session = session().with_limits(limits);
        open(&mut session, files(parts)).unwrap();
        match session.handle(Request::Run { job: Job { provenance: true, ..Job::default() } }) {
            Reply::Report { report } => *report,
            other => panic!("{other:?}"),
        }
    })
}

/// What the template prints, or the problem.
fn run(template: &str, values: &str) -> Result<String, String> {
    outcome(&run_files(chart(template, values)))
}

fn outcome(report: &Report) -> Result<String, String> {
    let release = &report.releases[0];
    match &release.problem {
        Some(problem) => Err(problem.message.clone()),
        None => Ok(release.manifests.iter().filter_map(|it| it.text.clone()).collect()),
    }
}

/// The template must be stopped, with these words.
#[track_caller]
fn stops(template: &str, words: &str) {
    let problem = run(template, "").unwrap_err();
    assert!(problem.contains(words), "{}", problem.chars().take(600).collect::<String>());
}

/// The same where only the limit ends it.
#[track_caller]
fn runs_out(template: &str, words: &str) {
    let problem = outcome(&run_within(chart(template, ""), tight())).unwrap_err();
    assert!(problem.contains(words), "{}", problem.chars().take(600).collect::<String>());
}

fn nested(open: &str, middle: &str, close: &str, depth: usize) -> String {
    format!("{}{middle}{}", open.repeat(depth), close.repeat(depth))
}

// Execution.

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

// Reading templates.

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
    let otherwise = format!("{{{{ if 1 }}}}{}{{{{ end }}}}", "{{ else if 1 }}".repeat(50_000));
    stops(&otherwise, "max expression depth exceeded");
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

// YAML.

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
    let report = run_files(chart(&format!("kind: ConfigMap\na: {deep}\n"), ""));
    assert!(report.releases[0].problem.is_some());
}

// Schemas and rules.

fn with_schema(schema: &str, values: &str) -> Report {
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
    assert!(problem.contains("recursion limit") || problem.contains("too large"), "{problem}");
}

#[test]
fn references_in_a_ring_are_told() {
    for schema in [
        r##"{"$ref": "#"}"##,
        r##"{"$ref": "#/definitions/a", "definitions": {"a": {"$ref": "#/definitions/b"}, "b": {"$ref": "#/definitions/a"}}}"##,
        r##"{"allOf": [{"$ref": "#"}, {"$ref": "#"}]}"##,
    ] {
        let report = with_schema(schema, "a: 1");
        assert!(outcome(&report).is_err(), "{schema}");
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
        let report = with_schema(&format!(r#"{{"$ref": "{address}"}}"#), "");
        let problem = outcome(&report).unwrap_err();
        assert!(problem.contains("is not loaded here"), "{problem}");
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
    let report = with_schema(&rule.to_string(), values);
    report.findings.iter().map(|it| format!("{:?} {}", it.rule, it.message)).collect()
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

// Archives.

fn gzip(data: &[u8]) -> Vec<u8> {
    let mut out = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    out.write_all(data).unwrap();
    out.finish().unwrap()
}

fn entry(name: &str, data: &[u8]) -> Vec<u8> {
    typed_entry(name, data, b'0')
}

/// One entry of a tar, made by hand so that names may be what no library would write.
fn typed_entry(name: &str, data: &[u8], kind: u8) -> Vec<u8> {
    let mut header = vec![0_u8; 512];
    header[..name.len()].copy_from_slice(name.as_bytes());
    header[100..108].copy_from_slice(b"0000644\0");
    header[108..116].copy_from_slice(b"0000000\0");
    header[116..124].copy_from_slice(b"0000000\0");
    header[124..136].copy_from_slice(format!("{:011o}\0", data.len()).as_bytes());
    header[136..148].copy_from_slice(b"00000000000\0");
    header[156] = kind;
    header[257..265].copy_from_slice(b"ustar\x0000");
    header[148..156].copy_from_slice(b"        ");
    let sum: u32 = header.iter().map(|byte| u32::from(*byte)).sum();
    header[148..156].copy_from_slice(format!("{sum:06o}\0 ").as_bytes());
    header.extend_from_slice(data);
    header.resize(header.len().next_multiple_of(512), 0);
    header
}

fn tgz(entries: &[Vec<u8>]) -> Vec<u8> {
    let mut tar = entries.concat();
    tar.resize(tar.len() + 1_024, 0);
    gzip(&tar)
}

#[test]
fn a_tar_bomb_is_refused() {
    let zeros = vec![0; 33 << 20];
    let bomb = tgz(&[entry("h/Chart.yaml", CHART.as_bytes()), entry("h/big", &zeros)]);
    let problem = refused(bomb);
    assert!(problem.contains("unpacks to more than 32 MiB (stopped at h/big"), "{problem}");
}

#[test]
fn many_large_files_are_one_bomb() {
    let zeros = vec![0; 4 << 20];
    let mut entries = vec![entry("h/Chart.yaml", CHART.as_bytes())];
    entries.extend((0..9).map(|at| entry(&format!("h/big{at}"), &zeros)));
    assert!(refused(tgz(&entries)).contains("unpacks to more than 32 MiB"));
}

#[test]
fn what_archives_inside_unpack_to_counts_together() {
    let zeros = vec![0; 15 << 20];
    let inner = tgz(&[entry("s/Chart.yaml", CHART.as_bytes()), entry("s/big", &zeros)]);
    let mut entries = vec![entry("h/Chart.yaml", CHART.as_bytes())];
    entries.extend((0..4).map(|at| entry(&format!("h/charts/s{at}.tgz"), &inner)));
    let problem = refused(tgz(&entries));
    assert!(problem.contains("error unpacking subchart"), "{problem}");
    assert!(problem.contains("unpacks to more than 32 MiB"), "{problem}");
}

#[test]
fn archives_inside_each_other_are_refused() {
    let mut inner = tgz(&[entry("h/Chart.yaml", CHART.as_bytes())]);
    for _ in 0..12 {
        inner = tgz(&[entry("h/Chart.yaml", CHART.as_bytes()), entry("h/charts/h.tgz", &inner)]);
    }
    let problem = refused(inner);
    assert!(problem.contains("charts are nested more than 8 deep"), "{problem}");
}

#[test]
fn a_long_name_of_a_tar_counts_as_well() {
    let name = vec![b'a'; 80 << 20];
    let bomb = tgz(&[typed_entry("././@LongLink", &name, b'L'), entry("h/Chart.yaml", b"")]);
    assert!(refused(bomb).contains("unpacks to more than 32 MiB"));
}

#[test]
fn folders_of_a_tar_count_as_well() {
    let folder = typed_entry("h/folder/", b"", b'5');
    let entries: Vec<_> = (0..20_000).map(|_| folder.clone()).collect();
    assert!(refused(tgz(&entries)).contains("more than 10000 files"));
}

#[test]
fn very_many_small_files_are_refused() {
    let entries: Vec<_> = (0..10_001).map(|at| entry(&format!("h/f{at}"), b"")).collect();
    assert!(refused(tgz(&entries)).contains("more than 10000 files"));
    let mut parts = chart("", "");
    parts.extend((0..10_000).map(|at| (format!("f{at}"), Vec::new())));
    let problem = small(move || open(&mut session(), files(parts)).unwrap_err());
    assert!(problem.contains("more than 10000 files"), "{problem}");
}

#[test]
fn names_that_leave_the_chart_are_refused() {
    for name in [
        "h/../../evil",
        "h/a/../../../evil",
        "/etc/passwd",
        "h//etc/passwd",
        "h/c:/evil",
        "..\\..\\evil",
    ] {
        let data = tgz(&[entry("h/Chart.yaml", CHART.as_bytes()), entry(name, b"x")]);
        let problem = refused(data);
        let words = ["points outside", "absolute path", "names a drive", "illegal"];
        assert!(words.iter().any(|words| problem.contains(words)), "{name}: {problem}");
    }
    let long = format!("h/{}", "a/".repeat(40));
    assert!(refused(tgz(&[entry(&long, b"x")])).contains("deeper than 32 folders"));
}

#[test]
fn links_and_devices_are_empty_files() {
    for kind in [b'1', b'2', b'3', b'4', b'6'] {
        let mut link = typed_entry("h/templates/a.yaml", b"", kind);
        link.truncate(512);
        let data = tgz(&[entry("h/Chart.yaml", CHART.as_bytes()), link]);
        let opened = small(move || open(&mut session(), archive(data)).map(|card| card.name));
        assert_eq!(opened.as_deref(), Ok("h"));
    }
}

#[test]
fn a_zip_bomb_is_refused() {
    let file = helm::File { name: "big".to_owned(), data: vec![0; 33 << 20] };
    let chart_yaml = helm::File { name: "Chart.yaml".to_owned(), data: CHART.into() };
    let data = helm::zip(&[chart_yaml, file]).unwrap();
    assert!(refused(data).contains("unpacks to more than 32 MiB"));
}

#[test]
fn an_archive_cut_anywhere_is_told() {
    let whole = tgz(&[
        entry("h/Chart.yaml", CHART.as_bytes()),
        entry("h/templates/a.yaml", "a: {{ .Values.a }}\n".repeat(100).as_bytes()),
    ]);
    small(move || {
        for length in 0..whole.len() - 1 {
            let cut = archive(whole[..length].to_vec());
            let _ = open(&mut session(), cut);
        }
    });
}

#[test]
fn metadata_that_reaches_for_paths_is_refused() {
    for text in [
        "apiVersion: v2\nname: ../../x\nversion: 0.1.0\n",
        "apiVersion: v2\nname: .\nversion: 0.1.0\n",
        "apiVersion: v2\nname: ..\nversion: 0.1.0\n",
        "apiVersion: v2\nname: h\nversion: \"\\e[31m1\"\n",
        "apiVersion: v2\nname: h\nversion: 0.1.0\ndependencies: [null]\n",
        "apiVersion: v2\nname: h\nversion: 0.1.0\nmaintainers: [null]\n",
        "apiVersion: v2\nname: h\nversion: 0.1.0\ndependencies: [{name: s, version: 1.0.0, alias: ../z}]\n",
    ] {
        let parts = vec![
            ("Chart.yaml".to_owned(), text.as_bytes().to_vec()),
            ("templates/a.yaml".to_owned(), b"a: 1".to_vec()),
        ];
        let refused = small(move || {
            let mut session = session();
            open(&mut session, files(parts)).is_err()
                || match session.handle(Request::Run { job: Job::default() }) {
                    Reply::Report { report } => report.releases[0].problem.is_some(),
                    _ => true,
                }
        });
        assert!(refused, "{text}");
    }
}

#[test]
fn patterns_of_files_to_ignore_are_matched_in_bounded_time() {
    let mut parts = chart("a: 1", "");
    let pattern = format!("{}b\n", "a*".repeat(200)).repeat(200);
    parts.push((".helmignore".to_owned(), pattern.into_bytes()));
    parts.push(("a".repeat(1_000), Vec::new()));
    assert!(outcome(&run_files(parts)).is_ok());
}
