{{/* One option of the pod: the controller's, the common one, or the default: { root, controller, option, default } */}}
{{- define "lib.common.pod.option" -}}
  {{- $option := .option -}}
  {{- $result := "" -}}
  {{- $common := get (.root.Values.defaultPodOptions | default dict) $option -}}
  {{- if not (empty $common) -}}{{- $result = $common -}}{{- end -}}
  {{- $own := get (.controller.pod | default dict) $option -}}
  {{- if kindIs "bool" $own -}}
    {{- $result = $own -}}
  {{- else if not (empty $own) -}}
    {{- if and (kindIs "map" $own) (kindIs "map" $common) (eq .root.Values.defaultPodOptionsStrategy "merge") -}}
      {{- $result = merge (deepCopy $own) $common -}}
    {{- else -}}
      {{- $result = $own -}}
    {{- end -}}
  {{- end -}}
  {{- if and (kindIs "string" $result) (empty $result) -}}
    {{- $result = .default -}}
  {{- end -}}
  {{- if not (kindIs "invalid" $result) -}}
    {{- if kindIs "string" $result -}}
      {{- tpl $result .root -}}
    {{- else -}}
      {{- tpl (toYaml $result) .root -}}
    {{- end -}}
  {{- end -}}
{{- end -}}

{{- define "lib.common.pod.spec" -}}
{{- $root := .root -}}
{{- $controller := .controller -}}
{{- $ctx := dict "root" $root "controller" $controller -}}
{{- $options := list "enableServiceLinks" "automountServiceAccountToken" "priorityClassName" "runtimeClassName" "schedulerName" "hostIPC" "hostNetwork" "hostPID" "hostUsers" "hostname" "shareProcessNamespace" "terminationGracePeriodSeconds" "restartPolicy" -}}
serviceAccountName: {{ include "lib.common.names.serviceAccount" $ctx }}
{{- range $option := $options }}
  {{- with include "lib.common.pod.option" (dict "root" $root "controller" $controller "option" $option "default" nil) }}
{{ $option }}: {{ . | trim }}
  {{- end }}
{{- end }}
{{- $dns := ternary "ClusterFirstWithHostNet" "ClusterFirst" (eq "true" (include "lib.common.pod.option" (dict "root" $root "controller" $controller "option" "hostNetwork" "default" false))) }}
dnsPolicy: {{ include "lib.common.pod.option" (dict "root" $root "controller" $controller "option" "dnsPolicy" "default" $dns) }}
{{- range $option := list "securityContext" "dnsConfig" "nodeSelector" "affinity" "hostAliases" "imagePullSecrets" "tolerations" "topologySpreadConstraints" }}
  {{- with include "lib.common.pod.option" (dict "root" $root "controller" $controller "option" $option "default" nil) }}
    {{- if not (has . (list "{}" "[]" "null")) }}
{{ $option }}: {{- . | nindent 2 }}
    {{- end }}
  {{- end }}
{{- end }}
{{- range $where := list "initContainers" "containers" }}
  {{- $containers := dict }}
  {{- range $id, $container := index $controller $where }}
    {{- if dig "enabled" true $container }}
      {{- $_ := set $containers $id $container }}
    {{- end }}
  {{- end }}
  {{- if $containers }}
    {{- $applied := include "lib.common.containers.defaults" (dict "root" $root "controller" $controller "containers" $containers) | fromYaml }}
{{ $where }}:
    {{- range $id := include "lib.common.containers.sorted" (dict "containers" $applied) | fromYamlArray }}
      {{- $container := get $applied $id }}
      {{- include "lib.common.container" (dict "root" $root "controller" $controller "container" $container) | nindent 2 }}
    {{- end }}
  {{- end }}
{{- end }}
{{- with include "lib.common.pod.volumes" $ctx }}
volumes: {{- . | nindent 2 }}
{{- end }}
{{- end -}}

