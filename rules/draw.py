"""The audit draw, computed from published values alone, so that anyone can check it (S12, Q20)."""

import hashlib
import hmac
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import lru_cache

from rules.days import add_days, add_months

SECRET_BYTES = 32
X_BYTES = 8  # of the keyed hash, read big-endian
MONTHS = {"month": 1, "quarter": 3, "half_year": 6, "year": 12}


@dataclass(frozen=True, slots=True)
class DrawDates:
    """One period of the draw, both days inclusive: "2026-Q4" is October 1 through December 31, 2026."""

    code: str
    first_on: date
    last_on: date


def commitment_of(period: str, secret: str) -> str:
    """Return the hash that is published before the period opens and binds us to `secret`; both are
    64 lowercase hex digits.
    """
    return hashlib.sha256(f"audit-commit-v1|{period}|{secret}".encode()).hexdigest()


def seed_of(secret: str, public_value: str) -> bytes:
    """Return the 32 bytes of the seed: the SHA-256 of "secret|public value". With an empty public
    value the text ends with the bar.
    """
    return hashlib.sha256(f"{secret}|{public_value}".encode()).digest()


def draw_number(seed: bytes, draw_id: str) -> str:
    """Return the random number of one draw as 16 hex digits. Nobody can compute it without the
    seed; equal arguments give equal numbers.
    """
    drawn = hmac.new(seed, f"audit-v1|{draw_id}".encode(), hashlib.sha256)
    return drawn.digest()[:X_BYTES].hex()


def is_selected(x: str, rate: str) -> bool:
    """Return whether the draw number `x` is among the lowest of all possible numbers; `rate`, from
    "0" to "1", is the share of these. Computed without rounding.
    """
    return int(x, 16) < _lowest_not_selected(rate)


@lru_cache(maxsize=64)  # a policy has a few rates, and a draw asks for each of its numbers
def _lowest_not_selected(rate: str) -> int:
    return int(Fraction(rate) * 2 ** (8 * X_BYTES))


def draw_dates(day: date, kind: str) -> DrawDates:
    """Return the period of this kind ("month", "quarter", "half_year" or "year") in which `day`
    lies.
    """
    months = MONTHS[kind]
    place = (day.month - 1) // months
    first_on = date(day.year, place * months + 1, 1)
    last_on = add_days(add_months(first_on, months), -1)
    return DrawDates(_code(kind, day.year, place + 1), first_on, last_on)


def next_draw_dates(dates: DrawDates, kind: str) -> DrawDates:
    """Return the period that begins on the day after `dates` ends."""
    return draw_dates(add_days(dates.last_on, 1), kind)


def _code(kind: str, year: int, place: int) -> str:
    form = {"month": "{year}-{place:02}", "quarter": "{year}-Q{place}", "half_year": "{year}-H{place}"}
    return form.get(kind, "{year}").format(year=year, place=place)
