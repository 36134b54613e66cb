{{/* vim: set filetype=mustache: */}}

{{- define "store.image" -}}
{{ include "common.images.image" (dict "imageRoot" .Values.image "global" .Values.global) }}
{{- end -}}

{{- define "store.sentinel.image" -}}
{{ include "common.images.image" (dict "imageRoot" .Values.sentinel.image "global" .Values.global) }}
{{- end -}}

{{- define "store.metrics.image" -}}
{{ include "common.images.image" (dict "imageRoot" .Values.metrics.image "global" .Values.global "chart" .Chart) }}
{{- end -}}

{{- define "store.volumePermissions.image" -}}
{{ include "common.images.image" (dict "imageRoot" .Values.volumePermissions.image "global" .Values.global) }}
{{- end -}}

{{- define "store.imagePullSecrets" -}}
{{- include "common.images.renderPullSecrets" (dict "images" (list .Values.image .Values.sentinel.image .Values.metrics.image .Values.volumePermissions.image) "context" $) -}}
{{- end -}}

{{- define "store.configmapName" -}}
{{- if .Values.existingConfigmap -}}
    {{- printf "%s" (tpl .Values.existingConfigmap $) -}}
{{- else -}}
    {{- printf "%s-configuration" (include "common.names.fullname" .) -}}
{{- end -}}
{{- end -}}

{{- define "store.createConfigmap" -}}
{{- if empty .Values.existingConfigmap }}
    {{- true -}}
{{- end -}}
{{- end -}}

{{- define "store.serviceAccountName" -}}
{{- if .Values.serviceAccount.create -}}
    {{ default (include "common.names.fullname" .) .Values.serviceAccount.name }}
{{- else -}}
    {{ default "default" .Values.serviceAccount.name }}
{{- end -}}
{{- end -}}

{{- define "store.secretName" -}}
{{- if .Values.auth.existingSecret -}}
{{- printf "%s" (tpl .Values.auth.existingSecret $) -}}
{{- else -}}
{{- printf "%s" (include "common.names.fullname" .) -}}
{{- end -}}
{{- end -}}

{{- define "store.secretPasswordKey" -}}
{{- if and .Values.auth.existingSecret .Values.auth.existingSecretPasswordKey -}}
{{- printf "%s" (tpl .Values.auth.existingSecretPasswordKey $) -}}
{{- else -}}
{{- printf "store-password" -}}
{{- end -}}
{{- end -}}

{{- define "store.createSecret" -}}
{{- if and .Values.auth.enabled (not .Values.auth.existingSecret) -}}
    {{- true -}}
{{- end -}}
{{- end -}}

{{- define "store.tlsSecretName" -}}
{{- coalesce .Values.tls.existingSecret (printf "%s-crt" (include "common.names.fullname" .)) | quote -}}
{{- end -}}

{{/*
The host of the primary, as the replicas see it.
*/}}
{{- define "store.primary.host" -}}
{{- if .Values.replica.externalPrimary.enabled -}}
{{- required "replica.externalPrimary.host must name the primary" .Values.replica.externalPrimary.host -}}
{{- else if eq (int64 .Values.primary.count) 1 -}}
{{- if .Values.useHostnames -}}
{{ template "common.names.fullname" . }}-primary-0.{{ template "common.names.fullname" . }}-headless.{{ include "common.names.namespace" . }}.svc.{{ .Values.clusterDomain }}
{{- else -}}
{{ template "common.names.fullname" . }}-primary-0
{{- end -}}
{{- else -}}
{{ template "common.names.fullname" . }}-primary.{{ include "common.names.namespace" . }}.svc.{{ .Values.clusterDomain }}
{{- end -}}
{{- end -}}

{{/*
Probes of a part of the store.
Usage: {{ include "store.probe" (dict "kind" "liveness" "of" .Values.primary "context" $) }}
*/}}
{{- define "store.probe" -}}
{{- $custom := index .of (printf "custom%sProbe" (title .kind)) -}}
{{- $probe := get .of (printf "%sProbe" .kind) -}}
{{- if $custom }}
{{ .kind }}Probe: {{- include "common.tplvalues.render" (dict "value" $custom "context" .context) | nindent 2 }}
{{- else if ($probe).enabled }}
{{ .kind }}Probe:
  {{- include "common.tplvalues.render" (dict "value" (omit $probe "enabled") "context" .context) | nindent 2 }}
  {{- if eq .kind "startup" }}
  tcpSocket:
    port: store
  {{- else }}
  exec:
    command:
      - sh
      - -c
      - /health/ping_{{ .kind }}_local.sh {{ add1 (sub (int $probe.timeoutSeconds) 1) }}
  {{- end }}
{{- end }}
{{- end -}}

{{/*
The pod's affinity: what the values say, or the three presets.
*/}}
{{- define "store.affinity" -}}
{{- $component := .component -}}
{{- if .of.affinity }}
affinity: {{- include "common.tplvalues.render" (dict "value" .of.affinity "context" .context) | nindent 2 }}
{{- else }}
affinity:
  podAffinity: {{- include "common.affinities.pods" (dict "type" .of.podAffinityPreset "component" $component "customLabels" .podLabels "context" .context) | nindent 4 }}
  podAntiAffinity: {{- include "common.affinities.pods" (dict "type" .of.podAntiAffinityPreset "component" $component "customLabels" .podLabels "context" .context) | nindent 4 }}
  nodeAffinity: {{- include "common.affinities.nodes" (dict "type" .of.nodeAffinityPreset.type "key" .of.nodeAffinityPreset.key "values" .of.nodeAffinityPreset.values) | nindent 4 }}
{{- end }}
{{- end -}}

