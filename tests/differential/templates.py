"""Go's templates: `printf` in all its forms, comparisons and access across kinds, control
structures and white space, and what fails, with Go's words and places."""

import itertools
import random

from compare import Case, chart

VALUES = """
i: 5
n: -7
f: 1.5
big: 12345678
whole: 3.0
s: text
e: ""
t: true
no: false
nil: null
l: [1, two, 3.5, true, null]
el: []
m: {a: 1, b: {c: x, d: [1, 2]}, "k.x": 9}
em: {}
nested: [[1, 2], [3]]
u: "é日🎉\\n\\"q\\""
tpl: "{{ .Values.s }}-{{ .Release.Name }}"
"""

OPERANDS = """
5|-7|0|1.5|-0.0|1e9|1e21|123456789|0x1F|0b101|0o17|'a'|'\\n'|1i|2.5i|true|false|""|"text"|"é日🎉"|`raw "q"`|"a\\tb\\x00"
.Values.i|.Values.f|.Values.big|.Values.whole|.Values.s|.Values.t|.Values.nil|.Values.l|.Values.el|.Values.m|.Values.em
.Values.missing|.Values.u|(list 1 "a" nil)|(dict "a" 1 "b" nil)|(list)|(dict)|(int 5)|(int64 5)|(float64 5)|(list "a" "b")
(index .Values.l 1)|(index .Values.m "b")|(until 3)|(splitList "," "a,b")|(dict "x" (dict "y" (list 1 2)))|(toString 5)|(print nil)
(list 1.5 2)|(ternary 1 "b" true)|(quote "x")|(.Files.GetBytes "f.txt")|(.Files.Lines "f.txt")|.Release.Name|.Chart.Name|(int 65)
(int 1114112)|(int -1)|.Template.Name|.Capabilities.KubeVersion|(list (list 1) (dict "a" 2))|(len "abc")|(add 1 2)|(list nil nil)
""".strip().replace("\n", "|").split("|")

VERBS = "vTtbcdoOqxXUeEfFgGspw%z!yk"


def directive(rng):
    flags = "".join(rng.sample("+-# 0", rng.choice([0, 0, 0, 1, 1, 2])))
    width = rng.choice(["", "", "", "1", "5", "12", "*", "[2]*", "[1]"])
    precision = rng.choice(["", "", "", ".0", ".3", ".", ".10", ".*", ".[1]*"])
    index = rng.choice([""] * 12 + ["[1]", "[2]", "[3]", "[x]", "[", "[0]", "[1"])
    return "%" + flags + width + precision + index + rng.choice(VERBS[:18] * 3 + VERBS)


def quoted(text):
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def printf_table():
    for verb, operand in itertools.product(VERBS, OPERANDS):
        yield f'# {{{{ printf "%{verb}|%+{verb}|%#{verb}|%8{verb}|%-8{verb}|%08.3{verb}|% {verb}" {" ".join([operand] * 7)} | toJson }}}}'


def printf_random(rng, rounds):
    for _ in range(rounds):
        text = "".join(rng.choice(["a", " ", "", "é", "%%"]) + directive(rng) for _ in range(rng.randint(1, 3)))
        operands = [rng.choice(OPERANDS) for _ in range(rng.choice([0, 1, 1, 2, 2, 3]))]
        yield f"# {{{{ printf {quoted(text + rng.choice(['', '', '%']))} {' '.join(operands)} | toJson }}}}"


def printing():
    for function, operand in itertools.product(["print", "println", "html", "js", "urlquery", "len", "not", "toString", "quote", "squote", "kindOf", "typeOf", "toJson", "toYaml", "empty", "int", "float64", "int64"], OPERANDS):
        yield f"# {{{{ {function} {operand} | toJson }}}}"
    for left, right in itertools.product(OPERANDS, OPERANDS[::3]):
        yield f"# {{{{ print {left} {right} | toJson }}}}"
        yield f"# {{{{ and {left} {right} | toJson }}}} {{{{ or {left} {right} | toJson }}}}"
    for operand in OPERANDS:
        yield f"# {{{{ if {operand} }}}}yes{{{{ else }}}}no{{{{ end }}}} {{{{ with {operand} }}}}{{{{ . | toJson }}}}{{{{ else }}}}no{{{{ end }}}}"
        yield f"# {{{{ default 9 {operand} | toJson }}}} {{{{ {operand} | toJson }}}} {{{{ {operand} }}}}".replace("\n", " ")


