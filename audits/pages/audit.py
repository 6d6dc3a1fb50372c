"""One audit as its trainer sees it: its state, each document, and its timeline. An audit with a
pending decision is shown as in review.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from django.urls import reverse

from audits.missing import missing_documents
from audits.models import Audit, AuditItem
from audits.services.timing import ASKED_BACK, is_answered, may_be_replaced
from cases.pages import Event, StateCard, events_of
from core.constraints import require_value
from core.deadlines import near_day, own_clock_words, zone_words
from core.history import subject_of
from core.models import HistoryEntry
from core.templatetags.words import day
from rules.given_status import status_words
from rules.units import count_of

State, Verdict = Audit.State, AuditItem.Verdict
TITLES = {
    "opened": "Your renewal was chosen for a check of its documents",
    "time began": "Your time to send documents began",
    "document added": "You added a document",
    "cannot be had": "You told us that you cannot get a document",
    "asked for more time": "You asked for more time",
    "more time": "You have more time",
    "no more time": "We could not give you more time",
    "sent": "You sent your documents",
    "sent again": "You sent your documents again",
    "taken as sent": "We had everything, so we took it as sent",
    "returned": "We asked for a replacement",
    "expired": "The time to send documents ended",
    "reopened": "We opened the check again",
    "another look": "You asked for another look",
    "passed": "Your documents passed",
    "failed": "Your documents did not pass",
    "ended": "The check ended with your renewal",
}
WITH_REASON = (
    *("cannot be had", "asked for more time", "more time", "no more time"),
    *("passed", "failed", "another look"),
)
NOTHING_TO_DO = "There is nothing to do. We will email you."
LATE = "If you do not send them by then, we cannot renew your certification."


@dataclass(frozen=True, slots=True)
class AskedDocument:
    """One row of the audit's list: the record, whether it is proven, and what the trainer can do to
    prove it.
    """

    item: AuditItem
    tag_kind: str
    tag: str
    line: str
    may_add: bool


def audit_path(name: str, audit: Audit) -> str:
    """Return the path of a page about one audit."""
    return reverse(f"audits:{name}", args=[audit.reference])


def documents_of(items: list[AuditItem], *, may_add: bool) -> list[AskedDocument]:
    """Return the rows of the audit's list, by day of completion."""
    return [_document(item, may_add=may_add and may_be_replaced(item, items)) for item in items]


def document_counts(items: list[AuditItem]) -> tuple[int, int]:
    """Return (answered, all): the number of items whose documents are stored or for which the
    trainer gave a reason, and of all items.
    """
    return sum(map(is_answered, items)), len(items)


def card_of(audit: Audit, items: list[AuditItem], today: date) -> StateCard:
    """Return the card with the audit's state in words; `today` is the day in the policy's zone."""
    return _CARDS[State(audit.state)](audit, items, today)


def home_card(audit: Audit, items: list[AuditItem], today: date) -> StateCard:
    """Return the audit's card for Home, whose button leads to the documents."""
    buttons = {State.OPEN: "Add documents", State.REPLACE: "Replace it"}
    is_theirs = audit.state in buttons and (audit.due_on is None or today <= audit.due_on)
    button = buttons[State(audit.state)] if is_theirs else "See your documents"
    if is_theirs and all(map(is_answered, items)):
        button = "Send your documents"
    return replace(card_of(audit, items, today), button=button, url=audit_path("audit", audit))


def timeline_of(audit: Audit) -> list[Event]:
    """Return the events of the audit, the newest first, in the policy's zone."""
    rows = HistoryEntry.objects.filter(subject=subject_of(audit), verb__in=TITLES).order_by("-pk")
    return events_of(rows, TITLES, with_reason=WITH_REASON, zone=audit.cycle.policy.time_zone)


def stays_words(audit: Audit) -> str:
    """Return a sentence that says whether the trainer is certified during the audit (Q17). During a
    second review it says that nothing changes until it is decided (Q26).
    """
    if audit.another_look_at:
        return "Until they decide, our decision does not change."
    if audit.received_on <= audit.cycle.expires_on:
        return f"Your certification stays {kept_status(audit)} while we check."
    return "You are not certified until we are done."


def kept_status(audit: Audit) -> str:
    """Return what the certification is during the audit, in the policy's own word where it has one."""
    path = audit.cycle.status_path
    return status_words(str(path.status)) if path else "active"


def due_words(audit: Audit, today: date) -> str:
    """Return the last day for documents, such as "Monday, April 5, 2027, Phoenix time".

    Where the trainer's own zone shows another time, the time and date at which that day ends there
    follow.
    """
    zone, due_on = audit.cycle.policy.time_zone, audit.last_day
    there = own_clock_words(due_on, zone, audit.trainer.time_zone)
    return f"{near_day(due_on, today)}, {zone_words(zone)}{f' ({there})' if there else ''}"


