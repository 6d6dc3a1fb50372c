"""Sending by the API of a mail provider. Runs only where EMAIL_BY_PROVIDER is true."""

from django.core.exceptions import ImproperlyConfigured
from django.core.mail import get_connection


def check_provider() -> None:
    """Raise ImproperlyConfigured when anymail cannot send through EMAIL_PROVIDER, or lacks its key.
    Sends nothing and opens no connection.
    """
    try:
        get_connection()
    except ImportError as error:
        raise ImproperlyConfigured(
            f"EMAIL_PROVIDER must name a provider that anymail can send through ({error})."
        ) from None
