"""What a trainer reads about their audits. A suspicion, a proposed audit, and a verdict that can
still change are left out.
"""

from collections.abc import Iterator

from audits.models import Audit
from audits.pages.audit import timeline_of
from core.my_data import Entry, Section
from core.templatetags.words import day
from trainers.models import Trainer


def sections_of(person: Trainer) -> Iterator[Section]:
    """Yield each opened audit of a person, and its events."""
    rows = Audit.objects.owned_by(person).select_related("cycle__credential")
    yield Section(55, "Checks of your documents", [_audit(one) for one in rows])


def _audit(audit: Audit) -> Entry:
    items = audit.items.select_related("record")
    unavailable = "; ".join(
        f"{one.record.title}: {one.unavailable_why}" for one in items if one.unavailable_why
    )
    told = (
        "; ".join(f"{one.record.title}: {one.words}" for one in items if one.words) if audit.ended_at else ""
    )
    rows = (
        ("For renewal", audit.renewal),
        ("Chosen", audit.get_kind_display()),
        ("Your time began", day(audit.notified_on) if audit.notified_on else ""),
        ("Last day", day(audit.due_on) if audit.due_on else ""),
        ("What you could not get", unavailable),
        ("Our words", told),
        ("How it ended", audit.end_reason if audit.ended_at else ""),
        ("Why you asked for another look", audit.another_look_why),
    )
    return Entry(audit.reference, rows, tuple(timeline_of(audit)))
