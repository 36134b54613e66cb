{{- define "common.validations.values.multiple.empty" -}}
  {{- range .required -}}
    {{- include "common.validations.values.single.empty" (dict "valueKey" .valueKey "secret" .secret "field" .field "context" $.context) -}}
  {{- end -}}
{{- end -}}

{{- define "common.validations.values.single.empty" -}}
  {{- $value := include "common.utils.getValueFromKey" (dict "key" .valueKey "context" .context) }}
  {{- $subchart := ternary "" (printf "%s." .subchart) (empty .subchart) }}
  {{- if not $value -}}
    {{- $variable := "my-value" -}}
    {{- $getCurrent := "" -}}
    {{- if and .secret .field -}}
      {{- $variable = include "common.utils.fieldToEnvVar" . -}}
      {{- $getCurrent = printf " To get the current value:\n\n        %s\n" (include "common.utils.secret.getvalue" .) -}}
    {{- end -}}
    {{- printf "\n    '%s' must not be empty, please add '--set %s%s=$%s' to the command.%s" .valueKey $subchart .valueKey $variable $getCurrent -}}
  {{- end -}}
{{- end -}}

{{- define "common.errors.upgrade.passwords.empty" -}}
  {{- $problems := join "" .validationErrors -}}
  {{- if and $problems .context.Release.IsUpgrade -}}
    {{- $text := "\nPASSWORDS ERROR: You must provide your current passwords when upgrading the release." -}}
    {{- $text = print $text "\n                 Note that even after reinstallation, old credentials may be needed as they may be kept in persistent volume claims." -}}
    {{- $text = print $text "\n%s" -}}
    {{- printf $text $problems | fail -}}
  {{- end -}}
{{- end -}}

{{- define "common.warnings.rollingTag" -}}
{{- if and (contains "/" .repository) (not (.tag | toString | regexFind "-r\\d+$|sha256:")) }}
WARNING: Rolling tag detected ({{ .repository }}:{{ .tag }}), please note that it is strongly recommended to avoid using rolling tags in a production environment.
{{- end }}
{{- end -}}

{{- define "common.warnings.resources" -}}
{{- $values := .context.Values -}}
{{- $affected := list -}}
{{- range .sections -}}
  {{- $section := . -}}
  {{- $here := $values -}}
  {{- range (splitList "." $section) -}}
    {{- $here = index $here . -}}
  {{- end -}}
  {{- if and $here (not $here.resources) -}}
    {{- if and (hasKey $here "enabled") (not $here.enabled) -}}
    {{- else if not (has $here.resourcesPreset (list "small" "medium" "large")) -}}
      {{- $affected = append $affected (printf "  - %s.resources" $section) -}}
    {{- end -}}
  {{- end -}}
{{- end -}}
{{- if $affected }}

WARNING: There are "resources" sections in the chart not set. Using "resourcesPreset" is not recommended for production. For production installations, please set the following values according to your workload needs:
{{ join "\n" (sortAlpha $affected) }}
{{- end }}
{{- end -}}
