# One process of the app: docker build -t convviz . && docker run --read-only --tmpfs /tmp -p 8501:8501 convviz
# With --target nginx: nginx in front of several of them. deploy/README.md says how both are run.
FROM python:3.11-slim-bookworm AS packages
COPY deploy/requirements.lock /tmp/
RUN python -m venv /venv \
 && /venv/bin/pip install --no-cache-dir --disable-pip-version-check --require-hashes --no-deps -r /tmp/requirements.lock

FROM packages AS files
COPY scripts/static_files.py scripts/__init__.py /src/scripts/
WORKDIR /src
RUN /venv/bin/python -m scripts.static_files /files

FROM nginx:1.28-bookworm AS nginx
COPY --from=files /files /srv/convviz
COPY deploy/nginx/nginx.conf deploy/nginx/servers.sh deploy/nginx/start.sh /etc/nginx/
RUN mkdir -p /etc/nginx/tls
USER nginx
EXPOSE 8080
ENTRYPOINT []
CMD ["sh", "/etc/nginx/start.sh"]

FROM python:3.11-slim-bookworm AS app
COPY --from=packages /venv /venv
# One process uses one core; what a library would write at home goes to the only folder that can be written.
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1 HOME=/tmp OPENBLAS_NUM_THREADS=1 OMP_NUM_THREADS=1
WORKDIR /app
COPY app.py ./
COPY .streamlit .streamlit
COPY assets/cat.png assets/dog.png assets/pretrained.npz assets/
COPY convviz convviz
RUN python -m compileall -q convviz
USER 10001:10001
EXPOSE 8501
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s \
  CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8501/_stcore/health', timeout=4)"]
CMD ["python", "-m", "convviz.cli", "run", "--host", "0.0.0.0", "--port", "8501"]
