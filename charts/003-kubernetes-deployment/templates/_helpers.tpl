{{/* Labels that every object carries: the documented ones, and the recommended ones beside them. */}}
{{- define "todo-app.labels" -}}
{{ include "todo-app.selectorLabels" . }}
version: {{ .version | quote }}
app.kubernetes.io/name: {{ .root.Chart.Name }}
app.kubernetes.io/component: {{ .component }}
app.kubernetes.io/version: {{ .root.Chart.AppVersion | quote }}
app.kubernetes.io/part-of: todo-app
app.kubernetes.io/managed-by: {{ .root.Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .root.Chart.Name .root.Chart.Version }}
{{- end }}

{{/* Labels that find the pods of a component. A selector never changes: the version stays out of it. */}}
{{- define "todo-app.selectorLabels" -}}
app: {{ .root.Chart.Name }}
component: {{ .component }}
app.kubernetes.io/instance: {{ .root.Release.Name }}
{{- end }}

{{/* Registry, name and tag of an image. */}}
{{- define "todo-app.image" -}}
{{- with .registry }}{{ . }}/{{ end }}{{ .repository }}:{{ .tag }}
{{- end }}

{{/* Name of a service in the cluster's DNS. */}}
{{- define "todo-app.dns" -}}
{{ .service }}.{{ .root.Values.namespace.name }}.svc.cluster.local
{{- end }}

{{/* An HTTP probe: the probe's values, and the container's port. */}}
{{- define "todo-app.probe" -}}
httpGet:
  path: {{ .probe.path }}
  port: {{ .port }}
initialDelaySeconds: {{ .probe.initialDelaySeconds }}
periodSeconds: {{ .probe.periodSeconds }}
timeoutSeconds: {{ .probe.timeoutSeconds }}
failureThreshold: {{ .probe.failureThreshold }}
successThreshold: {{ .probe.successThreshold }}
{{- end }}

{{/* How an old pod makes room for a new one. */}}
{{- define "todo-app.strategy" -}}
type: {{ .type }}
{{- if eq .type "RollingUpdate" }}
rollingUpdate:
  maxUnavailable: {{ .maxUnavailable }}
  maxSurge: {{ .maxSurge }}
{{- end }}
{{- end }}

{{/* Who the processes of a pod are: the documented user, never root. */}}
{{- define "todo-app.podSecurity" -}}
runAsNonRoot: true
runAsUser: {{ .runAsUser }}
runAsGroup: {{ .runAsUser }}
fsGroup: {{ .runAsUser }}
seccompProfile:
  type: RuntimeDefault
{{- end }}

{{/* What a container may do: nothing that the application does not need. */}}
{{- define "todo-app.containerSecurity" -}}
allowPrivilegeEscalation: false
capabilities:
  drop:
    - ALL
{{- end }}
