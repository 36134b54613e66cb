{{/* Renders every enabled object of a kind with a class: { root, kind, class } */}}
{{- define "lib.common.render.each" -}}
  {{- $root := .root -}}
  {{- $kind := .kind -}}
  {{- $class := .class -}}
  {{- range $id := include "lib.common.values.identifiers" (dict "root" $root "kind" $kind) | fromYamlArray -}}
    {{- $object := deepCopy (get (get $root.Values $kind) $id) -}}
    {{- $name := include "lib.common.names.object" (dict "root" $root "kind" $kind "identifier" $id "object" $object) }}
---
{{ include (printf "lib.common.class.%s" $class) (dict "root" $root "identifier" $id "name" $name "object" $object) }}
  {{- end -}}
{{- end -}}

{{- define "lib.common.render.services" -}}
  {{- include "lib.common.render.each" (dict "root" . "kind" "service" "class" "service") -}}
{{- end -}}
{{- define "lib.common.render.ingresses" -}}
  {{- include "lib.common.render.each" (dict "root" . "kind" "ingress" "class" "ingress") -}}
{{- end -}}
{{- define "lib.common.render.configMaps" -}}
  {{- include "lib.common.render.each" (dict "root" . "kind" "configMaps" "class" "configMap") -}}
{{- end -}}
{{- define "lib.common.render.secrets" -}}
  {{- include "lib.common.render.each" (dict "root" . "kind" "secrets" "class" "secret") -}}
{{- end -}}
{{- define "lib.common.render.networkPolicies" -}}
  {{- include "lib.common.render.each" (dict "root" . "kind" "networkpolicies" "class" "networkPolicy") -}}
{{- end -}}
{{- define "lib.common.render.serviceMonitors" -}}
  {{- if or (.Capabilities.APIVersions.Has "monitoring.coreos.com/v1") (.Capabilities.APIVersions.Has "monitoring.coreos.com/v1/ServiceMonitor") -}}
    {{- include "lib.common.render.each" (dict "root" . "kind" "serviceMonitor" "class" "serviceMonitor") -}}
  {{- end -}}
{{- end -}}

{{- define "lib.common.render.pvcs" -}}
  {{- range $id, $claim := .Values.persistence -}}
    {{- if and $claim.enabled (eq ($claim.type | default "persistentVolumeClaim") "persistentVolumeClaim") (not $claim.existingClaim) -}}
      {{- $name := include "lib.common.names.object" (dict "root" $ "kind" "persistence" "identifier" $id "object" $claim) }}
---
{{ include "lib.common.class.pvc" (dict "root" $ "name" $name "object" (deepCopy $claim)) }}
    {{- end -}}
  {{- end -}}
{{- end -}}

{{- define "lib.common.render.controllers" -}}
  {{- $root := . -}}
  {{- range $id := include "lib.common.values.identifiers" (dict "root" $root "kind" "controllers") | fromYamlArray -}}
    {{- $controller := get $root.Values.controllers $id | deepCopy -}}
    {{- $type := $controller.type | default "deployment" | lower -}}
    {{- $name := include "lib.common.names.object" (dict "root" $root "kind" "controllers" "identifier" $id "object" $controller) -}}
    {{- $context := dict "root" $root "controller" $controller "name" $name "type" $type }}
---
    {{- if has $type (list "deployment" "statefulset" "daemonset") }}
{{ include "lib.common.class.workload" $context }}
    {{- else if eq $type "cronjob" }}
{{ include "lib.common.class.cronjob" $context }}
    {{- else -}}
      {{- fail (printf "Not a valid controller.type (%s)" $type) -}}
    {{- end -}}
  {{- end -}}
{{- end -}}

{{- define "lib.common.render.serviceAccount" -}}
  {{- if .Values.serviceAccount.create }}
---
apiVersion: v1
kind: ServiceAccount
metadata:
  {{- include "lib.common.metadata" (dict "root" . "name" (include "lib.common.names.serviceAccount" (dict "root" . "controller" dict)) "object" .Values.serviceAccount) | nindent 2 }}
secrets: []
  {{- end -}}
{{- end -}}

{{- define "lib.common.render.rbac" -}}
  {{- $root := . -}}
  {{- $full := include "lib.common.names.fullname" . -}}
  {{- range $id, $role := .Values.rbac.roles -}}
    {{- with $role }}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: {{ required "A role is a Role or a ClusterRole" .type }}
metadata:
  {{- include "lib.common.metadata" (dict "root" $root "name" (printf "%s-%s" $full $id) "object" .) | nindent 2 }}
rules: {{- tpl (toYaml .rules) $root | nindent 2 }}
    {{- end -}}
  {{- end -}}
  {{- range $id, $binding := .Values.rbac.bindings -}}
    {{- with $binding }}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: {{ .type }}
metadata:
  {{- include "lib.common.metadata" (dict "root" $root "name" (printf "%s-%s" $full $id) "object" .) | nindent 2 }}
roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: {{ dig "roleRef" "kind" (trimSuffix "Binding" .type) . }}
  name: {{ dig "roleRef" "name" (printf "%s-%s" $full (dig "roleRef" "identifier" $id .)) . }}
subjects:
      {{- range .subjects }}
  - kind: {{ .kind | default "ServiceAccount" }}
    name: {{ .name | default (include "lib.common.names.serviceAccount" (dict "root" $root "controller" dict)) }}
    namespace: {{ .namespace | default $root.Release.Namespace }}
      {{- end }}
    {{- end -}}
  {{- end -}}
{{- end -}}

{{- define "lib.common.render.raw" -}}
  {{- $root := . -}}
  {{- range $id, $raw := .Values.rawResources -}}
    {{- if $raw.enabled }}
---
apiVersion: {{ $raw.apiVersion }}
kind: {{ $raw.kind }}
metadata:
  {{- include "lib.common.metadata" (dict "root" $root "name" (include "lib.common.names.object" (dict "root" $root "kind" "rawResources" "identifier" $id "object" $raw)) "object" $raw) | nindent 2 }}
{{ with $raw.spec }}{{ tpl (toYaml .) $root }}{{ end }}
    {{- end -}}
  {{- end -}}
{{- end -}}
