"""Forms that were posted after the session had ended: what was typed is kept for an hour, for the
person who typed it.

It is kept in the new session of that browser, and shown after signing in again. A signed cookie
says who was signed in last in this browser: anybody else who signs in at a shared computer does not
see it, and their first page drops it. A session in which nobody signs in ends with the hour.

Sessions are stored in the database as they are, so nothing is kept of the pages of the account, which
ask for passwords and codes.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypedDict

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from core import clock
from core.cookies import cookie_name

KEPT_FOR = timedelta(hours=1)
SHOWN_AGAIN = "shown-again"  # posted with it, so that the form is shown once more before anything is done
WITH_FILES = "with-files"
LONGEST = 100_000  # characters
_COOKIE, _SALT, _COOKIE_AGE = "was", "core.unsent.was", timedelta(days=30)
_KEY = "unsent"
_PAGES_OF_SECRETS = ("account_", "mfa_", "usersessions_")  # of allauth


@dataclass(frozen=True)
class Unsent:
    """A form that was posted to `path` after the session had ended. Its files are not kept;
    `had_files` is true when it had some.
    """

    path: str
    fields: list[tuple[str, str]]
    had_files: bool


class _Kept(TypedDict):
    """A form as the session keeps it."""

    person: int
    path: str
    fields: list[list[str]]
    had_files: bool
    at: str


def keep_unsent(request: HttpRequest) -> str:
    """Keep what a visitor posted, and return the path of the page that shows it after signing in;
    "" when nothing is kept.
    """
    match = request.resolver_match
    if match is None or match.view_name.startswith(_PAGES_OF_SECRETS):
        return ""
    person = _last_person(request)
    fields = [(name, value) for name, values in request.POST.lists() for value in values]
    typed = [(name, value) for name, value in fields if name != "csrfmiddlewaretoken" and value]
    if person is None or not typed or sum(len(value) for _, value in typed) > LONGEST:
        return ""
    request.session[_KEY] = {
        "person": person,
        "path": request.get_full_path(),
        "fields": typed,
        "had_files": bool(request.FILES),
        "at": clock.now().isoformat(),
    }
    request.session.set_expiry(int(KEPT_FOR.total_seconds()))
    return reverse("pages:unsent")


def unsent_of(request: HttpRequest) -> Unsent | None:
    """Return the form that the signed-in person posted within the last hour after their session had
    ended; None when there is none.
    """
    drop_ended_unsent(request)
    kept: _Kept | None = request.session.get(_KEY)
    if kept is None:
        return None
    return Unsent(kept["path"], [(name, value) for name, value in kept["fields"]], kept["had_files"])


def drop_ended_unsent(request: HttpRequest) -> None:
    """Delete the form that the session of a signed-in person keeps when it is another person's, or when
    its hour is over. Idempotent.
    """
    kept: _Kept | None = request.session.get(_KEY)
    if kept is None:
        return
    if kept["person"] != request.user.pk or clock.now() > datetime.fromisoformat(kept["at"]) + KEPT_FOR:
        forget_unsent(request)


def forget_unsent(request: HttpRequest) -> None:
    """Delete the form that was kept for the person. Idempotent."""
    if _KEY in request.session:
        del request.session[_KEY]


def remember_person(request: HttpRequest, response: HttpResponse) -> None:
    """Store in a signed cookie who is signed in. Nothing is stored for a visitor who is not signed in."""
    if request.user.is_authenticated and _last_person(request) != request.user.pk:
        response.set_cookie(
            cookie_name(_COOKIE),
            signing.dumps(request.user.pk, salt=_SALT),
            max_age=_COOKIE_AGE,
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )


def forget_person(response: HttpResponse) -> None:
    """Delete the cookie of `remember_person` when somebody signs out, so that nothing in the
    browser says who they were.
    """
    response.delete_cookie(cookie_name(_COOKIE), samesite="Lax")


def _last_person(request: HttpRequest) -> int | None:
    try:
        held = request.COOKIES.get(cookie_name(_COOKIE), "")
        return int(signing.loads(held, salt=_SALT, max_age=_COOKIE_AGE))
    except (signing.BadSignature, ValueError, TypeError):
        return None
