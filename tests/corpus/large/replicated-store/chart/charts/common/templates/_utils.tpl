{{- define "common.utils.fieldToEnvVar" -}}
  {{- $words := splitList "-" .field -}}
  {{- $upper := list -}}
  {{- range $words -}}
    {{- $upper = append $upper ( upper . ) -}}
  {{- end -}}
{{ join "_" $upper }}
{{- end -}}

{{/*
Walks a dotted path through the values.
Usage: {{ include "common.utils.getValueFromKey" (dict "key" "path.to.key" "context" $) }}
*/}}
{{- define "common.utils.getValueFromKey" -}}
{{- $parts := splitList "." .key -}}
{{- $value := "" -}}
{{- $latest := $.context.Values -}}
{{- range $parts -}}
  {{- if not $latest -}}
    {{- printf "please review the entire path of '%s' exists in values" $.key | fail -}}
  {{- end -}}
  {{- $value = ( index $latest . ) -}}
  {{- $latest = $value -}}
{{- end -}}
{{- printf "%v" (default "" $value) -}}
{{- end -}}

{{- define "common.utils.getKeyFromList" -}}
{{- $key := first .keys -}}
{{- $reversed := reverse .keys }}
{{- range $reversed }}
  {{- $value := include "common.utils.getValueFromKey" (dict "key" . "context" $.context ) }}
  {{- if $value -}}
    {{- $key = . }}
  {{- end -}}
{{- end -}}
{{- printf "%s" $key -}}
{{- end -}}

{{- define "common.utils.secret.getvalue" -}}
{{- $variable := include "common.utils.fieldToEnvVar" . -}}
export {{ $variable }}=$(kubectl get secret --namespace {{ include "common.names.namespace" .context | quote }} {{ .secret }} -o jsonpath="{.data.{{ .field }}}" | base64 -d)
{{- end -}}

{{/*
The checksum of a template's data.
*/}}
{{- define "common.utils.checksumTemplate" -}}
{{- $object := include (print .context.Template.BasePath .path) .context | fromYaml -}}
{{ pick $object "data" "type" "stringData" | toYaml | sha256sum }}
{{- end -}}
