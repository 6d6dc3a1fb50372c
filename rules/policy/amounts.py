"""What policies state about amounts, as frozen values: limits over records, other totals, shares,
conversions, and amounts for a time that is not whole.
"""

from dataclasses import dataclass
from datetime import date

from rules.days import Bounds
from rules.policy.building_blocks import Condition, LimitedRecords, Rule

UP, DOWN, NEAREST = ROUNDINGS = ("up", "down", "nearest")
WHOLE, BEGUN = "whole", "begun"
TIMES_DIGITS = 4
ONCE = 10**TIMES_DIGITS


@dataclass(frozen=True, slots=True)
class Proration:
    """How an amount is made for a time that is shorter or longer than usual: by the whole or the
    begun parts of so many months, or with 0 by days, rounded to multiples of `to` (0: the smallest step).
    """

    counts: str
    months: int = 1
    rounds: str = UP
    to: int = 0


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount with its clause. `each_year` is added for each year that began after E. With
    `percent`, in hundred-thousandths, it is that share of what the cycle needs in all.
    """

    value: int
    rule: Rule
    each_year: int = 0
    percent: int | None = None
    rounds: str = ""  # of a share: up for a minimum and down for a maximum unless the file says otherwise


@dataclass(frozen=True, slots=True)
class RecordLimit:
    """A minimum, a cap or both over some records: in the cycle, in each year of it, in each record,
    or, for a cap, of each day, month, course or provider. `counts` says what is counted: amounts,
    the records themselves, or different categories, topics or providers. `within` are the days of
    completion that it is about; `days` are these days once the application is known. With `excess`
    what is too much in one year goes to the "next" or to any "later" one, at most `excess_most` to each.
    """

    code: str
    label: str
    over: LimitedRecords
    least: Amount | None
    most: Amount | None
    per: str = "cycle"
    counts: str = "amount"
    when: Condition | None = None
    within: Bounds | None = None
    days: tuple[date, date] | None = None
    excess: str = ""
    excess_most: int | None = None

    @property
    def of_records(self) -> bool:
        """Return whether something is counted, and not what it is worth."""
        return self.counts != "amount"

    @property
    def is_needed(self) -> bool:
        """Return whether it is a requirement: a minimum, but not one that each record must have."""
        return self.least is not None and self.per != "item"


@dataclass(frozen=True, slots=True)
class OtherTotal:
    """A total that replaces the usual one under a condition. Of several, the first whose condition
    holds applies.
    """

    when: Condition
    amount: Amount


@dataclass(frozen=True, slots=True)
class ForEach:
    """What is taken off the total, or added to it, for each one of a fact that is a number, such as
    a month of leave; `most` is what all of it together is at most.
    """

    fact: str
    each: int
    rule: Rule
    most: int | None = None


@dataclass(frozen=True, slots=True)
class Conversion:
    """How much one of another unit, such as a semester hour, is worth, or with `of` how much so many
    of them are worth: 60 minutes are one hour. Both are whole numbers of 10^-digits.
    """

    code: str
    label: str
    rule: Rule
    worth: int
    categories: tuple[str, ...] = ()
    rounds: str = "down"
    of: int = 10_000


@dataclass(frozen=True, slots=True)
class Repeats:
    """Whether the same course may count again: "once" in a cycle or, with `per`, in each year of it,
    "never" twice, or "always". Records that `apart` describes may always.
    """

    kind: str
    rule: Rule
    per: str = "cycle"
    apart: LimitedRecords | None = None


@dataclass(frozen=True, slots=True)
class RecordWeight:
    """How often some records count: `times` is in ten-thousandths. Only the `first` amount of them
    has this weight, or what is `beyond` an amount, or so much beyond it; `per` as for a cap.
    """

    code: str
    label: str
    over: LimitedRecords
    rule: Rule
    times: int
    first: int | None = None
    beyond: int = 0
    per: str = "cycle"
    rounds: str = DOWN
    when: Condition | None = None
    within: Bounds | None = None
    days: tuple[date, date] | None = None


@dataclass(frozen=True, slots=True)
class Alternatives:
    """A requirement of which so many of several ways are enough. Each way is the codes of other
    requirements, all of which it takes. `per` "year": in each year that the limits of the ways have,
    and one way in one year may be another in the next.
    """

    code: str
    label: str
    rule: Rule
    ways: tuple[tuple[str, ...], ...]
    at_least: int = 1
    when: Condition | None = None
    per: str = "cycle"

    @property
    def codes(self) -> frozenset[str]:
        """Return the codes of all requirements that a way names."""
        return frozenset(code for way in self.ways for code in way)
