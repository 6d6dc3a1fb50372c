"""Review single documents: accept, refuse, ask for a replacement, or pass them on to a lead."""

from datetime import date, datetime

from django.db import transaction

from audits.models import Audit, AuditItem
from audits.models.audit import LONGEST_TEXT
from audits.notice_codes import REPLACE
from audits.services.moving import locked_item, move_audit, record_step, require_audit_reviewer
from audits.services.timing import begin_clock_if_due, give_time, is_over, queue_audit_notice, set_clock
from cases.decisions import require_nothing_pending
from cases.locking import day_of, lock_case
from core.errors import Refusal
from core.policy_words import fill_policy_words
from core.transitions import check_length, check_words
from trainers.models import Trainer

State, Verdict = Audit.State, AuditItem.Verdict
VERDICT_WORDS = {Verdict.ACCEPTED: "accepted", Verdict.REPLACE: "to be replaced", Verdict.REFUSED: "refused"}


def judge_item(item: AuditItem, *, verdict: str, by: Trainer, at: datetime, words: str = "") -> AuditItem:
    """Record the verdict on the documents of one record, without a mail. Idempotent.

    Raises Refusal unless the documents were sent. Also raises Refusal while a decision is pending,
    when a required reason is missing, and for words that are too long.
    """
    with transaction.atomic():
        audit, item = _in_review(item, by=by)
        if verdict not in VERDICT_WORDS:
            raise Refusal("Choose what to say about this document.", code="verdict", field="verdict")
        if verdict == Verdict.ACCEPTED:
            words = check_length(words, field="words", longest=LONGEST_TEXT)
        else:
            words = check_words(words, field="words", mailed=True, longest=LONGEST_TEXT)
        if (item.verdict, item.words) == (verdict, words):
            return item
        item.verdict, item.words, item.reviewed_by, item.reviewed_at = verdict, words, by, at
        item.save()
        detail = {"record": item.record_id}
        record_step(
            audit, f"document {VERDICT_WORDS[Verdict(verdict)]}", by=by, at=at, reason=words, detail=detail
        )
        return item


def suspect_item(item: AuditItem, *, by: Trainer, at: datetime, why: str) -> AuditItem:
    """Mark a document as possibly altered: a lead must decide, and no mail is sent. Idempotent."""
    with transaction.atomic():
        audit, item = _in_review(item, by=by)
        if item.suspected_by_id:
            return item
        item.suspected_why = check_words(why, field="why", what="what looks altered", longest=LONGEST_TEXT)
        item.suspected_by = by
        item.save()
        audit.for_lead = True
        audit.save(update_fields=["for_lead"])
        detail = {"record": item.record_id}
        record_step(audit, "passed to a lead", by=by, at=at, reason=item.suspected_why, detail=detail)
        return item


def ask_replacements(audit: Audit, *, by: Trainer, at: datetime, through: date) -> Audit:
    """Return the audit to the trainer, with one mail for all documents to replace. Idempotent.

    `through` is the last day, inclusive, and never before the present one. Raises Refusal when no
    document must be replaced.
    """
    with transaction.atomic():
        audit = lock_case(audit)
        require_audit_reviewer(audit, by)
        if audit.state == State.REPLACE:
            return audit
        _check_in_review(audit)
        names = [item.record.title for item in audit.items.filter(verdict=Verdict.REPLACE)]
        if not names:
            raise Refusal("Say first which document is to be replaced.", code="nothing")
        if begin_clock_if_due(audit, at=at).notified_on is None:
            set_clock(
                audit, notified_on=day_of(at, audit), at=at
            )  # the trainer has answered, so was notified
        if through != audit.due_on:
            give_time(audit, through=through, by=by, at=at, words=f"To replace {', '.join(names)}"[:2000])
        elif is_over(audit, at):
            raise Refusal("Choose a day that has not ended.", code="not_later", field="through")
        move_audit(audit, State.REPLACE, "returned", by=by, at=at, detail={"records": names})
        queue_audit_notice(REPLACE, audit, event=at.isoformat(), at=at)
        return audit


def _in_review(item: AuditItem, *, by: Trainer) -> tuple[Audit, AuditItem]:
    audit = lock_case(item.audit)
    require_audit_reviewer(audit, by)
    _check_in_review(audit)
    return audit, locked_item(audit, item)


def _check_in_review(audit: Audit) -> None:
    if audit.state != State.SENT:
        raise Refusal(fill_policy_words("The {holder} has not sent the documents yet."), code="out_of_order")
    require_nothing_pending(audit)
