{{/*
The ports of a Service. Usage: {{ include "gateway.servicePorts" (dict "service" .Values.controller.service "context" $) }}
*/}}
{{- define "gateway.servicePorts" -}}
{{- $type := default .context.Values.controller.service.type .service.type -}}
{{- $setNodePorts := (or (eq $type "NodePort") (eq $type "LoadBalancer")) -}}
{{- range $name := list "http" "https" }}
{{- if index $.context.Values.controller.service (printf "enable%s" (title $name)) }}
- name: {{ $name }}
  port: {{ index (default dict $.service.ports) $name | default (index $.context.Values.controller.service.ports $name) }}
  protocol: TCP
  targetPort: {{ index (coalesce $.service.targetPorts $.context.Values.controller.service.targetPorts) $name }}
  {{- if and (semverCompare ">=1.20.0-0" $.context.Capabilities.KubeVersion.Version) $.context.Values.controller.service.appProtocol }}
  appProtocol: {{ $name }}
  {{- end }}
  {{- if (and $setNodePorts (not (empty (dig "nodePorts" $name "" $.service)))) }}
  nodePort: {{ index $.service.nodePorts $name }}
  {{- end }}
{{- end }}
{{- end }}
{{- range $protocol := list "tcp" "udp" }}
{{- range $key, $value := index $.context.Values $protocol }}
- name: {{ if $.context.Values.portNamePrefix }}{{ $.context.Values.portNamePrefix }}-{{ end }}{{ $key }}-{{ $protocol }}
  port: {{ $key }}
  protocol: {{ upper $protocol }}
  targetPort: {{ if $.context.Values.portNamePrefix }}{{ $.context.Values.portNamePrefix }}-{{ end }}{{ $key }}-{{ $protocol }}
  {{- if and $.service.nodePorts (index (default dict $.service.nodePorts) $protocol) }}
  {{- if index $.service.nodePorts $protocol $key }}
  nodePort: {{ index $.service.nodePorts $protocol $key }}
  {{- end }}
  {{- end }}
{{- end }}
{{- end }}
{{- end -}}
