{{/* The primary service of a controller, as YAML: { root, controller } */}}
{{- define "lib.common.service.primary" -}}
  {{- $found := dict -}}
  {{- $first := "" -}}
  {{- $services := include "lib.common.values.enabled" (dict "root" .root "kind" "service") | fromYaml -}}
  {{- range $id := keys $services | sortAlpha -}}
    {{- $service := get $services $id -}}
    {{- if eq (toString $service.controller) $.controller.identifier -}}
      {{- if and $service.primary (not $found) -}}{{- $found = $service -}}{{- end -}}
      {{- if not $first -}}{{- $first = $id -}}{{- end -}}
    {{- end -}}
  {{- end -}}
  {{- if and (not $found) $first -}}{{- $found = get $services $first -}}{{- end -}}
  {{- $found | toYaml -}}
{{- end -}}

{{- define "lib.common.service.primaryPort" -}}
  {{- $service := .service -}}
  {{- if not $service -}}
    {{- $service = include "lib.common.service.primary" . | fromYaml -}}
  {{- end -}}
  {{- $ports := dict -}}
  {{- range $id, $port := $service.ports -}}
    {{- if dig "enabled" true $port -}}{{- $_ := set $ports $id (set (deepCopy $port) "identifier" $id) -}}{{- end -}}
  {{- end -}}
  {{- $result := dict -}}
  {{- range $id, $port := $ports -}}
    {{- if $port.primary -}}{{- $result = $port -}}{{- end -}}
  {{- end -}}
  {{- if and (not $result) $ports -}}
    {{- $result = get $ports (keys $ports | sortAlpha | first) -}}
  {{- end -}}
  {{- $result | toYaml -}}
{{- end -}}
