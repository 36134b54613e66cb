# syntax=docker/dockerfile:1
# {{ .Image.title }}: {{ .Values.backend.image.repository }}:{{ .Values.backend.image.tag }}, below {{ .Image.sizeLimitMB }} MB.

# builder: what is needed to install the dependencies stays in this stage.
FROM {{ .Image.baseImage }} AS builder
WORKDIR {{ .Image.workdir }}
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
RUN python -m venv /opt/venv
ENV PATH="/opt/venv/bin:$PATH"
COPY requirements.txt ./
RUN pip install --requirement requirements.txt

# runtime: the interpreter, the dependencies and the application, nothing else.
FROM {{ .Image.baseImage }} AS runtime
{{- range $name, $value := .Image.labels }}
LABEL {{ $name }}={{ $value | quote }}
{{- end }}
RUN groupadd --gid {{ .Image.user.uid }} {{ .Image.user.name }} \
 && useradd --uid {{ .Image.user.uid }} --gid {{ .Image.user.uid }} --no-create-home --shell /usr/sbin/nologin {{ .Image.user.name }}
WORKDIR {{ .Image.workdir }}
COPY --from=builder /opt/venv /opt/venv
COPY . .
# The server reads its address and port from UVICORN_HOST and UVICORN_PORT.
ENV PATH="/opt/venv/bin:$PATH" \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    UVICORN_HOST=0.0.0.0 \
    UVICORN_PORT={{ .Values.backend.service.port }}
# By number: Kubernetes can tell only from a number that it is not root.
USER {{ .Image.user.uid }}:{{ .Image.user.uid }}
EXPOSE {{ .Values.backend.service.port }}
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s --retries=3 \
  CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:{{ .Values.backend.service.port }}{{ .Values.backend.probes.liveness.path }}', timeout=4)"]
ENTRYPOINT {{ .Image.entrypoint | toJson }}
