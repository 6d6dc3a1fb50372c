"""Requests and grants for Jordan, whose cycle ends on March 14, 2027 and can be renewed through March 13, 2028."""

from datetime import date
from typing import Any

from hardship.grants import ReliefGrant
from hardship.models import Relief
from hardship.services import ask_for_relief, grant_relief, propose_relief
from tests.renewals.scenes import cycle_of, moment
from trainers.models import Trainer

JUNE_30 = date(2028, 6, 30)
WORDS = "Come back safe."


def asked(trainer: Trainer, day: str = "2027-02-01", **fields: Any) -> Relief:
    """Request more time to apply, as the trainer."""
    given = {"what": "application", "kind": "military", "why": "I am deployed.", "through": JUNE_30, **fields}
    return ask_for_relief(cycle_of(trainer), by=trainer, at=moment(day), **given)


def grant(**fields: Any) -> ReliefGrant:
    return ReliefGrant(**{"what": "application", "kind": "military", "through": JUNE_30, **fields})


def fee(code: str = "late", cents: int | None = None) -> ReliefGrant:
    return ReliefGrant("fee", "military", fee_code=code, amount_cents=cents)


def granted(trainer: Trainer, by: Trainer, day: str = "2027-02-01", **fields: Any) -> Relief:
    """Move a last day, as a lead."""
    return grant_relief(
        cycle_of(trainer), by=by, at=moment(day), grant=grant(**fields), words=WORDS, note="Orders seen."
    )


def waived(
    trainer: Trainer, by: Trainer, day: str = "2027-02-01", *, of: ReliefGrant | None = None
) -> Relief:
    """Waive a fee, or propose it, as finance or a lead."""
    return grant_relief(
        cycle_of(trainer), by=by, at=moment(day), grant=of or fee(), words=WORDS, note="Seen."
    )


def proposed(trainer: Trainer, by: Trainer, day: str = "2027-02-01", **fields: Any) -> Relief:
    """Propose a later last day, as a reviewer."""
    return propose_relief(
        cycle_of(trainer), by=by, at=moment(day), grant=grant(**fields), words=WORDS, note="Orders seen."
    )


# What a lead types on the page that moves a last day.
TYPED = {
    "what": "both:",
    "kind": "military",
    "through_month": "6",
    "through_day": "30",
    "through_year": "2028",
    "words": "Come back safe.",
    "note": "Orders seen.",
}


def seen_in(answer) -> str:
    """Return the mark of what a page showed, which confirming it sends back."""
    return answer.context_data["seen"]
