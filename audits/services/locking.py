"""How every step of an audit begins and ends: rows locked in one order, and one way to change the state."""

from datetime import date, datetime
from functools import partial
from typing import Any

from django.db import connection, transaction

from audits.errors import AuditRefusal
from audits.models import OPEN_STATES, Audit, AuditItem
from audits.models.audit import LONGEST_TEXT
from audits.signals import audit_closed
from core import clock, transitions
from core.faults import faultpoint
from core.history import record_history
from rules.policy.model import PolicyVersion
from trainers.models import Credential, Trainer

State = Audit.State
check_words = partial(transitions.check_words, longest=LONGEST_TEXT, refusal=AuditRefusal)


def hold(audit: Audit) -> Audit:
    """Read an audit again under lock, its credential first, as renewals and records lock them."""
    if not connection.in_atomic_block:
        raise RuntimeError("rows are locked inside a transaction")
    credential_id = Audit.objects.values_list("cycle__credential_id", flat=True).get(pk=audit.pk)
    credentials = Credential.objects.select_for_update(of=("self",)).select_related("trainer")
    credential = credentials.get(pk=credential_id)
    locked = Audit.objects.select_for_update(of=("self",)).select_related("cycle").get(pk=audit.pk)
    locked.cycle.credential = credential
    return locked


def item_of(audit: Audit, item: AuditItem) -> AuditItem:
    """One row of an audit that is held, read again; raises AuditRefusal for another audit's."""
    found = audit.items.select_related("record__course").filter(pk=item.pk).first()
    if found is None:
        raise AuditRefusal("This document is not part of the audit.", code="not_found")
    found.audit = audit
    return found


def day_of(at: datetime, audit: Audit) -> date:
    """The date of a moment in the policy's zone (Q3)."""
    return clock.date_of(at, audit.cycle.credential.policy.time_zone)


def terms_of(audit: Audit) -> PolicyVersion:
    """The policy version that decides about an audit: the one of the renewal's day of receipt (Q14)."""
    return audit.cycle.credential.policy.version_on(audit.received_on)


def check_owner(audit: Audit, by: Trainer | None) -> None:
    if by is None or by.pk != audit.cycle.credential.trainer_id:
        raise AuditRefusal("Only the trainer may do this.", code="not_allowed")


def check_reviewer(audit: Audit, by: Trainer | None, permission: str = "decide_audit") -> None:
    """Only staff with the permission, nobody about themselves, and a lead where a document may be altered (invariant 14)."""
    if by is None or not by.has_perm(f"audits.{permission}"):
        raise AuditRefusal("You may not decide about audits.", code="not_allowed")
    if by.pk == audit.cycle.credential.trainer_id:
        raise AuditRefusal("Somebody else must decide about your own audit.", code="own_case")
    if audit.for_lead and not by.has_perm("audits.lead_audit"):
        raise AuditRefusal("A lead decides about this audit.", code="for_lead")


def check_step(audit: Audit, state: str, verb: str) -> None:
    """Raise AuditRefusal unless `state` is one step from where the audit stands."""
    sentence = "An audit that is “{state}” cannot be {verb}."
    transitions.check_step(audit, state, sentence, verb=verb, refusal=AuditRefusal)


def move(
    audit: Audit,
    state: str,
    verb: str,
    *,
    by: Trainer | None,
    at: datetime,
    reason: str = "",
    detail: dict[str, Any] | None = None,
) -> Audit:
    """Take one step of the audit's life and write it down. Raises AuditRefusal when it is no step from here.

    What closes is told to the apps above once the transaction is committed.
    """
    check_step(audit, state, verb)
    before, audit.state = audit.state, state
    audit.ended_at = None if state in OPEN_STATES else at
    audit.save()
    note(audit, verb, by=by, at=at, change=(before, state), reason=reason, detail=detail)
    if state in (State.PASSED, State.FAILED, State.EXPIRED):
        transaction.on_commit(partial(_tell, audit))
    return audit


def _tell(audit: Audit) -> None:
    """A word that is lost here costs time only: whoever needs it also sweeps."""
    faultpoint("audit.closed")
    audit_closed.send_robust(sender=Audit, audit=audit)


def note(audit: Audit, verb: str, *, by: Trainer | None, at: datetime, **more: Any) -> None:
    """Write down what happened to an audit."""
    record_history(audit, verb, trainer=audit.trainer, by=by, at=at, **more)
