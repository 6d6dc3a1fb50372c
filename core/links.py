"""Links to the portal's pages: the path of a route, and a path as a whole address."""

from functools import cache
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse


@cache
def path_of(name: str) -> str:
    """Return the path of a route without arguments, looked up once."""
    return reverse(name)


def full_address(path: str, **query: str) -> str:
    """Return the whole address of a path, for papers, QR codes, mails and other sites."""
    return f"{settings.PORTAL_URL}{path}{'?' if query else ''}{urlencode(query)}"


def address_here(request: HttpRequest, path: str, **query: str) -> str:
    """Return the whole address of a path on the host that the request came to, so that whoever
    returns by it is still signed in. It is one of our hosts: Django refused any other.
    """
    return request.build_absolute_uri(f"{path}{'?' if query else ''}{urlencode(query)}")
