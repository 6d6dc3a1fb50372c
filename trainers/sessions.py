"""Sessions in Django's table. Each is read by a query that is composed once: every page of a person asks
it. How long one lasts without a visit is the policy's figure of today (Q33).
"""

from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.db.models import CharField, DateTimeField

from core import clock
from core.policy_words import portal_policy, version_today
from core.prepared import PreparedQuery

_STORED: PreparedQuery[tuple[str]] = PreparedQuery(
    lambda key, now: Session.objects.filter(session_key=key, expire_date__gt=now).values_list("session_data"),
    key=CharField(),
    now=DateTimeField(),
)


class SessionStore(db.SessionStore):
    def load(self) -> dict[str, object]:
        """Return what the session holds. One that has ended or is unknown is read as Django reads it."""
        stored = _STORED.first(key=self.session_key, now=clock.real_now())
        found: dict[str, object] = self.decode(stored[0]) if stored else super().load()
        return found

    def get_session_cookie_age(self) -> int:
        """Return how many seconds a sign-in lasts without a visit."""
        return version_today(portal_policy()).session_days * 86_400
