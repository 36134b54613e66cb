{{/*
A workload of a component.
Usage: {{ include "delivery.workload" (dict "context" . "component" .Values.server "kind" "Deployment" "args" (list "a") "ports" .Values.server.containerPorts) }}
*/}}
{{- define "delivery.workload" -}}
{{- $values := .context.Values -}}
{{- $component := .component -}}
{{- $full := printf "%s-%s" (include "delivery.fullname" .context) $component.name | trunc 63 | trimSuffix "-" -}}
{{- $annotations := mergeOverwrite (deepCopy (eq .kind "StatefulSet" | ternary $values.global.statefulsetAnnotations $values.global.deploymentAnnotations)) ($component.annotations | default dict) -}}
apiVersion: apps/v1
kind: {{ .kind }}
metadata:
  {{- with $annotations }}
  annotations:
    {{- range $key, $value := . }}
    {{ $key }}: {{ $value | quote }}
    {{- end }}
  {{- end }}
  name: {{ $full }}
  namespace: {{ include "delivery.namespace" .context | quote }}
  labels:
    {{- include "delivery.labels" (dict "context" .context "component" $component.name "name" $component.name) | nindent 4 }}
spec:
  {{- with include "delivery.strategy" (mergeOverwrite (deepCopy $values.global.deploymentStrategy) ($component.deploymentStrategy | default dict)) }}
  strategy:
    {{- trim . | nindent 4 }}
  {{- end }}
  {{- if not (dig "autoscaling" "enabled" false $component) }}
  replicas: {{ $component.replicas }}
  {{- end }}
  revisionHistoryLimit: {{ $values.global.revisionHistoryLimit }}
  {{- if eq .kind "StatefulSet" }}
  serviceName: {{ $full }}
  {{- end }}
  selector:
    matchLabels:
      {{- include "delivery.selectorLabels" (dict "context" .context "component" $component.name "name" $component.name) | nindent 6 }}
  template:
    metadata:
      annotations:
        {{- range $name, $path := .checksums }}
        checksum/{{ $name }}: {{ include (print $.context.Template.BasePath $path) $.context | sha256sum }}
        {{- end }}
        {{- with (mergeOverwrite (deepCopy $values.global.podAnnotations) $component.podAnnotations) }}
        {{- range $key, $value := . }}
        {{ $key }}: {{ $value | quote }}
        {{- end }}
        {{- end }}
      labels:
        {{- include "delivery.labels" (dict "context" .context "component" $component.name "name" $component.name) | nindent 8 }}
        {{- with (mergeOverwrite (deepCopy $values.global.podLabels) $component.podLabels) }}
        {{- toYaml . | nindent 8 }}
        {{- end }}
    spec:
      {{- with $component.imagePullSecrets | default $values.global.imagePullSecrets }}
      imagePullSecrets:
        {{- toYaml . | nindent 8 }}
      {{- end }}
      {{- with $values.global.hostAliases }}
      hostAliases:
        {{- toYaml . | nindent 8 }}
      {{- end }}
      {{- with $values.global.securityContext }}
      securityContext:
        {{- toYaml . | nindent 8 }}
      {{- end }}
      {{- with $component.priorityClassName | default $values.global.priorityClassName }}
      priorityClassName: {{ . }}
      {{- end }}
      serviceAccountName: {{ include "delivery.serviceAccountName" (dict "context" .context "component" $component) }}
      containers:
      - args:
        {{- with .args }}
        {{- toYaml . | nindent 8 }}
        {{- end }}
        {{- with $component.extraArgs }}
        {{- toYaml . | nindent 8 }}
        {{- end }}
        image: {{ default $values.global.image.repository $component.image.repository }}:{{ default (include "delivery.defaultTag" .context) $component.image.tag }}
        imagePullPolicy: {{ default $values.global.image.imagePullPolicy $component.image.imagePullPolicy }}
        name: {{ $component.name }}
        env:
          {{- with (concat $values.global.env $component.env) }}
            {{- toYaml . | nindent 10 }}
          {{- end }}
          - name: NAME
            value: {{ $full }}
          {{- range $param := .params }}
          - name: {{ regexReplaceAll "[^a-z]" $param "_" | upper }}
            valueFrom:
              configMapKeyRef:
                name: delivery-cmd-params-cm
                key: {{ $param }}
                optional: true
          {{- end }}
        {{- with $component.envFrom }}
        envFrom:
          {{- toYaml . | nindent 10 }}
        {{- end }}
        ports:
        {{- range $name, $port := .ports }}
        - name: {{ $name }}
          containerPort: {{ $port }}
          protocol: TCP
        {{- end }}
        {{- with $component.readinessProbe }}
        readinessProbe:
          httpGet: {path: /healthz, port: metrics}
          {{- range $k := list "initialDelaySeconds" "periodSeconds" "failureThreshold" }}
          {{- if hasKey $component.readinessProbe $k }}
          {{ $k }}: {{ get $component.readinessProbe $k }}
          {{- end }}
          {{- end }}
        {{- end }}
        resources:
          {{- toYaml $component.resources | nindent 10 }}
        {{- with $component.containerSecurityContext }}
        securityContext:
          {{- toYaml . | nindent 10 }}
        {{- end }}
      {{- with $component.extraContainers }}
        {{- tpl (toYaml .) $.context | nindent 6 }}
      {{- end }}
      {{- with include "delivery.affinity" (dict "context" .context "component" $component) }}
      affinity:
        {{- trim . | nindent 8 }}
      {{- end }}
      {{- with $component.nodeSelector | default $values.global.nodeSelector }}
      nodeSelector:
        {{- toYaml . | nindent 8 }}
      {{- end }}
      {{- with $component.tolerations | default $values.global.tolerations }}
      tolerations:
        {{- toYaml . | nindent 8 }}
      {{- end }}
      {{- with $component.topologySpreadConstraints | default $values.global.topologySpreadConstraints }}
      topologySpreadConstraints:
        {{- range $constraint := . }}
      - {{ toYaml $constraint | nindent 8 | trim }}
          {{- if not $constraint.labelSelector }}
        labelSelector:
          matchLabels:
            {{- include "delivery.selectorLabels" (dict "context" $.context "component" $component.name "name" $component.name) | nindent 12 }}
          {{- end }}
        {{- end }}
      {{- end }}
      {{- with .volumes }}
      volumes:
        {{- toYaml . | nindent 8 }}
      {{- end }}
{{- end -}}

