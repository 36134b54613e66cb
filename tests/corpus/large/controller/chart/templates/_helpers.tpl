{{- define "ctl.fullname" -}}
{{- printf "%s-%s" .Release.Name (default .Chart.Name .Values.nameOverride) | trunc 63 | trimSuffix "-" -}}
{{- end -}}
{{- define "ctl.image" -}}
{{- if .chroot -}}{{- printf "%s-chroot" .image -}}{{- else -}}{{- printf "%s" .image -}}{{- end }}
{{- end -}}
{{- define "ctl.digest" -}}
{{- if .digest -}}{{- printf "@%s" .digest -}}{{- end -}}
{{- end -}}
{{- define "ctl.labels" -}}
helm.sh/chart: {{ .Chart.Name }}-{{ .Chart.Version }}
app.kubernetes.io/instance: {{ .Release.Name }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
{{- if .Values.commonLabels}}
{{ toYaml .Values.commonLabels }}
{{- end }}
{{- end -}}
{{- define "ctl.params" -}}
- /controller
{{- if .Values.defaultBackend }}
- --default-backend-service=x
{{- end }}
- --election-id={{ printf "%s-leader" (include "ctl.fullname" .) }}
- --controller-class={{ .Values.controller.ingressClassResource.controllerValue }}
{{- range $key, $value := .Values.controller.extraArgs }}
{{- /* Accept keys without values or with false as value */}}
{{- if eq ($value | quote | len) 2 }}
- --{{ $key }}
{{- else }}
- --{{ $key }}={{ $value }}
{{- end }}
{{- end }}
{{- end -}}
{{- define "isControllerTagValid" -}}
{{- if not (semverCompare ">=0.27.0-0" .Values.controller.image.tag) -}}
{{- fail "Controller container image tag should be 0.27.0 or higher" -}}
{{- end -}}
{{- end -}}
{{- define "pod" -}}
metadata:
  labels: {{- include "ctl.labels" .root | nindent 4 }}
    kind: {{ .kind }}
spec:
  containers:
    - name: {{ .root.Values.controller.name }}
      {{- with (merge .root.Values.controller.image (dict "image" "x" "chroot" false)) }}
      image: {{ if .repository }}{{ .repository }}{{ else }}{{ .registry }}/{{ include "ctl.image" . }}{{ end }}:{{ .tag }}{{ include "ctl.digest" . }}
      {{- end }}
      args: {{- include "ctl.params" .root | nindent 8 }}
      ports:
      {{- range $key, $value := .root.Values.controller.containerPort }}
        - name: {{ $key }}
          containerPort: {{ $value }}
          protocol: TCP
          {{- if $.root.Values.controller.hostPort.enabled }}
          hostPort: {{ index $.root.Values.controller.hostPort.ports $key | default $value }}
          {{- end }}
      {{- end }}
      {{- range $key, $value := .root.Values.tcp }}
        - name: {{ if $.root.Values.portNamePrefix }}{{ $.root.Values.portNamePrefix }}-{{ end }}{{ $key }}-tcp
          containerPort: {{ $key }}
      {{- end }}
  topologySpreadConstraints: {{ tpl (toYaml .root.Values.controller.topologySpreadConstraints) .root | nindent 4 }}
{{- end -}}
