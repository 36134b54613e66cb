{{/* The one line of an application chart: everything is set up, checked and rendered from here. */}}
{{- define "lib.common.loader.all" -}}
  {{- include "lib.common.loader.init" . -}}
  {{- include "lib.common.loader.generate" . -}}
{{- end -}}

{{- define "lib.common.loader.init" -}}
  {{- include "lib.common.values.init" . -}}
  {{- include "lib.common.checks.deprecated" . -}}
  {{- include "lib.common.checks.run" . -}}
{{- end -}}

{{- define "lib.common.loader.generate" -}}
  {{- $root := . -}}
  {{- range $part := list "serviceAccount" "controllers" "services" "ingresses" "pvcs" "configMaps" "secrets" "networkPolicies" "serviceMonitors" "rbac" "raw" -}}
    {{- $rendered := include (printf "lib.common.render.%s" $part) $root | trim -}}
    {{- if $rendered }}
{{ $rendered | nindent 0 }}
    {{- end -}}
  {{- end -}}
{{- end -}}
