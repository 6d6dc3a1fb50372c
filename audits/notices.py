"""The notices of an audit: each kind, when it is still worth sending, and its context. How an audit
ended is in the mail about its renewal.
"""

from collections.abc import Callable
from datetime import date

from django.db.models import Prefetch
from django.urls import reverse

from audits.missing import missing_documents
from audits.models import OPEN_STATES, WITH_TRAINER, Audit, AuditItem, Extension
from audits.notice_codes import MORE_TIME, NO_MORE_TIME, OPENED, REMINDER, REPLACE, SENT
from audits.pages.audit import kept_status
from core import clock
from core.constraints import require_value
from core.deadlines import own_clock_words, zone_words
from core.history import subject_of
from core.models import HistoryEntry
from outbox.notices import Batch, NoticeKind, due_when, event_parts, register_kind, subject_pks
from rules.last_days import audit_due_on, clock_begins_on
from rules.reminders import last_day_marks, reminders_due

Test = Callable[[Audit, str], bool]


def audit_context(audit: Audit, event: str = "") -> dict[str, object]:
    """Return the context of every mail about an audit."""
    credential = audit.cycle.credential
    zone = credential.policy.time_zone
    due_on = audit.due_on or _due_if_sent_today(audit)
    items = list(audit.items.all())
    missing = [item for item in items if missing_documents(item) and not item.unavailable_why]
    return {
        "audit": audit,
        "name": credential.trainer.get_short_name(),
        "due_on": due_on,
        "zone": zone_words(zone),
        "elsewhere": own_clock_words(due_on, zone, credential.trainer.time_zone),
        "needed": len(items),
        "on_file": len(items) - len(missing),
        "missing": missing,
        "to_replace": [item for item in items if item.verdict == AuditItem.Verdict.REPLACE],
        "stays_active": audit.received_on <= audit.cycle.expires_on,
        "stays_as": kept_status(audit),
        "last_day": due_on == clock.today(zone),
        "extension": _last_answer(audit),
        "link": reverse("audits:audit", args=[audit.reference]),
        "link_label": "See your documents",
    }


def _last_answer(audit: Audit) -> Extension | None:
    """Return the latest decided request for more time; None when there is none."""
    return next((one for one in reversed(audit.extensions.all()) if one.decided_at), None)


def _due_if_sent_today(audit: Audit) -> date:
    """Return the last day for documents of an audit whose period begins when this mail is sent
    today.

    The day that will be stored is never earlier, however late the mail is sent (Q18).
    """
    policy = audit.cycle.policy
    figures, today = policy.version_on(audit.received_on), clock.today(policy.time_zone)
    made_on = clock.date_of(audit.made_at, policy.time_zone)
    begins = clock_begins_on(made_on, told_on=today, today=today, latest_days=figures.audit_notice_days)
    return audit_due_on(require_value(begins), figures.audit_days)


def _audits(batch: Batch) -> dict[int, Audit]:
    """Return the audit of each notice, by the notice's primary key."""
    wanted = subject_pks(batch)
    items = AuditItem.objects.select_related("record").prefetch_related("record__evidence")
    rows = (
        Audit.objects.select_related("cycle__credential__trainer")
        .prefetch_related(Prefetch("items", items), "extensions")
        .in_bulk(set(wanted.values()))
    )
    return {pk: rows[row] for pk, row in wanted.items() if row in rows}


def _is_open(audit: Audit, event: str) -> bool:
    return audit.state in OPEN_STATES


def _is_news(audit: Audit, event: str) -> bool:
    """Return whether the trainer must still be informed of the audit. That is so even when all
    documents were sent in the trainer's place at its opening (Q27).
    """
    return audit.state in (Audit.State.OPEN, Audit.State.SENT) and _has_time(audit)


def _is_the_day(audit: Audit, event: str) -> bool:
    """Return whether the last day that `event` names is still the audit's last day and has not ended."""
    return audit.state in OPEN_STATES and str(audit.due_on) == event and _has_time(audit)


def _is_the_answer(audit: Audit, event: str) -> bool:
    """Return whether the refusal that `event` names is still the newest answer to the trainer, and
    the last day has not ended.
    """
    last = _last_answer(audit)
    return audit.state in OPEN_STATES and last is not None and str(last.pk) == event and _has_time(audit)


def _has_time(audit: Audit) -> bool:
    """Return whether the last day has not ended in the policy's zone; also true while none is set."""
    return audit.due_on is None or clock.today(audit.cycle.policy.time_zone) <= audit.due_on


def _still_to_send(audit: Audit, event: str) -> bool:
    """Return whether documents are still missing, the last day has not moved since the reminder of
    `event` was planned, and no later reminder is due.
    """
    due_on, code = event_parts(event)
    if audit.state not in WITH_TRAINER or str(audit.due_on) != due_on:
        return False
    policy, last_day = audit.cycle.policy, audit.last_day
    today = clock.today(policy.time_zone)
    mark = reminders_due(last_day_marks(policy, "audit", last_day), today)
    if mark is None or mark.code != code or today > last_day:
        return False
    return not mark.reminder.unstarted or not _has_begun(audit)


def _has_begun(audit: Audit) -> bool:
    return HistoryEntry.objects.filter(subject=subject_of(audit), by=audit.trainer).exists()


def _waits_for_replacement(audit: Audit, event: str) -> bool:
    return audit.state == Audit.State.REPLACE and _has_time(audit)


def _kind(code: str, label: str, test: Test) -> None:
    def contexts(batch: Batch) -> dict[int, dict[str, object]]:
        events = {notice.pk: notice.event for notice in batch}
        return {pk: audit_context(audit, events[pk]) for pk, audit in _audits(batch).items()}

    template = code.replace("audits.", "audit_")
    register_kind(NoticeKind(code, label, template, still_due=due_when(_audits, test), contexts=contexts))


_kind(OPENED, "Audit opened", _is_news)
_kind(REMINDER, "Audit, documents still to send", _still_to_send)
_kind(SENT, "Audit, documents received", _is_open)
_kind(REPLACE, "Audit, a document to replace", _waits_for_replacement)
_kind(MORE_TIME, "Audit, more time given", _is_the_day)
_kind(NO_MORE_TIME, "Audit, no more time given", _is_the_answer)
