"""Open an audit of a paid renewal: its cycle was drawn (Q20), or two leads agreed on an audit for cause."""

from collections.abc import Collection, Iterable
from datetime import date, datetime

from django.db import transaction
from django.db.models import QuerySet

from audits.models import Audit, AuditItem, Draw
from audits.models.audit import LONGEST_TEXT
from audits.notice_codes import OPENED, all_kinds
from audits.services.moving import move_audit, record_step, require_audit_reviewer
from audits.services.timing import send_if_complete
from cases.decisions import drop_pending_decision
from cases.locking import lock_case
from cases.reviewers import require_another_person
from ceus.models import CeuRecord
from core.errors import Refusal
from core.history import subject_of
from core.references import new_reference
from core.transitions import check_words
from outbox.notices import queue_notice, supersede_notices
from trainers.models import Cycle, Trainer

State, Kind = Audit.State, Audit.Kind


def open_audit_if_required(
    cycle: Cycle, *, renewal: str, received_on: date, at: datetime, draw_counts: bool = True
) -> Audit | None:
    """Return the audit that must close before this renewal is approved, opened now if there is
    none; None when no audit is required. Without `draw_counts` the draw has no effect yet.

    When the cycle was drawn, or two leads agreed on an audit, every record that an application
    claims must have been accepted by a passed audit (Q20). The caller opens the transaction, has
    locked the credential and claimed the records, and the payment is settled.
    """
    unfinished = Audit.objects.unended().filter(cycle=cycle).first()
    if unfinished:
        return _open_if_agreed(unfinished, at=at)
    is_drawn = draw_counts and Draw.objects.audited().filter(cycle=cycle).exists()
    if not is_audit_required(cycle, is_drawn=is_drawn):
        return None
    agreed = Audit.objects.agreed().filter(cycle=cycle).order_by("-pk").first()
    audit = _new(cycle, Kind.RANDOM, renewal=renewal, received_on=received_on, at=at)
    if agreed and agreed.state != State.PASSED:  # it ended with its renewal; an audit is still required
        audit.kind, audit.cause = Kind.CAUSE, agreed.cause
        audit.asked_by, audit.agreed_by = agreed.asked_by, agreed.agreed_by
    audit.save(force_insert=True)
    record_step(audit, "opened", by=None, at=at, change=("", State.OPEN))
    return _begin(audit, _not_accepted(cycle, _claimed(cycle)), at=at)


def is_audit_required(cycle: Cycle, *, is_drawn: bool, claims: Iterable[str] | None = None) -> bool:
    """Return whether another audit must pass before a renewal of this cycle is approved (Q20).

    `is_drawn` is true when its draw leads to an audit. `claims` are the primary keys of the records
    that it would claim, by default those that it claims. Reads only; asked when no audit is open.
    """
    if not is_drawn and not Audit.objects.agreed().filter(cycle=cycle).exists():
        return False
    records = _claimed(cycle) if claims is None else CeuRecord.objects.filter(pk__in=claims)
    passed = Audit.objects.filter(cycle=cycle, state=State.PASSED)
    return bool(_not_accepted(cycle, records)) or not passed.exists()


def are_unseen(cycle: Cycle, records: Collection[int]) -> bool:
    """Return whether at least one of `records`, given by primary key, was in no passed audit of the
    cycle. Reads only. No query without records.
    """
    if not records:
        return False
    judged = AuditItem.objects.filter(audit__cycle=cycle, audit__state=State.PASSED, record__in=records)
    return len(set(judged.values_list("record_id", flat=True))) < len(records)


def propose_audit(
    cycle: Cycle, *, renewal: str, received_on: date, by: Trainer, at: datetime, cause: str
) -> Audit:
    """Propose, as a lead, an audit for cause; it opens when another lead agrees. Idempotent.

    Raises Refusal while the cycle has an open audit. The caller has locked the credential.
    """
    audit = _new(cycle, Kind.CAUSE, renewal=renewal, received_on=received_on, at=at)
    require_audit_reviewer(audit, by, audit.LEAD)
    audit.cause = check_words(
        cause, field="cause", what="why this renewal should be audited", longest=LONGEST_TEXT
    )
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
    """Agree to a proposed audit as the second lead; the audit opens once the renewal is paid.
    Idempotent. Raises Refusal for the lead who proposed it.
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
    """Discard a proposed audit; the trainer gets no notice. Idempotent. Raises Refusal for an audit
    that was opened.
    """
    with transaction.atomic():
        audit = lock_case(audit)
        require_audit_reviewer(audit, by, audit.LEAD)
        if audit.state == State.ENDED:
            return audit
        if audit.state != State.PROPOSED:
            raise Refusal("This audit is open, so it ends by a decision.", code="out_of_order")
        reason = check_words(reason, longest=LONGEST_TEXT)
        audit.agreed_by = None  # kept in the history; this audit is no longer required
        return move_audit(audit, State.ENDED, "dropped", by=by, at=at, reason=reason)


def end_audit(cycle: Cycle, *, by: Trainer | None, at: datetime, reason: str) -> Audit | None:
    """End the cycle's open audit because its renewal has ended; the result of the draw stays (Q20).

    The caller opens the transaction and has locked the credential.
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


def _open_if_agreed(audit: Audit, *, at: datetime) -> Audit:
    if audit.state != State.PROPOSED or not audit.agreed_by_id:
        return audit
    audit = lock_case(audit)
    audit.made_at = at
    move_audit(audit, State.OPEN, "opened", by=None, at=at)
    return _begin(audit, _claimed(audit.cycle), at=at)


def _claimed(cycle: Cycle) -> "QuerySet[CeuRecord]":
    return CeuRecord.objects.filter(claimed_for=cycle)


def _not_accepted(cycle: Cycle, records: "QuerySet[CeuRecord]") -> list[CeuRecord]:
    """Return those of `records` that no passed audit of the cycle has checked. When an audit has
    passed, records granted by a petition are left out.
    """
    judged = AuditItem.objects.filter(audit__cycle=cycle, audit__state=State.PASSED)
    unseen = records.exclude(pk__in=judged.values("record_id"))
    return list(unseen.exclude(granted=True) if judged.exists() else unseen)


def _begin(audit: Audit, records: Iterable[CeuRecord], *, at: datetime) -> Audit:
    """Write the items and queue the notice. When every document is stored already, the audit is
    sent at once in the trainer's place (Q27).
    """
    AuditItem.objects.bulk_create(AuditItem(audit=audit, record=record) for record in records)
    subject = subject_of(audit)
    queue_notice(OPENED, subject=subject, event="opened", trainer=audit.trainer, send_at=at)
    send_if_complete(audit, at=at)
    return audit
