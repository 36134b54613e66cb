{{/* vim: set filetype=mustache: */}}
{{/*
Expand the name of the chart.
Manually fix the 'app' and 'name' labels to 'certificate-operator' to maintain
compatibility with older releases.
*/}}
{{- define "pki.name" -}}
{{- default .Chart.Name .Values.nameOverride | trunc 63 | trimSuffix "-" -}}
{{- end -}}

{{/*
Create a default fully qualified app name, of at most 63 characters, since some
fields are limited to this.
*/}}
{{- define "pki.fullname" -}}
{{- if .Values.fullnameOverride -}}
{{- .Values.fullnameOverride | trunc 63 | trimSuffix "-" -}}
{{- else -}}
{{- $name := default .Chart.Name .Values.nameOverride -}}
{{- if contains $name .Release.Name -}}
{{- .Release.Name | trunc 63 | trimSuffix "-" -}}
{{- else -}}
{{- printf "%s-%s" .Release.Name $name | trunc 63 | trimSuffix "-" -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{- define "pki.serviceAccountName" -}}
{{- if .Values.serviceAccount.create -}}
    {{ default (include "pki.fullname" .) .Values.serviceAccount.name }}
{{- else -}}
    {{ default "default" .Values.serviceAccount.name }}
{{- end -}}
{{- end -}}

{{/* Components: their names and accounts */}}
{{- define "pki.component.name" -}}
{{- printf "%s" .component -}}
{{- end -}}

{{- define "pki.component.fullname" -}}
{{- $room := sub 63 (add1 (len .component)) | int -}}
{{- printf "%s-%s" ((include "pki.fullname" .root) | trunc $room | trimSuffix "-") .component -}}
{{- end -}}

{{- define "pki.component.serviceAccountName" -}}
{{- $values := index .root.Values .component -}}
{{- if $values.serviceAccount.create -}}
    {{ default (include "pki.component.fullname" .) $values.serviceAccount.name }}
{{- else -}}
    {{ default "default" $values.serviceAccount.name }}
{{- end -}}
{{- end -}}

{{- define "webhook.caRef" -}}
{{- template "pki.namespace" . }}/{{ template "pki.component.fullname" (dict "component" "webhook" "root" .) }}-ca
{{- end -}}

{{- define "pki.chart" -}}
{{- printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" | trunc 63 | trimSuffix "-" -}}
{{- end -}}

{{/*
Labels that should be added on each resource
*/}}
{{- define "labels" -}}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
{{- if eq (default "helm" .Values.creator) "helm" }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ include "pki.chart" . }}
{{- end -}}
{{- if .Values.global.commonLabels}}
{{ tpl (toYaml .Values.global.commonLabels) . }}
{{- end }}
{{- end -}}

{{- define "pki.labels" -}}
{{- $name := .component | default (include "pki.name" .root) -}}
app: {{ $name }}
app.kubernetes.io/name: {{ $name }}
app.kubernetes.io/instance: {{ .root.Release.Name }}
app.kubernetes.io/component: {{ .component | default "controller" | quote }}
{{ include "labels" .root }}
{{- end -}}

{{- define "pki.selector" -}}
{{- $name := .component | default (include "pki.name" .root) -}}
app.kubernetes.io/name: {{ $name }}
app.kubernetes.io/instance: {{ .root.Release.Name }}
app.kubernetes.io/component: {{ .component | default "controller" | quote }}
{{- end -}}

{{/*
Namespace for all resources to be installed into.
*/}}
{{- define "pki.namespace" -}}
    {{ .Values.namespace | default .Release.Namespace }}
{{- end -}}

{{/*
The image of a component: registry, repository, then the digest or the tag, or what the chart ships.
*/}}
{{- define "image" -}}
{{- $defaultTag := index . 1 -}}
{{- with index . 0 -}}
{{- if .registry -}}{{ printf "%s/%s" .registry .repository }}{{- else -}}{{- .repository -}}{{- end -}}
{{- if .digest -}}{{ printf "@%s" .digest }}{{- else -}}{{ printf ":%s" (default $defaultTag .tag) }}{{- end -}}
{{- end }}
{{- end }}

{{/*
Checks what the schema cannot: two flags that exclude each other.
*/}}
{{- define "pki.crd-check" -}}
  {{- if and (.Values.installCRDs) (.Values.crds.enabled) }}
    {{- fail "ERROR: the deprecated .installCRDs option cannot be enabled at the same time as its replacement .crds.enabled" }}
  {{- end }}
{{- end -}}

{{/*
Labels of a pod, each a template.
*/}}
{{- define "pki.tplLabels" -}}
{{- range $key, $value := .labels }}
{{ tpl $key $.root }}: {{ tpl $value $.root | quote }}
{{- end }}
{{- end -}}

{{/*
Flags that every component has.
*/}}
{{- define "pki.flags" -}}
{{- $root := .root -}}
{{- $values := .values -}}
{{- if not (kindIs "invalid" $root.Values.global.logLevel) }}
- --v={{ $root.Values.global.logLevel }}
{{- end }}
{{- if $values.config }}
- --config=/var/pki/config/config.yaml
{{- end }}
{{- with $root.Values.global.leaderElection }}
{{- if $.elects }}
- --leader-election-namespace={{ .namespace }}
{{- range $flag := list "leaseDuration" "renewDeadline" "retryPeriod" }}
{{- with get $root.Values.global.leaderElection $flag }}
- --leader-election-{{ $flag | kebabcase }}={{ . }}
{{- end }}
{{- end }}
{{- end }}
{{- end }}
{{- with $values.featureGates }}
- --feature-gates={{ . }}
{{- end }}
{{- with $values.extraArgs }}
{{ toYaml . }}
{{- end }}
{{- end -}}

{{/*
A component's pod, below `template:`.
Usage: {{ include "pki.pod" (dict "root" . "component" "webhook" "values" .Values.webhook "args" (list ...)) | nindent 6 }}
*/}}
{{- define "pki.pod" -}}
metadata:
  labels:
    {{- include "pki.labels" . | nindent 4 }}
    {{- include "pki.tplLabels" (dict "labels" (.values.podLabels | default dict) "root" .root) | nindent 4 }}
  {{- with .values.podAnnotations }}
  annotations:
    {{- toYaml . | nindent 4 }}
  {{- end }}
spec:
  {{- if not .component }}
  serviceAccountName: {{ template "pki.serviceAccountName" .root }}
  {{- else }}
  serviceAccountName: {{ template "pki.component.serviceAccountName" . }}
  {{- end }}
  {{- if hasKey .values "automountServiceAccountToken" }}
  automountServiceAccountToken: {{ .values.automountServiceAccountToken }}
  {{- end }}
  enableServiceLinks: {{ .values.enableServiceLinks | default false }}
  {{- with .root.Values.global.priorityClassName }}
  priorityClassName: {{ . | quote }}
  {{- end }}
  {{- with .values.securityContext | default .root.Values.securityContext }}
  securityContext:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- if or .values.volumes .values.config }}
  volumes:
    {{- if .values.config }}
    - name: config
      configMap:
        name: {{ include "pki.fullname" .root }}{{ with .component }}-{{ . }}{{ end }}
    {{- end }}
    {{ with .values.volumes }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
  {{- end }}
  containers:
    - name: {{ .root.Chart.Name }}-{{ .component | default "controller" }}
      image: "{{ template "image" (tuple .values.image $.root.Chart.AppVersion) }}"
      imagePullPolicy: {{ .values.image.pullPolicy | default "IfNotPresent" }}
      args:
      {{- range .args }}
      - {{ . }}
      {{- end }}
      {{- include "pki.flags" . | trim | nindent 6 }}
      {{- with .ports }}
      ports:
      {{- range . }}
      - containerPort: {{ .port }}
        name: {{ .name }}
        protocol: TCP
      {{- end }}
      {{- end }}
      {{- with .values.containerSecurityContext | default .root.Values.containerSecurityContext }}
      securityContext:
        {{- toYaml . | nindent 8 }}
      {{- end }}
      env:
      - name: POD_NAMESPACE
        valueFrom:
          fieldRef:
            fieldPath: metadata.namespace
      {{- with .values.extraEnv }}
        {{- toYaml . | nindent 6 }}
      {{- end }}
      {{- range $name := list "http_proxy" "https_proxy" "no_proxy" }}
      {{- with get $.root.Values $name }}
      - name: {{ upper $name }}
        value: {{ . }}
      {{- end }}
      {{- end }}
      {{- with .values.resources }}
      resources:
        {{- toYaml . | nindent 8 }}
      {{- end }}
      {{- with .values.livenessProbe }}
      {{- if .enabled }}
      # LivenessProbe settings are based on those used for the platform's own controller
      livenessProbe:
        httpGet:
          port: http-healthz
          path: /livez
        {{- range $key := keys (omit . "enabled") | sortAlpha }}
        {{ $key }}: {{ index $.values.livenessProbe $key }}
        {{- end }}
      {{- end }}
      {{- end }}
  {{- with .values.nodeSelector }}
  nodeSelector:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- with .values.topologySpreadConstraints }}
  topologySpreadConstraints:
    {{- toYaml . | nindent 4 }}
  {{- end }}
{{- end -}}

{{- define "pki.pdb" -}}
{{- $budget := .values.podDisruptionBudget -}}
{{- if $budget.enabled }}
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata:
  name: {{ include "pki.fullname" .root }}{{ with .component }}-{{ . }}{{ end }}
  namespace: {{ include "pki.namespace" .root }}
  labels:
    {{- include "pki.labels" . | nindent 4 }}
spec:
  selector:
    matchLabels:
      {{- include "pki.selector" . | nindent 6 }}
  {{- if not (or (hasKey $budget "minAvailable") (hasKey $budget "maxUnavailable")) }}
  minAvailable: 1 # Default value because minAvailable and maxUnavailable are not set
  {{- end }}
  {{- if hasKey $budget "minAvailable" }}
  minAvailable: {{ $budget.minAvailable }}
  {{- end }}
  {{- if hasKey $budget "maxUnavailable" }}
  maxUnavailable: {{ $budget.maxUnavailable }}
  {{- end }}
{{- end }}
{{- end -}}
