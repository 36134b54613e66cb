{{define "bad"}}
x {{ .Values.s.t }}{{end}}
{{define "deep"}}y {{ include "bad" . | upper }}{{end}}
{{define "fails"}}{{ fail "from define" }}{{end}}
{{define "needs"}}{{ required "needed in define" .Values.nope }}{{end}}
{{define "inc"}}inc {{ .Values.i }}{{end}}
{{define "dot"}}[{{ . }}]{{end}}
