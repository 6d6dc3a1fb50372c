"""What happens when the fee of a renewal is no longer kept in full: finance decides before the
approval, a lead after it (Q31).
"""

from datetime import datetime

from django.db import transaction

from cases.locking import day_of
from cases.reviewers import require_reviewer
from core.errors import Refusal
from payments.models import FeeDecision
from payments.services.charges import lock_charge
from payments.services.fee_decisions import (
    check_undecided,
    is_decided,
    may_stand,
    record_fee_decision,
    repeated_decision,
)
from renewals.models import Application
from renewals.notice_codes import FEE_DECIDED
from renewals.services.advancing import advance_locked, deny_locked
from renewals.services.deciding import check_no_audit_for_cause
from renewals.services.moving import lock_renewal, queue_renewal_notice
from trainers.models import Credential, Trainer
from trainers.services.credentials import suspend_credential

State = Application.State
OPEN_FEE, CLOSED_FEE = "payments.decide_open_fee", "payments.decide_closed_fee"
END = FeeDecision.Verdict.END


def decide_open_fee(
    application: Application, *, verdict: str, reason: str, by: Trainer, at: datetime
) -> Application:
    """Decide, as finance, whether an undecided renewal goes on although its fee is not kept in
    full. Idempotent when the same person repeats it. It is then advanced, or denied with the
    reason, which the trainer reads.

    Raises Refusal when the fee is kept in full, and while an audit that two leads agreed on is
    open.
    """
    with transaction.atomic():
        application = lock_renewal(application)
        require_reviewer(application, by, OPEN_FEE)
        charge = lock_charge(application.submission.charge.pk)
        is_open = application.state in (State.IN_REVIEW, State.RETURNED)
        again = repeated_decision(charge, verdict=verdict, reason=reason, by=by)
        if again and (
            again.verdict != END or not is_open
        ):  # the fee of a denied renewal that was reopened is decided about again
            return application
        if not is_open:
            raise Refusal("Only a renewal that is not decided waits for this.", code="out_of_order")
        check_undecided(charge, is_decided=may_stand(charge))
        decision = record_fee_decision(charge, verdict=verdict, reason=reason, by=by, at=at)
        if decision.verdict == END:
            check_no_audit_for_cause(application)
            return deny_locked(application, by=by, at=at, reason=decision.reason)
        return advance_locked(application, at=at)


def decide_approved_fee(
    application: Application, *, verdict: str, reason: str, by: Trainer, at: datetime
) -> Application:
    """Decide, as a lead and with a reason, whether an approval stays although the fee is not kept
    in full. Idempotent when the same person repeats it.

    If it does not stay, what it renewed is suspended from today, and can be reinstated (Q24). The
    trainer gets a mail in either case. Raises Refusal when the fee is kept in full.
    """
    with transaction.atomic():
        application = lock_renewal(application)
        require_reviewer(application, by, CLOSED_FEE)
        charge = lock_charge(application.submission.charge.pk)
        if repeated_decision(charge, verdict=verdict, reason=reason, by=by):
            return application
        if application.state != State.APPROVED:
            raise Refusal("Only a renewal that was approved waits for a lead.", code="out_of_order")
        check_undecided(charge, is_decided=is_decided(charge))
        decision = record_fee_decision(charge, verdict=verdict, reason=reason, by=by, at=at)
        if decision.verdict == END:
            for credential in _renewed_by(application):
                suspend_credential(
                    credential, by=by, at=at, on=day_of(at, application), reason=decision.reason
                )
        queue_renewal_notice(FEE_DECIDED, application, event=f"fee:{decision.pk}", at=at)
        return application


def _renewed_by(application: Application) -> list[Credential]:
    """Return the credentials in force that the approved application renewed: its own, and those that
    went with it.
    """
    rows = Credential.objects.filter(cycles__applications__renewed_with=application, state="in_force")
    return [application.cycle.credential, *rows.select_related("trainer").order_by("pk")]
