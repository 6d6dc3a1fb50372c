"""The calendar feed as an app reads it that knows its address."""

from django.test import Client
from icalendar import Calendar

from renewals.pages.feed_address import feed_address
from tests.renewals import steps
from trainers.models import Trainer
from trainers.services.feed import make_feed


def address_of(trainer: Trainer) -> str:
    made = make_feed(trainer, by=trainer, at=steps.moment("2026-01-01"))
    return feed_address(made).removeprefix("http://127.0.0.1:8000")


def raw(trainer: Trainer) -> bytes:
    answer = Client().get(address_of(trainer))
    assert answer.status_code == 200
    return answer.content


def entries(trainer: Trainer) -> dict[str, str]:
    """Each title with its date, as a calendar app would read them."""
    events = Calendar.from_ical(raw(trainer)).walk("VEVENT")
    return {str(one["summary"]): one.decoded("dtstart").isoformat() for one in events}


def entry(trainer: Trainer, title: str):
    events = Calendar.from_ical(raw(trainer)).walk("VEVENT")
    return next(one for one in events if str(one["summary"]).startswith(title))
