"""The store of sessions: how long one lasts without a visit is the policy's figure of today (Q33)."""

from django.contrib.sessions.backends.db import SessionStore as DatabaseStore

from core.policy_words import portal_policy, version_today


class SessionStore(DatabaseStore):
    def get_session_cookie_age(self) -> int:
        """Return how many seconds a sign-in lasts without a visit."""
        return version_today(portal_policy()).session_days * 86_400
