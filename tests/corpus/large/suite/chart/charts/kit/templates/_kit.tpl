{{/* Helpers of every chart of the suite. A chart above may define some of them again. */}}
{{- define "kit.fullname" -}}
{{- $name := default .Chart.Name .Values.nameOverride -}}
{{- printf "%s-%s" .Release.Name (kebabcase $name | replace "--" "-") | trunc 63 | trimSuffix "-" -}}
{{- end -}}
{{- define "kit.labels" -}}
app: {{ template "kit.name" . }}
chart: {{ .Chart.Name }}-{{ .Chart.Version | replace "+" "_" }}
release: {{ .Release.Name }}
heritage: {{ .Release.Service }}
{{ if .Values.global.common -}}{{ if .Values.global.common.labels -}}{{ toYaml .Values.global.common.labels }}{{ end }}{{ end -}}
{{- end -}}
{{- define "kit.name" -}}{{ default .Chart.Name .Values.nameOverride | trunc 63 | trimSuffix "-" }}{{- end -}}
{{- define "kit.whoami" -}}library{{- end -}}
{{- define "kit.image" -}}
{{- $local := .local | default dict -}}
{{- $global := .global.image | default dict -}}
{{- $registry := coalesce $local.registry $global.registry "registry.example.org" -}}
{{- $tag := coalesce $local.tag .global.version (.context.Chart.AppVersion | default "latest") | toString -}}
{{- $tag = regexReplaceAll "^v?([0-9]+)\\.([0-9]+)\\.([0-9]+)$" $tag "v${1}.${2}.${3}" -}}
{{ list $registry ($local.repository | default (printf "forge/%s" .context.Chart.Name)) | join "/" }}:{{ $tag }}{{ $global.tagSuffix }}
{{- end -}}
{{/* Global or local, whichever speaks: (dict global local) as YAML */}}
{{- define "kit.inherit" -}}
{{- $result := dict -}}
{{- range $key, $value := .local -}}
{{- if not (kindIs "invalid" $value) -}}{{- $_ := set $result $key $value -}}{{- end -}}
{{- end -}}
{{- toYaml (merge $result (.global | default dict)) -}}
{{- end -}}
