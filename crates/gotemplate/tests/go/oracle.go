// Runs a table of templates through Go's own text/template and fmt, and prints what they give:
// one case a line, `template TAB ok|error TAB text`, with \n, \t, \r and \\ escaped.
//
//	go run crates/gotemplate/tests/go/oracle.go > crates/gotemplate/tests/go/cases.tsv
//
// The test `go_oracle` reads that file. Nobody writes it by hand.
package main

import (
	"bufio"
	"fmt"
	"os"
	"strings"
	"text/template"
)

var data = map[string]any{
	"i": 5, "n": -7, "f": 1.5, "s": "text", "e": "", "t": true, "nil": nil,
	"l": []any{1, "two", 3.5, true, nil}, "m": map[string]any{"a": 1, "b": map[string]any{"c": "x"}},
}

var operands = strings.Split("5|-7|0|1.5|-0.25|1e9|1e21|123456789|'a'|2.5i|true|\"\"|\"text\"|\"é日🎉\"|\"a\\tb\\x00\"|.l|.m|.nil|.zz", "|")

const verbs = "vTtbcdoOqxXUeEfFgGsz%"

var plain = []string{
	"{{.i}} {{.f}} {{.s}} {{.l}} {{.m}} {{.nil}} {{.zz}}", "{{.m.b.c}}", "{{.m.zz}}", "{{.m.zz.yy}}", "{{.s.x}}", "{{.nil.x}}", "{{.i.x}}",
	"{{range .l}}{{.}},{{end}}", "{{range $i, $x := .l}}{{$i}}={{$x}};{{end}}", "{{range $k, $v := .m}}{{$k}}={{$v}};{{end}}",
	"{{range 3}}{{.}}{{end}}", "{{range $i := 3}}{{$i}}{{end}}", "{{range .e}}x{{else}}none{{end}}", "{{range .f}}{{end}}", "{{range .t}}{{end}}",
	"{{range .l}}{{if eq . 3.5}}{{break}}{{end}}{{.}}{{end}}", "{{range $i, $x := .l}}{{if $i}}{{continue}}{{end}}{{$x}}{{end}}",
	"{{with .m}}{{.a}}{{$.i}}{{end}}", "{{with .e}}a{{else with .s}}{{.}}{{end}}", "{{if .nil}}a{{else if .t}}b{{else}}c{{end}}",
	"{{$x := 1}}{{if true}}{{$x = 2}}{{end}}{{$x}}", "{{$x := 1}}{{if true}}{{$x := 2}}{{$x}}{{end}}{{$x}}", "{{$x := and 1 $x}}",
	"a {{- 1 -}} b", "a {{/* c */ -}} b", "{{- 1 }}  {{ 2 -}}  c", "{{define \"d\"}}[{{.}}]{{end}}{{template \"d\" .i}}{{template \"d\"}}",
	"{{block \"b\" .s}}<{{.}}>{{end}}", "{{template \"nope\"}}", "{{and}}", "{{or}}", "{{and 1 0 .s.x}}", "{{or 0 .s .s.x}}", "{{not .e}}",
	"{{eq 1 1 2}}", "{{eq .i 5.0}}", "{{eq .l .l}}", "{{eq .nil nil}}", "{{lt 1 \"a\"}}", "{{lt .n .i}}", "{{ge \"b\" \"a\"}}", "{{ne .t false}}", "{{lt true false}}",
	"{{index .l 1}}", "{{index .l 9}}", "{{index .l -1}}", "{{index .m \"b\" \"c\"}}", "{{index .m 1}}", "{{index .s 1}}", "{{index nil 1}}", "{{index .l \"a\"}}", "{{index .i 1}}",
	"{{slice .s 1 3}}", "{{slice .s 9}}", "{{slice .l 1 2}}", "{{slice .l 3 1}}", "{{slice .i 1}}", "{{slice .s 1 2 3}}", "{{len .s}} {{len .l}} {{len .m}}", "{{len .i}}", "{{len nil}}",
	"{{print 1 2 \"a\" \"b\" 3 nil}}", "{{println .i .s}}", "{{html \"<a href='x'>&\\\"\"}}", "{{js \"<a>'\\n\\u2028é=\"}}", "{{urlquery \"a b&c=é/\"}}", "{{html .i \"<\"}}",
	"{{call .s}}", "{{.i 5}}", "{{5 6}}", "{{nil}}", "{{.}}{{$}}", "{{1 | printf \"%d-%d\" 2}}", "{{\"a\" | len | printf \"%03d\"}}", "{{.s | .i}}", "{{(index .l 1)}}", "{{(.m).b.c}}", "{{(.s).x}}", "{{(print 1).x}}",
	"{{'a'}} {{'\\n'}} {{0x1F}} {{0b11}} {{0o17}} {{017}} {{1_000}} {{1e3}} {{.5}} {{1.5e-3}} {{0x1p4}} {{2i}} {{-5}} {{+5}}", "{{\"\\u00e9\\x41\\101\"}} {{`raw \\n`}}", "{{99999999999999999999}}",
	"{{", "{{if}}{{end}}", "{{if true}}", "{{end}}", "{{else}}", "{{nofunc}}", "{{.a.}}", "{{$x}}", "{{$x = 1}}", "{{1 | 2}}", "{{1 |}}", "{{\"abc}}", "{{'ab'}}", "{{''}}", "{{(1}}", "{{1)}}", "{{()}}", "{{break}}", "{{/* a}}", "{{/* a */ b}}",
	"{{range $a, $b, $c := .l}}{{end}}", "{{template}}", "{{define x}}{{end}}", "{{\"\\q\"}}", "{{08}}", "{{1.x}}", "{{.a-b}}", "{{a.b}}", "{{@}}", "{{with $a, $b := .l}}{{end}}", "{{\n\n.s.x}}", "{{if true}}{{else}}{{else}}{{end}}",
}

func main() {
	out := bufio.NewWriter(os.Stdout)
	defer out.Flush()
	for _, text := range plain {
		run(out, text)
	}
	for _, verb := range verbs {
		for _, operand := range operands {
			for _, flags := range []string{"", "+", "#", "-8", "08.3", "+#12.2", " "} {
				run(out, fmt.Sprintf(`{{printf "%%%s%c" %s}}`, flags, verb, operand))
			}
		}
	}
	for _, format := range []string{"%", "%!", "%d %d", "%[2]d %[1]d", "%[3]d", "%[x]d", "%[", "%*d", "%.*f", "%[2]*[1]d", "%-*d|", "%d", "%z", "%é", "%5", "%.", "%[1]v %v", "%%%d", "%6.2f%%"} {
		for _, tail := range []string{"", "5", "5 6", "5 1.5", "\"a\" 3", "-4 7 nil"} {
			run(out, fmt.Sprintf("{{printf %q %s}}", format, tail))
		}
	}
}

func run(out *bufio.Writer, text string) {
	var printed strings.Builder
	parsed, err := template.New("t").Parse(text)
	if err == nil {
		err = parsed.Execute(&printed, data)
	}
	if err != nil {
		fmt.Fprintf(out, "%s\terror\t%s\n", escape(text), escape(err.Error()))
		return
	}
	fmt.Fprintf(out, "%s\tok\t%s\n", escape(text), escape(printed.String()))
}

func escape(text string) string {
	return strings.NewReplacer("\\", "\\\\", "\n", "\\n", "\t", "\\t", "\r", "\\r").Replace(text)
}
