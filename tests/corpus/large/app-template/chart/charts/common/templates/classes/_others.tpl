{{- define "lib.common.class.service" -}}
{{- $root := .root -}}
{{- $service := .object -}}
{{- $type := $service.type | default "ClusterIP" -}}
apiVersion: v1
kind: Service
metadata:
  {{- include "lib.common.metadata" (dict "root" $root "name" .name "object" $service "labels" (dict "app.kubernetes.io/service" .name)) | nindent 2 }}
spec:
  type: {{ $type }}
  {{- if has $type (list "ClusterIP" "NodePort" "LoadBalancer") }}
  {{- with $service.clusterIP }}
  clusterIP: {{ . }}
  {{- end }}
  {{- end }}
  {{- if eq $type "LoadBalancer" }}
  {{- range $key, $value := pick $service "loadBalancerIP" "loadBalancerClass" "externalTrafficPolicy" "allocateLoadBalancerNodePorts" }}
  {{ $key }}: {{ $value }}
  {{- end }}
  {{- with $service.loadBalancerSourceRanges }}
  loadBalancerSourceRanges: {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- end }}
  {{- with $service.ipFamilies }}
  ipFamilies:
    {{- . | toYaml | nindent 4 }}
  {{- end }}
  ports:
  {{- range $id := keys $service.ports | sortAlpha }}
  {{- $port := get $service.ports $id }}
  {{- if dig "enabled" true $port }}
    - port: {{ $port.port }}
      targetPort: {{ $port.targetPort | default $id }}
      protocol: {{ if $port.protocol }}{{ if has $port.protocol (list "HTTP" "HTTPS" "TCP") }}TCP{{ else }}{{ $port.protocol }}{{ end }}{{ else }}TCP{{ end }}
      name: {{ $id }}
      {{- if and (eq $type "NodePort") (not (empty $port.nodePort)) }}
      nodePort: {{ $port.nodePort }}
      {{- end }}
      {{- with $port.appProtocol }}
      appProtocol: {{ . }}
      {{- end }}
  {{- end }}
  {{- end }}
  selector:
    {{- merge ($service.extraSelectorLabels | default dict) (dict "app.kubernetes.io/component" $service.controller) (include "lib.common.labels.selector" $root | fromYaml) | toYaml | nindent 4 }}
{{- end -}}

{{- define "lib.common.class.ingress" -}}
{{- $root := .root -}}
{{- $ingress := .object -}}
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  {{- include "lib.common.metadata" (dict "root" $root "name" .name "object" $ingress) | nindent 2 }}
spec:
  {{- with $ingress.className }}
  ingressClassName: {{ tpl . $root }}
  {{- end }}
  {{- if $ingress.tls }}
  tls:
    {{- range $ingress.tls }}
    - hosts:
        {{- range .hosts }}
        - {{ tpl . $root | quote }}
        {{- end }}
      {{- if .secretName }}
      secretName: {{ tpl .secretName $root }}
      {{- end }}
    {{- end }}
  {{- end }}
  rules:
    {{- range $host := $ingress.hosts }}
    - host: {{ tpl $host.host $root | quote }}
      http:
        paths:
          {{- range $host.paths }}
          {{- $service := .service | default dict }}
          {{- $name := $service.name }}
          {{- $port := $service.port }}
          {{- if not $name }}
            {{- $id := $service.identifier | default "main" }}
            {{- $ours := get $root.Values.service $id }}
            {{- if not $ours }}
              {{- fail (printf "No enabled service found with this identifier. (ingress: '%s', identifier: '%s')" $ingress.identifier $id) }}
            {{- end }}
            {{- $name = include "lib.common.names.object" (dict "root" $root "kind" "service" "identifier" $id "object" $ours) }}
            {{- if not $port }}
              {{- $port = (include "lib.common.service.primaryPort" (dict "service" $ours) | fromYaml).port }}
            {{- end }}
          {{- end }}
          - path: {{ tpl .path $root }}
            pathType: {{ default "Prefix" .pathType }}
            backend:
              service:
                name: {{ $name }}
                port:
                  {{- if or (kindIs "float64" $port) (kindIs "int64" $port) }}
                  number: {{ $port | int }}
                  {{- else }}
                  name: {{ $port }}
                  {{- end }}
          {{- end }}
    {{- end }}
{{- end -}}

