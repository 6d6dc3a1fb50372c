"""Where a renewal meets the draw and its audit: drawn when it is sent, waiting until the audit is
passed (S12, Q17 to Q20).
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
    """Draw the cycle, once whatever is repeated; False while no period is open: then the renewal
    waits (Q20).
    """
    return draw_cycle(application.cycle, at=at) is not None


def draw_late(application: Application, *, at: datetime) -> bool:
    """Draw one that waits for a period to open; whether it was drawn."""
    with transaction.atomic():
        return draw_locked(lock_case(application), at=at)


def latest_audit(application: Application) -> Audit | None:
    """Return the newest audit of this very renewal."""
    return (
        Audit.objects.filter(cycle=application.cycle, renewal=application.reference).order_by("-pk").first()
    )


def closed_against(application: Application) -> Audit | None:
    """Return its audit when it failed or expired, for which the renewal is denied; else None (Q19)."""
    audit = latest_audit(application)
    return audit if audit and audit.state in CLOSED_AGAINST else None


def may_look_again(application: Application) -> bool:
    """Denied because an audit was not passed, and nobody has looked at it again."""
    against = closed_against(application) if application.state == Application.State.DENIED else None
    return bool(against and against.state == Audit.State.FAILED and against.another_look_at is None)


def open_required_audit(application: Application, *, at: datetime) -> Audit | None:
    """Open the audit that the draw asks for, and return the one that is not closed; None when none
    is needed. Only for a renewal that is paid.
    """
    return require_audit(
        application.cycle,
        renewal=application.reference,
        received_on=application.submission.received_on,
        at=at,
    )


def check_cleared(application: Application, *, at: datetime) -> None:
    """Raise Refusal while the draw or an audit stands against approval; it names an open audit."""
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
    """Propose, as a lead, an audit for cause of a renewal that is not decided. Raises Refusal for
    any other.
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
    """Return whether a passed audit of this renewal took records out of it."""
    audit = latest_audit(application)
    return bool(
        audit and audit.state == Audit.State.PASSED and audit.items.filter(verdict="refused").exists()
    )


def end_audit_of_renewal(application: Application, *, by: Trainer | None, at: datetime, reason: str) -> None:
    """Whatever audit is open ends with the renewal; the result of the draw stays with the cycle."""
    end_audit(application.cycle, by=by, at=at, reason=reason)
