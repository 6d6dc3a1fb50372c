"""Days of several tiers: a day that two of them have belongs to the first in the file."""

from collections.abc import Iterable
from datetime import date, timedelta

from rules.policy.model import Tier

Span = tuple[Tier, date, date]  # both days inclusive


def without_shared(spans: Iterable[Span]) -> list[Span]:
    """Return the spans, in order of their days, without days that an earlier one in the file has."""
    taken: list[Span] = []
    for tier, first, last in spans:
        pieces = [(first, last)]
        for _, first_on, last_on in taken:
            pieces = [rest for piece in pieces for rest in _without(piece, first_on, last_on)]
        taken += [(tier, *piece) for piece in pieces]
    return sorted(taken, key=lambda one: one[1])


def _without(piece: tuple[date, date], first_on: date, last_on: date) -> list[tuple[date, date]]:
    if last_on < piece[0] or first_on > piece[1]:
        return [piece]
    day = timedelta(days=1)
    rests = [(piece[0], first_on - day), (last_on + day, piece[1])]
    return [rest for rest in rests if rest[0] <= rest[1]]
