{{- define "lib.common.labels.selector" -}}
app.kubernetes.io/instance: {{ .Release.Name }}
app.kubernetes.io/name: {{ include "lib.common.names.name" . }}
{{- end -}}

{{- define "lib.common.labels.all" -}}
{{ include "lib.common.labels.selector" . }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
{{- if .Chart.AppVersion }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
{{- end }}
helm.sh/chart: {{ include "lib.common.names.chart" . }}
{{- end -}}

{{/* metadata: of an object: { root, name, object, labels, annotations, global } */}}
{{- define "lib.common.metadata" -}}
  {{- $root := .root -}}
  {{- $labels := merge (.labels | default dict) (dig "labels" dict .object | default dict) (include "lib.common.labels.all" $root | fromYaml) -}}
  {{- $annotations := merge (dig "annotations" dict .object | default dict) (.annotations | default dict) -}}
  {{- $global := $root.Values.global | default dict -}}
  {{- range $key, $value := $global.labels -}}
    {{- $_ := set $labels $key (tpl (toString $value) $root) -}}
  {{- end -}}
  {{- range $key, $value := $global.annotations -}}
    {{- if not (hasKey $annotations $key) -}}
      {{- $_ := set $annotations $key (tpl (toString $value) $root) -}}
    {{- end -}}
  {{- end -}}
name: {{ .name }}
namespace: {{ $root.Release.Namespace }}
labels:
  {{- range $key := keys $labels | sortAlpha }}
  {{ $key }}: {{ tpl (get $labels $key | toString) $root | toYaml | nindent 4 | trim }}
  {{- end }}
  {{- with $annotations }}
annotations:
    {{- range $key, $value := . }}
  {{ $key }}: {{ tpl ($value | toString) $root | quote }}
    {{- end }}
  {{- end }}
{{- end -}}
