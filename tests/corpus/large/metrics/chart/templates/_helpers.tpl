{{/* Names, configuration, arithmetic: what every component shares. */}}

{{- define "metrics.name" -}}
{{- default ( include "metrics.infix" . ) .Values.nameOverride | trunc 63 | trimSuffix "-" -}}
{{- end -}}
{{- define "metrics.infix" -}}
{{- if and .Values.enterprise.enabled .Values.enterprise.legacyLabels -}}enterprise-metrics{{- else -}}metrics{{- end -}}
{{- end -}}

{{- define "metrics.fullname" -}}
{{- if .Values.fullnameOverride -}}
{{- .Values.fullnameOverride | trunc 25 | trimSuffix "-" -}}
{{- else -}}
{{- $name := include "metrics.name" . -}}
{{- if contains $name .Release.Name -}}
{{- .Release.Name | trunc 25 | trimSuffix "-" -}}
{{- else -}}
{{- printf "%s-%s" .Release.Name $name | trunc 25 | trimSuffix "-" -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{/* The name of a resource: (dict ctx component suffix rolloutZoneName) */}}
{{- define "metrics.resourceName" -}}
{{- $name := include "metrics.fullname" .ctx -}}
{{- if .component -}}{{- $name = printf "%s-%s" $name .component -}}{{- end -}}
{{- if .rolloutZoneName -}}{{- $name = printf "%s-%s" $name .rolloutZoneName -}}{{- end -}}
{{- if .suffix -}}{{- $name = printf "%s-%s" $name .suffix -}}{{- end -}}
{{- if gt (len $name) 253 -}}{{- printf "Resource name (%s) exceeds kubernetes limit of 253 character. To fix: shorten release name if this will be a fresh install or shorten zone names (e.g. \"a\" instead of \"zone-a\") if using zone-awareness." $name | fail -}}{{- end -}}
{{- $name -}}
{{- end -}}

{{- define "metrics.labels" -}}
{{- if .ctx.Values.enterprise.legacyLabels -}}
app: {{ include "metrics.name" .ctx }}-{{ .component }}
chart: {{ template "metrics.chart" .ctx }}
{{- else -}}
helm.sh/chart: {{ include "metrics.chart" .ctx }}
app.kubernetes.io/name: {{ include "metrics.name" .ctx }}
app.kubernetes.io/instance: {{ .ctx.Release.Name }}
{{- with .component }}
app.kubernetes.io/component: {{ . }}
{{- end }}
{{- if .memberlist }}
app.kubernetes.io/part-of: memberlist
{{- end }}
{{- if .ctx.Chart.AppVersion }}
app.kubernetes.io/version: {{ .ctx.Chart.AppVersion | quote }}
{{- end }}
app.kubernetes.io/managed-by: {{ .ctx.Release.Service }}
{{- end -}}
{{- if .rolloutZoneName }}
name: {{ printf "%s-%s" .component .rolloutZoneName }}
rollout-group: {{ .component }}
zone: {{ .rolloutZoneName }}
{{- end -}}
{{- end -}}

{{- define "metrics.chart" -}}
{{- printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" | trunc 63 | trimSuffix "-" -}}
{{- end -}}

{{/* The whole configuration, with what structuredConfig says laid over it */}}
{{- define "metrics.calculatedConfig" -}}
{{ tpl (mergeOverwrite (include (print $.Template.BasePath "/_config-render.tpl") . | fromYaml) .Values.metrics.structuredConfig | toYaml) . }}
{{- end -}}

{{- define "metrics.unstructuredConfig" -}}
{{ tpl .Values.metrics.config . }}
{{- end -}}

{{- define "metrics.config" -}}
{{- $base := include "metrics.unstructuredConfig" . | fromYaml -}}
{{- if $base.Error -}}
{{- fail (printf "metrics.config is no YAML: %s" $base.Error) -}}
{{- end -}}
{{- $structured := .Values.metrics.structuredConfig | default dict -}}
{{- mergeOverwrite $base (tpl (toYaml $structured) . | fromYaml) | toYaml -}}
{{- end -}}

{{/* bytes of a quantity: "1.5Gi" */}}
{{- define "metrics.quantity.bytes" -}}
{{- $given := . | toString -}}
{{- $units := dict "k" 1000.0 "K" 1000.0 "M" 1e6 "G" 1e9 "T" 1e12 "Ki" 1024.0 "Mi" 1048576.0 "Gi" 1073741824.0 "Ti" 1099511627776.0 "m" 0.001 "" 1.0 -}}
{{- if not (regexMatch "^[0-9]+(\\.[0-9]+)?([eE][0-9]+)?[kKMGTm]?i?$" $given) -}}
{{- fail (printf "%q is no quantity" $given) -}}
{{- end -}}
{{- $number := regexFind "^[0-9.]+([eE][0-9]+)?" $given -}}
{{- $unit := trimPrefix $number $given -}}
{{- mulf ($number | float64) (get $units $unit) | floor | int64 -}}
{{- end -}}

{{/* The memory of a cache in MB, and its request */}}
{{- define "metrics.cache.memory" -}}
{{- $allocated := .allocatedMemory | int64 -}}
{{- $overhead := divf (mulf $allocated 12) 10 | floor -}}
{{- dict "limit" $allocated "requestMi" (printf "%dMi" ($overhead | int64)) "half" (round (divf $allocated 3) 2) "up" (ceil (divf $allocated 3)) | toJson -}}
{{- end -}}

{{/* Zones of a component, as YAML: { zoneName: settings } */}}
{{- define "metrics.zones" -}}
{{- $default := dict "zoneName" "" "nodeSelector" dict "affinity" dict "storageClass" nil "rollout" false -}}
{{- $spec := get .ctx.Values .component -}}
{{- $aware := $spec.zoneAwareReplication | default dict -}}
{{- if not $aware.enabled -}}
{{- dict "default" (set $default "replicas" ($spec.replicas | default 1 | int)) | toYaml -}}
{{- else -}}
{{- if and (lt (len $aware.zones) 3) (not $aware.migration.enabled) -}}
{{- fail (printf "%s.zoneAwareReplication: %d zones, at least 3 are needed" .component (len $aware.zones)) -}}
{{- end -}}
{{- $each := div (add (int $spec.replicas) (sub (len $aware.zones) 1)) (len $aware.zones) -}}
{{- $left := int $spec.replicas -}}
{{- $result := dict -}}
{{- range $index, $zone := $aware.zones -}}
{{- $own := dict "zoneName" (required (printf "zone %d needs a name" $index) $zone.name) "replicas" (min $each $left) "nodeSelector" ($zone.nodeSelector | default dict) "affinity" ($zone.extraAffinity | default dict) "storageClass" ($zone.storageClass | default $spec.persistentVolume.storageClass) "rollout" true -}}
{{- $left = sub $left (min $each $left) -}}
{{- $_ := set $result $zone.name $own -}}
{{- end -}}
{{- $result | toYaml -}}
{{- end -}}
{{- end -}}

{{- define "metrics.topologySpread" -}}
{{- with .spec.topologySpreadConstraints -}}
{{- $constraints := . -}}
{{- if kindIs "string" . -}}{{- $constraints = tpl . $.ctx | fromYamlArray -}}{{- end -}}
{{- if kindIs "map" $constraints -}}{{- $constraints = list $constraints -}}{{- end -}}
topologySpreadConstraints:
{{- range $constraint := $constraints }}
  - maxSkew: {{ $constraint.maxSkew | default 1 }}
    topologyKey: {{ $constraint.topologyKey }}
    whenUnsatisfiable: {{ $constraint.whenUnsatisfiable | default "ScheduleAnyway" }}
    labelSelector:
      matchLabels: {{- include "metrics.labels" (dict "ctx" $.ctx "component" $.component) | fromYaml | dict "x" | values | first | toYaml | nindent 8 }}
{{- end -}}
{{- end -}}
{{- end -}}

{{- define "metrics.hasMonitoring" -}}
{{- if or (.Capabilities.APIVersions.Has "monitoring.coreos.com/v1") .Values.metaMonitoring.force -}}true{{- end -}}
{{- end -}}

{{/* durations in seconds: "1h30m" */}}
{{- define "metrics.duration.seconds" -}}
{{- $total := 0 -}}
{{- range $part := regexFindAll "[0-9]+[smhd]" (toString .) -1 -}}
{{- $number := $part | trimSuffix "s" | trimSuffix "m" | trimSuffix "h" | trimSuffix "d" | int -}}
{{- $unit := substr (int (sub (len $part) 1)) (len $part) $part -}}
{{- $total = add $total (mul $number (get (dict "s" 1 "m" 60 "h" 3600 "d" 86400) $unit)) -}}
{{- end -}}
{{- $total -}}
{{- end -}}
