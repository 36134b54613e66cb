//! The chart that templates and expressions stand in, and small expressions of every kind.

use crate::Sample;

/// The chart without a template that prints anything.
pub(super) fn base() -> Sample {
    let template = include_str!("tables/defines.tpl");
    let mut base = Sample::chart("").with("c/templates/_d.tpl", template);
    base.files.remove("c/templates/x.yaml");
    base.with("c/values.yaml", include_str!("tables/values.yaml")).with("c/f.txt", "one\ntwo\n")
}

/// Expressions of every kind that Go and Helm can hold.
pub(super) const ALL: &str = concat!(
    r#"5|-7|0|1.5|-0.0|1e9|1e21|123456789|0x1F|0b101|0o17|'a'|'\n'|true|false|""|"text"|"é日🎉"|`raw "q"`|"a\tb\x00"|"#,
    ".Values.i|.Values.f|.Values.big|.Values.whole|.Values.s|.Values.t|.Values.nil|.Values.l|.Values.el|",
    r#".Values.m|.Values.em|.Values.missing|.Values.u|(list 1 "a" nil)|(dict "a" 1 "b" nil)|(list)|(dict)|(int 5)|"#,
    r#"(int64 5)|(float64 5)|(list "a" "b")|(index .Values.l 1)|(index .Values.m "b")|(until 3)|(splitList "," "a,b")|"#,
    r#"(dict "x" (dict "y" (list 1 2)))|(toString 5)|(print nil)|(list 1.5 2)|(ternary 1 "b" true)|(quote "x")|"#,
    r#"(.Files.GetBytes "f.txt")|(.Files.Lines "f.txt")|.Release.Name|.Chart.Name|(int 65)|(int 1114112)|(int -1)|"#,
    r#".Template.Name|.Capabilities.KubeVersion|(list (list 1) (dict "a" 2))|(len "abc")|(add 1 2)|(list nil nil)"#,
);
