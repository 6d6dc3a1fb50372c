"""End every session of an account, also those in which nobody has finished signing in."""

import json
from collections.abc import Iterator

from allauth.usersessions.models import UserSession
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import F

from trainers.models import Trainer

BATCH = 500


def end_signed_in(person: Trainer) -> None:
    """End every session in which `person` has signed in. Safe to repeat."""
    for session in UserSession.objects.filter(user=person):
        session.end()
    forget_devices(person)


def forget_devices(person: Trainer) -> None:
    """Forget every device on which `person` has signed in before. Safe to repeat."""
    Trainer.objects.filter(pk=person.pk).update(device_generation=F("device_generation") + 1)
    person.refresh_from_db(fields=["device_generation"])


def end_sessions(person: Trainer) -> None:
    """Remove every session that belongs to `person` or holds their address. Safe to repeat."""
    end_signed_in(person)
    found = list(_sessions_of(person))
    for first in range(0, len(found), BATCH):
        Session.objects.filter(session_key__in=found[first : first + BATCH]).delete()


def _sessions_of(person: Trainer) -> Iterator[str]:
    for session in Session.objects.order_by().iterator(chunk_size=BATCH):
        held = session.get_decoded()
        if str(held.get(SESSION_KEY)) == str(person.pk) or person.email in json.dumps(
            held, cls=DjangoJSONEncoder
        ):
            yield session.session_key
