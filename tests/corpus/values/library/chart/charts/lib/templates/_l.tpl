{{ define "lib.x" }}from: lib {{ .Chart.Name }}{{ end }}
