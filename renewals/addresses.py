"""Addresses that pages of this app name again and again, each looked up once."""

from urllib.parse import urlencode

from django.conf import settings
from django.urls import reverse

from recert.context import path_of as address

__all__ = ["address", "in_full", "of_application"]


def of_application(name: str, reference: str) -> str:
    """The path of a page about one application."""
    return reverse(f"renewals:{name}", args=[reference])


def in_full(path: str, **query: str) -> str:
    """The whole address of a path, for papers, QR codes and other sites."""
    return f"{settings.PORTAL_URL}{path}{'?' if query else ''}{urlencode(query)}"
