{{- define "metrics.memcached.statefulset" -}}
{{- with (index $.ctx.Values $.component) -}}
{{- if .enabled -}}
{{- $memory := include "metrics.cache.memory" . | fromJson }}
---
apiVersion: apps/v1
kind: StatefulSet
metadata:
  name: {{ include "metrics.resourceName" (dict "ctx" $.ctx "component" $.component) }}
  annotations: {{- toYaml .annotations | nindent 4 }}
spec:
  podManagementPolicy: {{ .podManagementPolicy }}
  replicas: {{ .replicas }}
  template:
    spec:
      containers:
        - name: memcached
          {{- with $.ctx.Values.memcached.image }}
          image: {{ .repository }}:{{ .tag }}
          {{- end }}
          resources:
          {{- if .resources }}
            {{- toYaml .resources | nindent 12 }}
          {{- else }}
          {{- $requestMemory := printf "%dMi" (floor (mulf .allocatedMemory 1.2)) }}
            limits:
              memory: {{ $memory.requestMi }} # {{ $requestMemory | replace "%!d(float64=" "" | replace ")" "" }}
            requests:
              cpu: {{ ternary "500m" "100m" (gt (int .allocatedMemory) 1024) }}
              memory: {{ $memory.requestMi }}
          {{- end }}
          args:
            - -m {{ .allocatedMemory }}
            - --extended=modern,track_sizes{{ if .persistence.enabled }},ext_path={{ .persistence.mountPath }}/file:{{ $memory.up }}M{{ end }}{{ with .extraExtendedOptions }},{{ . }}{{ end }}
            - -I {{ .maxItemMemory }}m
            - -c {{ .connectionLimit }}
            - -v{{ range until (.verbosity | default 0 | int) }}v{{ end }}
            - -u {{ .port }}
            {{- range $key, $value := .extraArgs }}
            - "-{{ $key }}{{ if $value }} {{ $value }}{{ end }}"
            {{- end }}
{{- end -}}
{{- end -}}
{{- end -}}
