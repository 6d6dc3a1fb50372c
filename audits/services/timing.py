"""The period for the documents of an audit: its notice begins it, staff extend it, its last day
ends it (Q18, Q19).
"""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction

from audits.missing import missing_documents
from audits.models import OPEN_STATES, WITH_TRAINER, Audit, AuditItem, Extension
from audits.models.audit import LONGEST_TEXT
from audits.notice_codes import MORE_TIME, NO_MORE_TIME, OPENED, REMINDER, SENT
from audits.services.moving import figures_for, move_audit, record_step, require_audit_reviewer
from cases.locking import day_of, lock_case
from cases.reviewers import require_owner
from core.clock import has_ended
from core.errors import Refusal
from core.history import subject_of
from core.models import HistoryEntry
from core.policy_words import fill_policy_words
from core.transitions import check_words, take_step
from outbox.models import Notice
from outbox.notices import queue_notice, supersede_notices
from outbox.planning import queue_marks
from rules.days import add_days, day_in_words
from rules.last_days import audit_due_on, clock_begins_on
from rules.reminders import last_day_marks
from trainers.models import Trainer

State = Audit.State
REOPENED = "We opened the check again."
MOST_EXTENDED = 90  # days by which staff may extend at a time
# Where a replacement that was asked for has not come; before it is asked for, the trainer is told nothing.
ASKED_BACK = (State.OPEN, State.REPLACE, State.EXPIRED)


def begin_clock(audit: Audit, *, at: datetime) -> Audit:
    """Begin the period for documents when the trainer has been notified, or on its latest possible
    first day (Q18). Idempotent.
    """
    with transaction.atomic():
        return begin_clock_if_due(lock_case(audit), at=at)


def begin_clock_if_due(audit: Audit, *, at: datetime) -> Audit:
    """Begin the period for documents of a locked audit if it is due to begin. Every step calls
    this, so that the beginning does not depend on when the sweep runs.
    """
    if audit.notified_on is None and audit.state in OPEN_STATES and audit.state != State.PROPOSED:
        made_on, today = day_of(audit.made_at, audit), day_of(at, audit)
        days = figures_for(audit).audit_notice_days
        begins = clock_begins_on(made_on, told_on=_notified_on(audit), today=today, latest_days=days)
        if begins:
            set_clock(audit, notified_on=begins, at=at)
    return audit


def set_clock(audit: Audit, *, notified_on: date, at: datetime) -> None:
    """Store the first and the last day of the period for documents, once, and queue the reminders."""
    audit.notified_on = notified_on
    audit.due_on = audit_due_on(notified_on, figures_for(audit).audit_days)
    audit.save(update_fields=["notified_on", "due_on"])
    detail = {"notified_on": str(notified_on), "due_on": str(audit.due_on)}
    record_step(audit, "time began", by=None, at=at, detail=detail)
    queue_reminders(audit, at=at)


def is_over(audit: Audit, at: datetime) -> bool:
    """Return whether the last day for documents has ended although the audit is still open, because
    no sweep has closed it yet.
    """
    return audit.due_on is not None and day_of(at, audit) > audit.due_on


def close_overdue_audit(audit: Audit, *, at: datetime) -> Audit:
    """Close an audit whose last day has ended (Q19). Idempotent. When no document is missing, the
    audit counts as sent (Q27).

    Raises Refusal while the last day has not ended, and while an upload that began in time may
    still arrive.
    """
    with transaction.atomic():
        audit = begin_clock_if_due(lock_case(audit), at=at)
        if audit.state not in WITH_TRAINER:
            return audit
        zone = audit.cycle.policy.time_zone
        if audit.due_on is None or not has_ended(audit.due_on, zone, at):
            raise Refusal("There is still time to send documents.", code="too_early")
        if send_if_complete(audit, at=at):
            queue_audit_notice(SENT, audit, event=at.isoformat(), at=at)
            return audit
        audit.end_reason = f"We did not receive all documents by the end of {day_in_words(audit.last_day)}."
        return move_audit(audit, State.EXPIRED, "expired", by=None, at=at, reason=audit.end_reason)


def send_if_complete(audit: Audit, *, at: datetime) -> bool:
    """Send a locked audit in its trainer's place when nothing is missing; return whether it was
    sent (Q27).
    """
    if unanswered_items(audit):
        return False
    audit.sent_at = at
    move_audit(audit, State.SENT, "taken as sent", by=None, at=at)
    return True


