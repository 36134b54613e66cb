{{/* Labels that every object carries: the recommended ones, with the component beside them. */}}
{{- define "todo.labels" -}}
{{ include "todo.selectorLabels" . }}
app.kubernetes.io/version: {{ .root.Chart.AppVersion | quote }}
app.kubernetes.io/part-of: todo
app.kubernetes.io/managed-by: {{ .root.Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .root.Chart.Name .root.Chart.Version }}
{{- end }}

{{/* Labels that find the pods of a component; they must never change. */}}
{{- define "todo.selectorLabels" -}}
app.kubernetes.io/name: {{ .root.Chart.Name }}
app.kubernetes.io/instance: {{ .root.Release.Name }}
app.kubernetes.io/component: {{ .component }}
{{- end }}

{{/* Repository and tag of an image. */}}
{{- define "todo.image" -}}
{{ .repository }}:{{ .tag }}
{{- end }}

{{/* An HTTP probe on the port named http. */}}
{{- define "todo.probe" -}}
httpGet:
  path: {{ .path }}
  port: http
initialDelaySeconds: {{ .initialDelaySeconds }}
periodSeconds: {{ .periodSeconds }}
{{- end }}

{{/* What a container may do: nothing that the application does not need. */}}
{{- define "todo.containerSecurity" -}}
allowPrivilegeEscalation: false
capabilities:
  drop:
    - ALL
{{- end }}
