"""What the trainer does in an audit: add documents, give reasons for missing ones, send everything
(S13, Q19).
"""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from audits.models import Audit, AuditItem
from audits.models.audit import LONGEST_TEXT
from audits.notice_codes import SENT
from audits.services.moving import locked_item, move_audit, record_step
from audits.services.timing import (
    begin_clock_if_due,
    check_with_trainer,
    has_news,
    may_be_replaced,
    queue_audit_notice,
    unanswered_items,
)
from cases.decisions import pending_decision
from cases.locking import lock_case
from cases.reviewers import require_owner
from ceus.parts import needed_parts
from ceus.services.auditing import add_evidence
from core.errors import Refusal
from core.transitions import check_words
from documents.waiting import WaitingFile
from trainers.models import Trainer

State, Verdict = Audit.State, AuditItem.Verdict


def add_document(
    item: AuditItem, *, files: Mapping[str, WaitingFile], by: Trainer, at: datetime
) -> AuditItem:
    """Add `files` to the record by part; files that they replace stay stored.

    `at` is the moment at which the upload began: it is accepted through the last day, inclusive
    (Q19). Raises Refusal after that day, for a document that was accepted or refused, and while a
    decision is pending.
    """
    with transaction.atomic():
        audit, item = _begin_clock_and_lock_item(item, by=by, at=at)
        unknown = set(files) - set(needed_parts(item.record))
        if unknown or not files:
            raise Refusal("Choose a file.", code="no_file", field="file")
        add_evidence(item.record, files=files, by=by, at=at)
        if item.verdict == Verdict.REPLACE:
            _clear_verdict(item)
        item.unavailable_why = ""
        item.save()
        record_step(
            audit, "document added", by=by, at=at, detail={"record": item.record_id, "parts": sorted(files)}
        )
        return item


def say_unavailable(item: AuditItem, *, by: Trainer, at: datetime, why: str) -> AuditItem:
    """Record the trainer's reason why a document cannot be obtained. Idempotent. Raises Refusal in
    the cases in which `add_document` does.
    """
    with transaction.atomic():
        audit, item = _begin_clock_and_lock_item(item, by=by, at=at)
        why = check_words(why, field="why", what="why you cannot get it", longest=LONGEST_TEXT)
        if item.unavailable_why != why:
            item.unavailable_why = why
            item.save(update_fields=["unavailable_why"])
            record_step(audit, "cannot be had", by=by, at=at, reason=why, detail={"record": item.record_id})
        return item


def send_documents(audit: Audit, *, by: Trainer, at: datetime) -> Audit:
    """Send the documents for review. Idempotent until the trainer adds something.

    Raises Refusal while a document is missing for which no reason was given, and after the last
    day.
    """
    with transaction.atomic():
        audit = begin_clock_if_due(lock_case(audit), at=at)
        require_owner(audit, by)
        if audit.state == State.SENT and not has_news(audit):
            return audit
        check_with_trainer(audit, at)
        unanswered = unanswered_items(audit)
        if unanswered:
            names = ", ".join(f"“{item.record.title}”" for item in unanswered)
            raise Refusal(f"Something is still missing for {names}.", code="incomplete")
        audit.sent_at = at
        if audit.state == State.SENT:
            audit.save(update_fields=["sent_at"])
            record_step(audit, "sent again", by=by, at=at)
        else:
            move_audit(audit, State.SENT, "sent", by=by, at=at)
        queue_audit_notice(SENT, audit, event=at.isoformat(), at=at)
        return audit


def _begin_clock_and_lock_item(item: AuditItem, *, by: Trainer, at: datetime) -> tuple[Audit, AuditItem]:
    audit = begin_clock_if_due(lock_case(item.audit), at=at)
    require_owner(audit, by)
    check_with_trainer(audit, at)
    item = locked_item(audit, item)
    if not may_be_replaced(item, audit.items.all()):
        raise Refusal("We have looked at your documents already.", code="reviewed")
    if pending_decision(audit):
        raise Refusal("We are closing this audit, so nothing can be added now.", code="pending")
    return audit, item


def _clear_verdict(item: AuditItem) -> None:
    item.verdict, item.words, item.reviewed_by, item.reviewed_at = Verdict.NONE, "", None, None
