# syntax=docker/dockerfile:1
{{- $tag := .Values.frontend.image.tag }}
# {{ .Image.title }}: {{ .Values.frontend.image.repository }}:{{ $tag }} (both images together stay under 600 MB).

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
ENV NEXT_TELEMETRY_DISABLED=1
RUN npm run build

# runtime: the standalone server holds the production dependencies that it needs.
FROM {{ .Image.baseImage }} AS runtime
{{- range .Image.buildArgs }}
# {{ .description }}.
ARG {{ .name }}=""
{{- end }}
LABEL org.opencontainers.image.version={{ $tag | quote }} \
      org.opencontainers.image.revision="${REVISION}"
{{- range $name, $value := .Image.labels }}
LABEL {{ $name }}={{ $value | quote }}
{{- end }}
WORKDIR {{ .Image.workdir }}
# The base image brings the user {{ .Image.user.name }} with the user ID {{ .Image.user.uid }}.
COPY --from=builder --chown={{ .Image.user.uid }}:{{ .Image.user.uid }} {{ .Image.workdir }}/.next/standalone ./
COPY --from=builder --chown={{ .Image.user.uid }}:{{ .Image.user.uid }} {{ .Image.workdir }}/.next/static ./.next/static
COPY --from=builder --chown={{ .Image.user.uid }}:{{ .Image.user.uid }} {{ .Image.workdir }}/public ./public
ENV NODE_ENV=production \
    NEXT_TELEMETRY_DISABLED=1 \
    HOSTNAME=0.0.0.0 \
    PORT={{ .Values.frontend.containerPort }}
# By number: Kubernetes can tell only from a number that it is not root.
USER {{ .Image.user.uid }}:{{ .Image.user.uid }}
EXPOSE {{ .Values.frontend.containerPort }}
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s --retries=3 \
  CMD ["wget", "--quiet", "--tries=1", "--spider", "http://127.0.0.1:{{ .Values.frontend.containerPort }}{{ .Image.healthcheck.path }}"]
ENTRYPOINT {{ .Image.entrypoint | toJson }}
