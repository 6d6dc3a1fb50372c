"""Submit a renewal: the moment of receipt, the price, the attestation and the claimed records are
fixed together (Q9, Q13, Q14).
"""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from django.db import transaction

from cases.reviewers import require_owner
from ceus.services.claims import claim_records
from core.clock import end_of
from core.errors import Refusal
from core.history import record_history, subject_of
from core.references import new_reference
from outbox.notices import queue_notice_series
from payments.models import Charge
from payments.services.charges import charge_line, raise_charge
from payments.services.returning import finish_payment
from renewals.attestation import attestation_for
from renewals.joining import candidates_for, certifications_in_words, fees_with
from renewals.models import Application
from renewals.notice_codes import UNPAID
from renewals.services.advancing import advance_application, advance_paid_locked
from renewals.services.drawing import draw_renewal
from renewals.services.endings import end_when_overdue
from renewals.services.joined import submit_joined_renewals
from renewals.services.moving import figures_for, lock_renewal_of, move_application
from renewals.services.reminders import cancel_reminders
from renewals.services.ways import keep_way
from renewals.standing import (
    check_may_apply,
    claims_of,
    missing_code,
    standing_with_petitions,
    what_is_missing,
)
from rules.answers import Standing
from rules.days import due_on
from rules.fees import Fees
from trainers.models import Cycle, Trainer

State = Application.State


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
    cycle: Cycle,
    *,
    by: Trainer,
    at: datetime,
    attestation_version: str,
    agreed_cents: int | None = None,
    joined: Collection[str] = (),
) -> Application:
    """Submit the cycle's renewal. It is received at `at`, when the request began to arrive.
    Idempotent. `agreed_cents` is the price that the trainer saw; None accepts any. `joined` are the
    numbers of the further certifications that it renews.

    Raises Refusal when the window is not open, when something is missing even with the undecided
    petitions (Q15), when the certification is not in force, when one of `joined` cannot be renewed
    with it, and when the attestation or the price has changed since the page was opened.
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
        others = _chosen_certifications(cycle, joined, at)
        standing = standing_with_petitions(cycle, received_at=at)
        if others:
            standing = replace(standing, fees=fees_with(cycle, others, received_on=standing.received_on))
        fees = _agreed_fees(cycle, standing, attestation_version, agreed_cents)
        application = application or _draft(cycle, by=by, at=at)
        return _receive(application, standing, fees, others, by=by, at=at)


def _draft(cycle: Cycle, *, by: Trainer, at: datetime) -> Application:
    reference = new_reference("R")
    application = Application.objects.create(
        reference=reference, cycle=cycle, trainer=cycle.credential.trainer, started_at=at
    )
    record_history(
        application, "started", trainer=application.trainer, by=by, at=at, change=("", State.DRAFT)
    )
    return application


def _chosen_certifications(cycle: Cycle, numbers: Collection[str], at: datetime) -> list[Cycle]:
    """Return the current cycles of the further certifications with these numbers. Raises Refusal for one
    that the application cannot renew.
    """
    if not numbers:
        return []
    candidates = {one.number: one for one in candidates_for(cycle, received_at=at)}
    for number in numbers:
        if number not in candidates:
            raise Refusal("Choose certifications of the list.", code="cannot_join", field="joined")
        if why := candidates[number].why_not:
            shown = candidates[number].cycle.credential.display_number
            raise Refusal(f"{shown}: {why}", code="cannot_join", field="joined")
    return [one.cycle for number, one in candidates.items() if number in numbers]


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
    application: Application,
    standing: Standing,
    fees: Fees,
    others: Sequence[Cycle],
    *,
    by: Trainer,
    at: datetime,
) -> Application:
    application.received_at, application.received_on = at, standing.received_on
    figures = figures_for(application)
    attestation = attestation_for(figures)
    application.fee_lines = [charge_line(line) for line in fees.lines]
    application.fee_total_cents, application.fee_currency = fees.total_cents, fees.currency
    application.attestation_text, application.attestation_version = attestation.text, attestation.version
    application.tier = standing.tier
    application.policy_version = application.cycle.policy.version_name(standing.received_on)
    _keep_way(application.cycle, standing, by=by, at=at)
    application.pay_through = due_on(standing.received_on, figures.pay_within_days)
    application.charge = _charge(application, fees, others, by=by, at=at)
    claim_records(application.cycle, ids=claims_of(standing), by=by, at=at)
    detail = {
        "tier": standing.tier,
        "total_cents": fees.total_cents,
        "records": len(claims_of(standing)),
    }
    move_application(application, State.SUBMITTED, "submitted", by=by, at=at, detail=detail)
    submit_joined_renewals(application, others, by=by, at=at)
    _remind(application, at=at)
    draw_renewal(application, at=at)
    return application if fees.total_cents else advance_paid_locked(application, at=at)


def _keep_way(cycle: Cycle, standing: Standing, *, by: Trainer, at: datetime) -> None:
    """Store the way by which the renewal was sent, where the policy has several and none was chosen."""
    way = standing.more.path if standing.more else None
    if way and way != cycle.path:
        keep_way(cycle, way=way, by=by, at=at)


def _charge(
    application: Application, fees: Fees, others: Sequence[Cycle], *, by: Trainer, at: datetime
) -> Charge:
    credential = application.cycle.credential
    numbers = [one.credential.display_number for one in (application.cycle, *others)]
    return raise_charge(
        trainer=credential.trainer,
        subject=subject_of(application),
        kind="renewal",
        description=f"Renewal of {certifications_in_words(numbers)}",
        lines=application.fee_lines,
        currency=fees.currency,
        policy_version=application.policy_version,
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
    hours = figures_for(application).unpaid_reminder_hours
    moments = {f"{one}h": at + timedelta(hours=one) for one in hours}
    subject = subject_of(application)
    queue_notice_series(UNPAID, subject=subject, moments=moments, trainer=application.trainer)


def finish_after_return(application: Application, *, at: datetime, wait: bool) -> Application:
    """Ask the provider whether a submitted renewal is paid, and advance it. Idempotent; see
    `finish_payment`.
    """
    if application.state != Application.State.SUBMITTED:
        return application
    return finish_payment(application, _advance_if_waiting, at=at, wait=wait)


def _advance_if_waiting(application: Application, *, at: datetime) -> Application:
    """Advance a renewal that is still submitted: the signal of its payment has advanced it, or was lost."""
    rows = Application.objects.select_related("charge", "cycle__credential__trainer")
    known = rows.get(pk=application.pk)
    return advance_application(known, at=at) if known.state == State.SUBMITTED else known
