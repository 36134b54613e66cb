{{- define "common.capabilities.kubeVersion" -}}
{{- default (default .Capabilities.KubeVersion.Version .Values.kubeVersion) ((.Values.global).kubeVersion) -}}
{{- end -}}

{{- define "common.capabilities.apiVersions.has" -}}
{{- $given := default .context.Values.apiVersions ((.context.Values.global).apiVersions) -}}
{{- if $given -}}
    {{- has .version $given -}}
{{- else -}}
    {{- .context.Capabilities.APIVersions.Has .version -}}
{{- end -}}
{{- end -}}

{{- define "common.capabilities.policy.apiVersion" -}}
{{- $version := include "common.capabilities.kubeVersion" . -}}
{{- if and (not (empty $version)) (semverCompare "<1.21-0" $version) -}}
{{- print "policy/v1beta1" -}}
{{- else -}}
{{- print "policy/v1" -}}
{{- end -}}
{{- end -}}

{{- define "common.capabilities.networkPolicy.apiVersion" -}}
{{- if semverCompare "<1.7-0" (include "common.capabilities.kubeVersion" .) -}}
{{- print "extensions/v1beta1" -}}
{{- else -}}
{{- print "networking.k8s.io/v1" -}}
{{- end -}}
{{- end -}}

{{- define "common.capabilities.statefulset.apiVersion" -}}
{{- print "apps/v1" -}}
{{- end -}}

{{- define "common.capabilities.hpa.apiVersion" -}}
{{- $version := include "common.capabilities.kubeVersion" .context -}}
{{- if and (not (empty $version)) (semverCompare "<1.23-0" $version) -}}
{{- if .beta2 -}}
{{- print "autoscaling/v2beta2" -}}
{{- else -}}
{{- print "autoscaling/v2beta1" -}}
{{- end -}}
{{- else -}}
{{- print "autoscaling/v2" -}}
{{- end -}}
{{- end -}}

{{- define "common.capabilities.psp.supported" -}}
{{- $version := include "common.capabilities.kubeVersion" . -}}
{{- if or (empty $version) (semverCompare "<1.25-0" $version) -}}
  {{- true -}}
{{- end -}}
{{- end -}}

{{- define "common.capabilities.supportsSidecars" -}}
{{- if semverCompare ">=1.29-0" (include "common.capabilities.kubeVersion" .) -}}true{{- end -}}
{{- end -}}