def access():
    keys = ["0", "1", "-1", "9", '"a"', '"zz"', "1.5", ".Values.i", "(int 1)", "nil", "'a'", "true"]
    for value, key in itertools.product(OPERANDS, keys):
        yield f"# {{{{ index {value} {key} | toJson }}}}"
    for value, (low, high) in itertools.product(OPERANDS[18:], [("", ""), ("1", ""), ("0", "2"), ("2", "1"), ("0", "99"), ("-1", "")]):
        yield f"# {{{{ slice {value} {low} {high} | toJson }}}}"
    for operand in OPERANDS:
        for tail in [".a", ".b.c", ".zz", ".zz.yy", ".Name", ".a.b"]:
            head = operand if operand.startswith("(") else f"({operand})"
            yield f"# {{{{ {head}{tail} | toJson }}}}"


def comparing():
    functions = ["eq", "ne", "lt", "le", "gt", "ge"]
    for left, right in itertools.product(OPERANDS, OPERANDS):
        yield f"# {{{{ {functions[hash((left, right)) % 6]} {left} {right} }}}}"


STRUCTURES = r"""
{{range $i, $x := .Values.l}}{{$i}}={{$x}};{{end}}|{{range $k, $v := .Values.m}}{{$k}}={{$v}};{{end}}|{{range .Values.el}}x{{else}}none{{end}}
{{range 3}}{{.}}{{end}}|{{range $i := 3}}{{$i}}{{end}}|{{range $i, $x := 3}}{{$i}}{{$x}}{{end}}|{{range 0}}x{{else}}e{{end}}|{{range "aé"}}{{.}}{{end}}
{{range $i, $c := "aé日"}}{{$i}}:{{$c}} {{end}}|{{range 1.5}}x{{end}}|{{range .Values.i}}{{.}}{{end}}|{{range true}}{{end}}|{{range nil}}x{{end}}|{{range .Values.nil}}x{{else}}e{{end}}
{{range int 3}}{{.}},{{end}}|{{range (int64 2)}}{{.}},{{end}}|{{range .Values.missing}}x{{else}}e{{end}}|{{range -1}}x{{else}}e{{end}}
{{range .Values.l}}{{if eq (toString .) "two"}}{{continue}}{{end}}{{.}}{{end}}|{{range .Values.l}}{{if eq (toString .) "two"}}{{break}}{{end}}{{.}}{{end}}
{{range $x := .Values.l}}{{$x := 7}}{{$x}}{{end}}|{{$x := 1}}{{range .Values.l}}{{$x = .}}{{end}}{{$x}}|{{$x := 1}}{{if true}}{{$x := 2}}{{$x}}{{end}}{{$x}}
{{$x := 1}}{{if true}}{{$x = 2}}{{end}}{{$x}}|{{with $x := 5}}{{$x}}{{.}}{{end}}|{{with .Values.m}}{{.a}}{{$.Values.i}}{{end}}|{{with .Values.e}}a{{else with .Values.s}}{{.}}{{end}}
{{if .Values.no}}a{{else if .Values.t}}b{{else}}c{{end}}|{{if and .Values.t (not .Values.no)}}y{{end}}|{{if or .Values.no .Values.e}}y{{else}}n{{end}}
{{- 1 -}}|a {{- 1 -}} b|a {{- /* c */ -}} b|a {{/* c */}} b|{{- "x" }} y|{{ 1 }}{{- 2 }} {{- 3 -}} {{4}}|{{1}}  {{-  2  -}}  {{3}}
{{define "d"}}[{{.}}]{{end}}{{template "d" 5}}|{{define "d"}}[{{.}}]{{end}}{{template "d"}}|{{block "bb" .Values.s}}<{{.}}>{{end}}|{{define "a"}}{{template "b" .}}{{end}}{{define "b"}}({{.}}){{end}}{{template "a" 1}}
{{define "d"}}x{{end}}{{define "d"}}y{{end}}{{template "d"}}|{{define "empty"}}{{end}}{{define "empty"}}{{end}}{{template "empty"}}|{{include "inc" .}}|{{include "inc" . | upper}}|{{template "inc" .}}
{{define "inc"}}I{{.Values.i}}{{end}}{{include "inc" .}}|{{define "v"}}{{$}}{{end}}{{include "v" 7}}|{{tpl .Values.tpl .}}|{{tpl "{{define \"zz\"}}Z{{end}}{{include \"zz\" .}}" .}}
{{tpl "{{ $x := .Values.i }}{{ $x }}" .}}|{{tpl "plain" .}}|{{tpl "" .}}|{{tpl "{{ tpl .Values.tpl . }}" .}}|{{tpl "{{.Template.Name}} {{.Template.BasePath}}" .}}|{{tpl (toYaml .Values.m) .}}
{{(index .Values.nested 0 1)}}|{{index .Values.m "b" "d" 1}}|{{(index .Values.l 1) | upper}}|{{(dict "a" (dict "b" 2)).a.b}}|{{$d := dict "a" 1}}{{$d.a}}|{{$d := dict}}{{$_ := set $d "z" 1}}{{$d}}
{{$l := list 1 2}}{{$l = append $l 3}}{{$l}}|{{$x, $y := 1, 2}}|{{len .Values.l}} {{len .Values.m}} {{len "é"}}|{{.Values.l}} {{.Values.m}}|{{.Values}}|{{print .Values.l .Values.m 1 2 "a" "b" 3}}
{{5 | printf "%d-%s" 6}}|{{"a" | printf "%s%s" "b"}}|{{printf "%d" 5 | printf "%s"}}|{{true | not}}|{{.Values.i | int | add 3 | mul 2}}|{{"x" | default "y" | quote}}
{{eq 1 1 2}}|{{eq 1 2 1}}|{{eq .Values.i 5.0}}|{{eq .Values.s "text" }}|{{ne 1 2}}|{{lt 1 2}}{{lt "a" "b"}}{{lt 1.5 2.5}}|{{ge 2 2}}|{{and}}|{{or}}|{{and 1 0 (fail "x")}}|{{or 1 (fail "x")}}|{{not 0}}{{not ""}}
{{html "<a href='x'>&\""}}|{{js "<a>'\"\n\\=&é\u2028"}}|{{urlquery "a b&c=d/é"}}|{{html 5 "<" }}|{{call .Values.s}}|{{print}}|{{println "a" 1}}|{{printf "a"}}|{{printf "%d%%" 5}}|{{slice "héllo" 1 3}}|{{slice .Values.l 1 2}}
{{"quoted \" \\ \n \u00e9 \x41 \101"}}|{{`raw \n`}}|{{'a'}}{{'\''}}{{'\u00e9'}}|{{1_000}}|{{0x_1F}}|{{1e3}}|{{1.5e-3}}|{{0777}}|{{0b11}}|{{0x1p4}}|{{.5}}|{{1.}}|{{-5}}|{{+5}}|{{1i}}|{{1e1000}}|{{99999999999999999999}}
{{nil}}|{{if nil}}{{end}}|{{.}}|{{$}}|{{$.Values.i}}|{{.Values.m.b.c}}|{{.Values.m.zz}}|{{.Values.m.zz.yy}}|{{.Values.nil}}|{{.Values.nil.x}}|{{.Values.s.x}}|{{.Values.i.x}}|{{.Values.l.x}}|{{.Nope}}|{{.Nope.x}}|{{.Release.Nope}}|{{.Chart.Nope}}
{{.Files.Get "f.txt"}}|{{.Files.Get "nope"}}|{{.Files.Nope}}|{{range $p, $b := .Files.Glob "*.txt"}}{{$p}}={{$b}}{{end}}|{{(.Files.Glob "*").AsConfig}}|{{(.Files.Glob "*").AsSecrets}}|{{range .Files.Lines "f.txt"}}<{{.}}>{{end}}|{{.Files.f}}
{{range $i, $e := until 3}}{{if $i}},{{end}}{{$e}}{{end}}|{{range tuple 1 2}}{{.}}{{end}}|{{range $k, $v := dict "b" 1 "a" 2}}{{$k}}{{$v}}{{end}}|{{range $i, $m := list (dict "a" 1) (dict "a" 2)}}{{$i}}{{$m.a}}{{end}}
{{.Capabilities.APIVersions.Has "v1"}}|{{has "v1" .Capabilities.APIVersions}}|{{len .Capabilities.APIVersions}}|{{.Capabilities.KubeVersion.Version}}|{{.Capabilities.HelmVersion}}|{{.Capabilities}}
{{.Release}}|{{.Release.Service}}{{.Release.Revision}}{{.Release.IsInstall}}|{{.Chart}}|{{.Template}}|{{.Subcharts}}|{{typeOf .}}{{typeOf .Values}}{{typeOf .Chart}}{{typeOf .Files}}|{{kindOf .Files}}{{kindOf .Capabilities}}
{{ /* a */ }}|{{/* a */}}|{{/* a
b */}}|{{- /* a */ -}}|{{"a
b"}}|{{.Values.s
}}|{{ .Values.s |
upper }}|{{if
true}}x{{end}}|{{ printf "%s"
 "x" }}|{{`a
b`}}|a{{"{{"}}b|{{"}}"}}|a}}b|{a{b|{{{}}|{{ {{ }}|{{}}|{{ }}|{{-}}|{{- }}|{{-1}}|{{- -1}}|{{.Values.i}-}}
""".strip("\n")

