"""What happens when the fee of a petition is no longer kept in full: an undecided petition stops;
for an approved one, a lead decides whether its course still counts (Q31).
"""

from datetime import datetime

from django.db import transaction

from cases.decisions import drop_pending_decision
from cases.locking import lock_case
from cases.reviewers import require_reviewer
from ceus.models import CeuRecord
from ceus.services.auditing import reject_record
from core.errors import Refusal
from core.history import subject_of
from outbox.notices import supersede_notices
from payments.models import FeeDecision
from payments.services.charges import WENT_BACK, lock_charge, payment_state
from payments.services.fee_decisions import (
    check_undecided,
    is_decided,
    record_fee_decision,
    repeated_decision,
)
from petitions.fees import fee_went_back
from petitions.models import Petition
from petitions.notice_codes import FEE_DECIDED, GOES_ON, STOPPED
from petitions.services.moving import move_petition, queue_petition_notice
from petitions.services.sending import set_promised_day
from trainers.models import Trainer

State, CLOSED_FEE = Petition.State, "payments.decide_closed_fee"
FEE_GONE = "The fee of this petition went back."
CLAIMED = "This course counts in a renewal. Decide about that renewal, or let the course count."


def follow_fee(petition: Petition, *, at: datetime) -> Petition:
    """Stop an undecided petition whose fee is no longer kept in full; continue the review of a
    stopped one whose fee is kept again. Idempotent.
    """
    with transaction.atomic():
        petition = lock_case(petition)
        if petition.charge_id is None:
            return petition
        charge = lock_charge(petition.charge_id)
        gone = payment_state(charge) in WENT_BACK
        if gone and petition.state in Petition.HOPED_FOR:
            return _stop(petition, at=at)
        if petition.state == State.STOPPED and not gone and not fee_went_back(petition):
            return _go_on(petition, at=at)
        return petition


def decide_petition_fee(
    petition: Petition, *, verdict: str, reason: str, by: Trainer, at: datetime
) -> Petition:
    """Decide, as a lead and with a reason, whether an approved course counts although its fee is
    not kept in full. Idempotent. The trainer gets a mail.

    Raises Refusal for one's own petition, when the fee is kept in full, and when a renewal has used
    the course.
    """
    with transaction.atomic():
        petition = lock_case(petition)
        require_reviewer(petition, by, CLOSED_FEE)
        if petition.state != State.APPROVED or petition.charge_id is None:
            raise Refusal("Only a petition that was approved is decided about.", code="out_of_order")
        charge = lock_charge(petition.charge_id)
        if repeated_decision(charge, verdict=verdict, reason=reason, by=by):
            return petition
        check_undecided(charge, is_decided=is_decided(charge))
        decision = record_fee_decision(charge, verdict=verdict, reason=reason, by=by, at=at)
        if decision.verdict == FeeDecision.Verdict.END:
            _uncount(petition, by=by, at=at, reason=decision.reason)
        queue_petition_notice(FEE_DECIDED, petition, event=f"fee:{decision.pk}", at=at)
        return petition


def _uncount(petition: Petition, *, by: Trainer, at: datetime, reason: str) -> None:
    record: CeuRecord | None = petition.record
    if record is None:
        return
    if record.claimed_for_id:
        raise Refusal(CLAIMED, code="claimed", field="verdict")
    reject_record(record, by=by, at=at, reason=reason)


def _stop(petition: Petition, *, at: datetime) -> Petition:
    drop_pending_decision(petition, by=None, at=at, reason=FEE_GONE)
    petition.questions.open().update(closed_at=at)
    move_petition(petition, State.STOPPED, "stopped", by=None, at=at, reason=FEE_GONE)
    supersede_notices(GOES_ON, subject=subject_of(petition), at=at)
    queue_petition_notice(STOPPED, petition, event=f"stopped:{at.isoformat()}", at=at)
    return petition


def _go_on(petition: Petition, *, at: datetime) -> Petition:
    set_promised_day(petition, at=at)
    move_petition(petition, State.SUBMITTED, "goes on", by=None, at=at)
    supersede_notices(STOPPED, subject=subject_of(petition), at=at)
    queue_petition_notice(GOES_ON, petition, event=f"goes on:{at.isoformat()}", at=at)
    return petition
