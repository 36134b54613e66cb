{{- define "mesh.name" -}}
{{- if eq (toString .Values.revision) "" -}}meshd{{- else -}}{{ printf "meshd-%v" .Values.revision }}{{- end -}}
{{- end -}}

{{- define "mesh.labels" -}}
app.kubernetes.io/name: {{ include "mesh.name" . | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service | quote }}
app.kubernetes.io/part-of: "mesh"
app.kubernetes.io/version: {{ .Chart.AppVersion | default .Chart.Version | regexFind "^[0-9]+\\.[0-9]+" | quote }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | quote }}
{{- end -}}

{{/* Which policy is at hand: true or nothing; (list root ">=1.25-0") */}}
{{- define "mesh.kube" -}}
{{- $root := index . 0 -}}
{{- if semverCompare (index . 1) (printf "%s.%s.0" (trimPrefix "v" $root.Capabilities.KubeVersion.Major) (trimSuffix "+" $root.Capabilities.KubeVersion.Minor)) -}}true{{- end -}}
{{- end -}}

{{/* Validates everything once; prints nothing. */}}
{{- define "mesh.validate" -}}
{{- $v := .Values -}}
{{- if and $v.pilot.enabled (not $v.global.pilotCertProvider) }}{{ fail "global.pilotCertProvider must be set when pilot is enabled" }}{{ end }}
{{- if not (has $v.global.pilotCertProvider (list "meshd" "kubernetes" "custom" "none")) }}{{ fail (printf "global.pilotCertProvider: %v is none of meshd, kubernetes, custom, none" $v.global.pilotCertProvider) }}{{ end }}
{{- if and (eq $v.global.pilotCertProvider "custom") (not $v.webhook.caBundle) }}{{ fail "webhook.caBundle must be given for custom certificates" }}{{ end }}
{{- if and $v.agent.enabled (ne $v.agent.mode "cni") (ne $v.agent.mode "init") }}{{ fail (printf "agent.mode %q" $v.agent.mode) }}{{ end }}
{{- if and $v.relay.enabled (le (int $v.relay.port) 0) }}{{ fail (printf "relay.port (%d) must be positive" (int $v.relay.port)) }}{{ end }}
{{- if and $v.relay.enabled $v.relay.tls.enabled (not (or $v.relay.tls.auto.enabled (and $v.relay.tls.cert $v.relay.tls.key))) }}{{ fail "relay.tls: neither auto nor a certificate" }}{{ end }}
{{- if and (hasKey $v.agent "tunnel") (not (kindIs "invalid" $v.agent.tunnel)) }}
  {{- if has $v.agent.tunnel (list "vxlan" "geneve" "disabled") | not }}{{ fail (printf "tunnel must be vxlan, geneve or disabled, not %v" $v.agent.tunnel) }}{{ end }}
  {{- if semverCompare ">=1.24" (default "1.24" $v.upgradeCompatibility | toString) }}{{ fail "tunnel is gone: use routingMode and tunnelProtocol" }}{{ end }}
{{- end }}
{{- if and (eq ($v.agent.routingMode | default "tunnel") "native") (not $v.agent.nativeCIDR) (not $v.agent.masqueradeAll) }}{{ fail "routingMode native needs agent.nativeCIDR" }}{{ end }}
{{- if gt (len (toString $v.cluster.name)) 32 }}{{ fail "cluster.name: at most 32 characters" }}{{ end }}
{{- if not (regexMatch "^([a-z0-9][-a-z0-9]*)?[a-z0-9]$" (toString $v.cluster.name)) }}{{ fail (printf "cluster.name %q is invalid" (toString $v.cluster.name)) }}{{ end }}
{{- if or (lt (int $v.cluster.id) 0) (gt (int $v.cluster.id) 255) }}{{ fail (printf "cluster.id %d is not in 0..255" (int $v.cluster.id)) }}{{ end }}
{{- if and (gt (int $v.cluster.id) 0) (eq (toString $v.cluster.name) "default") }}{{ fail "cluster.id needs a cluster.name" }}{{ end }}
{{- range $tag := $v.revisionTags }}{{ if eq $tag $v.revision }}{{ fail (printf "revision tag %s is the revision" $tag) }}{{ end }}{{ end }}
{{- range $key, $value := $v.agent.extraConfig }}
  {{- if contains " " $key }}{{ fail (printf "agent.extraConfig: %q" $key) }}{{ end }}
{{- end }}
{{- if and .Release.IsUpgrade (not $v.upgradeCompatibility) $v.strictUpgrade }}{{ fail "upgradeCompatibility must be set on upgrades" }}{{ end }}
{{- end -}}

{{- define "mesh.ca" -}}
{{- $secret := lookup "v1" "Secret" .Release.Namespace "mesh-ca" -}}
{{- if .Values.webhook.caBundle -}}
{{- .Values.webhook.caBundle -}}
{{- else if and $secret (hasKey $secret "data") -}}
{{- index $secret.data "ca.crt" -}}
{{- end -}}
{{- end -}}

{{- define "mesh.image" -}}
{{- $image := .image -}}
{{- $hub := $image.hub | default .root.Values.global.hub -}}
{{- $tag := $image.tag | default .root.Values.global.tag -}}
{{- $variant := coalesce $image.variant .root.Values.global.variant -}}
{{- if $image.override -}}
{{- $image.override -}}
{{- else if contains "/" ($image.image | default "") -}}
{{- $image.image -}}
{{- else -}}
{{- printf "%s/%s:%v" $hub $image.image $tag -}}{{ with $variant }}-{{ . }}{{ end }}{{- if and $image.useDigest $image.digest -}}@{{ $image.digest }}{{- end -}}
{{- end -}}
{{- end -}}

{{/* The agent's flags from every part of the values, all strings */}}
{{- define "mesh.agent.flags" -}}
{{- $config := dict "cluster-name" .Values.cluster.name "cluster-id" .Values.cluster.id "routing-mode" (.Values.agent.routingMode | default "tunnel") -}}
{{- $old := .Values.upgradeCompatibility | default "1.24" | toString -}}
{{- if semverCompare "<1.22" $old -}}
  {{- $_ := set $config "legacy-hash" "true" -}}
{{- else if semverCompare "~1.22 || ^1.23.1" $old -}}
  {{- $_ := set $config "hash-seed" (substr 0 16 (sha256sum .Release.Name)) -}}
{{- end -}}
{{- $ambient := .Values.agent.ambient | default dict -}}
{{- range $key := keys $ambient | sortAlpha -}}
  {{- $_ := set $config (printf "ambient-%s" (kebabcase $key)) (get $ambient $key) -}}
{{- end -}}
{{- $all := mergeOverwrite (deepCopy $config) (.Values.agent.extraConfig | default dict) -}}
{{- range $key, $value := $all }}
{{ $key }}: {{ if kindIs "slice" $value }}{{ join " " $value | quote }}{{ else if kindIs "map" $value }}{{ toJson $value | quote }}{{ else if kindIs "float64" $value }}{{ $value | toString | quote }}{{ else }}{{ $value | toString | quote }}{{ end }}
{{- end }}
{{- end -}}
