# ess-access with all it needs for its three formats. Explained in docs/batches.md.
FROM debian:12-slim
# No versions: those of Debian's security updates are wanted.
# hadolint ignore=DL3008
RUN apt-get update \
 && apt-get install -y --no-install-recommends python3 python3-venv python3-louis \
 && rm -rf /var/lib/apt/lists/*
WORKDIR /opt/ess-access
COPY pyproject.toml README.md LICENSE ./
COPY src ./src
RUN python3 -m venv /opt/venv && /opt/venv/bin/pip install --no-cache-dir .
# Anybody may be the one who runs it: docker run --user "$(id -u):$(id -g)"
ENV PATH=/opt/venv/bin:$PATH ESS_ACCESS_CACHE=/work/.ess-access-cache LANG=C.UTF-8
WORKDIR /work
ENTRYPOINT ["ess-access"]
CMD ["build"]
