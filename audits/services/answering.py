"""The trainer's side: a document that was missing, a reason for one that cannot be had, and the explicit send (S13)."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from audits.errors import AuditRefusal
from audits.models import Audit, AuditItem
from audits.notices import REMINDER, SENT
from audits.services.locking import check_owner, check_words, hold, item_of, move, note
from audits.services.timing import check_with_trainer, started, tell
from ceus.services import add_evidence, missing_parts, needed_parts
from documents.waiting import Waiting
from trainers import history, notices
from trainers.models import HistoryEntry, Trainer

State, Verdict = Audit.State, AuditItem.Verdict


def add_document(item: AuditItem, files: Mapping[str, Waiting], *, by: Trainer, at: datetime) -> AuditItem:
    """Put `files` beside the record, each in the place of what stood there, which is kept.

    `at` is the moment at which the upload began: its day decides, to the end of the last one (Q19). Raises AuditRefusal
    after it, for what we have accepted or refused, and while a decision is held.
    """
    with transaction.atomic():
        audit, item = _mine(item, by=by, at=at)
        unknown = set(files) - set(needed_parts(item.record))
        if unknown or not files:
            raise AuditRefusal("Choose a file.", code="no_file", field="file")
        add_evidence(item.record, files, by=by, at=at)
        if item.verdict == Verdict.REPLACE:
            _free(item)
        item.unavailable_why = ""
        item.save()
        note(audit, "document added", by=by, at=at, detail={"record": item.record_id, "parts": sorted(files)})
        return item


def say_unavailable(item: AuditItem, *, by: Trainer, at: datetime, why: str) -> AuditItem:
    """The trainer cannot get it, and says why; the same reason again → unchanged. Raises as `add_document`."""
    with transaction.atomic():
        audit, item = _mine(item, by=by, at=at)
        why = check_words(why, field="why", what="why you cannot get it")
        if item.unavailable_why != why:
            item.unavailable_why = why
            item.save(update_fields=["unavailable_why"])
            note(audit, "cannot be had", by=by, at=at, reason=why, detail={"record": item.record_id})
        return item


def send_documents(audit: Audit, *, by: Trainer, at: datetime) -> Audit:
    """Say that everything is there; sent already and nothing new since → unchanged.

    Raises AuditRefusal while a document is missing without a reason, and after the last day.
    """
    with transaction.atomic():
        audit = started(hold(audit), at=at)
        check_owner(audit, by)
        if audit.state == State.SENT and not has_news(audit):
            return audit
        check_with_trainer(audit, at)
        unanswered = [item for item in items_of(audit) if not is_answered(item)]
        if unanswered:
            names = ", ".join(f"“{item.record.title}”" for item in unanswered)
            raise AuditRefusal(f"Something is still missing for {names}.", code="incomplete")
        audit.sent_at = at
        if audit.state == State.SENT:
            audit.save(update_fields=["sent_at"])
            note(audit, "sent again", by=by, at=at)
        else:
            move(audit, State.SENT, "sent", by=by, at=at)
        notices.supersede(REMINDER, subject=history.subject_of(audit), at=at)
        tell(SENT, audit, event=at.isoformat(), at=at)
        return audit


def items_of(audit: Audit) -> list[AuditItem]:
    """The rows of an audit with their records and what is on file, in order of completion; two queries."""
    items = audit.items.select_related("record__course__provider", "record__credential", "reviewed_by")
    return list(items.prefetch_related("record__evidence"))


def is_answered(item: AuditItem) -> bool:
    """Everything that is needed is on file, or the trainer has said why it is not; a replacement is not pending."""
    if item.unavailable_why or item.verdict in (Verdict.ACCEPTED, Verdict.REFUSED):
        return True
    return item.verdict != Verdict.REPLACE and not missing_parts(item.record)


def has_news(audit: Audit) -> bool:
    """Whether the trainer changed something after it was last sent."""
    entries = HistoryEntry.objects.filter(subject=history.subject_of(audit), by=audit.trainer)
    newest = entries.order_by("-pk").values_list("verb", flat=True).first()
    return newest in ("document added", "cannot be had")


def _mine(item: AuditItem, *, by: Trainer, at: datetime) -> tuple[Audit, AuditItem]:
    audit = started(hold(item.audit), at=at)
    check_owner(audit, by)
    check_with_trainer(audit, at)
    item = item_of(audit, item)
    if item.verdict in (Verdict.ACCEPTED, Verdict.REFUSED):
        raise AuditRefusal("We have looked at this document already.", code="reviewed")
    if audit.held_decision:
        raise AuditRefusal("We are closing this audit, so nothing can be added now.", code="held")
    return audit, item


def _free(item: AuditItem) -> None:
    item.verdict, item.words, item.reviewed_by, item.reviewed_at = Verdict.NONE, "", None, None
