"""A petition from draft to review: the trainer agrees and pays, and an answer is promised (S10)."""

from datetime import datetime

from django.db import transaction

from cases.locking import day_of, lock_case
from cases.reviewers import require_owner
from core.errors import Refusal
from core.history import subject_of
from payments.models import Charge
from payments.services.charges import charge_line, raise_charge, settled_verb
from payments.services.returning import finish_payment
from petitions.attestation import attestation_for
from petitions.described import check_may_petition
from petitions.models import Petition
from petitions.notice_codes import RECEIVED
from petitions.screening import missing_details
from petitions.services.foreseeing import queue_delay_notice, queue_expiry_notices
from petitions.services.moving import figures_for, move_petition, queue_petition_notice
from rules.days import business_day_after
from rules.for_life import NOTHING_TO_RENEW
from trainers.models import Cycle, Trainer

State = Petition.State


def send_petition(
    petition: Petition,
    *,
    by: Trainer,
    at: datetime,
    attestation_version: str,
    agreed_cents: int | None = None,
) -> Petition:
    """Agree to the attestation and raise the charge. Idempotent. From now on the petition's details
    are fixed.

    `agreed_cents` is the fee that the trainer saw; None accepts any. Raises Refusal when something
    is missing, when the certification is not in force, or when the attestation or the fee has
    changed since the page was opened.
    """
    with transaction.atomic():
        petition = lock_case(petition)
        require_owner(petition, by)
        if petition.state != State.DRAFT:
            return petition
        if not petition.credential.in_force:
            raise Refusal("Your certification is not active. Contact us.", code="not_in_force")
        if Cycle.objects.latest_of(petition.credential).is_for_life:
            raise Refusal(NOTHING_TO_RENEW, code="for_life")
        missing = missing_details(petition)
        if missing:
            raise Refusal(f"Before you can pay, add {_listed(missing)}.", code="incomplete")
        check_may_petition(petition, on=day_of(at, petition))
        _agree(petition, attestation_version, agreed_cents, at=at)
        petition.charge = _charge(petition, by=by, at=at)
        detail = {"attestation": petition.attestation_version}
        move_petition(petition, State.UNPAID, "agreed", by=by, at=at, detail=detail)
        return _submit_paid(petition, at=at)


def submit_paid_petition(petition: Petition, *, at: datetime) -> Petition:
    """Move a petition whose fee is settled into review and promise a day for the answer.
    Idempotent.

    A petition that is not paid is left unchanged.
    """
    with transaction.atomic():
        return _submit_paid(lock_case(petition), at=at)


def _submit_paid(petition: Petition, *, at: datetime) -> Petition:
    """Submit a locked petition if its charge is paid; a charge of 0 counts as paid at once."""
    verb = settled_verb(petition.charge)
    if petition.state != State.UNPAID or not verb:
        return petition
    set_promised_day(petition, at=at)
    queue_expiry_notices(petition)
    move_petition(petition, State.SUBMITTED, verb, by=None, at=at)
    queue_petition_notice(RECEIVED, petition, event="paid", at=at)
    return petition


def set_promised_day(petition: Petition, *, at: datetime) -> None:
    """Set the day by which an answer is promised: the policy's business days from today. Also used
    for a second review.
    """
    days = figures_for(petition, at).promised_answer_business_days
    petition.submitted_at, petition.answer_days_left = at, None
    petition.answer_due_on = business_day_after(day_of(at, petition), days)
    queue_delay_notice(petition)


def _agree(petition: Petition, version: str, agreed_cents: int | None, *, at: datetime) -> None:
    policy = petition.credential.policy
    petition.received_on = day_of(at, petition)
    figures = policy.version_on(petition.received_on)
    if agreed_cents not in (None, figures.petition_fee.amount_cents):
        fee = policy.money(figures.petition_fee.amount_cents)
        raise Refusal(f"The fee is {fee} now. Check it, then agree again.", code="price")
    attestation = attestation_for(figures, policy.currency_symbol)
    if version != attestation.version:
        raise Refusal("What you agree to has changed. Read it, then agree again.", code="attestation")
    petition.received_at = at
    petition.attestation_text, petition.attestation_version = attestation.text, attestation.version


def _charge(petition: Petition, *, by: Trainer, at: datetime) -> Charge:
    return raise_charge(
        trainer=petition.trainer,
        subject=subject_of(petition),
        kind="petition",
        description=f"Petition {petition.reference}: {petition.title}"[:160],
        lines=[charge_line(figures_for(petition, at).petition_fee)],
        currency=petition.credential.policy.currency,
        policy_version=f"{petition.credential.policy_code}@{figures_for(petition, at).in_force_from}",
        by=by,
        at=at,
    )


def _listed(words: list[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"


def finish_after_return(petition: Petition, *, at: datetime, wait: bool) -> Petition:
    """Ask the provider whether an unpaid petition is paid, and send it to review. Idempotent; see
    `finish_payment`.
    """
    if petition.state != Petition.State.UNPAID:
        return petition
    return finish_payment(petition, submit_paid_petition, at=at, wait=wait)
