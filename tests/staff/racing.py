"""What each racing process does at a desk (see `tests/race.py`)."""

from django.conf import settings
from django.test import Client
from django.urls import reverse

from ceus.models import Course


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
