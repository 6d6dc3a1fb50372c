"""The dates of Home: the last day of every window with its price, in words, and the same drawn to
scale.
"""

from dataclasses import dataclass
from datetime import date

from django.utils.html import format_html
from django.utils.safestring import SafeString

from core.deadlines import full_day, near_day, short_day_with_year, short_day_without_year
from renewals.pages.case import Case
from renewals.pages.sentences import added_fee, ends_elsewhere
from rules.fees import Window

DOCUMENTS = "Last day to send your documents"
DOCUMENTS_NOTE = "After that day nothing can be added, and we cannot renew your certification without them."
PAST, NOW, COMING = "past", "now", "coming"
PIN_AT, TALLEST_AT = 8, 34  # from the drawing's top: the middle of the pin's head, the dearest price
LEAST_HEIGHT = 20  # of a bar: a window that costs nothing is seen too
WIDE_LETTER, BOLD_LETTER, LETTER = 14.0, 11.0, 7.4  # the width of one, by size, never less than drawn


@dataclass(frozen=True, slots=True)
class KeyDate:
    """A last day in words. `place` is where it stands today: past, now or coming; empty for one
    without a window.
    """

    label: str
    when: SafeString
    note: str
    price: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True)
class Bar:
    """A window: as wide as it is long, as high as it is dear. A text that does not fit is empty."""

    x: float
    y: float
    width: float
    height: float
    kind: str
    price: str
    label: str


@dataclass(frozen=True, slots=True)
class Tick:
    x: float
    anchor: str
    text: str


@dataclass(frozen=True, slots=True)
class Timeline:
    """The drawing in its own units; `base` is where the bars stand, `pin_foot` where today's pin
    does.
    """

    name: str
    width: int
    height: int
    base: int
    bars: tuple[Bar, ...]
    ticks: tuple[Tick, ...]
    pin_x: float
    pin_foot: float
    pin_anchor: str
    today: str
    inset: int
    price_drop: int


@dataclass(frozen=True, slots=True)
class Scale:
    """How large one drawing is."""

    name: str
    width: int
    base: int
    price_letter: float
    has_labels: bool


SCALES = (Scale("wide", 720, 118, WIDE_LETTER, True), Scale("narrow", 346, 106, BOLD_LETTER, False))


def dates_of(case: Case) -> tuple[KeyDate, ...]:
    """Return the last day for the audit's documents, then the last day of every window.

    A trainer who may not apply (Q24) gets only the first.
    """
    windows = case.standing.windows if case.credential.in_force else ()
    return (*_audit_date(case), *(_window_date(case, one) for one in windows))


def _window_date(case: Case, window: Window) -> KeyDate:
    cents = window.fees.total_cents
    return KeyDate(
        label=label_of(case, window),
        when=_when(case, window.last_on),
        note=_short_note(case, window),
        price=case.money(cents) if cents else "No fee",
        place=_place(case, window),
    )


def _place(case: Case, window: Window) -> str:
    if window.last_on < case.today:
        return PAST
    return NOW if window.first_on <= case.today else COMING


def _short_note(case: Case, window: Window) -> str:
    """Return why the price is this one, and what else ends on that day."""
    if window.last_on < case.today:
        return f"{_why(case, window)}. This day has passed."
    parts = [_why(case, window)]
    if window is case.standing.windows[0] and window.first_on > case.today:
        parts.append(f"You can renew from {near_day(window.first_on, case.today)}")
    if window.last_on == case.standing.dates.completion_deadline and not case.is_complete:
        parts.append("Courses count through this day")
    if window is case.standing.windows[-1]:
        parts.append("The last day to renew at all")
    said = f"{'. '.join(parts)}.{ends_elsewhere(case, window.last_on)}"
    return f"{said} {window.moved}" if window.moved else said


def _why(case: Case, window: Window) -> str:
    if window.last_on <= case.cycle.expires_on:
        dearer = case.standing.windows[-1].fees.total_cents > window.fees.total_cents
        return "On time. No late fee" if dearer else "On time"
    added = added_fee(case, window.fees)
    return f"Adds a {added}" if added else "Late"


def _audit_date(case: Case) -> tuple[KeyDate, ...]:
    last_on = case.documents_through
    if last_on is None:
        return ()
    note = f"{DOCUMENTS_NOTE}{ends_elsewhere(case, last_on)}"
    return (KeyDate(DOCUMENTS, _when(case, last_on), note),)


