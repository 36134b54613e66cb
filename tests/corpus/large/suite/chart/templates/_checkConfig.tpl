{{/* Collects everything that is wrong, and says it at once. */}}
{{- define "forge.checkConfig" -}}
{{- $messages := list -}}
{{- range $check := list "storage" "database" "listeners" "replicas" "certificates" -}}
{{- $messages = append $messages (include (printf "forge.checkConfig.%s" $check) $ | trim) -}}
{{- end -}}
{{- $messages = without $messages "" -}}
{{- $message := join "\n\n" $messages -}}
{{- if $message -}}
{{- printf "\nCONFIGURATION CHECKS:\n%s" $message | fail -}}
{{- end -}}
{{- end -}}

{{- define "forge.checkConfig.storage" -}}
{{- if and .Values.global.objectStore.enabled (not .Values.global.objectStore.connection) }}
object store:
    Enabled, but nobody said where it is. Set `global.objectStore.connection`.
{{- end -}}
{{- end -}}

{{- define "forge.checkConfig.database" -}}
{{- $install := dig "install" true (index .Values "metadataStore" | default dict) -}}
{{- $host := dig "psql" "host" "" .Values.global -}}
{{- if and (not $install) (empty $host) }}
database:
    Neither installed (`metadataStore.install`) nor given (`global.psql.host`).
{{- else if and (kindIs "string" $host) (regexMatch "[A-Z_]" $host) }}
database:
    {{ printf "%q" $host }} is no name of a host.
{{- end -}}
{{- end -}}

{{- define "forge.checkConfig.listeners" -}}
{{- $seen := dict -}}
{{- range $index, $listener := .Values.gateway.listeners -}}
{{- $key := printf "%v/%s" $listener.port ($listener.protocol | default "HTTP") -}}
{{- $_ := set $seen $key (append (get $seen $key | default list) ($listener.name | default (printf "listener-%d" $index))) -}}
{{- end -}}
{{- range $key, $names := $seen -}}
{{- if and (gt (len $names) 1) (not $.Values.gateway.shared) }}
gateway:
    {{ $key }} belongs to {{ join " and " ($names | sortAlpha) }}.
{{- end -}}
{{- end -}}
{{- end -}}

{{- define "forge.checkConfig.replicas" -}}
{{- $min := dig "web" "hpa" "min" 0 .Values.platform | int -}}
{{- if gt $min 100 }}
platform.web:
    {{ $min }} are too many.
{{- end -}}
{{- end -}}

{{- define "forge.checkConfig.certificates" -}}
{{- range $index, $certificate := .Values.global.certificates -}}
{{- if not (or (kindIs "string" $certificate) (and (kindIs "map" $certificate) (or $certificate.secret $certificate.configMap))) }}
global.certificates[{{ $index }}]:
    A name, or a secret or configMap; not {{ toJson $certificate }}
{{- end -}}
{{- end -}}
{{- end -}}
