{{/* Gives the containers of a controller their defaults: { root, controller } */}}
{{- define "lib.common.containers.defaults" -}}
  {{- $controller := .controller -}}
  {{- $strategy := dig "defaultContainerOptionsStrategy" "overwrite" $controller -}}
  {{- $defaults := dig "defaultContainerOptions" dict $controller | default dict -}}
  {{- $applied := dict -}}
  {{- range $key, $container := .containers -}}
    {{- $values := deepCopy $container -}}
    {{- if $defaults -}}
      {{- if eq $strategy "merge" -}}
        {{- $values = mustMerge $values (deepCopy $defaults) -}}
      {{- else if eq $strategy "overwrite" -}}
        {{- range $option, $value := $defaults -}}
          {{- if not (hasKey $values $option) -}}
            {{- $_ := set $values $option $value -}}
          {{- end -}}
        {{- end -}}
      {{- else -}}
        {{- fail (printf "Unknown strategy %q of controller %q" $strategy $controller.identifier) -}}
      {{- end -}}
    {{- end -}}
    {{- $_ := set $values "identifier" $key -}}
    {{- $_ := set $applied $key $values -}}
  {{- end -}}
  {{- toYaml $applied -}}
{{- end -}}

{{/* Containers in their order: by dependsOn, then by order, then by name: { containers } */}}
{{- define "lib.common.containers.sorted" -}}
  {{- $graph := dict -}}
  {{- range $key, $container := .containers -}}
    {{- $after := $container.dependsOn -}}
    {{- if kindIs "string" $after -}}
      {{- $after = list $after -}}
    {{- else if kindIs "map" $after -}}
      {{- fail (printf "Container %q: dependsOn is a name or a list" $key) -}}
    {{- end -}}
    {{- $_ := set $graph $key ($after | default list) -}}
  {{- end -}}
  {{- $done := list -}}
  {{- range $round := until (add1 (len $graph) | int) -}}
    {{- range $key := keys $graph | sortAlpha -}}
      {{- if not (has $key $done) -}}
        {{- $left := get $graph $key -}}
        {{- range $done -}}
          {{- $left = without $left . -}}
        {{- end -}}
        {{- if empty $left -}}
          {{- $done = append $done $key -}}
        {{- end -}}
      {{- end -}}
    {{- end -}}
  {{- end -}}
  {{- if ne (len $done) (len $graph) -}}
    {{- $stuck := keys $graph | sortAlpha -}}
    {{- range $done -}}{{- $stuck = without $stuck . -}}{{- end -}}
    {{- fail (printf "Containers wait for each other or for nobody: %s" (join ", " $stuck)) -}}
  {{- end -}}
  {{- $done | toYaml -}}
{{- end -}}

{{- define "lib.common.container.image" -}}
  {{- $image := .container.image -}}
  {{- $root := .root -}}
  {{- if kindIs "string" $image -}}
    {{- tpl $image $root -}}
  {{- else if kindIs "map" $image -}}
    {{- $repository := required (printf "No image repository specified for container (container: %s, controller: %s)" .container.identifier .controller.identifier) $image.repository -}}
    {{- $tag := $image.tag -}}
    {{- if kindIs "float64" $tag -}}
      {{- $tag = $tag | toString -}}
    {{- end -}}
    {{- $reference := printf "%s:%s" (tpl $repository $root) (tpl ($tag | default $root.Chart.AppVersion | toString) $root) -}}
    {{- if $image.digest -}}
      {{- $reference = printf "%s@%s" $reference $image.digest -}}
    {{- end -}}
    {{- $reference -}}
  {{- else -}}
    {{- fail (printf "Image of container %q is a %s" .container.identifier (kindOf $image)) -}}
  {{- end -}}
{{- end -}}

{{/* env: of a container in every way of writing it: { root, container } */}}
{{- define "lib.common.container.env" -}}
  {{- $root := .root -}}
  {{- $env := .container.env -}}
  {{- $out := list -}}
  {{- if kindIs "slice" $env -}}
    {{- range $item := $env -}}
      {{- if hasKey $item "name" -}}
        {{- if not (or (hasKey $item "valueFrom") (kindIs "string" (get $item "value"))) -}}
          {{- $item = set (deepCopy $item) "value" (toString $item.value) -}}
        {{- end -}}
        {{- $out = append $out (fromYaml (tpl (toYaml $item) $root)) -}}
      {{- else -}}
        {{- range $name, $value := $item -}}
          {{- $out = append $out (dict "name" $name "value" (tpl (toString $value) $root)) -}}
        {{- end -}}
      {{- end -}}
    {{- end -}}
  {{- else if kindIs "map" $env -}}
    {{- range $name := keys $env | sortAlpha -}}
      {{- $value := get $env $name -}}
      {{- if kindIs "invalid" $value -}}
        {{- $out = append $out (dict "name" $name) -}}
      {{- else if kindIs "map" $value -}}
        {{- $entry := dict "name" $name -}}
        {{- if hasKey $value "value" -}}
          {{- $_ := set $entry "value" (tpl (toString $value.value) $root) -}}
        {{- else if hasKey $value "valueFrom" -}}
          {{- $_ := set $entry "valueFrom" (tpl (toYaml $value.valueFrom) $root | fromYaml) -}}
        {{- else -}}
          {{- $_ := set $entry "valueFrom" (tpl (toYaml (omit $value "dependsOn")) $root | fromYaml) -}}
        {{- end -}}
        {{- $out = append $out $entry -}}
      {{- else if kindIs "slice" $value -}}
        {{- $out = append $out (dict "name" $name "value" (join "," $value)) -}}
      {{- else if kindIs "bool" $value -}}
        {{- $out = append $out (dict "name" $name "value" (ternary "true" "false" $value)) -}}
      {{- else if or (kindIs "float64" $value) (kindIs "int64" $value) -}}
        {{- $out = append $out (dict "name" $name "value" ($value | int64 | toString)) -}}
      {{- else -}}
        {{- $out = append $out (dict "name" $name "value" (tpl $value $root)) -}}
      {{- end -}}
    {{- end -}}
  {{- end -}}
  {{- if $out -}}
    {{- $out | toYaml -}}
  {{- end -}}
{{- end -}}

