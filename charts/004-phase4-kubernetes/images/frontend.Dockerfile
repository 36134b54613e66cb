# syntax=docker/dockerfile:1
# {{ .Image.title }}: {{ .Values.frontend.image.repository }}:{{ .Values.frontend.image.tag }}, below {{ .Image.sizeLimitMB }} MB.

# deps: the dependencies, installed once for as long as the lock file stays the same.
FROM {{ .Image.baseImage }} AS deps
WORKDIR {{ .Image.workdir }}
COPY package.json package-lock.json ./
RUN npm ci

# builder: next.config must say output: "standalone".
FROM {{ .Image.baseImage }} AS builder
WORKDIR {{ .Image.workdir }}
COPY --from=deps {{ .Image.workdir }}/node_modules ./node_modules
COPY . .
{{- range .Image.buildArgs }}
{{- $value := $.Values }}
{{- range splitList "." .valuesPath }}{{ $value = index $value . }}{{ end }}
# {{ .description }}; the build writes it into the page.
ARG {{ .name }}
ENV {{ .name }}=${ {{- .name }}:-{{ $value -}} }
{{- end }}
ENV NEXT_TELEMETRY_DISABLED=1
RUN npm run build

# runner: the standalone server holds the production dependencies that it needs.
FROM {{ .Image.baseImage }} AS runner
{{- range $name, $value := .Image.labels }}
LABEL {{ $name }}={{ $value | quote }}
{{- end }}
RUN addgroup -S -g {{ .Image.user.uid }} {{ .Image.user.name }} \
 && adduser -S -D -H -u {{ .Image.user.uid }} -G {{ .Image.user.name }} {{ .Image.user.name }}
WORKDIR {{ .Image.workdir }}
COPY --from=builder --chown={{ .Image.user.uid }}:{{ .Image.user.uid }} {{ .Image.workdir }}/.next/standalone ./
COPY --from=builder --chown={{ .Image.user.uid }}:{{ .Image.user.uid }} {{ .Image.workdir }}/.next/static ./.next/static
COPY --from=builder --chown={{ .Image.user.uid }}:{{ .Image.user.uid }} {{ .Image.workdir }}/public ./public
ENV NODE_ENV=production \
    NEXT_TELEMETRY_DISABLED=1 \
    HOSTNAME=0.0.0.0 \
    PORT={{ .Values.frontend.service.port }}
# By number: Kubernetes can tell only from a number that it is not root.
USER {{ .Image.user.uid }}:{{ .Image.user.uid }}
EXPOSE {{ .Values.frontend.service.port }}
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s --retries=3 \
  CMD ["wget", "--quiet", "--tries=1", "--spider", "http://127.0.0.1:{{ .Values.frontend.service.port }}{{ .Image.healthcheck.path }}"]
ENTRYPOINT {{ .Image.entrypoint | toJson }}
