"""The families: what only some bodies' policies state, as frozen values: conditions, limits, paths,
cards, dues, acts and the like. A policy that states none of it has `NO_FAMILIES`.
"""

from dataclasses import dataclass

from rules.days import Bounds, Offset
from rules.policy.amounts import (
    Alternatives,
    Conversion,
    ForEach,
    OtherTotal,
    Proration,
    RecordLimit,
    RecordWeight,
    Repeats,
)
from rules.policy.building_blocks import Condition, Day, LimitedRecords, Rule


@dataclass(frozen=True, slots=True)
class OwnFact:
    """A fact that the policy itself defines, such as "passed the exam". `by` says who states it:
    the trainer or staff.
    """

    code: str
    label: str
    kind: str
    choices: tuple[str, ...] = ()
    by: str = "trainer"


@dataclass(frozen=True, slots=True)
class CycleEnds:
    """On which day cycles end, and from which day the next one is counted."""

    kind: str = "anniversary"
    rounds: str = "up"
    fixed_days: tuple[Day, ...] = ()
    years: str = "any"
    first_months: int | None = None
    first_least_months: int = 0
    first_most_months: int | None = None
    next_from: str = "E"
    prorated: Proration | None = None  # needs of a first cycle that is shorter or longer
    every_years: int = 1  # cycles end only in every so many years, of which `including` is one
    including: int = 0
    first_least_days: int = 0  # in place of months


@dataclass(frozen=True, slots=True)
class Need:
    """A requirement about one fact: that it is true, is one of `among`, is at least `at_least`, or
    is a day within `within`.
    """

    code: str
    label: str
    fact: str
    rule: Rule
    among: tuple[str, ...] = ()
    at_least: int | None = None
    within: Bounds | None = None
    when: Condition | None = None


@dataclass(frozen=True, slots=True)
class Path:
    """One of several ways to renew. Without `credits` no amounts are required. With `lifetime`
    there is no next cycle; with `next_months` that is the length of the next cycle. With `status`
    that is what the holder is through the next cycle, in place of active.
    """

    code: str
    label: str
    rule: Rule
    credits: bool = True
    cards: bool = True
    adds: tuple[str, ...] = ()
    in_place_of: tuple[str, ...] = ()
    tiers: tuple[str, ...] = ()
    lifetime: bool = False
    when: Condition | None = None
    next_months: int | None = None
    status: str | None = None
    uses: int | None = None  # how often in a lifetime

    @property
    def is_only_chosen(self) -> bool:
        """Return whether nobody should come to renew this way who has not chosen it: it ends what they have."""
        return self.lifetime or self.status is not None


@dataclass(frozen=True, slots=True)
class Card:
    """A card that must be valid on every day of a span. `worth` counts once, in `category` when
    that is given. With `lasts_months` a card is accepted so long from its first day, whatever it says.
    """

    code: str
    label: str
    rule: Rule
    span: Bounds
    formats: tuple[str, ...] = ()
    served_by: tuple[str, ...] = ()
    needed: bool = True
    worth: int = 0
    category: str | None = None
    when: Condition | None = None
    lasts_months: int | None = None


@dataclass(frozen=True, slots=True)
class CarryOver:
    """What is carried over from one cycle to the next: how much, of which records, completed when
    (S and E are those of the cycle that it comes from).

    `grace`: whether what was completed after E and before a late renewal counts for the new cycle.
    """

    rule: Rule
    most: int | None = None
    over: LimitedRecords = LimitedRecords()
    earned: Bounds | None = None
    grace_kept: bool = True


@dataclass(frozen=True, slots=True)
class Due:
    """A fee that is due on certain days of the cycle, whether or not the trainer renews."""

    code: str
    label: str
    rule: Rule
    cents: int
    first: Offset
    every_months: int | None = None
    grace_days: int = 0
    blocks: bool = True
    with_renewal: bool = False
    when: Condition | None = None
    late_cents: int = 0  # more, once it is overdue
    later: tuple[
        tuple[int, int], ...
    ] = ()  # in its place, (days, cents): once so many days have passed since it was due
    fixed_days: tuple[Day, ...] = ()  # of every year, in place of `first` and `every_months`
    prorated: Proration | None = None  # for a time that is shorter than from one due day to the next


@dataclass(frozen=True, slots=True)
class SeveralCredentials:
    """What applies to a person who has several credentials of the body."""

    rule: Rule
    shared: bool = True
    one_application: bool = True
    ranks: tuple[str, ...] = ()
    highest_renews_lower: bool = False


@dataclass(frozen=True, slots=True)
class AuditRules:
    """When an audit is drawn (`drawn`), from whom (`when`), and what happens when it is not passed
    (`failing`).
    """

    rule: Rule
    drawn: str = "submission"
    failing: str = "denied"
    when: Condition | None = None
    always: Condition | None = None
    not_within_months: int = 0


@dataclass(frozen=True, slots=True)
class ActRule:
    """A request or report that can be made within certain days: an appeal, a petition, an
    extension, a report. `D` is the day of the event that it is about.
    """

    code: str
    label: str
    rule: Rule
    bounds: Bounds
    at_most: int | None = None
    answer_days: int | None = None
    without: LimitedRecords = LimitedRecords()
    when: Condition | None = None
    cents: int = 0  # what asking costs


@dataclass(frozen=True, slots=True)
class Receipt:
    """Which day counts as the day of receipt, and the last day to report a record: counted from `D`, the
    day of its completion, or from `E`.
    """

    postmark: bool = False
    arrives_within_days: int | None = None
    rule: Rule | None = None
    report_last: Offset | None = None
    report_rule: Rule | None = None


@dataclass(frozen=True, slots=True)
class Families:
    """Everything of one version that only some bodies state."""

    ends: CycleEnds = CycleEnds()
    totals: tuple[OtherTotal, ...] = ()
    total_each_year: int = 0
    less: ForEach | None = None
    more: ForEach | None = None
    limits: tuple[RecordLimit, ...] = ()
    weights: tuple[RecordWeight, ...] = ()
    alternatives: tuple[Alternatives, ...] = ()
    needs: tuple[Need, ...] = ()
    paths: tuple[Path, ...] = ()
    cards: tuple[Card, ...] = ()
    carry_over: CarryOver | None = None
    dues: tuple[Due, ...] = ()
    several: SeveralCredentials | None = None
    audit: AuditRules | None = None
    acts: tuple[ActRule, ...] = ()
    conversions: tuple[Conversion, ...] = ()
    receipt: Receipt = Receipt()
    repeats: Repeats | None = None
    topics: tuple[str, ...] = ()
    formats: tuple[str, ...] = ()
    providers: tuple[str, ...] = ()


NO_FAMILIES = Families()
