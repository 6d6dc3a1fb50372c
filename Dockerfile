# The portal as one image: web, worker and beat are three commands of it (docker-compose.yml).
# For a build that is the same tomorrow, name the image with its digest: python:3.11-slim-bookworm@sha256:…
ARG PYTHON_IMAGE=python:3.11-slim-bookworm
FROM ${PYTHON_IMAGE} AS packages
# base, or full with what FILES_S3, SENTRY_DSN, TRACES_URL and EMAIL_PROVIDER need.
ARG REQUIREMENTS=base
COPY requirements/${REQUIREMENTS}.txt /tmp/requirements.txt
RUN python -m venv /opt/venv \
 && /opt/venv/bin/pip install --no-cache-dir --require-hashes -r /tmp/requirements.txt

FROM ${PYTHON_IMAGE}
# backup and restore call the client programs, which must be of the server's version.
RUN apt-get update \
 && apt-get install --yes --no-install-recommends postgresql-client-15 \
 && rm -rf /var/lib/apt/lists/*
ENV PATH=/opt/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 \
    PORTAL_VAR=/srv/portal/var FILES_DIR=/srv/files FONTS_DIR=/usr/share/fonts
# Letters of names that Open Sans lacks, on certificates and receipts.
RUN apt-get update \
 && apt-get install --no-install-recommends -y fonts-noto-core fonts-noto-cjk \
 && rm -rf /var/lib/apt/lists/*
RUN useradd --system --uid 10001 --home-dir /srv/portal --shell /usr/sbin/nologin portal \
 && mkdir -p /srv/files /srv/portal/var/metrics /srv/portal/var/parsers \
 && chown -R portal /srv/files /srv/portal/var
WORKDIR /srv/portal
COPY --from=packages /opt/venv /opt/venv
COPY . .
USER portal
# Production looks its static files up by these hashed names; they belong to the image, not to the volume.
RUN HASHED_STATIC=1 python manage.py collectstatic --noinput
EXPOSE 8000
CMD ["gunicorn", "recert.wsgi", "--bind=0.0.0.0:8000", "--worker-class=sync", "--timeout=30", "--worker-tmp-dir=/dev/shm", "--no-control-socket"]
