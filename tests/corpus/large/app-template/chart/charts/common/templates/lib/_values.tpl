{{/* Lays the application's values over the library's, and prepares them in place. */}}
{{- define "lib.common.values.init" -}}
  {{- if .Values.common -}}
    {{- $defaults := deepCopy .Values.common -}}
    {{- $own := deepCopy (omit .Values "common") -}}
    {{- $merged := mustMergeOverwrite $defaults $own -}}
    {{- $_ := set . "Values" (deepCopy $merged) -}}
  {{- end -}}

  {{- /* An application written for one controller gets the usual names. */ -}}
  {{- if and .Values.image (not .Values.controllers) -}}
    {{- $_ := set .Values "controllers" (dict "main" (dict "containers" (dict "main" (dict "image" .Values.image)))) -}}
  {{- end -}}

  {{- range $kind := list "controllers" "service" "ingress" "persistence" "configMaps" "secrets" "networkpolicies" "serviceMonitor" "rawResources" -}}
    {{- $objects := get $.Values $kind -}}
    {{- if not (kindIs "map" $objects) -}}
      {{- fail (printf "Expected a map for '%s', got %s (%s)" $kind (kindOf $objects) (typeOf $objects)) -}}
    {{- end -}}
    {{- range $id, $object := $objects -}}
      {{- if kindIs "invalid" $object -}}
        {{- $_ := unset $objects $id -}}
      {{- else if kindIs "map" $object -}}
        {{- if not (hasKey $object "enabled") -}}
          {{- $_ := set $object "enabled" true -}}
        {{- end -}}
        {{- if kindIs "string" $object.enabled -}}
          {{- $_ := set $object "enabled" (eq (tpl $object.enabled $) "true") -}}
        {{- end -}}
        {{- $_ := set $object "identifier" $id -}}
      {{- end -}}
    {{- end -}}
  {{- end -}}
{{- end -}}

{{/* The enabled ones of a kind, as YAML: { root, kind } */}}
{{- define "lib.common.values.enabled" -}}
  {{- $enabled := dict -}}
  {{- range $id, $object := get .root.Values .kind | default dict -}}
    {{- if and (kindIs "map" $object) (dig "enabled" true $object) -}}
      {{- $_ := set $enabled $id $object -}}
    {{- end -}}
  {{- end -}}
  {{- $enabled | toYaml -}}
{{- end -}}

{{/* The identifiers of the enabled ones, sorted: { root, kind } */}}
{{- define "lib.common.values.identifiers" -}}
  {{- $enabled := include "lib.common.values.enabled" . | fromYaml -}}
  {{- keys $enabled | sortAlpha | uniq | toYaml -}}
{{- end -}}
