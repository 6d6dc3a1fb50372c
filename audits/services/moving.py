"""Move an audit to another state; find who may review it, and the policy version that applies to
it.
"""

from collections.abc import Mapping
from datetime import datetime
from functools import partial

from django.db import transaction

from audits.models import Audit, AuditItem
from audits.signals import audit_closed
from cases.reviewers import require_reviewer
from cases.services.snoozing import follow_case_step
from core import transitions
from core.errors import Refusal
from core.faults import faultpoint
from core.history import record_history
from rules.policy.model import PolicyVersion
from trainers.models import Trainer

State = Audit.State


def figures_for(audit: Audit) -> PolicyVersion:
    """Return the policy version of the renewal's day of receipt (Q14)."""
    return audit.cycle.policy.version_on(audit.received_on)


def require_audit_reviewer(audit: Audit, by: Trainer | None, permission: str = "") -> None:
    """Raise Refusal unless `by` may review this audit: only a lead may when a document of it may
    have been altered (invariant 14).
    """
    require_reviewer(audit, by, permission)
    if audit.for_lead and by is not None and not by.has_perm(audit.LEAD):
        raise Refusal("A lead decides about this audit.", code="for_lead")


def locked_item(audit: Audit, item: AuditItem) -> AuditItem:
    """Return an item of a locked audit, read again from the database. Raises Refusal for an item of
    another audit.
    """
    found = audit.items.select_related("record__course").filter(pk=item.pk).first()
    if found is None:
        raise Refusal("This document is not part of the audit.", code="not_found")
    found.audit = audit
    return found


def move_audit(
    audit: Audit,
    state: str,
    verb: str,
    *,
    by: Trainer | None,
    at: datetime,
    reason: str = "",
    detail: Mapping[str, object] | None = None,
) -> Audit:
    """Move a locked audit to `state`, with its history. Raises Refusal for a step that is not in
    TRANSITIONS.

    A result (passed, failed, expired) sends a signal after the commit.
    """
    transitions.move(audit, state, verb, trainer=audit.trainer, by=by, at=at, reason=reason, detail=detail)
    follow_case_step(audit, by=by, at=at)
    if state in (State.PASSED, State.FAILED, State.EXPIRED):
        transaction.on_commit(partial(_announce, audit))
    return audit


def record_step(
    audit: Audit,
    verb: str,
    *,
    by: Trainer | None,
    at: datetime,
    change: tuple[str, str] = ("", ""),
    reason: str = "",
    detail: Mapping[str, object] | None = None,
) -> None:
    """Record history about an audit whose state does not change."""
    trainer = audit.trainer
    record_history(audit, verb, trainer=trainer, by=by, at=at, change=change, reason=reason, detail=detail)


def _announce(audit: Audit) -> None:
    """Send the signal. If it is lost, the sweep of each listener finds the audit later."""
    faultpoint("audit.closed")
    audit_closed.send_robust(sender=Audit, audit=audit)
