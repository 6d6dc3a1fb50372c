"""The renewals that go with another one: begun with it when it is sent, and approved with it, each with its
next cycle. Every other step follows by itself (`move_application`).
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from ceus.services.claims import claim_records
from core.clock import date_of
from core.errors import Refusal
from core.history import record_history
from core.references import new_reference
from renewals.joining import certifications_in_words, fees_with
from renewals.models import Application
from renewals.services.drawing import draw_renewal
from renewals.services.moving import follow_renewal, joined_with, move_application, says_several
from renewals.services.reminders import cancel_reminders
from renewals.standing import (
    approved_standing,
    claimed_standing,
    claims_of,
    standing_with_petitions,
    what_is_missing,
)
from rules.answers import Standing, standing_as_dict
from trainers.models import Cycle, Trainer
from trainers.services.cycles import open_next_cycle

State = Application.State
SENT_WITH = "It was sent together with {number}."


def submit_joined_renewals(
    leader: Application, cycles: Iterable[Cycle], *, by: Trainer, at: datetime
) -> list[Application]:
    """Begin and send a renewal of each of these cycles that goes with `leader`, which was just sent and
    has claimed its records. Raises Refusal when what is left does not meet the needs of one.
    """
    return [_submit_joined(leader, cycle, by=by, at=at) for cycle in cycles]


def _submit_joined(leader: Application, cycle: Cycle, *, by: Trainer, at: datetime) -> Application:
    trainer, credential = leader.trainer, cycle.credential
    for draft in Application.objects.filter(cycle=cycle, state=State.DRAFT):
        draft.cycle = cycle
        reason = SENT_WITH.format(number=leader.cycle.credential.display_number)
        move_application(draft, State.WITHDRAWN, "withdrawn", by=by, at=at, reason=reason)
    received_on = date_of(leader.submission.received_at, cycle.policy.time_zone)
    standing = standing_with_petitions(cycle, received_at=leader.submission.received_at)
    if not standing.eligible:
        sentence = f"{credential.display_number}: {what_is_missing(standing)}"
        raise Refusal(sentence, code="cannot_join", field="joined")
    renewal = Application.objects.create(
        reference=new_reference("R"), cycle=cycle, trainer=trainer, started_at=at, renewed_with=leader
    )
    record_history(renewal, "started", trainer=trainer, by=by, at=at, change=("", State.DRAFT))
    renewal.received_at, renewal.received_on = leader.received_at, received_on
    renewal.fee_total_cents, renewal.fee_currency = 0, leader.fee_currency
    renewal.attestation_text = leader.attestation_text
    renewal.attestation_version = leader.attestation_version
    renewal.tier, renewal.policy_version = standing.tier, cycle.policy.version_name(received_on)
    renewal.pay_through = leader.pay_through
    claim_records(cycle, ids=claims_of(standing), by=by, at=at)
    follow_renewal(renewal, leader, "submitted", by=by, at=at)
    cancel_reminders(cycle, at=at)
    draw_renewal(renewal, at=at)
    return renewal


def with_price_of_all(application: Application, standing: Standing) -> Standing:
    """Return the standing with the price of every certification that the application renews, as its charge
    has it; the standing itself for one alone.
    """
    joined = [one.cycle for one in joined_with(application)]
    if not joined or standing.fees is None:
        return standing
    fees = fees_with(application.cycle, joined, received_on=standing.received_on)
    return replace(standing, fees=fees or standing.fees)


def approve_joined_renewals(leader: Application, *, by: Trainer | None, at: datetime) -> list[Application]:
    """Approve the renewals that go with `leader`, which was just approved, each by its own claimed
    records, and open the next cycle of each.
    """
    joined = [one for one in joined_with(leader) if one.state == State.IN_REVIEW]
    for one in joined:
        standing = approved_standing(one.cycle, claimed_standing(one), at=at)
        one.assessment = standing_as_dict(standing)
        follow_renewal(one, leader, "approved", by=by, at=at)
        open_next_cycle(one.cycle, standing=standing, by=by, at=at)
    return joined


def numbers_together(application: Application) -> str:
    """Return the certifications that the application is about, in words; "" for one alone. One query
    where the policy says something to people with several.
    """
    if not says_several(application.cycle):
        return ""
    rows = Application.objects.filter(renewed_with=application.pk).order_by("cycle__credential")
    others = [one.cycle.credential.display_number for one in rows.select_related("cycle__credential")]
    return certifications_in_words([application.cycle.credential.display_number, *others]) if others else ""