BROKEN = r"""
{{|}}|{{if}}x{{end}}|{{if true}}x|{{end}}|{{else}}|{{range}}{{end}}|{{with}}{{end}}|{{template}}|{{template 5}}|{{template "nope"}}|{{define}}{{end}}|{{define x}}{{end}}|{{define "x"}}|{{block "x"}}{{end}}
{{nofunc}}|{{nofunc 1}}|{{.Values.}}|{{.}}{{..}}|{{$x}}|{{$x := }}|{{$x = 1}}|{{:= 1}}|{{1 | 2}}|{{1 |}}|{{| upper}}|{{"abc}}|{{`abc}}|{{'ab'}}|{{''}}|{{'a}}|{{(1}}|{{1)}}|{{()}}|{{(1).x}}|{{"a".b}}|{{1.x}}
{{break}}|{{continue}}|{{if true}}{{else}}{{else}}{{end}}|{{if true}}{{else if}}{{end}}|{{range .Values.l}}{{else}}{{break}}{{end}}|{{end}}{{end}}|{{/* a}}|{{/* a */ b}}|{{ /* a */ b}}|{{- /* a*/}}|{{/* a */-}}
{{.Values.i 5}}|{{.Values.s "a"}}|{{5 6}}|{{"a" "b"}}|{{nil nil}}|{{true false}}|{{$ 1}}|{{. 1}}|{{len}}|{{len 1 2}}|{{index}}|{{index 1}}|{{slice}}|{{printf}}|{{printf 5}}|{{not}}|{{not 1 2}}|{{eq}}|{{eq 1}}|{{lt 1}}|{{lt 1 "a"}}|{{eq 1 "a"}}
{{eq .Values.l .Values.l}}|{{eq .Values.m nil}}|{{lt true false}}|{{lt nil 1}}|{{eq nil nil}}|{{ne nil 1}}|{{index .Values.l 9}}|{{index .Values.l "a"}}|{{index .Values.m 1}}|{{index .Values.s 99}}|{{index nil 1}}|{{index .Values.nil 1}}|{{slice 5 1}}|{{slice .Values.l 9}}
{{upper 5}}|{{upper}}|{{upper "a" "b"}}|{{upper nil}}|{{upper .Values.missing}}|{{upper .Values.l}}|{{trunc "a" 5}}|{{trunc 5}}|{{add "a" 1}}|{{quote}}|{{default}}|{{default 1}}|{{dict "a"}}|{{dict 1 2}}|{{set .Values.s "a" 1}}|{{set 1}}|{{get .Values.m 5}}|{{hasKey nil "a"}}
{{fail "boom"}}|{{fail 5}}|{{required "need it" .Values.missing}}|{{required "need it" ""}}|{{required "x"}}|{{include "nope" .}}|{{include "inc"}}|{{include 5 .}}|{{template "nope" .}}|{{tpl "{{ .Values.i.x }}" .}}|{{tpl "{{ nofunc }}" .}}|{{tpl "{{ if }}" .}}|{{tpl 5 .}}|{{tpl "x" 5}}|{{tpl "x" (dict)}}
{{tpl "{{ fail \"inner\" }}" .}}|{{tpl "{{ required \"inner\" .Values.nope }}" .}}|{{tpl "{{ include \"nope\" . }}" .}}|{{tpl "{{ .x }}" "s"}}|{{include "bad" .}}|{{include "deep" .}}|{{include "fails" .}}|{{include "needs" .}}|{{template "bad" .}}|{{template "fails" .}}
{{toYaml}}|{{fromYaml 5}}|{{toJson}}|{{lookup "v1"}}|{{lookup "v1" "Pod" "" ""}}|{{.Files.Get}}|{{.Files.Get 5}}|{{.Files.Get "a" "b"}}|{{.Capabilities.APIVersions.Has}}|{{.Release.Name "x"}}|{{.Chart.Name.x}}|{{.Values.m.a.b}}|{{.Values.m.b.c.d}}|{{.Values.t.x}}
{{range 5.5}}{{end}}|{{range .Values.t}}{{end}}|{{range $a, $b, $c := .Values.l}}{{end}}|{{range $a $b := .Values.l}}{{end}}|{{with $a, $b := .Values.l}}{{end}}|{{if $a, $b := 1}}{{end}}|{{$a, $b := 1}}|{{$x := 1 2}}|{{$x.y := 1}}|{{$}}{{$ = 1}}
{{call nil}}|{{call 5}}|{{call}}|{{call .Files.Get "f.txt"}}|{{call "upper" "a"}}|{{.Values.l.0}}|{{.Values.l[0]}}|{{.Values["a"]}}|{{.Values.a-b}}|{{.Values.k.x}}|{{a.b}}|{{#if}}|{{@}}|{{a,b}}|{{1,2}}|{{"\q"}}|{{"\u12"}}|{{'\q'}}|{{0x}}|{{08}}|{{1e}}|{{1__0}}|{{0b2}}|{{é}}|{{.é}}|{{$é := 1}}{{$é}}|{{.Values.日}}
{{int "a"}}|{{int .Values.missing}}|{{b64dec "%%"}}|{{regexMatch "(" "a"}}|{{semverCompare "x" "1"}}|{{mustRegexMatch "(" "a"}}|{{first 5}}|{{last nil}}|{{join "," 5}}|{{until "a"}}|{{ternary 1 2}}|{{ternary 1 2 "x"}}|{{merge 1 2}}|{{pick nil}}|{{keys 1}}|{{sortAlpha 1}}|{{splitList 1 2}}|{{nindent "a" "b"}}|{{indent 2}}|{{date "x"}}
{{if .Values.m.a.b.c}}{{end}}|{{with .Values.s.t}}{{end}}|{{range .Values.s.t}}{{end}}|{{$x := .Values.s.t}}|{{template "inc" .Values.s.t}}|{{printf "%s" .Values.s.t}}|{{(.Values.s).t}}|{{(printf "a").b}}|{{(index .Values.l 0).b}}|{{upper (lower .Values.s.t)}}|{{.Values.s | upper | nofunc}}|{{.Values.m | upper}}|{{"a" | index .Values.l}}
""".strip("\n")

