"""The prices of a renewal as a picture: each window is a bar, whose width is the length of the
window and whose height is its price, and a pin marks one day. Home and the calculator show it; their
pages load css/home.css. The same words stand below it, so readers do not hear it.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from core.deadlines import short_day_with_year, short_day_without_year
from rules.fees import Window

PAST, NOW, COMING = "past", "now", "coming"
PIN_AT, TALLEST_AT = 8, 34  # from the drawing's top: the middle of the pin's head, the dearest price
LEAST_HEIGHT = 20  # of a bar: a window that costs nothing is seen too
WIDE_LETTER, BOLD_LETTER, LETTER = 14.0, 11.0, 7.4  # the width of one, by size, never less than drawn
Money = Callable[[int], str]


@dataclass(frozen=True, slots=True)
class WindowBar:
    """The bar of a window: its width is the length of the window, its height the price. A text that
    does not fit is empty.
    """

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
    """The drawing in units of its own. `base` is the y of the foot of the bars, `pin_foot` the y of
    the point of the pin; `pin_x` is None when the day is outside of the drawing.
    """

    name: str
    width: int
    height: int
    base: int
    bars: tuple[WindowBar, ...]
    ticks: tuple[Tick, ...]
    pin_x: float | None
    pin_foot: float
    pin_anchor: str
    pin_words: str
    inset: int
    price_drop: int

    @property
    def svg(self) -> SafeString:
        """Return the drawing for a page. It has eighty numbers, which a template would format one by one."""
        bars = "".join(self._bar(bar) for bar in self.bars)
        ticks = "".join(
            f'<text class="tick" x="{tick.x}" y="{self.base}" dy="20" text-anchor="{tick.anchor}">{escape(tick.text)}</text>'
            for tick in self.ticks
        )
        return mark_safe(  # noqa: S308 (every text in it is escaped)
            f'<svg class="drawing drawing-{self.name}" viewBox="0 0 {self.width} {self.height}" aria-hidden="true"'
            f' focusable="false">\n  {bars}\n  <path class="axis" d="M0 {self.base}h{self.width}"/>\n  {ticks}\n'
            f"  {self._pin()}\n</svg>"
        )

    def _bar(self, bar: WindowBar) -> str:
        place = f'x="{bar.x}" y="{bar.y}"'
        drop = f'dx="{self.inset}" dy="{self.price_drop}"'
        price = f'<text class="bar-price" {place} {drop}>{escape(bar.price)}</text>' if bar.price else ""
        label = f'<text {place} dx="14" dy="46">{escape(bar.label)}</text>' if bar.label else ""
        return f'<g class="bar bar-{bar.kind}"><rect {place} width="{bar.width}" height="{bar.height}"/>{price}{label}</g>'

    def _pin(self) -> str:
        if self.pin_x is None:
            return ""
        beside = "-10" if self.pin_anchor == "end" else "10"
        return (
            f'\n    <path class="pin" d="M{self.pin_x} 8V{self.pin_foot}"/><circle class="pin-head" cx="{self.pin_x}" cy="8"'
            f' r="5"/>\n    <text class="pin-words" x="{self.pin_x}" y="13" dx="{beside}" text-anchor="{self.pin_anchor}">'
            f"{escape(self.pin_words)}</text>\n  "
        )


@dataclass(frozen=True, slots=True)
class Scale:
    """The sizes of one drawing."""

    name: str
    width: int
    base: int
    price_letter: float
    has_labels: bool


SCALES = (Scale("wide", 720, 118, WIDE_LETTER, True), Scale("narrow", 346, 106, BOLD_LETTER, False))


@dataclass(frozen=True, slots=True)
class Plan:
    """What a drawing shows: the windows, the day of the pin with its words, and how amounts are written."""

    windows: Sequence[Window]
    day: date
    words: str
    money: Money

    @property
    def has_pin(self) -> bool:
        """Return whether the day of the pin is on the drawing. A day before the first window makes
        the drawing begin earlier.
        """
        return self.day <= self.windows[-1].last_on

    @property
    def first_on(self) -> date:
        return min(self.windows[0].first_on, self.day)

    @property
    def days(self) -> int:
        return max((self.windows[-1].last_on - self.first_on).days + 1, 1)


def price_timelines(
    windows: Sequence[Window], day: date, words: str, *, money: Money
) -> tuple[Timeline, ...]:
    """Return two drawings, the wide one and the one for phones, each with a pin on `day` that is
    labelled with `words`.
    """
    plan = Plan(windows, day, words, money)
    return tuple(_drawn(plan, scale) for scale in SCALES)


def window_place(window: Window, day: date) -> str:
    """Return whether a window is past, now or coming on this day."""
    if window.last_on < day:
        return PAST
    return NOW if window.first_on <= day else COMING


def _drawn(plan: Plan, scale: Scale) -> Timeline:
    unit = scale.width / plan.days
    bars = tuple(_bar(plan, scale, number, unit) for number in range(len(plan.windows)))
    pin_x = ((plan.day - plan.first_on).days + 0.5) * unit
    under = next((bar for bar in bars if bar.kind == NOW), None)
    return Timeline(
        name=scale.name,
        width=scale.width,
        height=scale.base + 26,
        base=scale.base,
        bars=bars,
        ticks=tuple(_ticks(scale, plan.windows, bars)),
        pin_x=min(max(round(pin_x, 1), 5), scale.width - 5) if plan.has_pin else None,
        pin_foot=under.y if under else scale.base,
        pin_anchor="end" if pin_x + 12 + len(plan.words) * LETTER > scale.width else "start",
        pin_words=plan.words,
        inset=14 if scale.has_labels else 7,
        price_drop=27 if scale.has_labels else 22,
    )


def _bar(plan: Plan, scale: Scale, number: int, unit: float) -> WindowBar:
    window = plan.windows[number]
    dearest = max(one.fees.total_cents for one in plan.windows) or 1
    height = max((scale.base - TALLEST_AT) * window.fees.total_cents / dearest, LEAST_HEIGHT)
    width = ((window.last_on - window.first_on).days + 1) * unit
    price = plan.money(window.fees.total_cents) if window.fees.total_cents else ""
    shown = len(price) * scale.price_letter + 10 <= width
    labelled = scale.has_labels and shown and height >= 50 and len(window.label) * LETTER + 20 <= width
    place = window_place(window, plan.day)
    return WindowBar(
        x=round((window.first_on - plan.first_on).days * unit, 1),
        y=round(scale.base - height, 1),
        width=round(max(width - 2, 1), 1),
        height=round(height, 1),
        kind=f"coming-{min(number, 2)}" if place == COMING else place,
        price=price if shown else "",
        label=window.label if labelled else "",
    )


def _ticks(scale: Scale, windows: Sequence[Window], bars: tuple[WindowBar, ...]) -> list[Tick]:
    """Return a tick for the first day and the last day of every bar, where there is room for it
    below the bar.
    """
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
