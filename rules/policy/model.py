"""The content of a policy as frozen values. Amounts are whole numbers of the unit's smallest part, money is cents."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from rules.days import Bounds, Offset
from rules.policy.building_blocks import PLAIN_FEE, PLAIN_TIER, FeeTerms, Holder, TierTerms
from rules.policy.families import NO_FAMILIES, Families, OwnFact
from rules.units import Unit, money_in_words


@dataclass(frozen=True, slots=True)
class Clause:
    """A numbered sentence of the source."""

    code: str
    text: str


@dataclass(frozen=True, slots=True)
class Reading:
    """How the policy understands a passage of its source that is not clear."""

    code: str
    question: str
    text: str


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of the policy, with its value in words, for the public rules page."""

    key: str
    label: str
    value: str
    clause: str
    text: str
    in_source: bool
    in_force_from: date


@dataclass(frozen=True, slots=True)
class StatedText:
    """A text of the file beside a value: where it stands, what it says, the value in words, and the
    numbers of all other keys of its table.
    """

    place: str
    text: str
    value: str
    others: frozenset[Fraction] = frozenset()


@dataclass(frozen=True, slots=True)
class Limit:
    """An amount that is required at least, or counted at most, with its clause."""

    amount: int
    clause: str
    text: str
    in_source: bool


@dataclass(frozen=True, slots=True)
class Category:
    """One kind of record. With `must_be_current` a record must be valid on the day of receipt."""

    code: str
    label: str
    must_be_current: bool
    least: Limit | None
    most: Limit | None

    @property
    def minimum(self) -> int:
        """Return the amount that is required at least; 0 without a minimum."""
        return self.least.amount if self.least else 0

    @property
    def maximum(self) -> int | None:
        """Return the amount that counts at most; None without a cap."""
        return self.most.amount if self.most else None


@dataclass(frozen=True, slots=True)
class Fee:
    """One line of a price; `explain` is the sentence for a trainer, with places for days and
    amounts.
    """

    code: str
    label: str
    amount_cents: int
    clause: str
    text: str
    explain: str
    in_source: bool
    terms: FeeTerms = PLAIN_FEE


@dataclass(frozen=True, slots=True)
class Tier:
    """One window in which applications are accepted, and the fees of an application received in it."""

    code: str
    label: str
    bounds: Bounds
    fees: tuple[Fee, ...]
    clause: str
    text: str
    explain: str
    in_source: bool
    last_day_name: str | None
    terms: TierTerms = PLAIN_TIER


@dataclass(frozen=True, slots=True)
class Side:
    """How the policy words that no application is accepted, before the first window or after the last."""

    code: str
    label: str
    clause: str
    explain: str


@dataclass(frozen=True, slots=True)
class Term:
    """A period of days with its clause, such as the days on which courses count."""

    bounds: Bounds
    label: str
    clause: str
    text: str
    in_source: bool


@dataclass(frozen=True, slots=True)
class Reminder:
    """One reminder of a calendar, and the day on which it is due.

    `urgency`: a firm reminder is about rights, money or a last day; early and optional ones keep 7
    days between each other, and optional ones can be switched off. `below`: only for trainers with
    fewer than this amount of CEUs. `unstarted`: only for trainers who have not begun. `at_once`:
    about that very day, so it is not put off to the next morning. `for_days`: how many days after
    its own it is still sent, when none comes after it.
    """

    code: str
    offset: Offset
    urgency: str
    below: int | None
    unstarted: bool
    at_once: bool
    for_days: int | None


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class SingleFigures:
    """The figures of a version that stand alone, by their keys in the file."""

    petition_fee: Fee
    course_request_fee: Fee
    petition_question_days: int
    pay_within_days: int
    correction_days: int
    correction_days_least: int
    another_look_days: int
    audit_rate: str
    audit_days: int
    audit_notice_days: int
    draw_period: str
    promised_answer_business_days: int
    decision_hold_minutes: int
    refund_second_person_above_cents: int
    renewal_refundable_until: str
    free_name_changes: int
    mail_copy_years: int
    refused_upload_days: int
    evidence_cycles: int
    session_days: int
    data_file_days: int
    reported_answers_audit: bool
    auto_approve: bool
    unpaid_reminder_hours: tuple[int, ...]
    employer_notice_days: int


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class PolicyVersion(SingleFigures):
    """Everything that a policy states from one day on, until the next version begins."""

    in_force_from: date
    cycle_months: int
    total_label: str
    total_rule: Limit
    categories: tuple[Category, ...]
    earning: Term
    not_yet: Side
    tiers: tuple[Tier, ...]
    no_longer: Side
    fees: tuple[Fee, ...]
    cites: Mapping[str, str]
    clauses: tuple[Clause, ...]
    readings: tuple[Reading, ...]
    reminders: Mapping[str, tuple[Reminder, ...]]
    stated: tuple[Figure, ...]
    families: Families = NO_FAMILIES
    texts: tuple[StatedText, ...] = ()

    @property
    def total(self) -> int:
        """Return the amount that is required over all categories (S2)."""
        return self.total_rule.amount

    @property
    def cycle(self) -> tuple[int, str]:
        """Return the length of a cycle, such as (2, "years")."""
        years, months = divmod(self.cycle_months, 12)
        return (self.cycle_months, "months") if months else (years, "years")

    def category(self, code: str) -> Category | None:
        """Return the category with this code, or None."""
        return next((category for category in self.categories if category.code == code), None)

    def tier(self, code: str) -> Tier | None:
        """Return the tier with this code, or None."""
        return next((tier for tier in self.tiers if tier.code == code), None)

    def figures(self) -> tuple[Figure, ...]:
        """Return every figure of this version, in the order of the file, for the public rules page."""
        return self.stated


@dataclass(frozen=True, slots=True, eq=False)
class Policy:
    """A certifying body's policy: its versions, oldest first."""

    code: str
    title: str
    time_zone: str
    currency: str
    currency_symbol: str
    unit: Unit
    holder: Holder
    versions: tuple[PolicyVersion, ...]
    own_facts: tuple[OwnFact, ...]
    short: bool  # whether its file is based on another
    wide: bool  # whether a version states more than every policy does

    def version_on(self, day: date) -> PolicyVersion:
        """Return the version in force on `day`; before the first version, the first."""
        begun = (one for one in reversed(self.versions) if one.in_force_from <= day)
        return next(begun, self.versions[0])

    def version_name(self, day: date) -> str:
        """Return the name of the version in force on `day`: "nasm-cpt@2010-01-01"."""
        return f"{self.code}@{self.version_on(day).in_force_from}"

    def money(self, cents: int) -> str:
        """Return an amount for a sentence, such as "$99"."""
        return money_in_words(cents, self.currency_symbol)


def codes_of_needs(version: PolicyVersion) -> list[str]:
    """Return the codes of all requirements but the total; a code that is used twice is in it twice."""
    families = version.families
    return [
        *codes_of_ways(version),
        *(one.code for one in families.alternatives),
        *(one.code for one in families.dues if one.blocks),
    ]


def codes_of_ways(version: PolicyVersion) -> list[str]:
    """Return the codes of the requirements that can be one of several ways: all but dues."""
    families = version.families
    return [
        *(one.code for one in version.categories if one.least),
        *(one.code for one in families.limits if one.is_needed),
        *(one.code for one in families.cards if one.needed),
        *(one.code for one in families.needs),
    ]
