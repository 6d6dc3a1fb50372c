"""What a trainer reads about their requests for another name."""

from collections.abc import Iterator

from core.my_data import Entry, Section
from core.templatetags.words import at
from names.models import NameRequest
from trainers.models import Trainer


def sections_of(person: Trainer) -> Iterator[Section]:
    """Yield a person's requests for another name, newest first."""
    rows = NameRequest.objects.owned_by(person)
    yield Section(15, "Names that you asked for", [_request(one, person.time_zone) for one in rows])


def _request(one: NameRequest, zone: str) -> Entry:
    rows = (
        ("Before", one.before),
        ("Asked for", at(one.requested_at, zone)),
        ("State", one.get_state_display()),
        ("Our words", one.words),
    )
    return Entry(one.after, rows)
