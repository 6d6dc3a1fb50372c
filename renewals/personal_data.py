"""What renewals hold about people."""

from collections.abc import Iterator
from datetime import datetime

from django.urls import reverse

from core.personal_data import AGREED, CODE, ERASED, NUMBER, OpenThing, PersonalTable
from renewals.models import OPEN_STATES, Application
from renewals.services.dues import void_open_fees
from trainers.models import Trainer


def prepare_erasure(person: Trainer, *, by: Trainer | None, at: datetime) -> None:
    """Void the due fees that a person began and did not pay: without a certification none is due."""
    void_open_fees(person, by=by, at=at)


DECIDED = "numbers and dates of the decision, and the policy's words (I14)"


def open_things(person: Trainer) -> Iterator[OpenThing]:
    """Yield each unfinished renewal of a person, which prevents the erasure of their data."""
    for one in Application.objects.owned_by(person).filter(state__in=OPEN_STATES):
        name = f"renewal {one.reference} is not finished ({one.get_state_display().lower()})"
        yield OpenThing(
            f"Your {name}.", f"The {name}.", reverse("renewals:application", args=[one.reference])
        )


TABLES = [
    PersonalTable(
        "renewals.Application",
        "trainer",
        empties={"returned_reason": ERASED, "end_reason": ERASED},
        keeps={
            "reference": NUMBER,
            "state": CODE,
            "fee_lines": AGREED,
            "fee_currency": CODE,
            "attestation_text": AGREED,
            "attestation_version": AGREED,
            **dict.fromkeys(("tier", "policy_version"), CODE),
            "assessment": DECIDED,
        },
    ),
    PersonalTable(
        "renewals.Decision",
        "application__trainer",
        empties={"words": ERASED, "stuck_reason": ERASED},
        keeps={"state": CODE, "verdict": CODE, "reason_code": CODE},
    ),
    PersonalTable("renewals.YearlyFee", "cycle__credential__trainer", keeps={"code": CODE}),
]
