# {{ .Image.title }}, from {{ .Image.buildContext }}.
FROM {{ .Image.baseImage }} AS builder
WORKDIR {{ .Image.workdir }}
{{- range .Image.buildArgs }}
ARG {{ .name }}
{{- end }}
ENV PATH="/opt/venv/bin:$PATH"
RUN python -m venv /opt/venv
COPY requirements.txt ./
RUN pip install --no-cache-dir --requirement requirements.txt

FROM {{ .Image.baseImage }} AS runner
{{- range $name, $text := .Image.labels }}
LABEL {{ $name }}={{ $text | quote }}
{{- end }}
ENV PATH="/opt/venv/bin:$PATH" \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1
RUN groupadd --gid {{ .Image.user.uid }} {{ .Image.user.name }} \
    && useradd --uid {{ .Image.user.uid }} --gid {{ .Image.user.uid }} --no-create-home --shell /usr/sbin/nologin {{ .Image.user.name }}
WORKDIR {{ .Image.workdir }}
COPY --from=builder /opt/venv /opt/venv
COPY . .
# By number, so that Kubernetes can see that it is not root.
USER {{ .Image.user.uid }}:{{ .Image.user.uid }}
EXPOSE {{ .Image.port }}
HEALTHCHECK --interval=30s --timeout=3s --start-period=15s --retries=3 \
    CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:{{ .Image.port }}{{ .Image.healthcheck.path }}', timeout=2)"]
ENTRYPOINT {{ .Image.entrypoint | toJson }}
