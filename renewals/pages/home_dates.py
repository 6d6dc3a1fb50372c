"""The dates on Home: the last day of every window with its price, in words and as a drawing."""

from dataclasses import dataclass
from datetime import date

from django.utils.html import format_html
from django.utils.safestring import SafeString

from core.deadlines import full_day, near_day, short_day_without_year
from renewals.pages.sentences import added_fee, ends_elsewhere, net_lines
from renewals.pages.snapshot import Snapshot
from renewals.pages.timeline import Timeline, draw_timelines, window_place
from rules.fees import Window

DOCUMENTS = "Last day to send your documents"
DOCUMENTS_NOTE = "After that day nothing can be added, and we cannot renew your certification without them."


@dataclass(frozen=True, slots=True)
class KeyDate:
    """A last day in words. `place` says whether its window is past, now or coming; "" for a day
    that ends no window.
    """

    label: str
    when: SafeString
    note: str
    price: str = ""
    place: str = ""


def dates_of(snapshot: Snapshot) -> tuple[KeyDate, ...]:
    """Return the last day for the audit's documents, then the last day of every window.

    A trainer who may not apply (Q24) gets only the first.
    """
    windows = snapshot.standing.windows if snapshot.credential.in_force else ()
    return (*_audit_date(snapshot), *(_window_date(snapshot, one) for one in windows))


def _window_date(snapshot: Snapshot, window: Window) -> KeyDate:
    cents = window.fees.total_cents
    return KeyDate(
        label=label_of(snapshot, window),
        when=_when(snapshot, window.last_on),
        note=_short_note(snapshot, window),
        price=snapshot.money(cents) if cents else "No fee",
        place=window_place(window, snapshot.today),
    )


def _short_note(snapshot: Snapshot, window: Window) -> str:
    """Return the reason for the price of a window, and what else ends on its last day, such as the
    days for courses.
    """
    if window.last_on < snapshot.today:
        return f"{_why(snapshot, window)}. This day has passed."
    parts = [_why(snapshot, window)]
    if window is snapshot.standing.windows[0] and window.first_on > snapshot.today:
        parts.append(f"You can renew from {near_day(window.first_on, snapshot.today)}")
    if window.last_on == snapshot.standing.dates.completion_deadline and not snapshot.is_complete:
        parts.append("Courses count through this day")
    if window is snapshot.standing.windows[-1]:
        parts.append("The last day to renew at all")
    said = f"{'. '.join(parts)}.{ends_elsewhere(snapshot, window.last_on)}"
    return f"{said} {window.moved}" if window.moved else said


def _why(snapshot: Snapshot, window: Window) -> str:
    if window.last_on <= snapshot.cycle.expires_on:
        later = (
            one.fees for one in snapshot.standing.windows if one.fees.total_cents > window.fees.total_cents
        )
        spared = next(([line.label.lower() for line, _ in net_lines(fees)] for fees in later), [])
        return f"On time. No {spared[-1]}" if spared else "On time"
    added = added_fee(snapshot, window.fees)
    return f"Adds a {added}" if added else "Late"


def _audit_date(snapshot: Snapshot) -> tuple[KeyDate, ...]:
    last_on = snapshot.documents_through
    if last_on is None:
        return ()
    note = f"{DOCUMENTS_NOTE}{ends_elsewhere(snapshot, last_on)}"
    return (KeyDate(DOCUMENTS, _when(snapshot, last_on), note),)


def _when(snapshot: Snapshot, last_on: date) -> SafeString:
    weekday = near_day(last_on, snapshot.today).removesuffix(full_day(last_on))
    # In a narrow column the weekday stands above, and the rest stays in one line.
    return format_html(
        '<time datetime="{}">{}<span>{}</span></time>', last_on.isoformat(), weekday, full_day(last_on)
    )


def note_of(snapshot: Snapshot, window: Window) -> str:
    """Return the sentence about a window. Where the trainer's own zone shows another time, it also
    says when the last day ends there (Q3).
    """
    return f"{window.text}{ends_elsewhere(snapshot, window.last_on)}"


def label_of(snapshot: Snapshot, window: Window) -> str:
    """Return the label of a window's last day, such as "Last day with the $30 late fee"."""
    if window is snapshot.standing.windows[-1]:
        return "Last day you can renew at all"
    if window.last_on <= snapshot.cycle.expires_on:
        return "Last day to renew on time"
    if not added_fee(snapshot, window.fees):
        return "Last day to renew late"
    return f"Last day with the {added_fee(snapshot, window.fees)}"


def timelines_of(snapshot: Snapshot) -> tuple[Timeline, ...]:
    """Return the drawings for today. None are shown when the trainer has nothing to choose: the
    price is agreed, or the last day to apply has passed.
    """
    if not snapshot.can_still_renew or snapshot.in_hand:
        return ()
    words = f"Today, {short_day_without_year(snapshot.today)}"
    return draw_timelines(snapshot.standing.windows, snapshot.today, words, money=snapshot.money)
