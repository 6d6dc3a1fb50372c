"""The small frozen values that the families of a policy share, and what only some fees and tiers state."""

from dataclasses import dataclass
from datetime import date

from rules.days import Offset

Day = tuple[int, int]  # month and day, of every year


@dataclass(frozen=True, slots=True)
class Rule:
    """Where something is stated: its clause and its sentence for the rules page."""

    clause: str
    text: str
    in_source: bool = True


@dataclass(frozen=True, slots=True)
class Holder:
    """What the body calls those whom it certifies: one of them, and all."""

    singular: str
    plural: str


ANY_HOLDER = Holder("person", "people")
PartValue = bool | int | date | tuple[str, ...]  # of a condition's part: yes or no, a limit, or codes
FactValue = bool | int | str | date  # of a fact that the policy itself defines


@dataclass(frozen=True, slots=True)
class FactTest:
    """What a condition asks about one of the policy's own facts: that it is one of `among`, or is
    not before `first` or not after `last`.

    With `counted_from` the limit is a day counted from S, E or R of the application, and `since`
    says that it is the first one.
    """

    code: str
    among: tuple[FactValue, ...] | None = None
    first: int | date | None = None
    last: int | date | None = None
    counted_from: Offset | None = None
    since: bool = True


@dataclass(frozen=True, slots=True)
class Condition:
    """Parts that must all hold. A part of `tests` is (key, value). Of `any_of` one must hold, when it
    has any; `none_of` must not hold.
    """

    tests: tuple[tuple[str, PartValue], ...] = ()
    facts: tuple[FactTest, ...] = ()
    any_of: tuple["Condition", ...] = ()
    none_of: "Condition | None" = None


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

    A fee per "record" is for each record that the application claims and `over` describes.

    A fee with `percent` is a share of other fees, in hundred-thousandths: of those with the codes
    in `of`, or of all fees listed before it when `of` is empty.
    """

    when: Condition | None = None
    instead: tuple[OtherAmount, ...] = ()
    per: str = "application"
    takes_off: bool = False
    percent: int | None = None
    of: tuple[str, ...] = ()
    most_cents: int | None = None  # what all of it together is at most
    since: Offset | None = None  # after which late days, months and years are counted, in place of E
    over: LimitedRecords = LimitedRecords()
    each: int = 1  # the amount is for so many of them, the last ones in part


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
