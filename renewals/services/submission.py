"""Submit a renewal: the moment of receipt, the price, the attestation and the claimed records are
fixed together (Q9, Q13, Q14).
"""

import logging
from datetime import datetime, timedelta

from django.db import transaction

from audits.services.drawing import draw_cycle
from cases.reviewers import require_owner
from ceus.services.claims import claim_records
from core.clock import end_of
from core.errors import Refusal
from core.history import record_history, subject_of
from core.references import new_reference
from payments.models import Charge
from payments.services.charges import raise_charge
from payments.services.returning import ask_after_return
from renewals.attestation import attestation_for
from renewals.models import Application
from renewals.notice_codes import UNPAID
from renewals.services.advancing import advance_application, advance_paid_locked
from renewals.services.endings import end_when_overdue
from renewals.services.moving import figures_for, lock_renewal_of, move_application, queue_renewal_notice
from renewals.services.reminders import cancel_reminders
from renewals.standing import (
    best_standing,
    check_may_apply,
    claims_of,
    missing_code,
    what_is_missing,
)
from rules.answers import Standing
from rules.days import due_on
from rules.fees import Fees
from trainers.models import Cycle, Trainer

State = Application.State
log = logging.getLogger(__name__)


def start_application(cycle: Cycle, *, by: Trainer, at: datetime) -> Application:
    """Return the cycle's open application, or a new draft.

    Raises Refusal when the cycle cannot be renewed.
    """
    with transaction.atomic():
        cycle, application = lock_renewal_of(cycle)
        require_owner(cycle, by)
        application = end_when_overdue(application, at=at)
        if application:
            return application
        check_may_apply(cycle)
        return _draft(cycle, by=by, at=at)


def submit_application(
    cycle: Cycle, *, by: Trainer, at: datetime, attestation_version: str, agreed_cents: int | None = None
) -> Application:
    """Submit the cycle's renewal. It is received at `at`, when the request began to arrive.
    Idempotent. `agreed_cents` is the price that the trainer saw; None accepts any.

    Raises Refusal when the window is not open, when something is missing even with the undecided
    petitions (Q15), when the certification is not in force, and when the attestation or the price
    has changed since the page was opened.
    """
    with transaction.atomic():
        cycle, application = lock_renewal_of(cycle)
        require_owner(cycle, by)
        application = end_when_overdue(application, at=at)
        if application and application.state != State.DRAFT:
            return application
        done = cycle.applications.filter(state=State.APPROVED, fee_total_cents=0).first()
        if done:  # nothing had to be paid, so the first of two clicks has approved it already
            return done
        check_may_apply(cycle)
        standing = best_standing(cycle, at)
        fees = _agreed_fees(cycle, standing, attestation_version, agreed_cents)
        application = application or _draft(cycle, by=by, at=at)
        return _receive(application, standing, fees, by=by, at=at)


def _draft(cycle: Cycle, *, by: Trainer, at: datetime) -> Application:
    reference = new_reference("R")
    application = Application.objects.create(
        reference=reference, cycle=cycle, trainer=cycle.credential.trainer, started_at=at
    )
    record_history(
        application, "started", trainer=application.trainer, by=by, at=at, change=("", State.DRAFT)
    )
    return application


def _agreed_fees(cycle: Cycle, standing: Standing, version: str, agreed_cents: int | None) -> Fees:
    if not standing.eligible or standing.fees is None:
        raise Refusal(what_is_missing(standing), code=missing_code(standing))
    policy = cycle.policy
    if version != attestation_for(policy.version_on(standing.received_on)).version:
        raise Refusal("What you agree to has changed. Read it, then agree again.", code="attestation")
    if agreed_cents not in (None, standing.fees.total_cents):
        total = policy.money(standing.fees.total_cents)
        raise Refusal(f"The price is {total} now. Check it, then agree again.", code="price")
    return standing.fees


def _receive(
    application: Application, standing: Standing, fees: Fees, *, by: Trainer, at: datetime
) -> Application:
    application.received_at, application.received_on = at, standing.received_on
    figures = figures_for(application)
    attestation = attestation_for(figures)
    application.fee_lines = [
        {
            "code": line.code,
            "label": line.label,
            "amount_cents": line.amount_cents,
            "clause": line.clause,
            "text": line.text,
        }
        for line in fees.lines
    ]
    application.fee_total_cents, application.fee_currency = fees.total_cents, fees.currency
    application.attestation_text, application.attestation_version = attestation.text, attestation.version
    application.pay_through = due_on(standing.received_on, figures.pay_within_days)
    application.charge = _charge(application, fees, by=by, at=at)
    claim_records(application.cycle, ids=claims_of(standing), by=by, at=at)
    detail = {
        "tier": standing.tier,
        "total_cents": fees.total_cents,
        "records": len(claims_of(standing)),
    }
    move_application(application, State.SUBMITTED, "submitted", by=by, at=at, detail=detail)
    _remind(application, at=at)
    draw_cycle(application.cycle, at=at)
    return application if fees.total_cents else advance_paid_locked(application, at=at)


def _charge(application: Application, fees: Fees, *, by: Trainer, at: datetime) -> Charge:
    credential = application.cycle.credential
    return raise_charge(
        trainer=credential.trainer,
        subject=subject_of(application),
        kind="renewal",
        description=f"Renewal of certification {credential.display_number}",
        lines=application.fee_lines,
        currency=fees.currency,
        by=by,
        at=at,
        pay_by=end_of(application.submission.pay_through, credential.policy.time_zone),
    )


def _remind(application: Application, *, at: datetime) -> None:
    """Cancel the reminders to renew and queue those to pay. Whether a reminder is still due is
    checked before it is sent.
    """
    cancel_reminders(application.cycle, at=at)
    if not application.fee_total_cents:
        return
    for hours in figures_for(application).unpaid_reminder_hours:
        send_at = at + timedelta(hours=hours)
        queue_renewal_notice(UNPAID, application, event=f"{hours}h", at=at, send_at=send_at)


def finish_after_return(application: Application, *, at: datetime, wait: bool) -> Application:
    """Ask the provider whether a submitted renewal is paid, and advance it. Idempotent.

    When the provider does not answer and `wait` is true, the function waits up to three seconds for
    its webhook. Must not run inside a transaction. After an error the renewal is left to the sweep.
    """
    if application.state != Application.State.SUBMITTED or application.charge is None:
        return application
    ask_after_return(application.charge, at=at, wait=wait)
    try:
        return advance_application(application, at=at)
    except Exception:
        log.exception("renewal %s is left to the sweep", application.reference)
        application.refresh_from_db()
        return application