def items_of(audit: Audit) -> list[AuditItem]:
    """Return the items of an audit with records and current evidence, by day of completion. Two
    queries.
    """
    items = audit.items.select_related("record__course__provider", "record__credential", "reviewed_by")
    return list(items.prefetch_related("record__evidence"))


def is_answered(item: AuditItem) -> bool:
    """Return whether the trainer need not do anything more for this item: its files are stored, a
    reason for missing ones was given, or a reviewer has judged it.
    """
    if item.unavailable_why or item.verdict in (AuditItem.Verdict.ACCEPTED, AuditItem.Verdict.REFUSED):
        return True
    asked_for = item.verdict == AuditItem.Verdict.REPLACE and item.audit.state in ASKED_BACK
    return not asked_for and not missing_documents(item)


def may_be_replaced(item: AuditItem, items: Iterable[AuditItem]) -> bool:
    """Return whether the trainer can still change the documents of `item`; `items` are all items of
    its audit (Q27).

    Once the documents were sent: until the first verdict on any of them. Before, and for
    replacements: unless this item was accepted or refused.
    """
    if item.audit.state == State.SENT:
        return all(one.verdict == AuditItem.Verdict.NONE for one in items)
    return item.verdict not in (AuditItem.Verdict.ACCEPTED, AuditItem.Verdict.REFUSED)


def has_news(audit: Audit) -> bool:
    """Return whether the trainer changed a document after the documents were last sent."""
    entries = HistoryEntry.objects.filter(subject=subject_of(audit), by=audit.trainer)
    newest = entries.order_by("-pk").values_list("verb", flat=True).first()
    return newest in ("document added", "cannot be had")


def unanswered_items(audit: Audit) -> list[AuditItem]:
    """Return the items of an audit that still lack a document, by day of completion, the earliest first."""
    return [item for item in items_of(audit) if not is_answered(item)]


def ask_for_time(audit: Audit, *, by: Trainer, at: datetime, why: str) -> Extension:
    """Record the trainer's request for more time. Idempotent. Raises Refusal when nothing is left
    to send.
    """
    with transaction.atomic():
        audit = begin_clock_if_due(lock_case(audit), at=at)
        require_owner(audit, by)
        asked = audit.extensions.filter(state=Extension.State.ASKED).first()
        if asked:
            return asked
        check_with_trainer(audit, at)
        if audit.state not in WITH_TRAINER:
            raise Refusal("You have sent your documents, so you need no more time.", code="sent")
        why = check_words(why, field="why", what="why you need more time", longest=LONGEST_TEXT)
        asked = Extension.objects.create(audit=audit, why=why, asked_at=at)
        record_step(audit, "asked for more time", by=by, at=at, reason=why)
        return asked


def extend_audit(audit: Audit, *, by: Trainer, at: datetime, through: date, words: str) -> Audit:
    """Move the last day later, as staff, with a reason that the trainer reads. Idempotent. Raises
    Refusal for a day that is not later or is more than `MOST_EXTENDED` days ahead, and when the
    audit does not wait for the trainer.
    """
    with transaction.atomic():
        audit = begin_clock_if_due(lock_case(audit), at=at)
        require_audit_reviewer(audit, by)
        if audit.state not in WITH_TRAINER:
            raise Refusal(
                fill_policy_words("This audit does not wait for the {holder}."), code="out_of_order"
            )
        if audit.due_on is None:
            raise Refusal("The time of this audit has not begun.", code="not_begun")
        if through == audit.due_on:
            return audit
        if is_over(audit, at):
            raise Refusal("Its time has ended. A lead can reopen it.", code="too_late")
        words = check_words(words, field="words", mailed=True, longest=LONGEST_TEXT)
        give_time(audit, through=through, by=by, at=at, words=words)
        queue_audit_notice(MORE_TIME, audit, event=str(through), at=at)
        return audit


def refuse_time(audit: Audit, *, by: Trainer, at: datetime, words: str) -> Audit:
    """Refuse the trainer's request for more time, with a reason that the trainer reads. Idempotent
    for the person who refused it. Raises Refusal when no request waits for an answer.
    """
    with transaction.atomic():
        audit = lock_case(audit)
        require_audit_reviewer(audit, by)
        asked = audit.extensions.order_by("pk").last()
        if asked and asked.state == Extension.State.REFUSED and asked.by_id == by.pk:
            return audit
        if asked is None or asked.state != Extension.State.ASKED:
            raise Refusal("No wish for more time waits for an answer.", code="nothing")
        asked.words = check_words(words, field="words", mailed=True, longest=LONGEST_TEXT)
        asked.by, asked.decided_at = by, at
        take_step(asked, Extension.State.REFUSED, "refused")
        asked.save()
        record_step(audit, "no more time", by=by, at=at, reason=asked.words)
        queue_audit_notice(NO_MORE_TIME, audit, event=str(asked.pk), at=at)
        return audit


