"""The names of our cookies. Over https they begin with `__Host-`: a browser then accepts them only
from this host over https, and sends them to no other host.
"""

from django.conf import settings
from django.contrib.messages.storage.cookie import CookieStorage
from django.contrib.messages.storage.fallback import FallbackStorage
from django.contrib.messages.storage.session import SessionStorage

PREFIX = "__Host-"


def cookie_name(name: str) -> str:
    """Return the cookie's name as it is set here: with the prefix where cookies go over https only."""
    return f"{PREFIX}{name}" if settings.SESSION_COOKIE_SECURE else name


class SentencesInCookie(CookieStorage):
    """Django's cookie for the sentences that the next page shows, with a name of ours."""

    cookie_name = cookie_name("messages")


class Sentences(FallbackStorage):
    """Django's storage for the sentences that the next page shows: our cookie, and the session for
    those too long for it.
    """

    storage_classes = (SentencesInCookie, SessionStorage)