{{- define "lib.common.class.pvc" -}}
{{- $root := .root -}}
{{- $claim := .object -}}
apiVersion: v1
kind: PersistentVolumeClaim
metadata:
  {{- $keep := ternary (dict "helm.sh/resource-policy" "keep") dict ($claim.retain | default false) }}
  {{- include "lib.common.metadata" (dict "root" $root "name" .name "object" $claim "annotations" $keep) | nindent 2 }}
spec:
  accessModes:
    - {{ required (printf "accessMode is required for PVC %s" .name) $claim.accessMode | quote }}
  resources:
    requests:
      storage: {{ required (printf "size is required for PVC %s" .name) $claim.size | quote }}
  {{- if $claim.storageClass }}
  storageClassName: {{ if eq "-" $claim.storageClass }}""{{ else }}{{ $claim.storageClass | quote }}{{ end }}
  {{- end }}
{{- end -}}

{{- define "lib.common.class.configMap" -}}
apiVersion: v1
kind: ConfigMap
metadata:
  {{- include "lib.common.metadata" (dict "root" .root "name" .name "object" .object) | nindent 2 }}
{{- with .object.data }}
data:
  {{- range $key, $value := . }}
  {{- if kindIs "string" $value }}
  {{ $key }}: {{ tpl $value $.root | toYaml | indent 2 | trim }}
  {{- else }}
  {{ $key }}: |
    {{- tpl (toYaml $value) $.root | nindent 4 }}
  {{- end }}
  {{- end }}
{{- end }}
{{- with .object.binaryData }}
binaryData: {{- toYaml . | nindent 2 }}
{{- end }}
{{- end -}}

{{- define "lib.common.class.secret" -}}
{{- $data := dict -}}
{{- range $key, $value := .object.stringData -}}
  {{- $_ := set $data $key (tpl (ternary $value (toJson $value) (kindIs "string" $value)) $.root | b64enc) -}}
{{- end -}}
apiVersion: v1
kind: Secret
type: {{ .object.type | default "Opaque" }}
metadata:
  {{- include "lib.common.metadata" (dict "root" .root "name" .name "object" .object) | nindent 2 }}
{{- with $data }}
data: {{- toYaml . | nindent 2 }}
{{- end }}
{{- end -}}

{{- define "lib.common.class.networkPolicy" -}}
{{- $policy := .object -}}
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  {{- include "lib.common.metadata" (dict "root" .root "name" .name "object" $policy) | nindent 2 }}
spec:
  podSelector:
    {{- if hasKey $policy "podSelector" }}
    {{- toYaml $policy.podSelector | nindent 4 }}
    {{- else }}
    matchLabels:
      app.kubernetes.io/component: {{ $policy.controller }}
      {{- include "lib.common.labels.selector" .root | nindent 6 }}
    {{- end }}
  policyTypes: {{ toJson $policy.policyTypes }}
  {{- range $direction, $rules := pick ($policy.rules | default dict) "ingress" "egress" }}
  {{ $direction }}:
    {{- tpl (toYaml $rules) $.root | nindent 4 }}
  {{- end }}
{{- end -}}

{{- define "lib.common.class.serviceMonitor" -}}
{{- $root := .root -}}
{{- $monitor := .object -}}
apiVersion: monitoring.coreos.com/v1
kind: ServiceMonitor
metadata:
  {{- include "lib.common.metadata" (dict "root" $root "name" .name "object" $monitor) | nindent 2 }}
spec:
  jobLabel: {{ $monitor.jobLabel | default (printf "%s" .name) | squote }}
  namespaceSelector:
    matchNames: [ {{ $root.Release.Namespace }} ]
  selector:
    {{- if $monitor.selector }}
    {{- tpl ($monitor.selector | toYaml) $root | nindent 4 }}
    {{- else }}
    matchLabels:
      app.kubernetes.io/service: {{ tpl (required "serviceMonitor.serviceName" $monitor.serviceName) $root }}
      {{- include "lib.common.labels.selector" $root | nindent 6 }}
    {{- end }}
  endpoints: {{- toYaml (required (printf "endpoints are required for serviceMonitor %v" .identifier) $monitor.endpoints) | nindent 4 }}
{{- end -}}
