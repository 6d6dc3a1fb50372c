"""Settings of the services beside the portal: the database, logs and object storage."""

from typing import Any
from urllib.parse import urlsplit

from environ import Env


def database_settings(env: Env, url: str) -> dict[str, Any]:
    """Return how the database at `url` is reached (F5 for SQLite: IMMEDIATE, WAL, FULL, 20 s)."""
    found: dict[str, Any] = env.db_url_config(url)
    if found["ENGINE"].endswith("sqlite3"):
        found["OPTIONS"] = {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",
        }
        return found
    found |= {"CONN_MAX_AGE": env.int("CONN_MAX_AGE", 60), "CONN_HEALTH_CHECKS": True}
    options = found.setdefault("OPTIONS", {})
    # Which core/prepared.py asks for; Django's own cursors prepare nothing.
    options["prepare_threshold"] = 0 if env.bool("PREPARED_STATEMENTS", True) else None
    if env.bool("TRANSACTION_POOLING", False):
        # The next transaction may have another connection: no cursor outlives one, and no option is given at the start.
        found["DISABLE_SERVER_SIDE_CURSORS"] = True
    else:
        # Today counts every queue in one statement. PostgreSQL would compile it for seconds, and read it in milliseconds.
        options["options"] = f"-c jit=off {options.get('options', '')}".strip()
    return found


def logging_settings(level: str, form: str) -> dict[str, object]:
    """Return what is logged and how: `form` is json or line."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "json": {"()": "recert.log_format.json_formatter"},
            "line": {"()": "recert.log_format.LineFormatter"},
        },
        "filters": {"mild": {"()": "recert.log_format.MildLine"}},
        "handlers": {"console": {"class": "logging.StreamHandler", "formatter": form}},
        "root": {"handlers": ["console"], "level": level},
        # Quiet when idle. fontTools: 60 lines for each certificate; stripe: some for each question, every ten minutes one
        # about payouts; pikepdf: one for each process that begins; Celery: two for each task, every five seconds. Of a
        # refused request, recert.logs says more than Django does.
        "loggers": {
            **{
                name: {"level": "WARNING"}
                for name in (
                    "fontTools",
                    "stripe",
                    "pikepdf",
                    "celery.app.trace",
                    "celery.worker.strategy",
                    "celery.beat",
                )
            },
            "django.request": {"level": "ERROR"},
            "django.security.DisallowedHost": {"filters": ["mild"]},
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


def bucket_options(address: str, settings: dict[str, object]) -> dict[str, Any]:
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
