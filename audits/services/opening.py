"""An audit opens when the renewal is paid: because the cycle was drawn (Q20), or for cause, which
two leads ask for together.
"""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction

from audits.models import Audit, AuditItem, Draw
from audits.notice_codes import OPENED, all_kinds
from audits.services.moving import check_words, move_audit, record_step, require_audit_reviewer
from cases.decisions import drop_pending_decision
from cases.locking import lock_case
from cases.reviewers import require_another_person
from ceus.models import CeuRecord
from core.errors import Refusal
from core.history import subject_of
from core.references import new_reference
from outbox.notices import queue_notice, supersede_notices
from trainers.models import Cycle, Trainer

State, Kind = Audit.State, Audit.Kind


def require_audit(cycle: Cycle, *, renewal: str, received_on: date, at: datetime) -> Audit | None:
    """Open the audit that the draw asks for, and return the one that must be closed before the
    renewal is approved; None when none is needed.

    A cycle that was drawn, or that two leads want audited, is approved only on records that a passed audit has accepted,
    however often it is applied for (Q20). Only inside the caller's transaction, the credential locked, its records
    claimed and its payment settled.
    """
    standing_in_the_way = Audit.objects.unended().filter(cycle=cycle).first()
    if standing_in_the_way:
        return _opened_if_agreed(standing_in_the_way, at=at)
    agreed = Audit.objects.agreed().filter(cycle=cycle).order_by("-pk").first()
    if not agreed and not Draw.objects.filter(cycle=cycle, selected=True).exists():
        return None
    unseen = _not_accepted(cycle)
    if not unseen and Audit.objects.filter(cycle=cycle, state=State.PASSED).exists():
        return None
    audit = _new(cycle, Kind.RANDOM, renewal=renewal, received_on=received_on, at=at)
    if agreed and agreed.state != State.PASSED:  # its renewal ended before its verdict: it is still wanted
        audit.kind, audit.cause = Kind.CAUSE, agreed.cause
        audit.asked_by, audit.agreed_by = agreed.asked_by, agreed.agreed_by
    audit.save(force_insert=True)
    record_step(audit, "opened", by=None, at=at, change=("", State.OPEN))
    return _begin(audit, unseen, at=at)


def propose_audit(
    cycle: Cycle, *, renewal: str, received_on: date, by: Trainer, at: datetime, cause: str
) -> Audit:
    """Propose an audit for cause as a lead; it opens when another lead agrees. Idempotent.

    Raises Refusal while an audit of the cycle goes on. Only with the credential locked by the caller.
    """
    audit = _new(cycle, Kind.CAUSE, renewal=renewal, received_on=received_on, at=at)
    require_audit_reviewer(audit, by, audit.LEAD)
    audit.cause = check_words(cause, field="cause", what="why this renewal should be audited")
    with transaction.atomic():
        before = Audit.objects.unended().filter(cycle=cycle).first()
        if before and before.state == State.PROPOSED and before.asked_by_id == by.pk:
            return before
        if before:
            raise Refusal(f"There is an audit already: {before.reference}.", code="exists")
        audit.state, audit.asked_by = State.PROPOSED, by
        audit.save(force_insert=True)
        record_step(audit, "proposed", by=by, at=at, change=("", State.PROPOSED), reason=audit.cause)
        return audit


def agree_audit(audit: Audit, *, by: Trainer, at: datetime) -> Audit:
    """Agree to an audit as a second lead; it opens once the renewal is paid. Idempotent.

    Raises Refusal for the lead who proposed it.
    """
    with transaction.atomic():
        audit = lock_case(audit)
        require_audit_reviewer(audit, by, audit.LEAD)
        if audit.is_open and audit.agreed_by_id == by.pk:
            return audit
        if audit.state != State.PROPOSED or audit.agreed_by_id:
            raise Refusal("This audit is no longer proposed.", code="out_of_order")
        require_another_person(
            audit.asked_by_id, by, "You asked for this audit, so somebody else must agree."
        )
        audit.agreed_by = by
        audit.save(update_fields=["agreed_by"])
        record_step(audit, "agreed", by=by, at=at)
        return audit


def drop_proposal(audit: Audit, *, by: Trainer, at: datetime, reason: str) -> Audit:
    """End a proposed audit without opening it; the trainer is never mailed about it. Idempotent."""
    with transaction.atomic():
        audit = lock_case(audit)
        require_audit_reviewer(audit, by, audit.LEAD)
        if audit.state == State.ENDED:
            return audit
        if audit.state != State.PROPOSED:
            raise Refusal("This audit is open, so it ends by a decision.", code="out_of_order")
        reason = check_words(reason, field="reason", what="the reason")
        audit.agreed_by = None  # history keeps it; nobody wants this audit any more
        return move_audit(audit, State.ENDED, "dropped", by=by, at=at, reason=reason)


def end_audit(cycle: Cycle, *, by: Trainer | None, at: datetime, reason: str) -> Audit | None:
    """End what is open because its renewal has ended; the result of the draw stays with the cycle
    (Q20).

    Only inside the caller's transaction, the credential locked.
    """
    found = Audit.objects.unended().filter(cycle=cycle).first()
    if found is None:
        return None
    audit = lock_case(found)
    drop_pending_decision(audit, by=by, at=at, reason=reason)
    audit.end_reason = reason
    move_audit(audit, State.ENDED, "ended", by=by, at=at, reason=reason)
    for kind in all_kinds():
        supersede_notices(kind, subject=subject_of(audit), at=at)
    return audit


def _new(cycle: Cycle, kind: str, *, renewal: str, received_on: date, at: datetime) -> Audit:
    return Audit(
        reference=new_reference("A"),
        cycle=cycle,
        kind=kind,
        renewal=renewal,
        received_on=received_on,
        made_at=at,
    )


def _opened_if_agreed(audit: Audit, *, at: datetime) -> Audit:
    if audit.state != State.PROPOSED or not audit.agreed_by_id:
        return audit
    audit = lock_case(audit)
    audit.made_at = at
    move_audit(audit, State.OPEN, "opened", by=None, at=at)
    return _begin(audit, CeuRecord.objects.filter(claimed_for=audit.cycle), at=at)


def _not_accepted(cycle: Cycle) -> list[CeuRecord]:
    """Return the records that the renewal claims, without those that a passed audit has judged or
    that we granted.
    """
    judged = AuditItem.objects.filter(audit__cycle=cycle, audit__state=State.PASSED)
    claimed = CeuRecord.objects.filter(claimed_for=cycle).exclude(pk__in=judged.values("record_id"))
    return list(claimed.exclude(granted=True) if judged.exists() else claimed)


def _begin(audit: Audit, records: Iterable[CeuRecord], *, at: datetime) -> Audit:
    AuditItem.objects.bulk_create(AuditItem(audit=audit, record=record) for record in records)
    subject = subject_of(audit)
    queue_notice(OPENED, subject=subject, event="opened", trainer=audit.trainer, send_at=at)
    return audit
