"""What a trainer reads about their renewals; a pending decision is not disclosed."""

from collections.abc import Iterator

from core.links import full_address
from core.my_data import Entry, Section
from core.templatetags.words import at, day, signed_money
from renewals.models import Application, Badge
from renewals.pages.application import timeline_of
from renewals.pages.badge import BadgeLinks
from trainers.models import Trainer


def sections_of(person: Trainer) -> Iterator[Section]:
    """Yield the digital badges of a person, and each renewal with its events."""
    badges = Badge.objects.filter(credential__trainer=person).select_related("credential").order_by("pk")
    yield Section(21, "Your digital badge", [_badge(one, person.time_zone) for one in badges])
    rows = Application.objects.owned_by(person).select_related("cycle__credential", "renewed_with")
    yield Section(50, "Renewals", [_application(one) for one in rows])


def _application(application: Application) -> Entry:
    fees = "; ".join(
        f"{line['label']} {signed_money(line['amount_cents'])}" for line in application.fee_lines
    )
    rows = (
        ("Cycle", f"{day(application.cycle.starts_on)} to {day(application.cycle.expires_on)}"),
        ("State", application.get_state_display()),
        ("Received", day(application.received_on) if application.received_on else ""),
        ("Renewed together with", application.renewed_with.reference if application.renewed_with else ""),
        ("Fees", fees),
        ("What you agreed to", application.attestation_text),
        ("What we asked you to correct", application.returned_reason),
        ("How it ended", application.end_reason if application.ended_at else ""),
    )
    return Entry(application.reference, rows, tuple(timeline_of(application)))


def _badge(badge: Badge, zone: str) -> Entry:
    page = full_address(BadgeLinks(badge.credential.check_code).page)
    place = f"{badge.position} in list {badge.list_number}"
    rows = (("Made", at(badge.made_at, zone)), ("Its page", page), ("Its place in the public lists", place))
    return Entry(badge.credential.display_number, rows)
