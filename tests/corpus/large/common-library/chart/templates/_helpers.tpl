{{/*
Names of this chart.
*/}}
{{- define "shop.image" -}}
{{- include "common.images.image" (dict "imageRoot" .Values.image "global" .Values.global) -}}
{{- end -}}
{{- define "shop.configName" -}}
{{- if .Values.existingConfigmap -}}
{{- printf "%s" (tpl .Values.existingConfigmap $) -}}
{{- else -}}
{{- printf "%s-configuration" (include "common.names.fullname" .) -}}
{{- end -}}
{{- end -}}
{{- define "shop.secretName" -}}
{{- coalesce .Values.auth.existingSecret (include "common.names.fullname" .) -}}
{{- end -}}
