"""The trainer's side of an audit: documents, reasons for missing ones, sending, end of time (S13,
Q19).
"""

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.db import transaction

from audits.models import WITH_TRAINER, Audit, AuditItem
from audits.notice_codes import SENT
from audits.services.moving import check_words, locked_item, move_audit, record_step
from audits.services.timing import begin_clock_if_due, check_with_trainer, is_over, queue_audit_notice
from cases.decisions import pending_decision
from cases.locking import lock_case
from cases.reviewers import require_owner
from ceus.services import add_evidence, missing_parts, needed_parts
from core.errors import Refusal
from core.history import subject_of
from core.models import HistoryEntry
from documents.waiting import Waiting
from rules.days import day_in_words
from trainers.models import Trainer

State, Verdict = Audit.State, AuditItem.Verdict
UPLOADS_END = timedelta(
    minutes=15
)  # after the last day: an upload that began before its end has arrived by then


def add_document(item: AuditItem, files: Mapping[str, Waiting], *, by: Trainer, at: datetime) -> AuditItem:
    """Add `files` to the record by part; replaced files are kept.

    `at` is when the upload began; its day counts, through the last day inclusive (Q19). Raises
    Refusal after it, for a document that was accepted or refused, and while a decision is pending.
    """
    with transaction.atomic():
        audit, item = _locked_own_item(item, by=by, at=at)
        unknown = set(files) - set(needed_parts(item.record))
        if unknown or not files:
            raise Refusal("Choose a file.", code="no_file", field="file")
        add_evidence(item.record, files, by=by, at=at)
        if item.verdict == Verdict.REPLACE:
            _clear_verdict(item)
        item.unavailable_why = ""
        item.save()
        record_step(
            audit, "document added", by=by, at=at, detail={"record": item.record_id, "parts": sorted(files)}
        )
        return item


def say_unavailable(item: AuditItem, *, by: Trainer, at: datetime, why: str) -> AuditItem:
    """Record the trainer's reason why a document cannot be obtained. Idempotent.

    Raises Refusal as `add_document` does.
    """
    with transaction.atomic():
        audit, item = _locked_own_item(item, by=by, at=at)
        why = check_words(why, field="why", what="why you cannot get it")
        if item.unavailable_why != why:
            item.unavailable_why = why
            item.save(update_fields=["unavailable_why"])
            record_step(audit, "cannot be had", by=by, at=at, reason=why, detail={"record": item.record_id})
        return item


def send_documents(audit: Audit, *, by: Trainer, at: datetime) -> Audit:
    """Send the documents for review. Idempotent until something new is added.

    Raises Refusal while a document is missing without a reason, and after the last day.
    """
    with transaction.atomic():
        audit = begin_clock_if_due(lock_case(audit), at=at)
        require_owner(audit, by)
        if audit.state == State.SENT and not has_news(audit):
            return audit
        check_with_trainer(audit, at)
        unanswered = _unanswered(audit)
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


def close_overdue_audit(audit: Audit, *, at: datetime) -> Audit:
    """Close an overdue audit (Q19). Idempotent. Raises Refusal while there is time.

    The close waits until every upload that began in time has arrived. Documents that were complete
    by then, and not sent, count as sent.
    """
    with transaction.atomic():
        audit = begin_clock_if_due(lock_case(audit), at=at)
        if audit.state not in WITH_TRAINER:
            return audit
        if not is_over(audit, at - UPLOADS_END):
            raise Refusal("There is still time to send documents.", code="too_early")
        if has_news(audit) and not _unanswered(audit):
            audit.sent_at = at
            move_audit(audit, State.SENT, "taken as sent", by=None, at=at)
            queue_audit_notice(SENT, audit, event=at.isoformat(), at=at)
            return audit
        audit.end_reason = f"We did not receive all documents by the end of {day_in_words(audit.last_day)}."
        return move_audit(audit, State.EXPIRED, "expired", by=None, at=at, reason=audit.end_reason)


def items_of(audit: Audit) -> list[AuditItem]:
    """Return the rows of an audit with records and current evidence, by day of completion. Two
    queries.
    """
    items = audit.items.select_related("record__course__provider", "record__credential", "reviewed_by")
    return list(items.prefetch_related("record__evidence"))


def is_answered(item: AuditItem) -> bool:
    """Return whether every needed file is there or a reason was given, and no replacement is required."""
    if item.unavailable_why or item.verdict in (Verdict.ACCEPTED, Verdict.REFUSED):
        return True
    asked_for = item.verdict == Verdict.REPLACE and item.audit.state == State.REPLACE
    return not asked_for and not missing_parts(item.record)


def has_news(audit: Audit) -> bool:
    """Return whether the trainer changed something after last sending."""
    entries = HistoryEntry.objects.filter(subject=subject_of(audit), by=audit.trainer)
    newest = entries.order_by("-pk").values_list("verb", flat=True).first()
    return newest in ("document added", "cannot be had")


def _unanswered(audit: Audit) -> list[AuditItem]:
    return [item for item in items_of(audit) if not is_answered(item)]


def _locked_own_item(item: AuditItem, *, by: Trainer, at: datetime) -> tuple[Audit, AuditItem]:
    audit = begin_clock_if_due(lock_case(item.audit), at=at)
    require_owner(audit, by)
    check_with_trainer(audit, at)
    item = locked_item(audit, item)
    if item.verdict in (Verdict.ACCEPTED, Verdict.REFUSED):
        raise Refusal("We have looked at this document already.", code="reviewed")
    if pending_decision(audit):
        raise Refusal("We are closing this audit, so nothing can be added now.", code="pending")
    return audit, item


def _clear_verdict(item: AuditItem) -> None:
    item.verdict, item.words, item.reviewed_by, item.reviewed_at = Verdict.NONE, "", None, None
