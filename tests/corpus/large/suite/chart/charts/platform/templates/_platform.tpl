{{- define "platform.config" -}}
{{- $hosts := .Values.global.hosts -}}
production:
  host: {{ include "forge.hostname" (dict "name" "forge" "root" .) }}
  https: {{ eq true $hosts.https }}
  chart: {{ .Chart.Name }}
{{- end -}}
{{- define "kit.whoami" -}}platform{{- end -}}
