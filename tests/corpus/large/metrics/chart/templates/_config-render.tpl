{{ include "metrics.unstructuredConfig" . }}
