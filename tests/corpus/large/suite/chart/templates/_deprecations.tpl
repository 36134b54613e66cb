{{/* What moved or is gone. Every message is a paragraph. */}}
{{- define "forge.deprecations" -}}
{{- $deprecated := list -}}
{{- $deprecated = append $deprecated (include "forge.deprecate.tls" .) -}}
{{- $deprecated = append $deprecated (include "forge.deprecate.queues" .) -}}
{{- $deprecated = append $deprecated (include "forge.deprecate.moved" .) -}}
{{- $deprecated = without $deprecated "" -}}
{{- $message := join "\n" $deprecated -}}
{{- if $message -}}
{{- printf "\nDEPRECATIONS:\n%s" $message | fail -}}
{{- end -}}
{{- end -}}

{{- define "forge.deprecate.tls" -}}
{{- range $chart := list "registry" "archiveStore" -}}
{{- if hasKey (index $.Values $chart | default dict) "tlsSecret" }}
{{ $chart }}:
    The `tlsSecret` of {{ $chart }} is now `{{ $chart }}.tls.secretName`.
{{- end -}}
{{- end -}}
{{- end -}}

{{- define "forge.deprecate.queues" -}}
{{- if hasKey .Values.platform "sidekick" -}}
{{- range $index, $pod := .Values.platform.sidekick.pods -}}
{{- if and (hasKey $pod "cluster") (ne (typeOf $pod.cluster) "string") }}
platform.sidekick.pods[{{ $index }}] ({{ $pod.name }}):
    `cluster` is {{ kindOf $pod.cluster }}: remove it.
{{- end -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{- define "forge.deprecate.moved" -}}
{{- range $old, $new := dict "global.hosts.ssh" "global.shell.host" "global.redis.cluster" "nothing" "registry.storage.legacy" "registry.storage" -}}
{{- $parts := splitList "." $old -}}
{{- $at := $.Values -}}
{{- $found := true -}}
{{- range $part := $parts -}}
{{- if and $found (kindIs "map" $at) (hasKey $at $part) -}}
{{- $at = get $at $part -}}
{{- else -}}
{{- $found = false -}}
{{- end -}}
{{- end -}}
{{- if $found }}
{{ $old }}:
    Use {{ $new }} ({{ toJson $at | trunc 20 }}).
{{- end -}}
{{- end -}}
{{- end -}}
