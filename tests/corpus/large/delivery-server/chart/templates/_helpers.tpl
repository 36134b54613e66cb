{{/* vim: set filetype=mustache: */}}
{{- define "delivery.name" -}}
{{- default .Chart.Name .Values.nameOverride | trunc 63 | trimSuffix "-" -}}
{{- end -}}

{{/*
A fully qualified name; components lay their own name behind it, so that it is cut earlier.
*/}}
{{- define "delivery.fullname" -}}
{{- if .Values.fullnameOverride -}}
{{- .Values.fullnameOverride | trunc 26 | trimSuffix "-" -}}
{{- else -}}
{{- $name := default .Chart.Name .Values.nameOverride -}}
{{- if contains $name .Release.Name -}}
{{- .Release.Name | trunc 26 | trimSuffix "-" -}}
{{- else -}}
{{- printf "%s-%s" .Release.Name $name | trunc 26 | trimSuffix "-" -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{- define "delivery.namespace" -}}
{{- default .Release.Namespace .Values.namespaceOverride | trunc 63 | trimSuffix "-" -}}
{{- end -}}

{{- define "delivery.controller.fullname" -}}
{{- printf "%s-%s" (include "delivery.fullname" .) .Values.controller.name | trunc 63 | trimSuffix "-" -}}
{{- end -}}
{{- define "delivery.server.fullname" -}}
{{- printf "%s-%s" (include "delivery.fullname" .) .Values.server.name | trunc 63 | trimSuffix "-" -}}
{{- end -}}
{{- define "delivery.repoServer.fullname" -}}
{{- printf "%s-%s" (include "delivery.fullname" .) .Values.repoServer.name | trunc 63 | trimSuffix "-" -}}
{{- end -}}
{{- define "delivery.applicationSet.fullname" -}}
{{- printf "%s-%s" (include "delivery.fullname" .) .Values.applicationSet.name | trunc 63 | trimSuffix "-" -}}
{{- end -}}
{{- define "delivery.notifications.fullname" -}}
{{- printf "%s-%s" (include "delivery.fullname" .) .Values.notifications.name | trunc 63 | trimSuffix "-" -}}
{{- end -}}
{{- define "delivery.cache.fullname" -}}
{{ $queue := (index .Values "queue-ha") }}
{{- if $queue.enabled -}}
    {{- printf "%s-%s" .Release.Name ($queue.nameOverride | default "queue") | trunc 63 | trimSuffix "-" -}}
{{- else -}}
{{- printf "%s-%s" (include "delivery.fullname" .) .Values.cache.name | trunc 63 | trimSuffix "-" -}}
{{- end -}}
{{- end -}}

{{- define "delivery.cache.server" -}}
{{- if or .Values.cache.enabled (index .Values "queue-ha" "enabled") -}}
{{ include "delivery.cache.fullname" . | trim }}:{{ index .Values "queue-ha" "enabled" | ternary 6379 .Values.cache.containerPorts.cache | toString }}
{{- else if .Values.externalCache.url -}}
{{- $url := urlParse .Values.externalCache.url -}}
{{- if not (has $url.scheme (list "cache" "caches")) }}{{ fail (printf "externalCache.url has scheme %q; it must be cache or caches" $url.scheme) }}{{ end -}}
{{- if $url.userinfo }}{{ printf "%s@" (regexReplaceAll ":.*$" $url.userinfo ":***") }}{{ end }}{{ $url.host }}{{ with $url.query }}?{{ . }}{{ end }}
{{- else -}}
{{- printf "%s:%s" (required "externalCache.host is needed when no cache is installed" .Values.externalCache.host) (.Values.externalCache.port | toString) -}}
{{- end -}}
{{- end -}}

{{/*
Common labels.
Usage: {{ include "delivery.labels" (dict "context" . "component" .Values.server.name "name" .Values.server.name) }}
*/}}
{{- define "delivery.labels" -}}
helm.sh/chart: {{ include "delivery.chart" .context }}
{{ include "delivery.selectorLabels" (dict "context" .context "component" .component "name" .name) }}
app.kubernetes.io/managed-by: {{ .context.Release.Service }}
app.kubernetes.io/part-of: delivery
app.kubernetes.io/version: {{ include "delivery.versionLabelValue" .context }}
{{- with .context.Values.global.additionalLabels }}
{{ toYaml . }}
{{- end }}
{{- end }}

{{- define "delivery.selectorLabels" -}}
{{- if .name -}}
app.kubernetes.io/name: {{ include "delivery.name" .context }}-{{ .name }}
{{ end -}}
app.kubernetes.io/instance: {{ .context.Release.Name }}
{{- if .component }}
app.kubernetes.io/component: {{ .component }}
{{- end }}
{{- end }}

{{- define "delivery.chart" -}}
{{- printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" | trunc 63 | trimSuffix "-" -}}
{{- end -}}

{{- define "delivery.versionLabelValue" -}}
{{ regexReplaceAll "[^a-zA-Z0-9-_.]+" (include "delivery.defaultTag" .) "" | trunc 63 | quote }}
{{- end -}}

{{- define "delivery.defaultTag" -}}
{{- default .Chart.AppVersion .Values.global.image.tag }}
{{- end -}}

{{- define "delivery.kubeVersion" -}}
{{- default .Capabilities.KubeVersion.Version .Values.kubeVersionOverride -}}
{{- end -}}

{{- define "delivery.apiVersions.monitoring" -}}
{{- if .Values.apiVersionOverrides.monitoring -}}
{{- print .Values.apiVersionOverrides.monitoring -}}
{{- else -}}
{{- print "monitoring.coreos.com/v1" -}}
{{- end -}}
{{- end -}}

{{/*
What the chart knows of the parameters, as YAML text.
*/}}
{{- define "delivery.config.params.presets" -}}
{{- $presets := dict -}}
{{- $_ := set $presets "repo.server" (printf "%s:%s" (include "delivery.repoServer.fullname" .) (toString .Values.repoServer.containerPorts.server)) -}}
{{- $_ := set $presets "server.repo.server.strict.tls" (ne (toString (dig "reposerver.tls" "off" .Values.configs.params)) "off") -}}
{{- $_ := set $presets "redis.server" (include "delivery.cache.server" . | trim) -}}
{{- range $component := tuple "controller" "server" "reposerver" "notificationscontroller" -}}
{{- $_ := set $presets (printf "%s.log.format" $component) $.Values.global.logging.format -}}
{{- $_ := set $presets (printf "%s.log.level" $component) $.Values.global.logging.level -}}
{{- end -}}
{{- if .Values.applicationSet.allowAnyNamespace }}
{{- $_ := set $presets "applicationsetcontroller.namespaces" "*" -}}
{{- end }}
{{- toYaml $presets }}
{{- end -}}

{{- define "delivery.config.params" -}}
{{- $config := omit .Values.configs.params "create" "annotations" }}
{{- $preset := include "delivery.config.params.presets" . | fromYaml | default dict -}}
{{- range $key, $value := mergeOverwrite $preset $config }}
{{ $key }}: {{ toString $value | toYaml }}
{{- end }}
{{- end -}}

{{- define "delivery.config.cm.presets" -}}
{{- $presets := dict -}}
{{- $_ := set $presets "url" (printf "https://%s" .Values.global.domain) -}}
{{- if eq (toString (index .Values.configs.cm "statusbadge.enabled")) "true" -}}
{{- $_ := set $presets "statusbadge.url" (printf "https://%s/" .Values.global.domain) -}}
{{- end -}}
{{- if .Values.configs.styles -}}
{{- $_ := set $presets "ui.cssurl" "./custom/custom.styles.css" -}}
{{- end -}}
{{- toYaml $presets }}
{{- end -}}

{{/*
The general configuration: presets under what the values say; every value is a string, and a template.
*/}}
{{- define "delivery.config.cm" -}}
{{- $config := (mergeOverwrite (deepCopy (omit .Values.configs.cm "create" "annotations")) (.Values.server.config | default dict)) -}}
{{- $preset := include "delivery.config.cm.presets" . | fromYaml | default dict -}}
{{- range $key, $value := mergeOverwrite $preset $config }}
{{- $fmted := $value | toString }}
{{- if not (eq $fmted "") }}
{{ $key }}: {{ ternary (printf "|\n%s" (indent 2 (tpl $fmted $))) (tpl $fmted $ | toYaml) (contains "\n" $fmted) }}
{{- end }}
{{- end }}
{{- end -}}

{{/*
Affinity by preset. Usage: include "delivery.affinity" (dict "context" . "component" .Values.server)
*/}}
{{- define "delivery.affinity" -}}
{{- with .component.affinity -}}
{{- toYaml . -}}
{{- else -}}
{{- $preset := .context.Values.global.affinity -}}
{{- if (eq $preset.podAntiAffinity "soft") }}
podAntiAffinity:
  preferredDuringSchedulingIgnoredDuringExecution:
  - weight: 100
    podAffinityTerm:
      labelSelector:
        matchLabels:
          app.kubernetes.io/name: {{ include "delivery.name" .context }}-{{ .component.name }}
      topologyKey: kubernetes.io/hostname
{{- else if (eq $preset.podAntiAffinity "hard") }}
podAntiAffinity:
  requiredDuringSchedulingIgnoredDuringExecution:
  - labelSelector:
      matchLabels:
        app.kubernetes.io/name: {{ include "delivery.name" .context }}-{{ .component.name }}
    topologyKey: topology.kubernetes.io/zone
{{- end }}
{{- with $preset.nodeAffinity.matchExpressions }}
nodeAffinity:
  {{- if (eq $preset.nodeAffinity.type "soft") }}
  preferredDuringSchedulingIgnoredDuringExecution:
  - weight: 1
    preference:
      matchExpressions:
      {{- toYaml . | nindent 6 }}
  {{- else if (eq $preset.nodeAffinity.type "hard") }}
  requiredDuringSchedulingIgnoredDuringExecution:
    nodeSelectorTerms:
    - matchExpressions:
      {{- toYaml . | nindent 6 }}
  {{- end }}
{{- end }}
{{- end -}}
{{- end -}}

{{- define "delivery.serviceAccountName" -}}
{{- $component := .component -}}
{{- if $component.serviceAccount.create -}}
    {{ default (printf "%s-%s" (include "delivery.fullname" .context) $component.name | trunc 63) $component.serviceAccount.name }}
{{- else -}}
    {{ default "default" $component.serviceAccount.name }}
{{- end -}}
{{- end -}}
