{{- define "lib.common.class.workload" -}}
{{- $root := .root -}}
{{- $controller := .controller -}}
{{- $type := .type -}}
{{- $selector := merge (dict "app.kubernetes.io/component" $controller.identifier) (include "lib.common.labels.selector" $root | fromYaml) -}}
apiVersion: apps/v1
kind: {{ get (dict "deployment" "Deployment" "statefulset" "StatefulSet" "daemonset" "DaemonSet") $type }}
metadata:
  {{- include "lib.common.metadata" (dict "root" $root "name" .name "object" $controller "labels" (dict "app.kubernetes.io/component" $controller.identifier)) | nindent 2 }}
spec:
  revisionHistoryLimit: {{ $controller.revisionHistoryLimit | default 3 }}
  {{- if and (ne $type "daemonset") (not (kindIs "invalid" (get $controller "replicas"))) }}
  replicas: {{ $controller.replicas }}
  {{- else if and (ne $type "daemonset") (not (hasKey $controller "replicas")) }}
  replicas: 1
  {{- end }}
  {{- if eq $type "deployment" }}
  strategy:
    type: {{ $controller.strategy | default "Recreate" }}
    {{- if eq ($controller.strategy | default "Recreate") "RollingUpdate" }}
    {{- with $controller.rollingUpdate }}
    rollingUpdate:
      {{- range $from, $to := dict "surge" "maxSurge" "unavailable" "maxUnavailable" }}
      {{- if not (kindIs "invalid" (index $controller.rollingUpdate $from)) }}
      {{ $to }}: {{ index $controller.rollingUpdate $from }}
      {{- end }}
      {{- end }}
    {{- end }}
    {{- end }}
  {{- else if eq $type "statefulset" }}
  serviceName: {{ dig "statefulset" "serviceName" .name $controller }}
  podManagementPolicy: {{ dig "statefulset" "podManagementPolicy" "OrderedReady" $controller }}
  {{- with dig "statefulset" "volumeClaimTemplates" list $controller }}
  volumeClaimTemplates:
    {{- range $index, $claim := . }}
    - metadata:
        name: {{ $claim.name | default (printf "claim-%d" $index) }}
      spec:
        accessModes: [{{ required (printf "accessMode of claim %d" $index) $claim.accessMode | quote }}]
        resources:
          requests:
            storage: {{ $claim.size | quote }}
    {{- end }}
  {{- end }}
  {{- end }}
  selector:
    matchLabels: {{- $selector | toYaml | nindent 6 }}
  template:
    metadata:
      {{- $annotations := dict }}
      {{- range $kind := list "configMaps" "secrets" }}
        {{- range $id, $object := include "lib.common.values.enabled" (dict "root" $root "kind" $kind) | fromYaml }}
          {{- if dig "includeInChecksum" true $object }}
            {{- $_ := set $annotations (printf "checksum/%s" (kebabcase $kind)) (dig (printf "checksum/%s" (kebabcase $kind)) "" $annotations | print (toYaml (omit $object "identifier")) | sha256sum) }}
          {{- end }}
        {{- end }}
      {{- end }}
      {{- $own := dig "pod" "annotations" dict $controller | default dict }}
      {{- $common := dig "annotations" dict $root.Values.defaultPodOptions | default dict }}
      {{- with mergeOverwrite $annotations $common $own }}
      annotations: {{- tpl (toYaml .) $root | nindent 8 }}
      {{- end }}
      labels: {{- merge (dig "pod" "labels" dict $controller | default dict) $selector | toYaml | nindent 8 }}
    spec: {{- include "lib.common.pod.spec" (dict "root" $root "controller" $controller) | nindent 6 }}
{{- end -}}

{{- define "lib.common.class.cronjob" -}}
{{- $root := .root -}}
{{- $controller := .controller -}}
{{- $settings := $controller.cronjob | default dict -}}
{{- $timeZone := $settings.timeZone -}}
apiVersion: batch/v1
kind: CronJob
metadata:
  {{- include "lib.common.metadata" (dict "root" $root "name" .name "object" $controller) | nindent 2 }}
spec:
  concurrencyPolicy: {{ $settings.concurrencyPolicy | default "Forbid" }}
  startingDeadlineSeconds: {{ $settings.startingDeadlineSeconds | default 30 }}
  {{- if and $timeZone (semverCompare ">=1.27-0" $root.Capabilities.KubeVersion.GitVersion) }}
  timeZone: {{ tpl $timeZone $root }}
  {{- end }}
  schedule: {{ required (printf "A schedule for cronjob %s" $controller.identifier) $settings.schedule | quote }}
  suspend: {{ $settings.suspend | default false }}
  successfulJobsHistoryLimit: {{ dig "successfulJobsHistory" 1 $settings }}
  failedJobsHistoryLimit: {{ dig "failedJobsHistory" 1 $settings }}
  jobTemplate:
    spec:
      {{- with $settings.ttlSecondsAfterFinished }}
      ttlSecondsAfterFinished: {{ . }}
      {{- end }}
      backoffLimit: {{ $settings.backoffLimit | default 6 | int64 }}
      template:
        spec: {{- include "lib.common.pod.spec" (dict "root" $root "controller" (mustMergeOverwrite (deepCopy $controller) (dict "pod" (dict "restartPolicy" (dig "pod" "restartPolicy" "Never" $controller))))) | nindent 10 }}
{{- end -}}
