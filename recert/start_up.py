"""End each program of the portal with one sentence, and without a traceback, when its settings must
not start.
"""

import json
import os
import sys

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from recert.settings_checks import made_folder


def refusal_to_start() -> str:
    """Return the sentence that says why the portal must not start with these settings; "" when it
    may.
    """
    try:
        settings.PORTAL_ENV  # noqa: B018 (the first look at a setting reads them all)
    except ImproperlyConfigured as error:
        return str(error)
    return ""


def main(server: str) -> int:
    """Print for gunicorn.conf.py where the workers of this server count and how it logs; else the refusal, and
    return 1.
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "recert.settings")
    refusal = refusal_to_start()
    if not refusal:
        try:
            counts = made_folder(settings.VAR_DIR / "metrics" / server, named_by="PORTAL_VAR")
        except ImproperlyConfigured as error:
            refusal = str(error)
    print(refusal or json.dumps({"counts": str(counts), "log_format": settings.LOG_FORMAT}))  # noqa: T201 - its answer
    return 1 if refusal else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
