"""How each program of the portal ends when the settings refuse to start: with their sentence, and no traceback."""

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured


def refusal_to_start() -> str:
    """Return the sentence with which the settings refuse; empty when the portal may start."""
    try:
        settings.PORTAL_ENV  # noqa: B018 (the first look at a setting reads them all)
    except ImproperlyConfigured as error:
        return str(error)
    return ""