{{- define "lib.common.container" -}}
{{- $root := .root -}}
{{- $container := .container -}}
- name: {{ $container.nameOverride | default $container.identifier }}
  image: {{ include "lib.common.container.image" . }}
  {{- with dig "image" "pullPolicy" "" (dict "image" (ternary $container.image dict (kindIs "map" $container.image))) }}
  imagePullPolicy: {{ . }}
  {{- end }}
  {{- range $key := list "command" "args" }}
    {{- with get $container $key }}
  {{ $key }}:
      {{- if kindIs "string" . }}
    - {{ tpl . $root }}
      {{- else }}
        {{- tpl (toYaml .) $root | nindent 4 }}
      {{- end }}
    {{- end }}
  {{- end }}
  {{- with $container.workingDir }}
  workingDir: {{ tpl . $root }}
  {{- end }}
  {{- with include "lib.common.container.env" . }}
  env: {{- . | nindent 4 }}
  {{- end }}
  {{- with include "lib.common.container.envFrom" . }}
  envFrom: {{- . | nindent 4 }}
  {{- end }}
  {{- with include "lib.common.container.probes" . | trim }}
  {{- . | nindent 2 }}
  {{- end }}
  {{- range $key, $default := pick $container "resources" "securityContext" "lifecycle" }}
    {{- with $default }}
  {{ $key }}: {{- tpl (toYaml .) $root | nindent 4 }}
    {{- end }}
  {{- end }}
  {{- with include "lib.common.container.mounts" . }}
  volumeMounts: {{- . | nindent 4 }}
  {{- end }}
{{- end -}}

{{- define "lib.common.pod.volumes" -}}
  {{- $root := .root -}}
  {{- $volumes := list -}}
  {{- range $id, $claim := include "lib.common.values.enabled" (dict "root" $root "kind" "persistence") | fromYaml -}}
    {{- $type := $claim.type | default "persistentVolumeClaim" -}}
    {{- $volume := dict "name" $id -}}
    {{- if and (hasKey $claim "advancedMounts") (not (hasKey $claim.advancedMounts $.controller.identifier)) (not $claim.globalMounts) -}}
      {{- $volume = dict -}}
    {{- else if eq $type "persistentVolumeClaim" -}}
      {{- $name := $claim.existingClaim | default (include "lib.common.names.object" (dict "root" $root "kind" "persistence" "identifier" $id "object" $claim)) -}}
      {{- $_ := set $volume "persistentVolumeClaim" (dict "claimName" (tpl $name $root)) -}}
    {{- else if eq $type "emptyDir" -}}
      {{- $_ := set $volume "emptyDir" (pick $claim "medium" "sizeLimit") -}}
    {{- else if has $type (list "configMap" "secret") -}}
      {{- $kind := printf "%ss" $type -}}
      {{- $name := "" -}}
      {{- if $claim.name -}}{{- $name = tpl $claim.name $root -}}
      {{- else -}}{{- $name = include "lib.common.reference" (dict "root" $root "kind" $kind "identifier" (required (printf "name or identifier for %s" $id) $claim.identifierRef)) -}}
      {{- end -}}
      {{- $inner := dict (ternary "name" "secretName" (eq $type "configMap")) $name -}}
      {{- with $claim.defaultMode -}}{{- $_ := set $inner "defaultMode" (. | int) -}}{{- end -}}
      {{- with $claim.items -}}{{- $_ := set $inner "items" . -}}{{- end -}}
      {{- $_ := set $volume $type $inner -}}
    {{- else if eq $type "hostPath" -}}
      {{- $_ := set $volume "hostPath" (dict "path" (required "hostPath not set" $claim.hostPath)) -}}
      {{- with $claim.hostPathType -}}{{- $_ := set $volume.hostPath "type" . -}}{{- end -}}
    {{- else if eq $type "nfs" -}}
      {{- $_ := set $volume "nfs" (dict "server" (required "server not set" $claim.server) "path" (required "path not set" $claim.path)) -}}
    {{- else if eq $type "custom" -}}
      {{- $volume = merge $volume (tpl (toYaml $claim.volumeSpec) $root | fromYaml) -}}
    {{- else -}}
      {{- fail (printf "Not a valid persistence.type (%s)" $type) -}}
    {{- end -}}
    {{- if $volume -}}{{- $volumes = append $volumes $volume -}}{{- end -}}
  {{- end -}}
  {{- if $volumes -}}{{- toYaml $volumes -}}{{- end -}}
{{- end -}}