def _when(case: Case, last_on: date) -> SafeString:
    weekday = near_day(last_on, case.today).removesuffix(full_day(last_on))
    # In a narrow column the weekday stands above, and the rest stays in one line.
    return format_html(
        '<time datetime="{}">{}<span>{}</span></time>', last_on.isoformat(), weekday, full_day(last_on)
    )


def note_of(case: Case, window: Window) -> str:
    """Return the sentence about a window; where the trainer's own clock differs, also when its last
    day ends by that clock (Q3).
    """
    return f"{window.text}{ends_elsewhere(case, window.last_on)}"


def label_of(case: Case, window: Window) -> str:
    """Return the label of a window's last day, such as "Last day with the $30 late fee"."""
    if window is case.standing.windows[-1]:
        return "Last day you can renew at all"
    if window.last_on <= case.cycle.expires_on:
        return "Last day to renew on time"
    if not added_fee(case, window.fees):
        return "Last day to renew late"
    return f"Last day with the {added_fee(case, window.fees)}"


def timelines_of(case: Case) -> tuple[Timeline, ...]:
    """Return the wide drawing and the one for phones; none when there is nothing to choose: the
    price is agreed, or renewing is over.
    """
    if not case.can_still_renew or case.in_hand:
        return ()
    return tuple(_drawn(case, scale) for scale in SCALES)


def _drawn(case: Case, scale: Scale) -> Timeline:
    windows, today = case.standing.windows, case.today
    first, last = min(windows[0].first_on, today), windows[-1].last_on
    unit = scale.width / max((last - first).days + 1, 1)
    bars = tuple(
        _bar(case, scale, number, (window.first_on - first).days * unit, unit)
        for number, window in enumerate(windows)
    )
    pin_x = round(((today - first).days + 0.5) * unit, 1)
    under = next((bar for bar in bars if bar.kind == NOW), None)
    words = f"Today, {short_day_without_year(today)}"
    return Timeline(
        name=scale.name,
        width=scale.width,
        height=scale.base + 26,
        base=scale.base,
        bars=bars,
        ticks=tuple(_ticks(scale, windows, bars)),
        pin_x=min(max(pin_x, 5), scale.width - 5),
        pin_foot=under.y if under else scale.base,
        pin_anchor="end" if pin_x + 12 + len(words) * LETTER > scale.width else "start",
        today=words,
        inset=14 if scale.has_labels else 7,
        price_drop=27 if scale.has_labels else 22,
    )


def _bar(case: Case, scale: Scale, number: int, x: float, unit: float) -> Bar:
    window = case.standing.windows[number]
    dearest = max(one.fees.total_cents for one in case.standing.windows) or 1
    height = max((scale.base - TALLEST_AT) * window.fees.total_cents / dearest, LEAST_HEIGHT)
    width = ((window.last_on - window.first_on).days + 1) * unit
    price = case.money(window.fees.total_cents) if window.fees.total_cents else ""
    shown = len(price) * scale.price_letter + 10 <= width
    labelled = scale.has_labels and shown and height >= 50 and len(window.label) * LETTER + 20 <= width
    place = _place(case, window)
    return Bar(
        x=round(x, 1),
        y=round(scale.base - height, 1),
        width=round(max(width - 2, 1), 1),
        height=round(height, 1),
        kind=f"coming-{min(number, 2)}" if place == COMING else place,
        price=price if shown else "",
        label=window.label if labelled else "",
    )


def _ticks(scale: Scale, windows: tuple[Window, ...], bars: tuple[Bar, ...]) -> list[Tick]:
    """Return the first day and the last day of every bar, where there is room below it."""
    found, free_from = [], 0.0
    begins = short_day_without_year(windows[0].first_on)
    if len(begins) * LETTER * 2.4 < bars[0].width:
        found.append(Tick(bars[0].x, "start", begins))
        free_from = bars[0].x + len(begins) * LETTER
    for window, bar in zip(windows, bars, strict=True):
        ends = bar.x + bar.width
        short, full = short_day_without_year(window.last_on), short_day_with_year(window.last_on)
        words = full if scale.has_labels or window is windows[-1] else short
        words = words if ends - len(words) * LETTER >= free_from else short
        if ends - len(words) * LETTER >= free_from:
            found.append(Tick(round(ends, 1), "end", words))
            free_from = ends + 8
    return found
