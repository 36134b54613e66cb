{{/*
Renders a value that may hold a template: a string, a list or a map.
Usage: {{ include "common.tplvalues.render" (dict "value" .Values.path "context" $) }}
With a scope: {{ include "common.tplvalues.render" (dict "value" .Values.path "context" $ "scope" $app) }}
*/}}
{{- define "common.tplvalues.render" -}}
{{- $text := typeIs "string" .value | ternary .value (.value | toYaml) }}
{{- if contains "{{" (toJson .value) }}
  {{- if .scope }}
      {{- tpl (cat "{{- with $.RelativeScope -}}" $text "{{- end }}") (merge (dict "RelativeScope" .scope) .context) }}
  {{- else }}
    {{- tpl $text .context }}
  {{- end }}
{{- else }}
    {{- $text }}
{{- end }}
{{- end -}}

{{/*
Lays maps over each other, the first winning.
Usage: {{ include "common.tplvalues.merge" (dict "values" (list .Values.a .Values.b) "context" $) }}
*/}}
{{- define "common.tplvalues.merge" -}}
{{- $into := dict -}}
{{- range .values -}}
{{- $into = include "common.tplvalues.render" (dict "value" . "context" $.context "scope" $.scope) | fromYaml | merge $into -}}
{{- end -}}
{{ $into | toYaml }}
{{- end -}}

{{- define "common.tplvalues.merge-overwrite" -}}
{{- $into := dict -}}
{{- range .values -}}
{{- $into = include "common.tplvalues.render" (dict "value" . "context" $.context "scope" $.scope) | fromYaml | mergeOverwrite $into -}}
{{- end -}}
{{ $into | toYaml }}
{{- end -}}
