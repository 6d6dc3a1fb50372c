"""What a trainer reads about the extensions and waivers that they asked for or were granted."""

from collections.abc import Iterator

from core.my_data import Entry, Section
from core.templatetags.words import at, day, signed_money
from hardship.models import Relief
from trainers.models import Trainer


def sections_of(person: Trainer) -> Iterator[Section]:
    """Yield a person's extensions and waivers, asked for and granted, newest first."""
    rows = Relief.objects.owned_by(person)
    yield Section(16, "More time and waivers", [_relief(one, person.time_zone) for one in rows])


def _relief(one: Relief, zone: str) -> Entry:
    rows = (
        ("Reason", one.get_kind_display()),
        ("Asked for", at(one.asked_at, zone) if one.asked_at else ""),
        ("Your words", one.why),
        ("Last day that you asked for", day(one.asked_through) if one.asked_through else ""),
        ("New last day", day(one.through) if one.through else ""),
        ("Amount", signed_money(one.amount_cents) if one.amount_cents else ""),
        ("State", one.get_state_display()),
        ("Our words", " ".join(filter(None, (one.words, one.taken_back_why)))),
    )
    return Entry(f"{one.get_what_display()} {one.case_ref}".strip(), rows)
