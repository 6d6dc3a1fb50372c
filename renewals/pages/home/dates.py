"""The key dates with their prices, and why, in the rule's own words (UX decision 5)."""

from dataclasses import dataclass
from datetime import date

from django.utils.html import format_html
from django.utils.safestring import SafeString

from core.deadlines import near_day
from renewals.pages.home.case import Case
from renewals.pages.home.words import added_fee, ends_elsewhere
from rules.timeline import Window

DOCUMENTS = "Last day to send your documents"
DOCUMENTS_NOTE = "After that day nothing can be added, and we cannot renew your certification without them."


@dataclass(frozen=True, slots=True)
class KeyDate:
    label: str
    when: SafeString
    note: str


def dates_of(case: Case) -> tuple[KeyDate, ...]:
    """The last day for documents that we ask for, then of every window: on time, late, the last day at all. None for who
    may not apply (Q24), except the first.
    """
    windows = case.standing.windows if case.credential.in_force else ()
    return (
        *_audit_date(case),
        *(KeyDate(label_of(case, one), _when(case, one.last_on), note_of(case, one)) for one in windows),
    )


def _audit_date(case: Case) -> tuple[KeyDate, ...]:
    on = case.documents_through
    if on is None:
        return ()
    return (KeyDate(DOCUMENTS, _when(case, on), f"{DOCUMENTS_NOTE}{ends_elsewhere(case, on)}"),)


def _when(case: Case, last_on: date) -> SafeString:
    passed = " (passed)" if last_on < case.today else ""
    return format_html(
        '<time datetime="{}">{}</time>{}', last_on.isoformat(), near_day(last_on, case.today), passed
    )


def note_of(case: Case, window: Window) -> str:
    """The window in the rule's own words, and when its last day ends on the trainer's clock if that is another (Q3)."""
    return f"{window.text}{ends_elsewhere(case, window.last_on)}"


def label_of(case: Case, window: Window) -> str:
    """Last day with the $30 late fee."""
    if window is case.standing.windows[-1]:
        return "Last day you can renew at all"
    if window.last_on <= case.cycle.expires_on:
        return "Last day to renew on time"
    return f"Last day with the {added_fee(case, window.fees)}"
