"""Decisions about a case whose fee is no longer kept in full (Q31). The apps of petitions and
renewals carry out what a decision means for the case.
"""

from datetime import datetime

from core.errors import Refusal
from core.history import record_history
from core.transitions import check_words
from payments.models import Charge, FeeDecision
from payments.models.fee_decision import LONGEST_REASON
from payments.services.refund_checks import fee_went_back, kept_of
from trainers.models import Trainer

KEEP = FeeDecision.Verdict.KEEP
NOT_BACK = "Its fee is not gone, so there is nothing to decide."


def may_stand(charge: Charge | None) -> bool:
    """Return whether the case of the charge may be approved: its fee is kept in full, or somebody
    decided that the case goes on without the missing part.
    """
    if charge is None or not fee_went_back(charge):
        return True
    newest = FeeDecision.objects.about_charge(charge).first()
    return newest is not None and newest.verdict == KEEP and newest.kept_cents <= kept_of(charge)


def is_decided(charge: Charge) -> bool:
    """Return whether the newest decision about the fee still holds: no less is kept now than when
    it was made.
    """
    newest = FeeDecision.objects.about_charge(charge).first()
    return newest is not None and newest.kept_cents <= kept_of(charge)


def check_stands(charge: Charge | None) -> None:
    """Raise Refusal when part of the fee is missing and finance must first decide whether the case
    may be approved.
    """
    if not may_stand(charge):
        sentence = "Its fee went back, so it is not approved until finance has decided about it."
        raise Refusal(sentence, code="fee_went_back")


def record_fee_decision(
    charge: Charge, *, verdict: str, reason: str, by: Trainer, at: datetime
) -> FeeDecision:
    """Write a decision about a locked charge whose fee is not kept in full. The caller has checked
    who may decide.

    Raises Refusal when the verdict or the reason is missing, and when the fee is kept in full
    again.
    """
    if verdict not in FeeDecision.Verdict.values:
        raise Refusal("Choose what becomes of it.", code="verdict", field="verdict")
    what = "the reason. It is kept in the history"
    reason = check_words(reason, field="reason", what=what, longest=LONGEST_REASON)
    if not fee_went_back(charge):
        raise Refusal(NOT_BACK, code="not_back")
    decision = FeeDecision.objects.create(
        charge=charge, verdict=verdict, reason=reason, kept_cents=kept_of(charge), by=by, decided_at=at
    )
    detail = {"kept_cents": decision.kept_cents}
    verb = "fee waived" if verdict == KEEP else "fee missed"
    record_history(charge, verb, trainer=charge.trainer, by=by, at=at, reason=reason, detail=detail)
    return decision


def repeated_decision(charge: Charge, *, verdict: str, reason: str, by: Trainer) -> FeeDecision | None:
    """Return the newest decision when `by` made it with the same verdict and reason, because a
    click was sent twice; otherwise None.
    """
    newest = FeeDecision.objects.about_charge(charge).first()
    if newest is None or newest.kept_cents > kept_of(charge):
        return None
    same = (newest.verdict, newest.reason, newest.by_id) == (verdict, reason.strip(), by.pk)
    return newest if same else None


def check_undecided(charge: Charge, *, is_decided: bool) -> None:
    """Raise Refusal when the fee was refunded or disputed and, by `is_decided`, somebody else has
    just decided what becomes of its case. The sentence names that person.
    """
    newest = FeeDecision.objects.about_charge(charge).select_related("by").first()
    if is_decided and newest and fee_went_back(charge):
        sentence = f"{newest.by.name} has decided this while you had it open. Nothing was changed by you."
        raise Refusal(sentence, code="decided")
