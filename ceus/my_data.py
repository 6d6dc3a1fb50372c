"""What a trainer reads about their courses and cards."""

from collections.abc import Iterator

from ceus.models import CeuRecord, HeldCard
from core.history import subject_of
from core.models import HistoryEntry
from core.my_data import Entry, HistoryEvent, Section
from core.policy_words import portal_unit
from core.templatetags.words import at, ceus, day
from trainers.models import Trainer

TITLES = {"corrected": "We corrected it", "correction taken back": "We took our correction back"}


def sections_of(person: Trainer) -> Iterator[Section]:
    """Yield every course and card of a person, removed and rejected ones too."""
    rows = CeuRecord.objects.filter(credential__trainer=person).select_related(
        "course__provider", "claimed_for"
    )
    yield Section(30, "Courses and cards", [_record(one, person.time_zone) for one in rows])
    cards = HeldCard.objects.owned_by(person)
    yield Section(31, "Cards that the rules ask for", [_card(one, person.time_zone) for one in cards])


def _card(card: HeldCard, zone: str) -> Entry:
    rows = (
        ("Issued", day(card.valid_from)),
        ("Valid through", day(card.valid_through) if card.valid_through else "It has no last day"),
        ("Course held", card.format.replace("_", " ")),
        ("State", card.get_state_display()),
        ("Our words", card.words),
        ("Added", at(card.added_at, zone)),
    )
    return Entry(card.kind_words, rows)


def _record(record: CeuRecord, zone: str) -> Entry:
    cycle = record.claimed_for
    rows = (
        ("Provider", record.course.provider.name if record.course else ""),
        ("Completed", day(record.completed_on)),
        (portal_unit().plural, ceus(record.hundredths)),
        ("Valid through", day(record.valid_through) if record.valid_through else ""),
        ("State", record.get_state_display()),
        ("Reported by", record.reported_by),
        ("Used for", f"The cycle that ends on {day(cycle.expires_on)}" if cycle else ""),
        ("Added", at(record.logged_at, zone)),
    )
    told = HistoryEntry.objects.filter(subject=subject_of(record), verb__in=TITLES).order_by("-pk")
    events = tuple(HistoryEvent(TITLES[one.verb], at(one.at, zone), one.reason) for one in told)
    return Entry(record.title, rows, events=events)
