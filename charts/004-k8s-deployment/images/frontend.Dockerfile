# {{ .Image.title }}, from {{ .Image.buildContext }}. Needs output: "standalone" in next.config.
FROM {{ .Image.baseImage }} AS builder
WORKDIR {{ .Image.workdir }}
ENV NEXT_TELEMETRY_DISABLED=1
COPY package.json package-lock.json ./
RUN npm ci
COPY . .
{{- range .Image.buildArgs }}
{{- $value := $.Values }}
{{- range splitList "." .valuesPath }}{{ $value = index $value . }}{{ end }}
# {{ .description }}; the build writes it into the page.
ARG {{ .name }}
ENV {{ .name }}=${ {{- .name }}:-{{ $value -}} }
{{- end }}
RUN npm run build

FROM {{ .Image.baseImage }} AS runner
{{- range $name, $text := .Image.labels }}
LABEL {{ $name }}={{ $text | quote }}
{{- end }}
ENV NODE_ENV=production \
    NEXT_TELEMETRY_DISABLED=1 \
    HOSTNAME=0.0.0.0 \
    PORT={{ .Image.port }}
RUN addgroup -S -g {{ .Image.user.uid }} {{ .Image.user.name }} \
    && adduser -S -u {{ .Image.user.uid }} -G {{ .Image.user.name }} {{ .Image.user.name }}
WORKDIR {{ .Image.workdir }}
COPY --from=builder {{ .Image.workdir }}/public ./public
COPY --from=builder --chown={{ .Image.user.uid }}:{{ .Image.user.uid }} {{ .Image.workdir }}/.next/standalone ./
COPY --from=builder --chown={{ .Image.user.uid }}:{{ .Image.user.uid }} {{ .Image.workdir }}/.next/static ./.next/static
# By number, so that Kubernetes can see that it is not root.
USER {{ .Image.user.uid }}:{{ .Image.user.uid }}
EXPOSE {{ .Image.port }}
HEALTHCHECK --interval=30s --timeout=3s --start-period=15s --retries=3 \
    CMD ["wget", "-q", "--spider", "http://127.0.0.1:{{ .Image.port }}{{ .Image.healthcheck.path }}"]
ENTRYPOINT {{ .Image.entrypoint | toJson }}
