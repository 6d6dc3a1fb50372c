"""Days of several tiers. A day that two tiers share belongs to the one that comes first in the file."""

from collections.abc import Iterable
from datetime import date

from rules.days import add_days
from rules.policy.model import Tier

Span = tuple[Tier, date, date]  # both days inclusive


def without_shared(spans: Iterable[Span]) -> list[Span]:
    """Return the spans sorted by their days. A day that several spans have stays only in the span
    that is written first in the file.
    """
    taken: list[Span] = []
    for tier, first, last in spans:
        pieces = [(first, last)]
        for _, first_on, last_on in taken:
            pieces = [rest for piece in pieces for rest in _without(piece, first_on, last_on)]
        taken += [(tier, *piece) for piece in pieces]
    return sorted(taken, key=_first_day)


def _first_day(span: Span) -> date:
    _, first_on, _ = span
    return first_on


def _without(piece: tuple[date, date], first_on: date, last_on: date) -> list[tuple[date, date]]:
    first, last = piece
    rests = [(first, min(last, add_days(first_on, -1))), (max(first, add_days(last_on, 1)), last)]
    return [(begin, end) for begin, end in rests if begin <= end]
