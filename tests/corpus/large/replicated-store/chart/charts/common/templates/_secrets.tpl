{{/*
The name of the Secret to use: the existing one, or the one that this chart makes.
Usage: {{ include "common.secrets.name" (dict "existingSecret" .Values.auth.existingSecret "defaultNameSuffix" "auth" "context" $) }}
*/}}
{{- define "common.secrets.name" -}}
{{- $name := (include "common.names.fullname" .context) -}}
{{- if .defaultNameSuffix -}}
{{- $name = printf "%s-%s" $name .defaultNameSuffix | trunc 63 | trimSuffix "-" -}}
{{- end -}}
{{- with .existingSecret -}}
{{- if not (typeIs "string" .) -}}
{{- with .name -}}
{{- $name = . -}}
{{- end -}}
{{- else -}}
{{- $name = . -}}
{{- end -}}
{{- end -}}
{{- printf "%s" $name -}}
{{- end -}}

{{- define "common.secrets.key" -}}
{{- $key := .key -}}
{{- if .existingSecret -}}
  {{- if not (typeIs "string" .existingSecret) -}}
    {{- if .existingSecret.keyMapping -}}
      {{- $key = index .existingSecret.keyMapping $.key -}}
    {{- end -}}
  {{- end -}}
{{- end -}}
{{- printf "%s" $key -}}
{{- end -}}

{{/*
A password: the one in the cluster, the one in the values, or a new one, quoted and in base64.
*/}}
{{- define "common.secrets.passwords.manage" -}}
{{- $password := "" }}
{{- $subchart := "" }}
{{- $chartName := default "" .chartName }}
{{- $length := default 10 .length }}
{{- $providedKey := include "common.utils.getKeyFromList" (dict "keys" .providedValues "context" $.context) }}
{{- $provided := include "common.utils.getValueFromKey" (dict "key" $providedKey "context" $.context) }}
{{- $found := (lookup "v1" "Secret" (include "common.names.namespace" .context) .secret).data }}
{{- if $found }}
  {{- if hasKey $found .key }}
    {{- $password = index $found .key | b64dec }}
  {{- else if not (eq .failOnNew false) }}
    {{- printf "\nPASSWORDS ERROR: The secret \"%s\" has no key \"%s\"\n" .secret .key | fail -}}
  {{- end -}}
{{- end }}
{{- if and $provided .honorProvidedValues }}
  {{- $password = tpl ($provided | toString) .context }}
{{- end }}
{{- if not $password }}
  {{- if $provided }}
    {{- $password = tpl ($provided | toString) .context }}
  {{- else }}
    {{- if .context.Values.enabled }}
      {{- $subchart = $chartName }}
    {{- end -}}
    {{- if not (eq .failOnNew false) }}
      {{- $required := dict "valueKey" $providedKey "secret" .secret "field" .key "subchart" $subchart "context" $.context -}}
      {{- $missing := list (include "common.validations.values.single.empty" $required) -}}
      {{- include "common.errors.upgrade.passwords.empty" (dict "validationErrors" $missing "context" $.context) -}}
    {{- end }}
    {{- if .strong }}
      {{- $parts := list (lower (randAlpha 1)) (upper (randAlpha 1)) (randNumeric 1) (randAscii 1) }}
      {{- $password = randAscii $length }}
      {{- $password = regexReplaceAllLiteral "\\W" $password "@" | substr 5 $length }}
      {{- $password = printf "%s%s" (join "" $parts) $password | toString | shuffle }}
    {{- else }}
      {{- $password = randAlphaNum $length }}
    {{- end }}
  {{- end -}}
{{- end -}}
{{- if not .skipB64enc }}
{{- $password = $password | b64enc }}
{{- end -}}
{{- if .skipQuote -}}
{{- printf "%s" $password -}}
{{- else -}}
{{- printf "%s" $password | quote -}}
{{- end -}}
{{- end -}}

{{- define "common.secrets.exists" -}}
{{- if (lookup "v1" "Secret" (include "common.names.namespace" .context) .secret) }}
  {{- true -}}
{{- end -}}
{{- end -}}