{{- define "lib.common.container.envFrom" -}}
  {{- $root := .root -}}
  {{- $out := list -}}
  {{- range $source := .container.envFrom -}}
    {{- if $source.config -}}
      {{- $out = append $out (dict "configMapRef" (dict "name" (include "lib.common.reference" (dict "root" $root "kind" "configMaps" "identifier" $source.config)))) -}}
    {{- else if $source.secret -}}
      {{- $out = append $out (dict "secretRef" (dict "name" (include "lib.common.reference" (dict "root" $root "kind" "secrets" "identifier" $source.secret)))) -}}
    {{- else -}}
      {{- $out = append $out (tpl (toYaml $source) $root | fromYaml) -}}
    {{- end -}}
  {{- end -}}
  {{- with $out -}}{{- toYaml . -}}{{- end -}}
{{- end -}}

{{/* A name, or the identifier of one of our own objects: { root, kind, identifier } */}}
{{- define "lib.common.reference" -}}
  {{- $object := get (get .root.Values .kind) .identifier -}}
  {{- if $object -}}
    {{- include "lib.common.names.object" (dict "root" .root "kind" .kind "identifier" .identifier "object" $object) -}}
  {{- else -}}
    {{- tpl .identifier .root -}}
  {{- end -}}
{{- end -}}

{{/* The probes of a container: { root, controller, container } */}}
{{- define "lib.common.container.probes" -}}
  {{- $root := .root -}}
  {{- $container := .container -}}
  {{- $port := include "lib.common.service.primaryPort" (dict "root" $root "controller" .controller) | fromYaml -}}
  {{- range $probe := list "liveness" "readiness" "startup" -}}
    {{- $spec := dig "probes" $probe dict $container -}}
    {{- if $spec.enabled -}}
      {{- $out := dict -}}
      {{- if $spec.custom -}}
        {{- $out = $spec.spec | default dict -}}
      {{- else -}}
        {{- $type := $spec.type | default (ternary "HTTP" "TCP" (has (upper (dig "protocol" "tcp" $port)) (list "HTTP" "HTTPS"))) -}}
        {{- $number := $spec.port | default (dig "targetPort" (dig "port" 0 $port) $port) -}}
        {{- if kindIs "string" $number -}}{{- $number = tpl $number $root -}}{{- end -}}
        {{- if regexMatch "^[0-9]+$" (toString $number) -}}{{- $number = $number | int -}}{{- end -}}
        {{- if eq $type "TCP" -}}
          {{- $_ := set $out "tcpSocket" (dict "port" $number) -}}
        {{- else if has $type (list "HTTP" "HTTPS") -}}
          {{- $_ := set $out "httpGet" (dict "path" ($spec.path | default "/") "port" $number "scheme" $type) -}}
        {{- else if eq $type "GRPC" -}}
          {{- $_ := set $out "grpc" (dict "port" $number) -}}
        {{- else if eq $type "EXEC" -}}
          {{- $_ := set $out "exec" (dict "command" $spec.command) -}}
        {{- else -}}
          {{- fail (printf "Probe type %v not supported" $type) -}}
        {{- end -}}
        {{- $out = merge $out (pick ($spec.spec | default dict) "initialDelaySeconds" "timeoutSeconds" "periodSeconds" "failureThreshold" "successThreshold") -}}
      {{- end }}
{{ $probe }}Probe: {{- $out | toYaml | nindent 2 }}
    {{- end -}}
  {{- end -}}
{{- end -}}

{{/* volumeMounts: of a container: { root, controller, container } */}}
{{- define "lib.common.container.mounts" -}}
  {{- $root := .root -}}
  {{- $cid := .controller.identifier -}}
  {{- $kid := .container.identifier -}}
  {{- $mounts := list -}}
  {{- range $id, $claim := include "lib.common.values.enabled" (dict "root" $root "kind" "persistence") | fromYaml -}}
    {{- $own := list -}}
    {{- range $mount := $claim.globalMounts -}}
      {{- $own = append $own $mount -}}
    {{- end -}}
    {{- range $mount := dig "advancedMounts" $cid $kid list $claim -}}
      {{- $own = append $own $mount -}}
    {{- end -}}
    {{- if and (not (hasKey $claim "globalMounts")) (not (hasKey $claim "advancedMounts")) -}}
      {{- $own = list (dict "path" (printf "/%s" $id)) -}}
    {{- end -}}
    {{- range $mount := $own -}}
      {{- $path := $mount.path -}}
      {{- if not $path -}}
        {{- $path = ternary $claim.hostPath (printf "/%s" $id) (eq ($claim.type | default "persistentVolumeClaim") "hostPath") -}}
      {{- end -}}
      {{- $entry := dict "name" $id "mountPath" (tpl $path $root) -}}
      {{- with $mount.subPath -}}{{- $_ := set $entry "subPath" (tpl . $root) -}}{{- end -}}
      {{- if $mount.readOnly -}}{{- $_ := set $entry "readOnly" true -}}{{- end -}}
      {{- $mounts = append $mounts $entry -}}
    {{- end -}}
  {{- end -}}
  {{- if $mounts -}}{{- $mounts | uniq | toYaml -}}{{- end -}}
{{- end -}}
