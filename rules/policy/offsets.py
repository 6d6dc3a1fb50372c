"""Read a day that a policy file counts from another one, such as "E + 90 days"."""

import re
from datetime import date

from rules.days import BUSINESS_DAY, MONTH_END, DateOutOfRange, Offset, OffsetUnit

_UNITS: dict[str, OffsetUnit] = {
    "day": "day",
    "month": "month",
    "year": "year",
    MONTH_END: MONTH_END,
    BUSINESS_DAY: BUSINESS_DAY,
}
_EXAMPLES = {  # of days, by what they may be counted from
    "SE": '"S", "E - 6 months" or "E + 90 days"',
    "SER": '"S", "E - 6 months" or "R - 5 years"',
}
EARLIEST, LATEST = date(2000, 1, 1), date(2101, 12, 31)
_WHOLE_UNITS = ("month", "year")  # of which one may be full
_OFFSET = re.compile(
    r"([A-Z])(?: ([+-]) ([0-9]{1,5}) (full )?(day|month|year|month end|business day)s?)?"
    r"(?: or (next|previous) business day)?",
    re.ASCII,
)


def parse_offset(text: str, anchors: str = "SE") -> Offset | None:
    """Return a text such as "E + 90 days" as an Offset from one of `anchors`; None for any other
    text.
    """
    match = _OFFSET.fullmatch(text)
    if match is None or match[1] not in anchors or (match[4] and match[5] not in _WHOLE_UNITS):
        return None
    anchor, sign, number, full, unit, moves = match.groups()
    if sign is None:
        return Offset(anchor, moves=moves or "")
    return Offset(anchor, int(sign + number), _UNITS[unit], bool(full), moves or "")


def day_examples(anchors: str) -> str:
    """Return examples of days that may stand where a day is counted from one of `anchors`."""
    return _EXAMPLES.get(anchors, f'"{anchors[0]} - 7 days"')


def is_in_calendar(offset: Offset) -> bool:
    """Return whether every day of the present century can be moved by this offset."""
    try:
        return bool(offset.after(EARLIEST) and offset.after(LATEST))
    except DateOutOfRange:
        return False
