"""Names of our cookies. Over https they begin with `__Host-`: a browser then takes them only from
this host, only over https, and sends them to no other.
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
    """Django's cookie of the sentences for the next page, under our name."""

    cookie_name = cookie_name("messages")


class Sentences(FallbackStorage):
    """Django's storage of the sentences for the next page: a cookie, and the session for long ones."""

    storage_classes = (SentencesInCookie, SessionStorage)
