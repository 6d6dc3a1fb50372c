"""The draw and the audit of a renewal: drawn at submission, approved after a passed audit (S12,
Q17–Q20).
"""

from datetime import datetime

from django.db import transaction

from audits.models import Audit
from audits.services import draw_cycle, end_audit, require_audit
from audits.services import propose_audit as propose
from cases.locking import lock_case
from core.errors import Refusal
from renewals.models import Application
from trainers.models import Trainer

CLOSED_AGAINST = (Audit.State.FAILED, Audit.State.EXPIRED)


def draw_locked(application: Application, *, at: datetime) -> bool:
    """Draw the cycle once; return False while no draw period is open, for which the renewal waits
    (Q20).
    """
    return draw_cycle(application.cycle, at=at) is not None


def draw_late(application: Application, *, at: datetime) -> bool:
    """Draw a renewal that waits for a draw period; return whether it is drawn."""
    with transaction.atomic():
        return draw_locked(lock_case(application), at=at)


def latest_audit(application: Application) -> Audit | None:
    """Return the newest audit of this application."""
    return (
        Audit.objects.filter(cycle=application.cycle, renewal=application.reference).order_by("-pk").first()
    )


def closed_against(application: Application) -> Audit | None:
    """Return the application's audit when it failed or expired, so that the renewal is denied (Q19)."""
    audit = latest_audit(application)
    return audit if audit and audit.state in CLOSED_AGAINST else None


def may_look_again(application: Application) -> bool:
    """Return whether the denial comes from a failed audit that was not reviewed again."""
    against = closed_against(application) if application.state == Application.State.DENIED else None
    return bool(against and against.state == Audit.State.FAILED and against.another_look_at is None)


def open_required_audit(application: Application, *, at: datetime) -> Audit | None:
    """Return the audit that must be closed before approval, opened now if required. For a paid
    renewal.
    """
    return require_audit(
        application.cycle,
        renewal=application.reference,
        received_on=application.submission.received_on,
        at=at,
    )


def check_cleared(application: Application, *, at: datetime) -> None:
    """Raise Refusal before an approval that would bypass the draw or an audit."""
    if not draw_locked(application, at=at):
        raise Refusal("It has not been drawn yet: no draw period is open.", code="not_drawn")
    if closed_against(application):
        raise Refusal("Its audit was not passed.", code="audit")
    audit = open_required_audit(application, at=at)
    if audit:
        raise Refusal(f"Its audit {audit.reference} must be closed first.", code="audit")


def check_no_audit(application: Application) -> None:
    """Raise Refusal while an audit is open: a renewal is returned only after its audit has closed."""
    audit = latest_audit(application)
    if audit and audit.is_open:
        raise Refusal(f"Its audit {audit.reference} must be closed first.", code="audit")


def propose_audit(application: Application, *, by: Trainer, at: datetime, cause: str) -> Audit:
    """Propose an audit for cause, for a lead.

    Raises Refusal for a renewal that is not submitted or is decided.
    """
    with transaction.atomic():
        application = lock_case(application)
        if application.state not in (Application.State.SUBMITTED, Application.State.IN_REVIEW):
            raise Refusal("Only a renewal that is sent and not decided is audited.", code="out_of_order")
        return propose(
            application.cycle,
            renewal=application.reference,
            received_on=application.submission.received_on,
            by=by,
            at=at,
            cause=cause,
        )


def has_refused_records(application: Application) -> bool:
    """Return whether a passed audit of this renewal rejected records."""
    audit = latest_audit(application)
    return bool(
        audit and audit.state == Audit.State.PASSED and audit.items.filter(verdict="refused").exists()
    )


def end_audit_of_renewal(application: Application, *, by: Trainer | None, at: datetime, reason: str) -> None:
    """End the open audit with its renewal; the draw stays with the cycle."""
    end_audit(application.cycle, by=by, at=at, reason=reason)
