"""The functions that racing processes call on the staff side (see `tests/race.py`)."""

import threading

from django.conf import settings
from django.test import Client
from django.urls import reverse

from ceus.models import Course
from core.clock import now
from core.errors import Refusal
from trainers.models import Trainer
from trainers.services.superusers import unmake_superuser


def edit_course(session_key: str) -> str:
    """Send the form of the only course, as it was before anybody saved it; return the status."""
    course = Course.objects.get()
    client = Client(SERVER_NAME="localhost")
    client.cookies[settings.SESSION_COOKIE_NAME] = session_key
    answers = {
        "seen": "0",
        "title": "Fuel for runners",
        "provider": course.provider_id,
        "category": "education",
        "hundredths": "0.5",
        "format": "online",
        "approved_from": "2015-01-01",
    }
    return str(client.post(reverse("admin:ceus_course_change", args=[course.pk]), answers).status_code)


def unmake_the_other(one: str, other: str) -> str:
    """Remove the rights of one of two superusers in the name of the other, in half of the processes
    each way; return the outcome.
    """
    pair = Trainer.objects.in_bulk([int(one), int(other)])
    who, whom = (one, other) if threading.get_native_id() % 2 else (other, one)
    try:
        unmake_superuser(pair[int(whom)], by=pair[int(who)], at=now(), reason="A race.")
    except Refusal as refusal:
        return refusal.code
    return "unmade"
