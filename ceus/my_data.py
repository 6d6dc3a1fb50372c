"""What a trainer reads about their courses and cards."""

from collections.abc import Iterator
from typing import Any

from ceus.models import CeuRecord
from core.my_data import Entry, Section
from core.templatetags.words import at, ceus, day


def sections_of(person: Any) -> Iterator[Section]:
    """Yield every course and card, those too that were removed or not accepted."""
    rows = CeuRecord.objects.filter(credential__trainer=person).select_related(
        "course__provider", "claimed_for"
    )
    yield Section(30, "Courses and cards", [_record(one, person.time_zone) for one in rows])


def _record(record: CeuRecord, zone: str) -> Entry:
    cycle = record.claimed_for
    rows = (
        ("Provider", record.course.provider.name if record.course else ""),
        ("Completed", day(record.completed_on)),
        ("CEUs", ceus(record.hundredths)),
        ("Valid through", day(record.valid_through) if record.valid_through else ""),
        ("State", record.get_state_display()),
        ("Used for", f"The cycle that ends on {day(cycle.expires_on)}" if cycle else ""),
        ("Added", at(record.logged_at, zone)),
    )
    return Entry(record.title, rows)
