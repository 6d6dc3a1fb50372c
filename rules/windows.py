"""Windows of days around a cycle's two ends: `E - 180 days`, `E + 1 year`, with inclusive or
exclusive ends.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from rules.days import MONTHS_IN_YEAR, CyclePeriod, add_days, add_months

ANCHOR_WORDS = {
    "S": "the first day of the cycle",
    "E": "the expiration date",
    "W": "the first day to apply",
    "L": "the last day to apply",
    "C": "the last day of the card",
    "D": "the last day to answer",
}
_OFFSET = re.compile(r"([A-Z])(?: ([+-]) ([0-9]{1,5}) (day|month|year)s?)?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Offset:
    """A day counted from an anchor: `S`, the first day of a cycle, `E`, its last, or another;
    negative counts are before it.
    """

    anchor: str
    count: int = 0
    unit: Literal["day", "month", "year"] = "day"

    def on(self, period: CyclePeriod) -> date:
        """Return the date in this cycle; raises DateOutOfRange."""
        return self.after(period.starts_on if self.anchor == "S" else period.expires_on)

    def after(self, base: date) -> date:
        """Return the date for an anchor on `base`; raises DateOutOfRange."""
        if self.unit == "day":
            return add_days(base, self.count)
        return add_months(base, self.count * (MONTHS_IN_YEAR if self.unit == "year" else 1))

    def words(self, anchors: Mapping[str, str] = ANCHOR_WORDS) -> str:
        """Return words such as "90 days after the expiration date"; `anchors` names each anchor."""
        if not self.count:
            return anchors[self.anchor]
        plural = "" if abs(self.count) == 1 else "s"
        side = "after" if self.count > 0 else "before"
        return f"{abs(self.count)} {self.unit}{plural} {side} {anchors[self.anchor]}"


@dataclass(frozen=True, slots=True)
class Bounds:
    """A window: its two ends, each inclusive (`from`, `through`) or exclusive (`after`, `before`)."""

    first: Offset
    last: Offset
    includes_first: bool
    includes_last: bool

    def on(self, period: CyclePeriod) -> tuple[date, date]:
        """Return the first and the last day in this cycle, both inclusive; raises DateOutOfRange."""
        first, last = self.first.on(period), self.last.on(period)
        if not self.includes_first:
            first = add_days(first, 1)
        if not self.includes_last:
            last = add_days(last, -1)
        return first, last

    def words(self) -> str:
        """Return words such as "after the expiration date, through 90 days after the expiration
        date".
        """
        start = "from" if self.includes_first else "later than" if self.first.count else "after"
        end = "through" if self.includes_last else "before"
        return f"{start} {self.first.words()}, {end} {self.last.words()}"


def parse_offset(text: str, anchors: str = "SE") -> Offset | None:
    """Return a text such as "E + 90 days" as an Offset from one of `anchors`; None for any other
    text.
    """
    match = _OFFSET.fullmatch(text)
    if match is None or match[1] not in anchors:
        return None
    anchor, sign, number, unit = match.groups()
    if sign is None:
        return Offset(anchor)
    units: dict[str, Literal["day", "month", "year"]] = {"day": "day", "month": "month", "year": "year"}
    return Offset(anchor, int(sign + number), units[unit])