DEFINES = """{{define "bad"}}
x {{ .Values.s.t }}{{end}}
{{define "deep"}}y {{ include "bad" . | upper }}{{end}}
{{define "fails"}}{{ fail "from define" }}{{end}}
{{define "needs"}}{{ required "needed in define" .Values.nope }}{{end}}
{{define "inc"}}inc {{ .Values.i }}{{end}}
"""

FILES = {"c/f.txt": "one\ntwo\n", "c/templates/_d.tpl": DEFINES}


def pieces(text):
    return [piece for piece in text.replace("\n{{", "|{{").replace("\na ", "|a ").split("|") if piece.strip()]


def alone():
    """Each by itself: white space counts, and most fail."""
    for name, text in [("structure", STRUCTURES), ("broken", BROKEN)]:
        for piece in pieces(text):
            for shape in ["a: x {}\n", "a: 1\nb:\n  c: >-\n    {}\n    tail\n"]:
                template = shape.replace("{}", piece)
                yield Case(f"{name} {template!r}", chart({"x.yaml": template}, VALUES, FILES))


def failing(rng, rounds):
    """An expression that fails somewhere, in a template, a define or a tpl."""
    leaves = [*OPERANDS, ".Values.s.t", "nofunc", '(fail "f")', '(include "bad" .)', '(required "r" nil)', "$x", ".Values.l.x"]
    functions = ["upper", "printf \"%d\"", "index", "len", "eq 1", "lt", "add 1", "default", "quote", "toYaml", "get", "tpl", "include", "trunc 3", "first", "not", "and", "int", "nindent 2", "ternary 1 2", "dict \"k\"", "merge", "join \",\"", "has 1", "b64enc"]
    for number in range(rounds):
        words = [rng.choice(functions)] + [rng.choice(leaves) for _ in range(rng.choice([1, 1, 2]))]
        body = " ".join(words) + rng.choice(["", "", " | " + rng.choice(functions)])
        wrap = rng.choice(["{{ B }}", "{{- B -}}", "{{ if B }}x{{ end }}", "{{ with B }}{{ . }}{{ end }}", "{{ range B }}{{ . }}{{ end }}", "{{ $x := B }}{{ $x }}", "{{ (B).x }}", '{{ template "inc" (B) }}'])
        action = wrap.replace("B", body)
        yield Case(f"failing {action!r}", chart({"x.yaml": f"a: 1\nb: # {action}\n"}, VALUES, FILES))


def all_probes(seed, rounds):
    rng = random.Random(f"templates {seed}")
    tables = [printf_table(), printing(), access(), comparing(), printf_random(rng, rounds * 5)]
    return [probe for table in tables for probe in table]


def all_cases(seed, rounds):
    return [*alone(), *failing(random.Random(f"failing {seed}"), rounds)]
