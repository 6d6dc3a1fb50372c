"""The small frozen values that the families of a policy share, and what only some fees and tiers state."""

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
    """Parts that must all hold. A part is (key, value). The value of `any` is a list of Conditions
    of which one must hold; that of `not` is one that must not hold.
    """

    tests: tuple[tuple[str, Any], ...]


@dataclass(frozen=True, slots=True)
class LimitedRecords:
    """Which records a limit describes: those that match every list that is not empty."""

    categories: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    providers: tuple[str, ...] = ()
    outside: tuple[str, ...] = ()
    formats: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OtherAmount:
    """An amount that replaces a fee's usual one under a condition. Of several, the first whose
    condition holds applies.
    """

    when: Condition
    cents: int
    rule: Rule


@dataclass(frozen=True, slots=True)
class FeeTerms:
    """Optional parts of a fee in the policy file. `per` names what the amount is multiplied by,
    such as months.

    A fee with `percent` is a share of other fees, in hundred-thousandths: of those with the codes
    in `of`, or of all fees listed before it when `of` is empty.
    """

    when: Condition | None = None
    instead: tuple[OtherAmount, ...] = ()
    per: str = "application"
    takes_off: bool = False
    percent: int | None = None
    of: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TierTerms:
    """What only some tiers state: a status of their own after E, how often they may be used in a
    lifetime, and from which day the next cycle is counted.
    """

    when: Condition | None = None
    status: str | None = None
    uses: int | None = None
    next_from: str | None = None
    cheaper: bool = False
    after_gap: bool = False


PLAIN_FEE = FeeTerms()
PLAIN_TIER = TierTerms()
