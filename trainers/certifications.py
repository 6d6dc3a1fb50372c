"""Which of several certifications a page is about: its number stands in front of the page's address.

`/certifications/11934482/renew/check/` is the page `/renew/check/` about that one. While such a
page is made, every link to the portal keeps the prefix (`recert.certifications`).
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.http import Http404
from django.urls import get_script_prefix, set_script_prefix

from trainers.lookups import cycle_with_number
from trainers.models import Credential, Cycle, Trainer

CERTIFICATIONS = "/certifications/"


def split_address(path: str) -> tuple[str, str]:
    """Return (number, path of the page) of an address that names a certification; ("", path) of any
    other.
    """
    number, slash, rest = path.removeprefix(CERTIFICATIONS).partition("/")
    if not path.startswith(CERTIFICATIONS) or not number or not slash or not rest:
        return "", path
    return number, f"/{rest}"


def path_within(credential: Credential, path: str) -> str:
    """Return the address of the page `path` about this certification."""
    return f"{CERTIFICATIONS}{credential.number}{split_address(path)[1]}"


@contextmanager
def links_within(credential: Credential | None) -> Iterator[None]:
    """Let the links that are made inside this block lead to pages about this certification; with
    None, to pages about no particular one.
    """
    before = get_script_prefix()
    set_script_prefix(path_within(credential, "/") if credential else "/")
    try:
        yield
    finally:
        set_script_prefix(before)


def own_cycle_with_number(trainer: Trainer, number: str) -> Cycle:
    """Return the current cycle of the trainer's certification with this number, with the credential.

    Raises the same Http404 for another trainer's number and for one that does not exist.
    """
    found = cycle_with_number(trainer, number)
    if found is None:
        raise Http404("There is no such certification.")
    return found