{{/*
The environment of a node.
*/}}
{{- define "store.env" -}}
{{- $context := .context -}}
- name: STORE_DEBUG
  value: {{ ternary "true" "false" (or $context.Values.image.debug $context.Values.diagnosticMode.enabled) | quote }}
- name: STORE_REPLICATION_MODE
  value: {{ .mode | quote }}
{{- if ne .mode "primary" }}
- name: STORE_PRIMARY_HOST
  value: {{ include "store.primary.host" $context }}
- name: STORE_PRIMARY_PORT_NUMBER
  value: {{ (ternary $context.Values.replica.externalPrimary.port $context.Values.primary.containerPorts.store $context.Values.replica.externalPrimary.enabled) | quote }}
{{- end }}
- name: ALLOW_EMPTY_PASSWORD
  value: {{ $context.Values.auth.enabled | ternary "no" "yes" | quote }}
{{- if $context.Values.auth.enabled }}
{{- if $context.Values.auth.usePasswordFiles }}
- name: STORE_PASSWORD_FILE
  value: "/opt/store/secrets/store-password"
{{- else }}
- name: STORE_PASSWORD
  valueFrom:
    secretKeyRef:
      name: {{ template "store.secretName" $context }}
      key: {{ template "store.secretPasswordKey" $context }}
{{- end }}
{{- end }}
- name: STORE_TLS_ENABLED
  value: {{ ternary "yes" "no" $context.Values.tls.enabled | quote }}
- name: STORE_PORT
  value: {{ .of.containerPorts.store | quote }}
{{- with .of.extraEnvVars }}
{{ include "common.tplvalues.render" (dict "value" . "context" $context) }}
{{- end }}
{{- end -}}

{{/*
Every message of the rules that values break, and the end of the rendering if there is one.
*/}}
{{- define "store.validateValues" -}}
{{- $messages := list -}}
{{- $messages := append $messages (include "store.validateValues.topologySpreadConstraints" .) -}}
{{- $messages := append $messages (include "store.validateValues.architecture" .) -}}
{{- $messages := append $messages (include "store.validateValues.podSecurityPolicy" .) -}}
{{- $messages := append $messages (include "store.validateValues.tls" .) -}}
{{- $messages := append $messages (include "store.validateValues.createPrimary" .) -}}
{{- $messages := without $messages "" -}}
{{- $message := join "\n" $messages -}}
{{- if $message -}}
{{-   printf "\nVALUES VALIDATION:\n%s" $message | fail -}}
{{- end -}}
{{- end -}}

{{- define "store.validateValues.topologySpreadConstraints" -}}
{{- if and (semverCompare "<1.16-0" (include "common.capabilities.kubeVersion" .)) .Values.primary.topologySpreadConstraints -}}
store: topologySpreadConstraints
    Pod Topology Spread Constraints are only available on K8s  >= 1.16
{{- end -}}
{{- end -}}

{{- define "store.validateValues.architecture" -}}
{{- if not (or (eq .Values.architecture "standalone") (eq .Values.architecture "replication")) }}
store: architecture
    Invalid architecture selected. Valid values are "standalone" and
    "replication". Please set a valid architecture (--set architecture="xxxx")
{{- end -}}
{{- if and .Values.sentinel.enabled (not (eq .Values.architecture "replication")) }}
store: architecture
    Using sentinels on standalone mode is not supported.
    To deploy store with sentinels, please select the "replication" mode
    (--set "architecture=replication,sentinel.enabled=true")
{{- end -}}
{{- end -}}

{{- define "store.validateValues.podSecurityPolicy" -}}
{{- if and (.Values.podSecurityPolicy).create (not (include "common.capabilities.psp.supported" .)) }}
store: podSecurityPolicy.create
    PodSecurityPolicy is not available on this cluster
{{- end -}}
{{- end -}}

{{- define "store.validateValues.tls" -}}
{{- if and .Values.tls.enabled (not .Values.tls.autoGenerated) (not .Values.tls.existingSecret) }}
store: tls.enabled
    In order to enable TLS, you also need to provide
    an existing secret containing the TLS certificates or
    enable auto-generated certificates.
{{- end -}}
{{- end -}}

{{- define "store.validateValues.createPrimary" -}}
{{- if and (or .Values.sentinel.enabled) (gt (int64 .Values.primary.count) 1) (ne .Values.primary.kind "StatefulSet") }}
store: primary.count
    To have {{ .Values.primary.count }} primaries with sentinels, the kind must be StatefulSet, not {{ .Values.primary.kind }}.
{{- end -}}
{{- end -}}

{{- define "store.pdb" -}}
{{- if or .minAvailable (not .maxUnavailable) }}
minAvailable: {{ .minAvailable | default 1 }}
{{- end }}
{{- if .maxUnavailable }}
maxUnavailable: {{ .maxUnavailable }}
{{- end }}
{{- end -}}
