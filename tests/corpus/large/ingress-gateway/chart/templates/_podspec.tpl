{{- define "gateway.podTemplate" -}}
metadata:
{{- if .Values.controller.podAnnotations }}
  annotations:
  {{- range $key, $value := .Values.controller.podAnnotations }}
    {{ $key }}: {{ $value | quote }}
  {{- end }}
{{- end }}
  labels:
    {{- include "gateway.labels" . | nindent 4 }}
    app.kubernetes.io/component: controller
  {{- with .Values.controller.podLabels }}
    {{- tpl (toYaml .) $ | nindent 4 }}
  {{- end }}
spec:
{{- if .Values.controller.dnsConfig }}
  dnsConfig: {{ toYaml .Values.controller.dnsConfig | nindent 4 }}
{{- end }}
{{- if .Values.controller.hostAliases }}
  hostAliases: {{ tpl (toYaml .Values.controller.hostAliases) $ | nindent 4 }}
{{- end }}
  dnsPolicy: {{ .Values.controller.dnsPolicy }}
{{- if .Values.imagePullSecrets }}
  imagePullSecrets: {{ toYaml .Values.imagePullSecrets | nindent 4 }}
{{- end }}
{{- if or .Values.controller.podSecurityContext .Values.controller.sysctls }}
  securityContext:
  {{- if .Values.controller.podSecurityContext }}
    {{- toYaml .Values.controller.podSecurityContext | nindent 4 }}
  {{- end }}
  {{- if .Values.controller.sysctls }}
    sysctls:
  {{- range $sysctl, $value := .Values.controller.sysctls }}
    - name: {{ $sysctl | quote }}
      value: {{ $value | quote }}
  {{- end }}
  {{- end }}
{{- end }}
  containers:
    - name: {{ .Values.controller.containerName }}
      {{- with (merge .Values.controller.image (dict "registry" "registry.example.com")) }}
      image: {{ if .repository }}{{ .repository }}{{ else }}{{ .registry }}/{{ include "gateway.image" . }}{{ end }}:{{ .tag }}{{ include "gateway.imageDigest" . }}
      {{- end }}
      imagePullPolicy: {{ .Values.controller.image.pullPolicy }}
      {{- if .Values.controller.lifecycle }}
      lifecycle: {{ toYaml .Values.controller.lifecycle | nindent 8 }}
      {{- end }}
      args:
        {{- include "gateway.params" . | nindent 8 }}
      securityContext: {{ include "controller.containerSecurityContext" . | nindent 8 }}
      env:
        - name: POD_NAME
          valueFrom:
            fieldRef:
              fieldPath: metadata.name
      {{- if .Values.controller.enableMimalloc }}
        - name: LD_PRELOAD
          value: /usr/local/lib/libmimalloc.so
      {{- end }}
      {{- if .Values.controller.extraEnvs }}
        {{- toYaml .Values.controller.extraEnvs | nindent 8 }}
      {{- end }}
      {{- if .Values.controller.startupProbe }}
      startupProbe: {{ toYaml .Values.controller.startupProbe | nindent 8 }}
      {{- end }}
      livenessProbe: {{ toYaml .Values.controller.livenessProbe | nindent 8 }}
      readinessProbe: {{ toYaml .Values.controller.readinessProbe | nindent 8 }}
      ports:
      {{- range $key, $value := .Values.controller.containerPort }}
        - name: {{ $key }}
          containerPort: {{ $value }}
          protocol: TCP
          {{- if $.Values.controller.hostPort.enabled }}
          hostPort: {{ index $.Values.controller.hostPort.ports $key | default $value }}
          {{- end }}
      {{- end }}
      {{- if .Values.controller.metrics.enabled }}
        - name: {{ .Values.controller.metrics.portName }}
          containerPort: {{ .Values.controller.metrics.port }}
      {{- end }}
      {{- range $key, $value := .Values.tcp }}
        - name: {{ if $.Values.portNamePrefix }}{{ $.Values.portNamePrefix }}-{{ end }}{{ $key }}-tcp
          containerPort: {{ $key }}
          protocol: TCP
          {{- if $.Values.controller.hostPort.enabled }}
          hostPort: {{ $key }}
          {{- end }}
      {{- end }}
      {{- range $key, $value := .Values.udp }}
        - {name: {{ $key }}-udp, containerPort: {{ $key }}, protocol: UDP}
      {{- end }}
      {{- if (or .Values.controller.customTemplate.configMapName .Values.controller.extraVolumeMounts .Values.controller.admissionWebhooks.enabled .Values.controller.extraModules) }}
      volumeMounts:
      {{- if .Values.controller.customTemplate.configMapName }}
        - mountPath: /etc/gateway/template
          name: gateway-template-volume
          readOnly: true
      {{- end }}
      {{- if .Values.controller.admissionWebhooks.enabled }}
        - name: webhook-cert
          mountPath: {{ dir .Values.controller.admissionWebhooks.certificate }}
          readOnly: true
      {{- end }}
      {{- if .Values.controller.extraVolumeMounts }}
        {{- toYaml .Values.controller.extraVolumeMounts | nindent 8 }}
      {{- end }}
      {{- end }}
      {{- if .Values.controller.resources }}
      resources: {{ toYaml .Values.controller.resources | nindent 8 }}
      {{- end }}
    {{- if .Values.controller.extraContainers }}
      {{- if kindIs "string" .Values.controller.extraContainers }}
      {{- tpl .Values.controller.extraContainers $ | nindent 4 }}
      {{- else }}
      {{- tpl (toYaml .Values.controller.extraContainers) $ | nindent 4 }}
      {{- end }}
    {{- end }}
{{- if (or .Values.controller.extraInitContainers .Values.controller.extraModules .Values.controller.opentelemetry.enabled) }}
  initContainers:
  {{- if .Values.controller.extraInitContainers }}
    {{- tpl (toYaml .Values.controller.extraInitContainers) $ | nindent 4 }}
  {{- end }}
  {{- range .Values.controller.extraModules }}
    {{- $containerSecurityContext := .containerSecurityContext | default (omit $.Values.controller.opentelemetry.containerSecurityContext "fsGroup") }}
    {{- include "extraModules" (dict "name" .name "image" .image "containerSecurityContext" $containerSecurityContext) | nindent 4 }}
  {{- end }}
{{- end }}
{{- if .Values.controller.nodeSelector }}
  nodeSelector: {{ toYaml .Values.controller.nodeSelector | nindent 4 }}
{{- end }}
{{- if .Values.controller.tolerations }}
  tolerations: {{ toYaml .Values.controller.tolerations | nindent 4 }}
{{- end }}
{{- if .Values.controller.affinity }}
  affinity: {{ tpl (toYaml .Values.controller.affinity) $ | nindent 4 }}
{{- end }}
{{- if .Values.controller.topologySpreadConstraints }}
  topologySpreadConstraints: {{ tpl (toYaml .Values.controller.topologySpreadConstraints) $ | nindent 4 }}
{{- end }}
  serviceAccountName: {{ template "gateway.serviceAccountName" . }}
  terminationGracePeriodSeconds: {{ .Values.controller.terminationGracePeriodSeconds }}
{{- if (or .Values.controller.customTemplate.configMapName .Values.controller.admissionWebhooks.enabled .Values.controller.extraVolumes) }}
  volumes:
  {{- if .Values.controller.customTemplate.configMapName }}
    - name: gateway-template-volume
      configMap:
        name: {{ .Values.controller.customTemplate.configMapName }}
        items:
        - key: {{ .Values.controller.customTemplate.configMapKey }}
          path: gateway.tmpl
  {{- end }}
  {{- if .Values.controller.admissionWebhooks.enabled }}
    - name: webhook-cert
      secret:
        secretName: {{ include "gateway.admissionWebhooks.fullname" . }}
        {{- if .Values.controller.admissionWebhooks.certManager.enabled }}
        items:
          - {key: tls.crt, path: cert}
        {{- end }}
  {{- end }}
  {{- if .Values.controller.extraVolumes }}
    {{ toYaml .Values.controller.extraVolumes | nindent 4 }}
  {{- end }}
{{- end }}
{{- end -}}
