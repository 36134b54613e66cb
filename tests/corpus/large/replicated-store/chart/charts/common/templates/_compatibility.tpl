{{/* Whether the platform hands out user ids itself. */}}
{{- define "common.compatibility.isRestricted" -}}
{{- if .Capabilities.APIVersions.Has "security.platform.io/v1" -}}
{{- true -}}
{{- end -}}
{{- end -}}

{{- define "common.compatibility.renderSecurityContext" -}}
{{- $adapted := .secContext -}}
{{- if (((.context.Values.global).compatibility).platform) -}}
  {{- if or (eq .context.Values.global.compatibility.platform.adaptSecurityContext "force") (and (eq .context.Values.global.compatibility.platform.adaptSecurityContext "auto") (include "common.compatibility.isRestricted" .context)) -}}
    {{- $adapted = omit $adapted "fsGroup" "runAsUser" "runAsGroup" -}}
    {{- if not .secContext.seLinuxOptions -}}
      {{- $adapted = omit $adapted "seLinuxOptions" -}}
    {{- end -}}
  {{- end -}}
{{- end -}}
{{- if (((.context.Values.global).compatibility).omitEmptySeLinuxOptions) -}}
  {{- if not .secContext.seLinuxOptions -}}
    {{- $adapted = omit $adapted "seLinuxOptions" -}}
  {{- end -}}
{{- end -}}
{{- if .secContext.privileged -}}
  {{- $adapted = omit $adapted "capabilities" -}}
{{- end -}}
{{- omit $adapted "enabled" | toYaml -}}
{{- end -}}