def _document(item: AuditItem, *, may_add: bool) -> AskedDocument:
    missing, told = missing_documents(item), _told_verdict(item)
    if told == Verdict.ACCEPTED:
        return AskedDocument(item, "ok", "Accepted", "", may_add=False)
    if told == Verdict.REFUSED:
        return AskedDocument(item, "bad", "Not accepted", item.words, may_add=False)
    if told == Verdict.REPLACE and not item.unavailable_why and item.audit.state == State.EXPIRED:
        return AskedDocument(item, "bad", "Not replaced", item.words, may_add=False)
    if told == Verdict.REPLACE and not item.unavailable_why:
        return AskedDocument(item, "warn", "Replace it", item.words, may_add)
    if item.unavailable_why:
        return AskedDocument(item, "info", "You cannot get it", f"You wrote: {item.unavailable_why}", may_add)
    if missing:
        return AskedDocument(item, "warn", "Missing", _missing_words(missing), may_add)
    reported = f"Reported by {item.record.reported_by}. Nothing is needed." if item.record.reported_by else ""
    return AskedDocument(item, "ok", "On file", reported, may_add)


def _told_verdict(item: AuditItem) -> str:
    """Return the verdict on a document once the trainer was told it; "" before, because a pending
    decision can still be changed.
    """
    if item.audit.state in (State.PASSED, State.FAILED):
        return item.verdict
    asked_back = item.audit.state in ASKED_BACK and item.verdict != Verdict.REFUSED
    return item.verdict if asked_back else Verdict.NONE


def _missing_words(parts: tuple[str, ...]) -> str:
    names = {"card_front": "the front of the card", "card_back": "the back of the card"}
    return f"We need {' and '.join(names.get(part, 'the certificate') for part in parts)}."


def _card(kind: str, tag: str, heading: str, line: str, button: str = "", url: str = "") -> StateCard:
    return StateCard(kind, tag, heading, line, button, url)


def _open(audit: Audit, items: list[AuditItem], today: date) -> StateCard:
    have, needed = document_counts(items)
    missing = needed - have
    some = count_of(missing, "document")
    if audit.due_on is None:
        heading = f"Send us {some}" if missing else "Send us your documents"
        line = f"We already have {have} of {needed}. Your time has not begun: it begins when we have told you by email."
        return _card("warn", "Documents needed", heading, f"{line} {stays_words(audit)}")
    if today > audit.due_on:
        line = f"The last day was {due_words(audit, today)}. {stays_words(audit)}"
        return _card("bad", "Time ended", "The time to send documents has ended", line)
    heading = f"Send us {some if missing else 'your documents'} by the end of {near_day(audit.due_on, today)}"
    line = f"We already have {have} of {needed}. {stays_words(audit)} {LATE}"
    return _card("warn", "Documents needed", heading, line)


def _sent(audit: Audit, items: list[AuditItem], today: date) -> StateCard:
    heading = "We are checking your documents"
    if audit.another_look_at:
        heading = "Somebody else is looking at your documents again"
    return _card("info", "Documents sent", heading, f"{stays_words(audit)} {NOTHING_TO_DO}")


def _replace(audit: Audit, items: list[AuditItem], today: date) -> StateCard:
    wanted = sum(item.verdict == Verdict.REPLACE and not item.unavailable_why for item in items)
    if today > audit.last_day:
        return _open(audit, items, today)
    heading = "Replace one document" if wanted == 1 else f"Replace {wanted} documents"
    if not wanted:
        heading = "Send us your documents again"
    line = f"Send it by the end of {due_words(audit, today)}. {stays_words(audit)} {LATE}"
    return _card("warn", "Replacement needed", heading, line)


def _passed(audit: Audit, items: list[AuditItem], today: date) -> StateCard:
    return _to_renewal(audit, "ok", "Passed", "Your documents are checked", "Your renewal goes on.")


def _failed(audit: Audit, items: list[AuditItem], today: date) -> StateCard:
    return _to_renewal(audit, "bad", "Not passed", "Your documents did not pass", audit.end_reason)


def _expired(audit: Audit, items: list[AuditItem], today: date) -> StateCard:
    heading = "We closed the check without all documents"
    return _to_renewal(audit, "bad", "Closed", heading, audit.end_reason)


def _ended(audit: Audit, items: list[AuditItem], today: date) -> StateCard:
    line = f"It ended on {day(require_value(audit.ended_at).date())} with your renewal."
    return _to_renewal(audit, "", "Ended", "This check has ended", line)


def _to_renewal(audit: Audit, kind: str, tag: str, heading: str, line: str) -> StateCard:
    url = reverse("renewals:application", args=[audit.renewal])
    return _card(kind, tag, heading, line, "See your renewal", url)


_CARDS: dict[str, Callable[[Audit, list[AuditItem], date], StateCard]] = {
    State.PROPOSED: _ended,  # never shown: the lookup finds only what is open to the trainer
    State.OPEN: _open,
    State.SENT: _sent,
    State.REPLACE: _replace,
    State.PASSED: _passed,
    State.FAILED: _failed,
    State.EXPIRED: _expired,
    State.ENDED: _ended,
}
