"""A second computation of paths, ranks, conditions, prices and carry-over that shares no code with the rules: it is written
from docs/policy-format.md, counts credits one by one and walks through the calendar day by day.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Way:
    """A way to renew: whom it is open to, what it asks and adds, and the status that it gives."""

    code: str
    after: str = ""  # open only to those whose cycle was renewed this way
    members: bool = False
    asks_credits: bool = True
    fee: int = 0
    replaces: bool = False  # its fee is in place of the usual one
    status: str = ""


def way_taken(ways: list[Way], asked: str, renewed_by: str, member: bool, credits: int) -> Way | None:
    """The way that answers: the one asked for if it is open, else the first on which enough is there, else the first."""
    open_ones = [
        one for one in ways if (not one.after or one.after == renewed_by) and (member or not one.members)
    ]
    if asked:
        return next((one for one in open_ones if one.code == asked), None)
    enough = [one for one in open_ones if credits >= 20 or not one.asks_credits]
    return (enough or open_ones)[0]


def left_over(
    records: list[tuple[str, str, int, date]], ends_on: date, kinds: list[str], most: int | None
) -> dict[str, int]:
    """How much of each record (id, kind, credits, day) goes on to the next cycle, of 20 that are needed.

    What was completed through E is claimed; of what comes after it, in order of completion, only what is still
    needed. The latest credits are the ones that are left, and only those of `kinds`.
    """
    claimed: list[tuple[str, str]] = []
    for one, kind, units, day in sorted(records, key=lambda row: (row[3], row[0])):
        if day <= ends_on or len(claimed) < 20:
            claimed.extend([(one, kind)] * units)
    surplus = len(claimed) - 20
    room = surplus if most is None else min(surplus, most)
    found: dict[str, int] = {}
    for one, kind in reversed(claimed):
        if room > 0 and kind in kinds:
            found[one] = found.get(one, 0) + 1
            room -= 1
    return found


def renews_this(
    ranks: list[str], mine: str, others: Iterable[tuple[str, date, date, date]], today: date, ends_on: date
) -> str:
    """The highest other credential (code, last day, first day to renew it, end of its next cycle) that renews mine."""
    found = ""
    for rank in ranks[ranks.index(mine) + 1 :]:
        for code, expires_on, opens_on, next_expires_on in others:
            valid = today <= expires_on
            if code == rank and valid and opens_on <= ends_on and next_expires_on >= ends_on:
                found = rank
    return found


def calendar_months(ends_on: date, received_on: date) -> int:
    """How many months of the calendar have a day after `ends_on` through `received_on`."""
    found, day = set(), ends_on + ONE_DAY
    while day <= received_on:
        found.add((day.year, day.month))
        day += ONE_DAY
    return len(found)


@dataclass(frozen=True)
class Priced:
    """A fee: cents, or hundredths of a percent of the fees named (of all before it for none); for members other cents."""

    code: str
    cents: int = 0
    percent: int = 0
    of: tuple[str, ...] = ()
    for_members: int | None = None
    takes_off: bool = False


def price_lines(fees: list[Priced], member: bool) -> dict[str, int]:
    """The cents of each fee, in their order; a discount takes off at most what there is."""
    lines: dict[str, int] = {}
    for fee in fees:
        if member and fee.for_members is not None:
            cents = fee.for_members
        elif fee.percent:
            base = sum(found for code, found in lines.items() if not fee.of or code in fee.of)
            exact = Fraction(base * fee.percent, 10_000) + Fraction(1, 2)
            cents = exact.numerator // exact.denominator
        else:
            cents = fee.cents
        lines[fee.code] = -min(cents, sum(lines.values())) if fee.takes_off else cents
    return lines


def condition_holds(when: dict[str, Any], told: dict[str, Any]) -> bool:
    """Whether every key of a condition holds for what a question tells."""
    return all(_key_holds(key, value, told) for key, value in when.items())


def _key_holds(key: str, value: Any, told: dict[str, Any]) -> bool:
    held = [one["code"] for one in told["also"]]
    counted = [one for one in told["records"] if one["category"] != "other"]
    answers = {
        "any": lambda: any(condition_holds(one, told) for one in value),
        "not": lambda: not condition_holds(value, told),
        "also_from": lambda: len(held) >= value,
        "also_through": lambda: len(held) <= value,
        "also_holds": lambda: any(one in value for one in held),
        "member": lambda: told["member"] is value,
        "renewed_by": lambda: told["renewed_by"] in value,
        "all_from": lambda: bool(counted) and all(one["provider"] in value for one in counted),
        "short": lambda: value is (sum(int(one["ceus"]) for one in counted) < 20),
        "renewal_each": lambda: told["cycle"]["number"] % value == 0,
        "renewal_from": lambda: told["cycle"]["number"] >= value,
    }
    return bool(answers[key]())
