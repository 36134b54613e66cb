{{- define "idp.fullname" -}}
{{- if .Values.fullnameOverride }}{{ .Values.fullnameOverride }}{{ else }}{{ printf "%s-%s" .Release.Name .Chart.Name | trunc 20 | trimSuffix "-" }}{{ end }}
{{- end }}
{{- define "idp.selectorLabels" -}}
app.kubernetes.io/name: {{ .Chart.Name }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end }}
{{- define "idp.labels" -}}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name (.Chart.Version | replace "+" "_") }}
{{ include "idp.selectorLabels" . }}
{{- with .Chart.AppVersion }}
app.kubernetes.io/version: {{ . | quote }}
{{- end }}
{{- end }}
{{- define "idp.merge" -}}
{{- $over := index . 1 -}}
{{- $base := fromYaml (include (index . 2) (index . 0)) | default (dict) -}}
{{- toYaml (mergeOverwrite $base $over) -}}
{{- end }}
{{- define "idp.base" -}}
resources: {limits: {cpu: 1, memory: 1Gi}}
list: [1, 2]
keep: {{ .Release.Namespace }}
{{- end }}
{{- define "idp.recurse" -}}
{{- $n := int .n -}}
{{- if gt $n 0 -}}{{ $n }},{{ include "idp.recurse" (dict "n" (sub $n 1)) }}{{- end -}}
{{- end }}
