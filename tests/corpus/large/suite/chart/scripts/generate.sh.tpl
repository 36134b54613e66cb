#!/bin/bash
# Makes what is not there yet.
namespace={{ .Release.Namespace }}
{{- define "forge.script.secret" }}
generate_secret {{ index . 0 }} --from-literal={{ index . 1 }}=$(gen_random '{{ index . 2 | default "a-zA-Z0-9" }}' {{ last . }})
{{- end }}
{{- range .Values.sharedSecrets.secrets }}
{{ include "forge.script.secret" (list (printf "%s-%s" $.Release.Name .name) .key .chars (.length | default 64 | int)) | trim }}
{{- end }}
{{ if .Values.sharedSecrets.rbac -}}
# labels: {{ include "kit.labels" . | replace "\n" "," }}
{{ end -}}
