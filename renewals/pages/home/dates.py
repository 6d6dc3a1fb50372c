"""The key dates with their prices, and why, in the rule's own words."""

from dataclasses import dataclass
from datetime import date

from django.utils.html import format_html
from django.utils.safestring import SafeString

from core.deadlines import near_day
from renewals.pages.home.case import Case
from renewals.pages.home.words import added_fee, ends_elsewhere
from rules.fees import Window

DOCUMENTS = "Last day to send your documents"
DOCUMENTS_NOTE = "After that day nothing can be added, and we cannot renew your certification without them."


@dataclass(frozen=True, slots=True)
class KeyDate:
    label: str
    when: SafeString
    note: str


def dates_of(case: Case) -> tuple[KeyDate, ...]:
    """Return the last day for audit documents, then that of every window.

    A trainer who may not apply (Q24) gets only the first.
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
    """Return the window in the rule's own words, and when its last day ends on the trainer's clock
    if that differs (Q3).
    """
    return f"{window.text}{ends_elsewhere(case, window.last_on)}"


def label_of(case: Case, window: Window) -> str:
    """Return a label such as "Last day with the $30 late fee"."""
    if window is case.standing.windows[-1]:
        return "Last day you can renew at all"
    if window.last_on <= case.cycle.expires_on:
        return "Last day to renew on time"
    return f"Last day with the {added_fee(case, window.fees)}"
