{{- define "lib.common.names.name" -}}
  {{- $override := dig "nameOverride" "" (.Values.global | default dict) | default "" -}}
  {{- tpl (default .Chart.Name $override) . | trunc 63 | trimSuffix "-" -}}
{{- end -}}

{{- define "lib.common.names.fullname" -}}
  {{- $name := include "lib.common.names.name" . -}}
  {{- $global := .Values.global | default dict -}}
  {{- if $global.fullnameOverride -}}
    {{- tpl $global.fullnameOverride . | trunc 63 | trimSuffix "-" -}}
  {{- else if contains $name .Release.Name -}}
    {{- .Release.Name | trunc 63 | trimSuffix "-" -}}
  {{- else -}}
    {{- printf "%s-%s" .Release.Name $name | trunc 63 | trimAll "-" -}}
  {{- end -}}
{{- end -}}

{{- define "lib.common.names.chart" -}}
  {{- printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" | trunc 63 | trimSuffix "-" -}}
{{- end -}}

{{/* The name of an object: { root, kind, identifier, object } */}}
{{- define "lib.common.names.object" -}}
  {{- $root := .root -}}
  {{- $object := .object -}}
  {{- $full := include "lib.common.names.fullname" $root -}}
  {{- $siblings := include "lib.common.values.identifiers" (dict "root" $root "kind" .kind) | fromYamlArray -}}
  {{- $result := $full -}}
  {{- if $object.forceRename -}}
    {{- $result = tpl $object.forceRename $root -}}
  {{- else -}}
    {{- if $object.prefix -}}
      {{- $result = printf "%s-%s" (tpl $object.prefix $root) $result -}}
    {{- end -}}
    {{- if $object.nameOverride -}}
      {{- $result = printf "%s-%s" $result (tpl $object.nameOverride $root) -}}
    {{- else if or (gt (len $siblings) 1) (dig "alwaysAppendIdentifierToResourceName" false $root.Values.global) -}}
      {{- if not (eq .identifier $full) -}}
        {{- $result = printf "%s-%s" $result .identifier -}}
      {{- end -}}
    {{- end -}}
    {{- with $object.suffix -}}
      {{- $result = printf "%s-%s" $result (tpl . $root) -}}
    {{- end -}}
  {{- end -}}
  {{- if gt (len $result) 63 -}}
    {{- $result = printf "%s-%s" ($result | trunc 54 | trimSuffix "-") ($result | sha256sum | trunc 8) -}}
  {{- end -}}
  {{- if not (mustRegexMatch "^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$" $result) -}}
    {{- fail (printf "Invalid name %q of %s %q: lower case letters, digits and '-' only" $result .kind .identifier) -}}
  {{- end -}}
  {{- $result -}}
{{- end -}}

{{/* The name of the service account of a controller: { root, controller } */}}
{{- define "lib.common.names.serviceAccount" -}}
  {{- $account := .root.Values.serviceAccount | default dict -}}
  {{- $own := dig "serviceAccount" "name" "" .controller -}}
  {{- coalesce $own $account.name (ternary (include "lib.common.names.fullname" .root) "default" (eq (toString $account.create) "true")) -}}
{{- end -}}
