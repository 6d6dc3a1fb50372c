"""Signed-in sessions for everybody in a database, so that browser tests need not type passwords."""

import json

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore

from tests.cast import needs_second_factor, pass_second_factor
from trainers.models import Trainer


def open_session(trainer: Trainer) -> str:
    """A session in which `trainer` is signed in; its key is the cookie's value."""
    session = SessionStore()
    session[SESSION_KEY] = str(trainer.pk)
    session[BACKEND_SESSION_KEY] = "allauth.account.auth_backends.AuthenticationBackend"
    session[HASH_SESSION_KEY] = trainer.get_session_auth_hash()
    if needs_second_factor(trainer):
        pass_second_factor(session, trainer)
    session.save()
    return str(session.session_key)


def main() -> None:
    print(
        json.dumps(
            {trainer.email: open_session(trainer) for trainer in Trainer.objects.filter(is_active=True)}
        )
    )
