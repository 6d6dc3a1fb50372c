"""Links to the portal's pages: the path of a route, and a path as a whole address."""

from functools import cache
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest
from django.urls import get_script_prefix, reverse

API = "/api/"  # where programs ask: no body there is a form, and its views read it as bytes


def path_of(name: str) -> str:
    """Return the path of a route without arguments, looked up once, with the prefix that links have now."""
    return f"{get_script_prefix()[:-1]}{plain_path_of(name)}"


@cache
def plain_path_of(name: str) -> str:
    """Return the path of a route without arguments, and without a prefix."""
    return without_prefix(reverse(name))


def without_prefix(path: str) -> str:
    """Return the path without the prefix that links have now."""
    return path.removeprefix(get_script_prefix()[:-1])


def full_address(path: str, **query: str) -> str:
    """Return the whole address of a path, for papers, QR codes, mails and other sites."""
    return f"{settings.PORTAL_URL}{without_prefix(path)}{'?' if query else ''}{urlencode(query)}"


def address_here(request: HttpRequest, path: str, **query: str) -> str:
    """Return the whole address of a path on the host that the request came to, so that whoever
    returns by it is still signed in. It is one of our hosts: Django refused any other.
    """
    return request.build_absolute_uri(f"{path}{'?' if query else ''}{urlencode(query)}")
