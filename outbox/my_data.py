"""What a person reads about the messages sent to them; never one that contains a sign-in code."""

from collections.abc import Iterator

from core.my_data import Entry, Section
from core.people import Person
from core.templatetags.words import at
from outbox.models import MailEvent, Notice


def sections_of(person: Person) -> Iterator[Section]:
    """Yield the messages to a person that were sent or could not be, and what a mail provider
    reported about them.
    """
    ended = (Notice.State.SENT, Notice.State.FAILED)
    notices = Notice.objects.filter(trainer=person, private=False, state__in=ended).exclude(title="")
    yield Section(70, "Messages", [_message(one, person.time_zone) for one in notices.defer("html")])
    events = MailEvent.objects.filter(notice__trainer=person, notice__private=False)
    yield Section(75, "What became of our mail", [_report(one, person.time_zone) for one in events])


def _message(notice: Notice, zone: str) -> Entry:
    when = at(notice.ended_at, zone) if notice.ended_at else ""
    return Entry(notice.title, (("Sent", when), ("To", notice.to_address), ("Text", notice.text)))


def _report(event: MailEvent, zone: str) -> Entry:
    return Entry(
        event.get_kind_display(),
        (("When", at(event.at, zone)), ("Address", event.address), ("Words", event.words)),
    )
