{{- define "lib.common.checks.run" -}}
  {{- range $id, $controller := include "lib.common.values.enabled" (dict "root" . "kind" "controllers") | fromYaml -}}
    {{- $types := list "deployment" "statefulset" "daemonset" "cronjob" -}}
    {{- $type := $controller.type | default "deployment" -}}
    {{- if not (mustHas $type $types) -}}
      {{- fail (printf "Not a valid controller.type (%s): one of %s" $type (join ", " $types)) -}}
    {{- end -}}
    {{- $containers := dict -}}
    {{- range $key, $container := $controller.containers -}}
      {{- if dig "enabled" true $container -}}{{- $_ := set $containers $key $container -}}{{- end -}}
    {{- end -}}
    {{- if not $containers -}}
      {{- fail (printf "No containers enabled for controller (%s)" $id) -}}
    {{- end -}}
    {{- if not (mustRegexMatch "^[a-z][a-z0-9-]*$" $id) -}}
      {{- fail (printf "Controller names are lower case: %s" $id) -}}
    {{- end -}}
  {{- end -}}

  {{- $controllers := include "lib.common.values.identifiers" (dict "root" . "kind" "controllers") | fromYamlArray -}}
  {{- range $id, $service := include "lib.common.values.enabled" (dict "root" . "kind" "service") | fromYaml -}}
    {{- if not (has $service.controller $controllers) -}}
      {{- if and (eq (len $controllers) 1) (not $service.controller) -}}
        {{- $_ := set (get $.Values.service $id) "controller" (first $controllers) -}}
      {{- else -}}
        {{- fail (printf "No enabled controller found with this identifier. (service: '%s', controller: '%v')" $id $service.controller) -}}
      {{- end -}}
    {{- end -}}
    {{- $ports := list -}}
    {{- range $name, $port := $service.ports -}}
      {{- $ports = append $ports (printf "%v/%s" $port.port ($port.protocol | default "TCP" | upper)) -}}
    {{- end -}}
    {{- if ne (len $ports) (len (uniq $ports)) -}}
      {{- fail (printf "Service %q has a port twice: %s" $id ($ports | sortAlpha | join ", ")) -}}
    {{- end -}}
    {{- if empty $ports -}}
      {{- fail (printf "No ports are enabled for the service with key %q" $id) -}}
    {{- end -}}
  {{- end -}}
{{- end -}}

{{- define "lib.common.checks.deprecated" -}}
  {{- $old := dict "controller" "controllers.main" "env" "controllers.main.containers.main.env" "podSecurityContext" "defaultPodOptions.securityContext" "configmap" "configMaps" -}}
  {{- $used := list -}}
  {{- range $from, $to := $old -}}
    {{- if hasKey $.Values $from -}}
      {{- $used = append $used (printf "  %-20s is now %s" $from $to) -}}
    {{- end -}}
  {{- end -}}
  {{- if $used -}}
    {{- if .Values.ignoreDeprecations -}}
      {{- $_ := set .Values "deprecationNotices" $used -}}
    {{- else -}}
      {{- fail (printf "\n\nThese values have moved:\n%s\n" (join "\n" $used)) -}}
    {{- end -}}
  {{- end -}}
{{- end -}}
