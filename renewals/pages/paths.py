"""The path of a page about one renewal application."""

from django.urls import reverse


def application_path(name: str, reference: str) -> str:
    """Return the path of the page `name` about the application with this reference."""
    return reverse(f"renewals:{name}", args=[reference])
