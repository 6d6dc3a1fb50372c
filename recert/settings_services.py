"""Settings of the services beside the portal: logs, object storage, error reports and traces."""

from typing import Any
from urllib.parse import urlsplit


def logging_settings(level: str, form: str) -> dict[str, object]:
    """Return what is logged and how: `form` is json or line."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "json": {"()": "recert.log_format.json_formatter"},
            "line": {"()": "recert.log_format.LineFormatter"},
        },
        "handlers": {"console": {"class": "logging.StreamHandler", "formatter": form}},
        "root": {"handlers": ["console"], "level": level},
        # Quiet when idle. fontTools: 60 lines for each certificate; pikepdf: one for each process that begins; Celery: two
        # for each task, every five seconds. Of a refused request, recert.logs says more than Django does.
        "loggers": {
            **{
                name: {"level": "WARNING"}
                for name in (
                    "fontTools",
                    "pikepdf",
                    "celery.app.trace",
                    "celery.worker.strategy",
                    "celery.beat",
                )
            },
            "django.request": {"level": "ERROR"},
            "django.server": {"handlers": ["console"], "propagate": False},
        },
    }


def storage_settings(settings: dict[str, Any]) -> dict[str, Any]:
    """Return where documents lie: in the bucket of FILES_S3, else in FILES_DIR."""
    if not settings["FILES_S3"]:
        return {"BACKEND": "documents.storage.PrivateFiles", "OPTIONS": {"location": settings["FILES_DIR"]}}
    return {
        "BACKEND": "documents.object_storage.PrivateObjects",
        "OPTIONS": bucket_options(settings["FILES_S3"], settings),
    }


def bucket_options(address: str, settings: dict[str, Any]) -> dict[str, Any]:
    """Return how a bucket like s3://bucket/folder is reached. Without keys the library looks for those
    of the machine.
    """
    parts = urlsplit(address)
    return {
        "bucket_name": parts.netloc,
        "location": parts.path.strip("/"),
        "endpoint_url": settings["S3_ENDPOINT_URL"] or None,
        "region_name": settings["S3_REGION"] or None,
        "access_key": settings["S3_ACCESS_KEY_ID"] or None,
        "secret_key": settings["S3_SECRET_ACCESS_KEY"] or None,
    }
