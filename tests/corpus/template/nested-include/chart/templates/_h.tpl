{{- define "one" -}}
x: {{ .root.Release.Name }}
y:
  {{- range until (int .n) }}
  - {{ . }}
  {{- end }}
{{- end }}
{{ define "two" }}{{ .Chart.Name }}{{ end }}
{{- define "rec" }}{{ . }}{{ if gt (int .) 0 }}-{{ include "rec" (sub . 1) }}{{ end }}{{ end -}}
