"""What a trainer reads about their renewals; a pending decision is not disclosed."""

from collections.abc import Iterator

from core.my_data import Entry, Section
from core.templatetags.words import day, signed_money
from renewals.models import Application
from renewals.pages.application import timeline_of
from trainers.models import Trainer


def sections_of(person: Trainer) -> Iterator[Section]:
    """Yield each renewal of a person, and its events."""
    rows = Application.objects.owned_by(person).select_related("cycle__credential")
    yield Section(50, "Renewals", [_application(one) for one in rows])


def _application(application: Application) -> Entry:
    fees = "; ".join(
        f"{line['label']} {signed_money(line['amount_cents'])}" for line in application.fee_lines
    )
    rows = (
        ("Cycle", f"{day(application.cycle.starts_on)} to {day(application.cycle.expires_on)}"),
        ("State", application.get_state_display()),
        ("Received", day(application.received_on) if application.received_on else ""),
        ("Fees", fees),
        ("What you agreed to", application.attestation_text),
        ("What we asked you to correct", application.returned_reason),
        ("How it ended", application.end_reason if application.ended_at else ""),
    )
    return Entry(application.reference, rows, tuple(timeline_of(application)))