def reopen_audit(audit: Audit, *, by: Trainer, at: datetime, reason: str, through: date | None) -> Audit:
    """Reopen a closed audit as a lead, with a reason. Idempotent. An expired audit gets a new last
    day for documents; one that was not passed is reviewed again. Called only inside a transaction
    that reopens the renewal too.
    """
    audit = lock_case(audit)
    require_audit_reviewer(audit, by, audit.LEAD)
    if audit.is_open:
        return audit
    reason = check_words(reason, longest=LONGEST_TEXT)
    audit.end_reason = ""
    if audit.state == State.EXPIRED:
        if through is None:
            raise Refusal("Choose the new last day for documents.", code="no_day", field="through")
        give_time(audit, through=through, by=by, at=at, words=REOPENED)  # `reason` is for the history only
        move_audit(audit, State.OPEN, "reopened", by=by, at=at, reason=reason)
        queue_audit_notice(MORE_TIME, audit, event=str(through), at=at)
        return audit
    return move_audit(audit, State.SENT, "reopened", by=by, at=at, reason=reason)


def give_time(
    audit: Audit, *, through: date, by: Trainer, at: datetime, words: str, latest: date | None = None
) -> None:
    """Move the last day later, by an extension that stores its author and the reason (invariant 8).

    `latest` is the latest day allowed; by default `MOST_EXTENDED` days ahead. The reminders are
    queued again.
    """
    today, before = day_of(at, audit), audit.last_day
    earliest, latest = max(today, add_days(before, 1)), latest or add_days(today, MOST_EXTENDED)
    if not earliest <= through <= latest:
        sentence = f"Choose a day from {day_in_words(earliest)} to {day_in_words(latest)}."
        if earliest > latest:
            sentence = f"The last day is {day_in_words(before)}, and cannot be moved any further today."
        raise Refusal(sentence, code="not_later", field="through")
    asked = audit.extensions.filter(state=Extension.State.ASKED).first() or Extension(audit=audit)
    asked.through, asked.by, asked.words, asked.decided_at = through, by, words, at
    take_step(asked, Extension.State.GRANTED, "granted")
    asked.save()
    audit.due_on = through
    audit.save(update_fields=["due_on"])
    detail = {"before": str(before), "after": str(through)}
    record_step(audit, "more time", by=by, at=at, reason=words, detail=detail)
    supersede_notices(REMINDER, subject=subject_of(audit), at=at)
    queue_reminders(audit, at=at)


def check_with_trainer(audit: Audit, at: datetime) -> None:
    """Raise Refusal when documents can no longer be added: the audit is closed or its last day has
    ended.
    """
    if not audit.is_open or audit.state == State.PROPOSED:
        raise Refusal("This audit is closed, so nothing can be added.", code="closed")
    if is_over(audit, at):
        due = day_in_words(audit.last_day)
        raise Refusal(f"The time to send documents ended on {due}.", code="too_late")


def queue_reminders(audit: Audit, *, at: datetime) -> None:
    """Queue every reminder before the present last day. Each is checked again before it is sent."""
    policy, due_on = audit.cycle.policy, audit.last_day
    queue_marks(
        REMINDER,
        last_day_marks(policy, "audit", due_on),
        about=str(due_on),
        subject=subject_of(audit),
        trainer=audit.trainer,
        zone=policy.time_zone,
        after=day_of(at, audit),
    )


def queue_audit_notice(kind: str, audit: Audit, *, event: str, at: datetime) -> None:
    """Queue the notice `kind` about an audit, once for each `event`."""
    queue_notice(kind, subject=subject_of(audit), event=event, trainer=audit.trainer, send_at=at)


def _notified_on(audit: Audit) -> date | None:
    """Return the day on which the mail server accepted the mail of the notice, or refused it for
    good; None before that.
    """
    notice = Notice.objects.filter(kind=OPENED, subject=subject_of(audit)).first()
    ended_at = notice.ended_at if notice else None
    return day_of(ended_at, audit) if ended_at else None
