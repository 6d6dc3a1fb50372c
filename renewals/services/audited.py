"""What the audit of a renewal means for it; nothing here writes (S12, Q17–Q20)."""

from audits.models import Audit
from renewals.models import Application

NOT_PASSED = (Audit.State.FAILED, Audit.State.EXPIRED)


def latest_audit(application: Application) -> Audit | None:
    """Return the newest audit of this application."""
    return (
        Audit.objects.filter(cycle=application.cycle, renewal=application.reference).order_by("-pk").first()
    )


def audit_not_passed(application: Application) -> Audit | None:
    """Return the audit that failed or expired, for which the renewal is denied (Q19)."""
    audit = latest_audit(application)
    return audit if audit and audit.state in NOT_PASSED else None


def may_look_again(application: Application) -> bool:
    """Return whether the denial comes from a failed audit that was not reviewed again."""
    not_passed = audit_not_passed(application) if application.state == Application.State.DENIED else None
    return bool(not_passed and not_passed.state == Audit.State.FAILED and not_passed.another_look_at is None)


def has_refused_records(application: Application) -> bool:
    """Return whether a passed audit of this renewal rejected records."""
    audit = latest_audit(application)
    return bool(
        audit and audit.state == Audit.State.PASSED and audit.items.filter(verdict="refused").exists()
    )
