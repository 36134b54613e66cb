{{/* Names of hosts: (dict name root) */}}
{{- define "forge.hostname" -}}
{{- $hosts := .root.Values.global.hosts -}}
{{- $own := index $hosts .name | default dict -}}
{{- if $own.name -}}
{{- $own.name -}}
{{- else -}}
{{- $suffix := ternary (printf "-%v" $hosts.hostSuffix) "" (not (empty $hosts.hostSuffix)) -}}
{{- printf "%s%s.%s" .name $suffix $hosts.domain -}}
{{- end -}}
{{- end -}}

{{- define "forge.url" -}}
{{- $https := or .root.Values.global.hosts.https (dig "https" false (index .root.Values.global.hosts .name | default dict)) -}}
{{- ternary "https" "http" $https }}://{{ include "forge.hostname" . -}}
{{- end -}}

{{- define "forge.env" -}}
{{- $env := . -}}
{{- range $name := keys $env | sortAlpha }}
- name: {{ $name }}
  value: {{ get $env $name | toString | quote }}
{{- end }}
{{- end -}}

{{- define "forge.tls" -}}
{{- $tls := pluck "tls" (index .root.Values "ingress" | default dict) (.root.Values.global.ingress | default dict) | first | default dict -}}
{{- $global := .root.Values.global.ingress.tls | default dict -}}
{{- if (pluck "enabled" $tls $global (dict "enabled" true) | first) -}}
- hosts: [{{ include "forge.hostname" (dict "name" .name "root" .root) }}]
  secretName: {{ pluck "secretName" $tls $global (dict "secretName" (printf "%s-%s-tls" .root.Release.Name .name)) | first }}
{{- end -}}
{{- end -}}

{{- define "forge.psql.host" -}}
{{- $local := pluck "psql" .Values | first | default dict -}}
{{- coalesce (pluck "host" $local .Values.global.psql | first) (printf "%s-metadata-store.%s.svc" .Release.Name .Release.Namespace) -}}
{{- end -}}

{{/* Globals follow from one another. Run before anything reads them; changes them in place. */}}
{{- define "forge.globals" -}}
{{- $global := .Values.global -}}
{{- if not $global.settled -}}
{{- $_ := set $global "settled" true -}}
{{- $_ := set $global.hosts "forge" (merge ($global.hosts.forge | default dict) (dict "name" (printf "forge.%s" $global.hosts.domain))) -}}
{{- if eq ($global.edition | toString | lower) "ce" -}}
{{- $_ := set $global "version" (trimPrefix "v" .Chart.AppVersion) -}}
{{- end -}}
{{- range $name := list "uploads" "artifacts" "packages" -}}
{{- $store := index $global.objectStores $name | default dict -}}
{{- $_ := set $global.objectStores $name (mergeOverwrite (dict "enabled" $global.objectStore.enabled "bucket" (printf "forge-%s" $name)) $store) -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{/* The connection of an object store: (dict root name) */}}
{{- define "forge.objectStorage.connection" -}}
{{- $store := .root.Values.global.objectStore | default dict -}}
{{- $connection := $store.connection | default dict -}}
{{- $provider := $connection.provider | default "local" -}}
{{- if eq $provider "AWS" -}}
s3:
  bucket: {{ .name }}
  {{- range $key := without (keys $connection | sortAlpha) "provider" }}
  {{ $key | lower }}: {{ get $connection $key | toJson }}
  {{- end }}
  v4auth: true
{{- else if eq $provider "Google" -}}
gcs: {{- dict "bucket" .name "project" (required "A project of the object store" $connection.project) | toYaml | nindent 2 }}
{{- else -}}
filesystem:
  rootdirectory: /var/lib/{{ .name }}
{{- end -}}
{{- end -}}

{{- define "forge.objectStorage.yaml" -}}
{{- $root := .root -}}
{{- range $name := keys $root.Values.global.objectStores | sortAlpha -}}
{{- $store := get $root.Values.global.objectStores $name }}
{{ $name }}:
  enabled: {{ eq true $store.enabled }}
  {{- if $store.enabled }}
  remote_directory: {{ $store.bucket | quote }}
  direct_upload: true
  connection: <%= YAML.load_file("/etc/forge/objectstorage/{{ $name }}").to_json() %>
  {{- if kindIs "map" $store.cdn }}
  cdn: {{- toYaml $store.cdn | nindent 4 }}
  {{- end }}
  storage_options: {{- $store.storageOptions | default dict | toYaml | nindent 4 }}
  {{- end }}
{{- end -}}
{{- end -}}

{{- define "kit.whoami" -}}forge{{- end -}}

{{/* A name with a hash of whatever decides: a job runs again when it changes */}}
{{- define "forge.migrations.name" -}}
{{- $name := printf "%s-migrations" .Release.Name | trunc 55 | trimSuffix "-" -}}
{{- $rev := .Release.Revision | int -}}
{{- $values := .Values.global | toYaml | b64enc -}}
{{- printf "%s-%s" $name (printf "%s-%s-%s" .Chart.Version .Chart.AppVersion $values | b64enc | sha256sum | trunc 7) -}}
{{- end -}}
