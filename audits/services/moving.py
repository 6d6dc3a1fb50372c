"""One step of an audit's life, who may review it, and the figures of the policy that decide about
it.
"""

from datetime import datetime
from functools import partial
from typing import Any

from django.db import transaction

from audits.models import Audit, AuditItem
from audits.models.audit import LONGEST_TEXT
from audits.signals import audit_closed
from cases.reviewers import require_reviewer
from core import transitions
from core.errors import Refusal
from core.faults import faultpoint
from core.history import record_history
from rules.policy.model import PolicyVersion
from trainers.models import Trainer

State = Audit.State
check_words = partial(transitions.check_words, longest=LONGEST_TEXT)


def figures_for(audit: Audit) -> PolicyVersion:
    """Return the policy version that decides about an audit: the one of the renewal's day of
    receipt (Q14).
    """
    return audit.cycle.credential.policy.version_on(audit.received_on)


def require_audit_reviewer(audit: Audit, by: Trainer | None, permission: str = "") -> None:
    """Raise Refusal unless `by` may review this audit: a lead where a document may be altered
    (invariant 14).
    """
    require_reviewer(audit, by, permission)
    if audit.for_lead and by is not None and not by.has_perm(audit.LEAD):
        raise Refusal("A lead decides about this audit.", code="for_lead")


def locked_item(audit: Audit, item: AuditItem) -> AuditItem:
    """Return one row of an audit that is locked, read again. Raises Refusal for another audit's."""
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
    detail: dict[str, Any] | None = None,
) -> Audit:
    """Take one step, with its history. Only for an audit under lock. Raises Refusal when it is no
    step from here.

    What closes is announced to the apps above once the transaction is committed.
    """
    transitions.move(audit, state, verb, trainer=audit.trainer, by=by, at=at, reason=reason, detail=detail)
    if state in (State.PASSED, State.FAILED, State.EXPIRED):
        transaction.on_commit(partial(_announce, audit))
    return audit


def record_step(audit: Audit, verb: str, *, by: Trainer | None, at: datetime, **more: Any) -> None:
    """Write down what happened to an audit without a change of its state."""
    record_history(audit, verb, trainer=audit.trainer, by=by, at=at, **more)


def _announce(audit: Audit) -> None:
    """Send the signal of a closed audit; if it is lost, a sweep of each receiver makes up for it."""
    faultpoint("audit.closed")
    audit_closed.send_robust(sender=Audit, audit=audit)
