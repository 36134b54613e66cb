{{- define "store.metrics.container" -}}
- name: metrics
  image: {{ include "store.metrics.image" . }}
  command:
    - /bin/bash
    - -c
    - |
      if [[ -f '/secrets/store-password' ]]; then
      export STORE_PASSWORD=$(cat /secrets/store-password)
      fi
      store_exporter{{- range $key, $value := .Values.metrics.extraArgs }} --{{ $key }}={{ $value }}{{- end }}
  ports:
    - name: metrics
      containerPort: {{ .Values.metrics.service.ports.http }}
  {{- if .Values.metrics.resources }}
  resources: {{- toYaml .Values.metrics.resources | nindent 4 }}
  {{- else if ne .Values.metrics.resourcesPreset "none" }}
  resources: {{- include "common.resources.preset" (dict "type" .Values.metrics.resourcesPreset) | nindent 4 }}
  {{- end }}
{{- end -}}
