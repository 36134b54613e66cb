{{- define "postgresql.fullname" -}}
{{- printf "%s-%s" .Release.Name (default .Chart.Name .Values.nameOverride) | trunc 63 | trimSuffix "-" -}}
{{- end -}}
{{- define "postgresql.image" -}}
{{- $registry := default .Values.image.registry (dig "imageRegistry" "" .Values.global) -}}
{{- printf "%s/%s:%v" $registry .Values.image.repository .Values.image.tag -}}
{{- end -}}
{{- define "postgresql.password" -}}
{{- $existing := (lookup "v1" "Secret" .Release.Namespace (include "postgresql.fullname" .)).data | default dict -}}
{{- if hasKey $existing "postgres-password" -}}
{{- index $existing "postgres-password" | b64dec -}}
{{- else -}}
{{- coalesce (dig "postgresql" "auth" "password" "" .Values.global) .Values.auth.password (printf "%s-%s" .Release.Name .Chart.Name | sha1sum | trunc 10) -}}
{{- end -}}
{{- end -}}
