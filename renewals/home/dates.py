"""The key dates with their prices, and why, in the rule's own words (UX decision 5)."""

from dataclasses import dataclass

from django.utils.html import format_html
from django.utils.safestring import SafeString

from recert.deadlines import near
from recert.rules.timeline import Window
from renewals.home.case import Case
from renewals.home.words import added_fee, ends_elsewhere


@dataclass(frozen=True, slots=True)
class KeyDate:
    label: str
    when: SafeString
    note: str


def dates_of(case: Case) -> tuple[KeyDate, ...]:
    """The last day of every window: on time, late, the last day at all. None for who may not apply (Q24)."""
    if not case.credential.in_force:
        return ()
    return tuple(_key_date(case, window) for window in case.standing.windows)


def _key_date(case: Case, window: Window) -> KeyDate:
    passed = " (passed)" if window.last_on < case.today else ""
    when = format_html(
        '<time datetime="{}">{}</time>{}',
        window.last_on.isoformat(),
        near(window.last_on, case.today),
        passed,
    )
    return KeyDate(label_of(case, window), when, note_of(case, window))


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
