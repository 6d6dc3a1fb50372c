"""The small frozen values that the families of a policy share, and what a fee and a tier may state
beyond their amount and their days.
"""

from dataclasses import dataclass
from typing import Any

Day = tuple[int, int]  # month and day, of every year


@dataclass(frozen=True, slots=True)
class Rule:
    """Where something is stated: its clause and its sentence for the rules page."""

    clause: str
    text: str
    in_source: bool = True


@dataclass(frozen=True, slots=True)
class Condition:
    """Tests that must all hold. A test is (key, value); `any` holds Conditions of which one must
    hold, `not` one that must not.
    """

    tests: tuple[tuple[str, Any], ...]


@dataclass(frozen=True, slots=True)
class Over:
    """Which records a limit is about: those that match every list that is not empty."""

    categories: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    providers: tuple[str, ...] = ()
    outside: tuple[str, ...] = ()
    formats: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OtherAmount:
    """Another amount of a fee, under a condition; the first that fits holds."""

    when: Condition
    cents: int
    rule: Rule


@dataclass(frozen=True, slots=True)
class FeeTerms:
    """What only some fees state. `per` is what the amount is taken times; a fee with `percent` is a
    share, in hundred-thousandths, of the fees `of`, or of all before it.
    """

    when: Condition | None = None
    instead: tuple[OtherAmount, ...] = ()
    per: str = "application"
    takes_off: bool = False
    percent: int | None = None
    of: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TierTerms:
    """What only some tiers state: a status of their own after E, how often they are used in a
    lifetime, and whence the next cycle is counted.
    """

    when: Condition | None = None
    status: str | None = None
    uses: int | None = None
    next_from: str | None = None
    cheaper: bool = False
    after_gap: bool = False


PLAIN_FEE = FeeTerms()
PLAIN_TIER = TierTerms()
