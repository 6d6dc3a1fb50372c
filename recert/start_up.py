"""End each program of the portal with one sentence, and without a traceback, when its settings must
not start.
"""

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured


def refusal_to_start() -> str:
    """Return the sentence that says why the portal must not start with these settings; "" when it
    may.
    """
    try:
        settings.PORTAL_ENV  # noqa: B018 (the first look at a setting reads them all)
    except ImproperlyConfigured as error:
        return str(error)
    return ""
