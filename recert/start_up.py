"""Ends each program of the portal with one sentence, and no traceback, when the settings refuse to start."""

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured


def refusal_to_start() -> str:
    """Return the sentence of the settings that refuse to start; "" when the portal may start."""
    try:
        settings.PORTAL_ENV  # noqa: B018 (the first look at a setting reads them all)
    except ImproperlyConfigured as error:
        return str(error)
    return ""