{{- define "delivery.strategy" -}}
{{- if . }}
{{- if eq (.type | default "RollingUpdate") "Recreate" }}
type: Recreate
{{- else }}
{{- toYaml . }}
{{- end }}
{{- end }}
{{- end -}}

{{- define "delivery.pdb" -}}
{{- $pdb := .component.pdb -}}
{{- if $pdb.enabled }}
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata:
  name: {{ include "delivery.fullname" .context }}-{{ .component.name }}
  labels:
    {{- include "delivery.labels" (dict "context" .context "component" .component.name "name" .component.name) | nindent 4 }}
    {{- with $pdb.labels }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
spec:
  {{- with $pdb.maxUnavailable }}
  maxUnavailable: {{ . }}
  {{- else }}
  minAvailable: {{ $pdb.minAvailable | default 0 }}
  {{- end }}
{{- end }}
{{- if .component.serviceAccount.create }}
---
apiVersion: v1
kind: ServiceAccount
automountServiceAccountToken: {{ .component.serviceAccount.automountServiceAccountToken }}
metadata:
  name: {{ include "delivery.serviceAccountName" . }}
  {{- with .component.serviceAccount.annotations }}
  annotations:
    {{- range $key, $value := . }}
    {{ $key }}: {{ $value | quote }}
    {{- end }}
  {{- end }}
{{- end }}
{{- end -}}
